using FluentValidation;
using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class WatchTagsTests
{
    [TestCase("c#", "c#", true)]
    [TestCase("c#", "c", false)]
    [TestCase("c", "c#", false)]
    [TestCase("asp.net*", "asp.net", true)]
    [TestCase("asp.net*", "asp.net-core", true)]
    [TestCase("asp.net*", "asp", false)]
    [TestCase("*-core", "asp.net-core", true)]
    [TestCase("*-core", "core", false)]
    [TestCase("*net*core", "asp.net-core", true)]
    [TestCase("a*b*c", "aXbYbc", true)]
    [TestCase("a*b*c", "aXbY", false)]
    public void A_star_stands_for_any_letters_or_none(string pattern, string tag, bool matches) =>
        Assert.That(Watching.IsMatch(pattern, tag), Is.EqualTo(matches));

    [TestCase("c#", true)]
    [TestCase("asp.net*", true)]
    [TestCase("*", false)]
    [TestCase("**", false)]
    [TestCase("#*", false)]
    [TestCase("a b", false)]
    [TestCase("a[b]", false)]
    [TestCase("a?", false)]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_pattern_has_the_letters_of_a_tag_and_stars(string text, bool isOne) =>
        Assert.That(Watching.IsPattern(text, new LimitSettings()), Is.EqualTo(isOne));

    [TestCase("c#", Interest.Watched)]
    [TestCase("php", Interest.Ignored)]
    [TestCase("c# php", Interest.Ignored)]
    [TestCase("sql", Interest.None)]
    public void What_is_ignored_is_ignored_whatever_else_is_watched(string tags, Interest interest) =>
        Assert.That(new Watching(["c#"], ["ph*"]).Of(tags.Split(' ')), Is.EqualTo(interest));

    [Test]
    public async Task A_tag_is_never_in_both_lists()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Tags("c# php");

        await forum.Send(new WatchTags("C#, php asp.net*", IsIgnored: false), ada);
        await forum.Send(new WatchTags("php", IsIgnored: true), ada);

        var mine = (await forum.Send(new ShowMyLists(), ada)).Watching;
        Assert.That(mine.Watched, Is.EqualTo(new[] { "asp.net*", "c#" }));
        Assert.That(mine.Ignored, Is.EqualTo(new[] { "php" }));

        await forum.Send(new UnwatchTag("php"), ada);
        await forum.Send(new UnwatchTag("never-watched"), ada);
        Assert.That((await forum.Send(new ShowMyLists(), ada)).Watching.Ignored, Is.Empty);
    }

    [TestCase("no-such-tag", "watching.unknown")]
    [TestCase("", "tags.too-few")]
    [TestCase("*", "watching.not-a-pattern")]
    public async Task What_is_no_tag_is_refused_and_nothing_written(string tags, string code)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();

        var wrong = Assert.ThrowsAsync<ValidationException>(() => forum.Send(new WatchTags(tags, IsIgnored: false), ada));

        Assert.That(wrong!.Errors.Single().ErrorCode, Is.EqualTo(code));
        Assert.That(await forum.Value<int>("select count(*) from watched_tags"), Is.Zero);
    }

    [Test]
    public async Task Somebody_watches_and_ignores_so_many_tags_and_no_more()
    {
        await using var forum = new TestForum(("Forum:Lists:WatchedTags", "2"));
        var ada = await forum.Make.User();

        await forum.Send(new WatchTags("a* b*", IsIgnored: false), ada);
        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new WatchTags("c*", IsIgnored: true), ada));

        Assert.That(refused!.Refusal.Code, Is.EqualTo("watching.too-many"));
        Assert.That(await forum.Value<int>("select count(*) from watched_tags"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_strangers_lists_are_shaped_by_nothing_and_cost_nothing()
    {
        await using var forum = new TestForum();

        Assert.That(await forum.StatementsOf(() => forum.Send(new ShowMyLists())), Is.Zero);
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new WatchTags("a*", IsIgnored: false)));
    }

    [Test]
    public async Task A_card_says_what_a_tag_is_and_what_it_is_to_the_reader()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Question(tags: "c#");
        await forum.Write(
            """
            insert into posts (id, kind, body, html, renderer, created_at, active_at, license) values (900, 4, 'x', '<p>Sharp &amp; typed.</p>', 0, 1, 1, 'x');
            update tags set excerpt_post_id = 900 where name = 'c#';
            """);
        await forum.Send(new WatchTags("c#", IsIgnored: false), ada);
        await forum.Send(new WatchTags("c#", IsIgnored: true), await forum.Make.User());

        var card = await forum.Send(new ShowTagCard("C#"), ada);
        var stranger = await forum.Send(new ShowTagCard("c#"));

        Assert.That((card.Name, card.QuestionCount, card.UnansweredCount, card.Watchers, card.Interest), Is.EqualTo(("c#", 1, 1, 1, Interest.Watched)));
        Assert.That(card.Excerpt, Is.EqualTo("Sharp & typed."));
        Assert.That(stranger.Interest, Is.EqualTo(Interest.None));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowTagCard("nothing")));

        await forum.Write("update posts set deleted_at = 1 where id = 900");
        Assert.That((await forum.Send(new ShowTagCard("c#"), ada)).Excerpt, Is.Empty);
    }

    [Test]
    public async Task Ignored_questions_are_left_out_of_every_list_of_who_hides_them()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var author = await forum.Make.User(1_000);
        var shown = await forum.Make.Question(author, tags: "c#");
        var ignored = await forum.Make.Question(author, tags: "php-5 c#");
        await forum.Service<RankQuestions>().Rank(default);
        await forum.Send(new WatchTags("php*", IsIgnored: true), ada);
        QuestionOrder[] orders = [QuestionOrder.Newest, QuestionOrder.Active, QuestionOrder.Score, QuestionOrder.Unanswered, QuestionOrder.UnansweredNewest, QuestionOrder.NoAnswers];

        foreach (var order in orders)
            Assert.That(await Ids(forum, new ListQuestions(order, []), ada), Is.EquivalentTo(new[] { shown, ignored }), $"{order} greys it");

        await forum.Send(new HideIgnored(true), ada);
        foreach (var order in orders)
            Assert.That(await Ids(forum, new ListQuestions(order, []), ada), Is.EqualTo(new[] { shown }), $"{order} hides it");
        Assert.That(await Ids(forum, new ListQuestions(QuestionOrder.Newest, ["c#"]), ada), Is.EqualTo(new[] { shown }));
        Assert.That(await Ids(forum, new ListQuestions(QuestionOrder.Filtered, [], Filter: new QuestionFilter { Tags = ["c#"] }), ada), Is.EqualTo(new[] { shown }));
        Assert.That(await Ids(forum, new ListQuestions(QuestionOrder.Newest, []), null), Has.Length.EqualTo(2));
    }

    private static async Task<long[]> Ids(TestForum forum, ListQuestions list, long? user) => [.. (await forum.Send(list, user)).Questions.Items.Select(q => q.Id)];
}
