using Forum.Core.Comments;
using Forum.Core.Inbox;
using Forum.Tests.Support;

namespace Forum.Tests.Inbox;

public sealed class InboxPagesTests
{
    [Test]
    public async Task Notices_are_counted_opened_and_marked_as_read()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(500));
        var question = await site.Forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");
        for (var i = 0; i < 3; i++)
            await site.Forum.Send(new PostComment(question, $"Is it fish number {i} that it eats?"), bob);
        await site.Forum.Settle();
        using var browser = await site.SignedInAs(ada);

        var inbox = await browser.Get("/inbox");
        Assert.That(inbox.Said(".f-inbox--count"), Is.EqualTo("3"));
        Assert.That(inbox.Said(".f-notices h2"), Is.EqualTo("What does a walrus eat for breakfast?"));
        Assert.That(inbox.Document.QuerySelectorAll(".f-notice.is-unread").Length, Is.EqualTo(3));

        var opened = await browser.Get(inbox.Document.QuerySelector(".f-notice a")!.GetAttribute("href")!);
        Assert.That(opened.Location, Does.StartWith("/comments/"));
        Assert.That((await browser.Get("/inbox")).Said(".f-inbox--count"), Is.EqualTo("2"));

        var read = await browser.Submit(inbox, ".f-notices form");
        Assert.That(read.Location, Is.EqualTo("/inbox"));
        Assert.That((await browser.Get("/inbox")).Document.QuerySelectorAll(".is-unread").Length, Is.Zero);
    }

    [Test]
    public async Task A_strangers_inbox_is_the_sign_in_page()
    {
        await using var site = new TestSite();
        using var stranger = site.Anonymous();

        Assert.That((await stranger.Get("/inbox")).Location, Does.StartWith("/account/sign-in?returnUrl="));
    }
}
