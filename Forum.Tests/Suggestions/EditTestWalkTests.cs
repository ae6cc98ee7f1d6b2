using Forum.Core.Reviews;
using Forum.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Suggestions;

/// <summary>A reviewer in the queue of suggested edits, in a real browser.</summary>
public sealed class EditTestWalkTests
{
    [Test]
    public async Task A_reviewer_fails_a_test_reads_why_and_goes_on_to_what_waits([Values] bool scripts)
    {
        await using var site = TestSite.OnPort(("Forum:Reviews:AuditEvery", "1"));
        var (_, edit) = await EditTestTests.Known(site.Forum, -1, "How are names sorted by their length?");
        var ticket = await EditTestTests.Waits(site.Forum, "How are the words of a text counted?");
        var reviewer = await site.Forum.Make.User(1_000, "Reviewer");
        await using var window = await Browser.Open(site, reviewer, scripts: scripts);
        var page = await window.NewPageAsync();

        await page.GotoAsync("/review");
        await page.Locator("a[href='/review/suggested-edits']").ClickAsync();
        await Expect(page.Locator(".f-task h2")).ToHaveTextAsync("How are names sorted by their length?");
        await Expect(page.Locator(".f-task ins").First).ToBeVisibleAsync();
        await Say("1", "Approve");
        await Expect(page.Locator("main [role=status]")).ToContainTextAsync("your review was wrong");
        await Expect(page.Locator($"main [role=status] a[href='/suggested-edits/{edit}']")).ToBeVisibleAsync();
        await page.Locator("main [role=status] a[href^='/review/suggested-edits']").ClickAsync();

        await Expect(page.Locator(".f-task h2")).ToHaveTextAsync("How are the words of a text counted?");
        await page.Locator("input[value=no-improvement]").CheckAsync();
        await page.Locator("form[action$='Reject'] button").ClickAsync();
        await Expect(page.Locator("main [role=status]")).ToContainTextAsync("No suggested edit waits");

        Assert.That(await site.Forum.Value<string>("select verdict || ' ' || reason from suggested_edit_reviews where user_id = @reviewer", new { reviewer }), Is.EqualTo("-1 no-improvement"));
        Assert.That(await site.Forum.Value<ReviewOutcome>("select outcome from reviews where user_id = @reviewer", new { reviewer }), Is.EqualTo(ReviewOutcome.Approved));
        Assert.That(await site.Forum.Value<int?>("select outcome from review_tasks where ticket = @ticket", new { ticket }), Is.Null, "another must agree");
        await site.Forum.Settle();
        await site.Forum.Verify();

        // With scripts the buttons have keys.
        Task Say(string key, string button) => scripts ? page.Keyboard.PressAsync(key) : page.Locator($"form[action$='{button}'] button").ClickAsync();
    }
}
