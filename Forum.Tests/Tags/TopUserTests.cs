using System.Net;
using Forum.Core;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Tags;

public sealed class TopUserTests
{
    [Test]
    public async Task A_tag_lists_who_asks_and_answers_best_always_and_lately()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var old = await forum.Make.Question(by: ada, tags: "c++");
        var best = await forum.Make.Answer(old, by: bob);
        await forum.Send(new CastVote(best, Up), ada);
        await forum.Send(new CastVote(best, Up), eve);
        forum.Clock.Advance(TimeSpan.FromDays(31));
        var young = await forum.Make.Question(by: bob, tags: "c++");
        var late = await forum.Make.Answer(young, by: eve);
        await forum.Send(new CastVote(late, Up), ada);
        await forum.Service<KeepTagScores>().CatchUp(default);

        var view = await forum.Send(new ListTopUsers("c++"));

        Assert.That(view.Answerers.Select(p => (p.Id, p.Score, p.Posts)), Is.EqualTo(new[] { (bob, 2, 1), (eve, 1, 1) }));
        Assert.That(view.Askers.Select(p => p.Id), Is.EqualTo(new[] { ada, bob }));
        Assert.That(view.RecentAnswerers.Select(p => (p.Id, p.Score)), Is.EqualTo(new[] { (eve, 1) }));
        Assert.That(view.RecentAskers.Select(p => p.Id), Is.EqualTo(new[] { bob }));
    }

    [Test]
    public async Task Who_scores_below_0_is_no_top_user()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada, tags: "c++");
        await forum.Send(new CastVote(question, Down), eve);
        await forum.Send(new CastVote(await forum.Make.Answer(question, by: bob), Down), eve);
        await forum.Service<KeepTagScores>().CatchUp(default);

        var view = await forum.Send(new ListTopUsers("c++"));

        Assert.That(view.Answerers.Concat(view.Askers).Concat(view.RecentAnswerers).Concat(view.RecentAskers), Is.Empty);
    }

    [Test]
    public async Task There_is_no_page_for_a_tag_that_is_not()
    {
        await using var forum = new TestForum();

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ListTopUsers("nothing")));
    }

    [TestCase("c#", "c%23")]
    [TestCase("c++", "c%2B%2B")]
    [TestCase(".net", ".net")]
    [TestCase("程序", "%E7%A8%8B%E5%BA%8F")]
    public async Task The_page_is_linked_from_the_tags_questions(string tag, string escaped)
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(1_000, "Ada");
        await site.Forum.Make.Question(by: ada, tags: tag);
        await site.Forum.Service<KeepTagScores>().CatchUp(default);
        using var visitor = site.Anonymous();

        var questions = await visitor.Get($"/questions/tagged/{escaped}");
        var page = await visitor.Get(questions.Document.QuerySelector("a[href$='/topusers']")!.GetAttribute("href")!);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Heading, Does.Contain(tag));
        Assert.That(page.Document.QuerySelectorAll(".f-ranking--who a").Select(a => a.TextContent).Distinct(), Is.EqualTo(new[] { "Ada" }));
        Assert.That((await visitor.Get("/tags/nothing/topusers")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
