using System.Net;
using Forum.Core.Flags;
using Forum.Tests.Support;

namespace Forum.Tests.Flags;

public sealed class FlagPagesTests
{
    [Test]
    public async Task Somebody_flags_from_the_menu_reads_what_became_of_it_and_takes_one_back()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var (ada, moderator) = (await make.User(100, "Ada"), await make.User(moderator: true));
        var question = await make.Question();
        var answer = await make.Answer(question);
        using var browser = await site.SignedInAs(ada);
        var shown = await browser.Follow(await browser.Get($"/q/{question}"));
        Assert.That(shown.Document.QuerySelectorAll("a[href$='/flag']").Select(a => a.GetAttribute("href")), Is.EqualTo(new[] { $"/posts/{question}/flag", $"/posts/{answer}/flag" }));

        // Of radio buttons none of which is chosen nothing is sent.
        Assert.That((await browser.Fill($"/posts/{answer}/flag")).Document.QuerySelector("fieldset.has-error .f-error-text")?.TextContent, Is.EqualTo("Choose what is wrong."));
        var again = await browser.Fill($"/posts/{answer}/flag", ("Kind", "Moderator"), ("Words", "Too few"));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((again.Value("Words"), again.MessagesAt("Words").Count), Is.EqualTo(("Too few", 1)));
        var flagged = await browser.Follow(await browser.Fill($"/posts/{answer}/flag", ("Kind", "Moderator"), ("Words", "The same answer stands under ten questions.")));
        Assert.That(flagged.Text, Does.Contain("In need of a moderator”. It waits."));
        await browser.Fill($"/posts/{question}/flag", ("Kind", "Close"), ("Reason", "needs-focus"));
        await site.Forum.Send(new DecideFlags(answer, IsHelpful: false, FlagKinds.Other, "They are ten different questions."), moderator);

        var list = await browser.Get($"/users/{ada}/flags");
        Assert.That(list.Document.QuerySelectorAll(".f-flag .s-badge").Select(badge => badge.TextContent), Is.EqualTo(new[] { "waiting", "declined" }));
        Assert.That(list.Text, Does.Contain("They are ten different questions.").And.Contain("It needs more focus"));
        var back = await browser.Follow(await browser.Submit(list, "form[action$='handler=Retract']"));
        Assert.That(back.Document.QuerySelectorAll(".f-flag .s-badge").Select(badge => badge.TextContent), Is.EqualTo(new[] { "taken back", "declined" }));
    }

    [Test]
    public async Task What_cannot_be_flagged_says_why()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var ada = await make.User(14);
        var question = await make.Question();
        using var browser = await site.SignedInAs(ada);
        using var stranger = site.Anonymous();

        var page = await browser.Get($"/posts/{question}/flag");

        Assert.That(page.Said("main .s-notice"), Is.EqualTo("Flagging needs 15 reputation; you have 14."));
        Assert.That((await stranger.Get($"/posts/{question}/flag")).Location, Does.StartWith("/account/sign-in"));
        Assert.That((await browser.Get($"/users/{ada + 1}/flags")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Get("/posts/987654/flag")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Comments_are_flagged_and_may_be_gone_by_that()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var question = await make.Question();
        var (thanks, other) = (await make.Comment(question, body: "Thanks!"), await make.Comment(question));
        using var browser = await site.SignedInAs(await make.User(100));

        var gone = await browser.Follow(await browser.Follow(await browser.Fill($"/comments/{thanks}/flag", ("Kind", "Obsolete"))));
        Assert.That(gone.Document.QuerySelectorAll(".f-comment").Select(comment => comment.Id), Is.EqualTo(new[] { $"comment-{other}" }));
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await browser.Fill($"/comments/{other}/flag", ("Kind", "Unkind"));

        var page = await browser.Get($"/comments/{other}/flag");
        Assert.That(page.Text, Does.Contain("You have flagged this as “Unfriendly or unkind”."));
        await browser.Submit(page, "form[action$='handler=Retract']");
        Assert.That((await browser.Get($"/comments/{other}/flag")).Said("main .s-notice"), Is.EqualTo("You have flagged this comment already."));
    }

    [Test]
    public async Task A_moderator_clears_what_is_no_spam()
    {
        await using var site = new TestSite();
        var (moderator, author) = (await site.Forum.Make.User(moderator: true), await site.Forum.Make.User(500));
        var question = await site.Forum.Make.Question(author);
        using var browser = await site.SignedInAs(moderator);
        await browser.Fill($"/posts/{question}/flag", ("Kind", "Spam"));
        using var authors = await site.SignedInAs(author);
        Assert.That((await authors.Get($"/posts/{question}/clear-spam")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

        var cleared = await browser.Fill($"/posts/{question}/clear-spam");

        Assert.That(cleared.Location, Is.EqualTo($"/a/{question}"));
        Assert.That(await FlagTests.State(site.Forum, question), Is.EqualTo("open 0"));
        Assert.That(await FlagTests.Reputation(site.Forum, author), Is.EqualTo(500));
    }
}
