using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Search;
using Forum.Core.Settings;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class ExcerptTests
{
    static SearchHits Hits(string query) => SearchHits.Of(SearchQueryParser.Parse(query, new()));

    static string Marked(IEnumerable<Piece> pieces) => string.Concat(pieces.Select(p => p.IsHit ? $"<{p.Text}>" : p.Text));

    [TestCase("parse", "Parsing JSON: how to parse it", "<Parsing> JSON: how to <parse> it")]
    [TestCase("\"parse\"", "Parsing JSON: how to parse it", "Parsing JSON: how to <parse> it")]
    [TestCase("c#", "C, C# and C++", "C, <C#> and C++")]
    [TestCase("element", "Élément par élément", "<Élément> par <élément>")]
    [TestCase("数据库", "关系数据库很快", "关系<数据库>很快")]
    [TestCase("库", "数据库很快", "数据<库>很快")]
    [TestCase("user name", "call getUserName now", "call <getUserName> now")]
    [TestCase("how to sort", "how to sort", "how to <sort>")]
    [TestCase("-json", "json", "json")]
    [TestCase("enc*", "encode an encoding", "<encode> an <encoding>")]
    [TestCase("b", "<b>bold</b>", "<<b>>bold</<b>>")]
    public void Hits_are_marked(string query, string text, string marked) =>
        Assert.That(Marked(Excerpt.Whole(text, Hits(query))), Is.EqualTo(marked));

    static readonly string[] Scraps =
    [
        "parse", "Parsing", "parser's", "HTML", "html5", "getUserName", "C#", "node.js", "l'index", "Élément", "数据库", "utf-8", "x", "stories", "Story", ".", ",", "(", ")", "\n", " ",
    ];

    [Test]
    public void Passing_over_words_that_begin_otherwise_misses_no_hit() =>
        Prop.ForAll(Gen.Elements(Scraps).ListOf().ToArbitrary(), Gen.Elements("parse", "stori*", "name", "html", "c#", "\"index\"", "element", "utf8", "库").ToArbitrary(), (scraps, query) =>
        {
            var text = string.Concat(scraps.Select((scrap, i) => i % 3 == 0 ? scrap : " " + scrap));
            var hits = Hits(query);

            Assert.That(Places(SearchTerms.Of(text, hits.Beginnings)), Is.EqualTo(Places(SearchTerms.Of(text))), text);

            (int, int)[] Places(IEnumerable<SearchTerm> terms) => [.. terms.Where(term => hits.Key(term) is not null).Select(term => (term.Start, term.End))];
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void An_excerpt_shows_where_most_words_are_hit()
    {
        var text = "needle " + string.Concat(Enumerable.Repeat("hay ", 200)) + "the needle in the stack " + string.Concat(Enumerable.Repeat("hay ", 200));

        var pieces = Excerpt.Around(text, Hits("needle stack"), 200);

        Assert.That(pieces.Where(p => p.IsHit).Select(p => p.Text), Is.EqualTo(new[] { "needle", "stack" }));
        Assert.That(pieces[0].Text, Is.EqualTo("…"));
        Assert.That(pieces[^1].Text, Is.EqualTo("…"));
    }

    [Test]
    public void An_excerpt_without_hits_is_the_beginning() =>
        Assert.That(Marked(Excerpt.Around("one two  three\nfour " + new string('x', 300), Hits("zzz"), 20)), Is.EqualTo("one two three four…"));

    [Test]
    public void An_excerpt_is_short_and_made_of_the_text() =>
        Prop.ForAll<string, byte, string>((text, length, query) =>
        {
            var source = text ?? "";
            var most = length + 30;

            var pieces = Excerpt.Around(source, Hits(query ?? ""), most);

            var shown = string.Concat(pieces.Where(p => p.Text is not "…").Select(p => p.Text));
            Assert.That(shown, Has.Length.LessThanOrEqualTo(most));
            Assert.That(string.Join(' ', source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), Does.Contain(shown));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Marking_the_whole_text_changes_nothing_of_it() =>
        Prop.ForAll<string, string>((text, query) => Assert.That(string.Concat(Excerpt.Whole(text ?? "", Hits(query ?? "")).Select(p => p.Text)), Is.EqualTo(text ?? ""))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
