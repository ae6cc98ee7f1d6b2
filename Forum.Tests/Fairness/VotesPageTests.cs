using System.Net;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Fairness;

public sealed class VotesPageTests
{
    [Test]
    public async Task A_moderator_looks_takes_votes_out_and_puts_them_back()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var (ada, bob, moderator) = (await make.User(100, "Ada"), await make.User(1_000, "Bob"), await make.User(moderator: true));
        await SerialVotingTests.Vote(site.Forum, bob, ada, Up, 3);
        using var browser = await site.SignedInAs(moderator);

        var seen = await browser.Fill("/mod/votes", ("Voter", $"/users/{bob}/bob"), ("Author", $"{ada}"));
        Assert.That(seen.Document.QuerySelector("main")!.TextContent, Does.Contain("3 up, 0 down").And.Contain("0 up, 0 down"));
        Assert.That(seen.Value("Voter"), Is.EqualTo($"/users/{bob}/bob"));

        var done = await browser.Submit(seen, "form[action$='handler=invalidate']", ("Note", "One person, two accounts."));
        var list = await browser.Follow(done);
        Assert.That(list.Text, Does.Contain("One person, two accounts.").And.Contain("3 votes"));
        Assert.That(await site.Forum.Value<int>("select count(*) from votes"), Is.Zero);

        var back = await browser.Follow(await browser.Submit(list, "form[action$='handler=restore']"));
        Assert.That(back.Text, Does.Contain("put back"));
        Assert.That(await site.Forum.Value<int>("select count(*) from votes"), Is.EqualTo(3));
    }

    [TestCase("", "1", "Voter")]
    [TestCase("1", "ada", "Author")]
    [TestCase("1", "987654", "Author")]
    public async Task Who_is_not_there_is_complained_of_at_the_field(string voter, string author, string field)
    {
        await using var site = new TestSite();
        await site.Forum.Make.User();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        var again = await browser.Fill("/mod/votes", ("Voter", voter), ("Author", author));

        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(again.MessagesAt(field), Has.Count.EqualTo(1));
        Assert.That(again.Value("Author"), Is.EqualTo(author));
    }

    [Test]
    public async Task It_is_for_moderators()
    {
        await using var site = new TestSite();
        using var member = await site.SignedInAs(await site.Forum.Make.User(20_000));
        using var stranger = site.Anonymous();

        var refused = await member.Get("/mod/votes");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refused.Text, Does.Contain("Only moderators"));
        Assert.That((await stranger.Get("/mod/votes")).Location, Does.StartWith("/account/sign-in"));
    }

    [Test]
    public async Task What_somebody_else_did_meanwhile_is_said_in_words()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var (ada, moderator) = (await make.User(), await make.User(moderator: true));
        await make.Cancellation(ada);
        using var browser = await site.SignedInAs(moderator);
        var list = await browser.Get("/mod/votes");
        await browser.Submit(list, "form[action$='handler=restore']");

        using var other = await site.SignedInAs(await make.User(moderator: true));
        var late = await other.Get("/mod/votes");
        Assert.That(late.Document.QuerySelector("form[action$='handler=restore']"), Is.Null);
        var posted = await other.Submit(late, "main form", ("cancellation", "1"));
        Assert.That(posted.Status, Is.EqualTo(HttpStatusCode.BadRequest), "this form asks for two people");
    }
}
