using Forum.Core.Privileges;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Help;

/// <summary>The help is made of the data that the rules go by, and marks where the reader stands.</summary>
public sealed class HelpPagesTests
{
    [Test]
    public async Task Privileges_mark_what_the_reader_has_and_what_comes_next()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(40));

        var page = await browser.Get("/help/privileges");

        var rows = page.Document.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.That(rows, Has.Count.EqualTo(Privilege.All.Count));
        Assert.That(rows.Where(row => row.Contains("yours", StringComparison.Ordinal)), Has.Exactly(Privilege.All.Count(p => p.PublicBeta <= 40)).Items);
        Assert.That(rows.Single(row => row.Contains("next", StringComparison.Ordinal)), Does.Contain("Comment everywhere").And.Contain("10 more"));
        Assert.That(page.Document.QuerySelector("article")!.TextContent, Does.Contain("With 10 more you get: Comment everywhere"));
    }

    [Test]
    public async Task Who_has_everything_has_nothing_next()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        Assert.That((await browser.Get("/help/privileges")).Document.QuerySelectorAll("tbody .s-badge__info"), Is.Empty);
    }

    [Test]
    public async Task Both_pages_follow_the_settings()
    {
        await using var site = new TestSite();
        var boss = await site.Forum.Make.User(administrator: true);
        await site.Forum.Send(
            new ChangeSettings(new Dictionary<string, string?> { ["Thresholds:vote-down"] = "77", ["Reputation:AnswerAccepted"] = "33", ["Reputation:DailyCap"] = "123" }, 0), boss);
        using var browser = site.Anonymous();

        Assert.That((await browser.Get("/help/privileges")).Document.QuerySelector("tbody")!.TextContent, Does.Contain("77"));
        Assert.That((await browser.Get("/help/reputation")).Document.QuerySelector("article")!.TextContent, Does.Contain("+33").And.Contain("123"));
    }

    [Test]
    public async Task Reputation_lists_every_kind_of_event_and_where_the_reader_stands_today()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(40);
        await site.Forum.Send(new CastVote(await site.Forum.Make.Question(by: ada), Direction.Up), await site.Forum.Make.User(1_000));
        using var browser = await site.SignedInAs(ada);
        using var stranger = site.Anonymous();

        var page = await browser.Get("/help/reputation");

        Assert.That(page.Document.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(ReputationKinds.All.Count));
        Assert.That(page.Document.QuerySelector("article")!.TextContent, Does.Contain("Your reputation is 50.").And.Contain("10 of at most 200 today"));
        Assert.That((await stranger.Get("/help/reputation")).Document.QuerySelector("article")!.TextContent, Does.Not.Contain("Your reputation"));
    }
}
