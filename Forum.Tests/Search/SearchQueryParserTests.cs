using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Search;
using Forum.Core.Settings;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class SearchQueryParserTests
{
    static readonly SearchSettings Limits = new();

    static SearchQuery Parse(string? text) => SearchQueryParser.Parse(text, Limits);

    [Test]
    public void Words_phrases_and_exclusions_are_told_apart()
    {
        var query = Parse("""parse "exact phrase" -slow -"two words" encod*""");

        Assert.That(query.Clauses, Is.EqualTo(new SearchClause[]
        {
            new TextClause("parse", SearchField.Anywhere, TextForm.Word, "parse"),
            new TextClause("\"exact phrase\"", SearchField.Anywhere, TextForm.Phrase, "exact phrase"),
            new TextClause("-slow", SearchField.Anywhere, TextForm.Word, "slow") { IsNegated = true },
            new TextClause("-\"two words\"", SearchField.Anywhere, TextForm.Phrase, "two words") { IsNegated = true },
            new TextClause("encod*", SearchField.Anywhere, TextForm.Wildcard, "encod*"),
        }));
    }

    [TestCase("[c#] [linq]", "c#|linq")]
    [TestCase("[C#][linq]", "c#|linq")]
    [TestCase("[c#] or [f#] [linq]", "c#,f#|linq")]
    [TestCase("-[vb.net]", "!vb.net")]
    [TestCase("-[a] or [b]", "!a|b")]
    [TestCase("[entity*]", "entity*")]
    [TestCase("[c#] or words", "c#")]
    [TestCase("[not a tag]", "")]
    [TestCase("array[0] a[i]", "")]
    [TestCase("[unclosed", "")]
    public void Tags_stand_in_brackets(string text, string tags) =>
        Assert.That(
            string.Join('|', Parse(text).Clauses.OfType<TagsClause>().Select(c => (c.IsNegated ? "!" : "") + string.Join(',', c.AnyOf))),
            Is.EqualTo(tags));

    [TestCase("user:1234", 1234L)]
    [TestCase("USER:me", null)]
    public void Authors_are_named_by_id_or_me(string text, long? id) =>
        Assert.That(Parse(text).Clauses.Single(), Is.EqualTo(new AuthorClause(text, id)));

    [TestCase("score:3", 3L, null)]
    [TestCase("score:-1", -1L, null)]
    [TestCase("score:0", 0L, null)]
    [TestCase("score:2..5", 2L, 5L)]
    [TestCase("score:..5", null, 5L)]
    [TestCase("score:-3..-1", -3L, -1L)]
    [TestCase("score:5..", 5L, null)]
    [TestCase("score:>5", 6L, null)]
    [TestCase("score:>=5", 5L, null)]
    [TestCase("score:<5", null, 4L)]
    [TestCase("score:<=-5", null, -5L)]
    [TestCase("score:=5", 5L, 5L)]
    [TestCase("votes:7", 7L, null)]
    public void Numbers_are_ranges(string text, long? least, long? most) =>
        Assert.That(Parse(text).Clauses.Single(), Is.EqualTo(new NumberClause(text, Measure.Score, least, most)));

    [TestCase("answers:0", 0L, 0L)]
    [TestCase("answers:1", 1L, null)]
    public void No_answers_means_none(string text, long? least, long? most) =>
        Assert.That(Parse(text).Clauses.Single(), Is.EqualTo(new NumberClause(text, Measure.Answers, least, most)));

    [TestCase("is:question", SearchedKind.Question)]
    [TestCase("is:q", SearchedKind.Question)]
    [TestCase("IS:Answer", SearchedKind.Answer)]
    [TestCase("is:a", SearchedKind.Answer)]
    public void Kinds_have_short_names(string text, SearchedKind kind) =>
        Assert.That(Parse(text).Clauses.Single(), Is.EqualTo(new KindClause(text, kind)));

    static readonly CalendarPoint Year2024 = new(new(2024, 1, 1), new(2024, 12, 31));
    static readonly CalendarPoint February = new(new(2024, 2, 1), new(2024, 2, 29));
    static readonly CalendarPoint Day = new(new(2024, 4, 3), new(2024, 4, 3));

    static IEnumerable<TestCaseData> DateCases =>
    [
        new("created:2024", Moment.Created, Year2024, Year2024),
        new("created:2024-02", Moment.Created, February, February),
        new("lastactive:2024-04-03", Moment.LastActive, Day, Day),
        new("created:2024..2024-02", Moment.Created, Year2024, February),
        new("created:7d", Moment.Created, new AgePoint(7, AgeUnit.Day), null),
        new("created:7d..", Moment.Created, new AgePoint(7, AgeUnit.Day), null),
        new("created:1y..6m", Moment.Created, new AgePoint(1, AgeUnit.Year), new AgePoint(6, AgeUnit.Month)),
        new("created:..2024", Moment.Created, null, Year2024),
        new("created:<1w", Moment.Created, new AgePoint(1, AgeUnit.Week), null),
        new("created:>1w", Moment.Created, null, new AgePoint(1, AgeUnit.Week)),
        new("lastedit:>2024", Moment.LastEdit, Year2024, null),
    ];

    [TestCaseSource(nameof(DateCases))]
    public void Dates_are_days_months_years_or_ages(string text, Moment moment, DatePoint? from, DatePoint? to) =>
        Assert.That(Parse(text).Clauses.Single(), Is.EqualTo(new DateClause(text, moment, from, to)));

    static IEnumerable<TestCaseData> OtherCases =>
    [
        new("en*ode", new TextClause("en*ode", SearchField.Anywhere, TextForm.Wildcard, "en*ode")),
        new("title:word", new TextClause("title:word", SearchField.Title, TextForm.Word, "word")),
        new("title:\"a phrase\"", new TextClause("title:\"a phrase\"", SearchField.Title, TextForm.Phrase, "a phrase")),
        new("code:\"if (foo != bar)\"", new TextClause("code:\"if (foo != bar)\"", SearchField.Code, TextForm.Phrase, "if (foo != bar)")),
        new("url:\"*.example.com\"", new TextClause("url:\"*.example.com\"", SearchField.Url, TextForm.Phrase, "*.example.com")),
        new("isaccepted:yes", new StateClause("isaccepted:yes", PostState.IsAccepted, Choice.Yes)),
        new("closed:no", new StateClause("closed:no", PostState.Closed, Choice.No)),
        new("deleted:all", new StateClause("deleted:all", PostState.Deleted, Choice.All)),
        new("inquestion:this", new ThreadClause("inquestion:this", null)),
        new("inquestion:12", new ThreadClause("inquestion:12", 12)),
        new("insaves:mine", new SavesClause("insaves:mine", null)),
        new("intags:mine", new WatchedTagsClause("intags:mine")),
    ];

    [TestCaseSource(nameof(OtherCases))]
    public void Other_operators_are_read(string text, SearchClause clause)
    {
        var query = Parse(text);

        Assert.That(query.Clauses, Is.EqualTo(new[] { clause }));
        Assert.That(query.Hints, Is.Empty);
    }

    [TestCase("collective:\"Go Language\"")]
    [TestCase("migrated:yes")]
    [TestCase("hasnotice:no")]
    [TestCase("is:article")]
    public void What_nobody_keeps_here_is_text_with_a_hint(string text)
    {
        var query = Parse(text);

        Assert.That(query.Clauses, Is.Not.Empty.And.All.TypeOf<TextClause>());
        Assert.That(query.Hints, Is.EqualTo(new[] { new SearchHint("search.no-data", text) }));
    }

    [TestCase("std::vector")]
    [TestCase("error:something")]
    [TestCase("http://example.com")]
    [TestCase("C:\\temp")]
    [TestCase("user:")]
    public void An_unknown_name_is_plain_text(string text)
    {
        var query = Parse(text);

        Assert.That(query.Clauses.Single(), Is.EqualTo(new TextClause(text, SearchField.Anywhere, TextForm.Word, text)));
        Assert.That(query.Hints, Is.Empty);
    }

    [TestCase("score:many")]
    [TestCase("score:1...5")]
    [TestCase("user:somebody")]
    [TestCase("is:poem")]
    [TestCase("created:2024-13")]
    [TestCase("closed:all")]
    [TestCase("code:==")]
    [TestCase("url:a.*.com")]
    [TestCase("score:99999999999999999999")]
    public void A_known_name_with_an_odd_value_is_text_with_a_hint(string text)
    {
        var query = Parse(text);

        Assert.That(query.Clauses.Single(), Is.TypeOf<TextClause>());
        Assert.That(query.Hints, Is.EqualTo(new[] { new SearchHint("search.not-understood", text) }));
    }

    [TestCase("exit code -1", false)]
    [TestCase("--force", false)]
    [TestCase("a - b", false)]
    [TestCase("-draft", true)]
    [TestCase("-3d", true)]
    public void A_minus_excludes_unless_it_belongs_to_a_number_or_an_option(string text, bool excludes) =>
        Assert.That(Parse(text).Clauses.Any(c => c.IsNegated), Is.EqualTo(excludes));

    [TestCase("[c#] [linq]", "c#,linq")]
    [TestCase("[c#]", "c#")]
    [TestCase("[c#] word", "")]
    [TestCase("-[c#]", "")]
    [TestCase("[c#] or [f#]", "")]
    [TestCase("[c*]", "")]
    [TestCase("", "")]
    public void A_query_of_tags_alone_is_known_as_such(string text, string tags) =>
        Assert.That(string.Join(',', Parse(text).OnlyTags), Is.EqualTo(tags));

    [Test]
    public void Typographic_quotes_are_quotes() =>
        Assert.That(Parse("“zwei Wörter”").Clauses.Single(), Is.InstanceOf<TextClause>().With.Property("Form").EqualTo(TextForm.Phrase));

    [Test]
    public void What_is_too_long_is_left_out_with_a_hint()
    {
        Assert.That(Parse(new string('a', 501)).Hints.Single().Code, Is.EqualTo("search.too-long"));
        Assert.That(Parse(new string('a', 500)).Hints, Is.Empty);
        Assert.That(Parse(string.Join(' ', Enumerable.Repeat("a", 41))).Hints.Single().Code, Is.EqualTo("search.too-long"));
        Assert.That(Parse(string.Join(' ', Enumerable.Repeat("a", 40))).Hints, Is.Empty);
    }

    [Test]
    public void Every_string_is_a_query() =>
        Prop.ForAll<string>(text =>
        {
            var query = Parse(text);

            Assert.That(query.Clauses, Has.Count.LessThanOrEqualTo(Limits.QueryConditions));
            Assert.That(() => SearchMatch.Sqlite(query) + SearchMatch.SqliteAny(query) + SearchMatch.SqliteExcluded(query), Throws.Nothing);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Strings of the characters and words that mean something, which random text seldom hits.</summary>
    [Test]
    public void Every_mixture_of_operators_is_a_query() =>
        Prop.ForAll<byte[]>(choices =>
        {
            string[] bits = ["\"", "[", "]", "-", "*", " ", " or ", ":", "..", "score:", "user:", "created:", "is:", "title:\"", "c++", "(", ")", "数据", "\uD800", "\0", "7d", "2024", ">", "a"];
            var text = string.Concat((choices ?? []).Select(c => bits[c % bits.Length]));

            Assert.That(() => Parse(text), Throws.Nothing);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
