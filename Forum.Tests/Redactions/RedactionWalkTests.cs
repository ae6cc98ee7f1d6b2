using Forum.Core.Editing;
using Forum.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Redactions;

/// <summary>How moderators put a notice above a post, hide a revision and make an answer of a comment, in a real browser.</summary>
public sealed class RedactionWalkTests
{
    [Test]
    public async Task A_notice_is_placed_a_secret_hidden_by_two_and_a_comment_made_an_answer()
    {
        await using var site = TestSite.OnPort();
        var forum = site.Forum;
        var (author, one, other) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(author, "Why can I not sign in to the service?", "My password is zqhunter2 and the service does not let me in with it.");
        var comment = await forum.Make.Comment(question, author, "I found it: the service wants the name in small letters, then it works.");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, "The service does not let me in with my password, whichever browser I use."), author);
        await forum.Settle();

        await using var window = await Browser.Open(site, one);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/q/{question}");
        await page.Locator("#question .f-post-tools summary").ClickAsync();
        await page.Locator("#question .f-post-menu a[href$='/notice']").ClickAsync();
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.CheckAsync("input[name=Kind][value='3']");
        await page.FillAsync("[name=Days]", "10");
        await page.Locator("main form:has([name=Days]) button").ClickAsync();
        await Expect(page.Locator("#question .f-post-notice")).ToContainTextAsync("Outdated");
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);

        await page.GotoAsync($"/posts/{question}/revisions");
        await Expect(page.Locator("#revision-1")).ToContainTextAsync("zqhunter2");
        await page.Locator("#revision-1 a[href$='/redact']").ClickAsync();
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.FillAsync("[name=Reason]", "It has a password.");
        await page.Locator("main form button").ClickAsync();
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);

        await using var second = await Browser.Open(site, other);
        var desk = await second.NewPageAsync();
        await desk.GotoAsync("/mod");
        await desk.Locator("main a[href^='/redactions/']:not(.f-changes *)").ClickAsync();
        await desk.Locator("form[action*=Agree] button").ClickAsync();
        Assert.That(await Browser.SeriousFindings(desk), Is.Empty);
        await desk.GotoAsync($"/posts/{question}/revisions");
        await Expect(desk.Locator("#revision-1 .f-redacted")).ToHaveCountAsync(1);
        await Expect(desk.Locator("main")).Not.ToContainTextAsync("zqhunter2");

        await page.GotoAsync($"/q/{question}");
        await page.Locator($"#comment-{comment} a[href$='/to-answer']").ClickAsync();
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.Locator("main form button").ClickAsync();
        await Expect(page.Locator("#answers")).ToContainTextAsync("small letters");
        await Expect(page.Locator($"#comment-{comment}")).ToHaveCountAsync(0);
    }
}
