using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Merging;

/// <summary>How a moderator merges two questions and undoes it, in a real browser.</summary>
public sealed class MergingWalkTests
{
    private const string Button = "main form[method=post] button[type=submit]";

    [Test]
    public async Task Two_questions_are_merged_and_unmerged_and_nothing_is_lost()
    {
        await using var site = TestSite.OnPort();
        var town = await MergeTests.Town.Make(site.Forum);
        var before = await Dump.Of(site.Forum);
        await using var window = await Browser.Open(site, town.Moderator);
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/q/{town.Source}");
        await page.Locator("#question .f-post-tools summary").ClickAsync();
        await page.Locator("#question .f-post-menu a[href$='/merge']").ClickAsync();
        await page.FillAsync("[name='to']", $"/questions/{town.Target}");
        await page.Locator("main form[method=get] button").ClickAsync();
        await Expect(page.Locator(".f-merge-preview")).ToContainTextAsync("2 answers");
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.Locator(Button).First.ClickAsync();
        await Expect(page.Locator($"#answer-{town.Plain}")).ToBeVisibleAsync();
        await page.GotoAsync($"/q/{town.Source}");
        await Expect(page.Locator("h1")).ToContainTextAsync("How can the lines of a file be read?");

        await page.GotoAsync($"/posts/{town.Target}/merge");
        await page.Locator("section[aria-labelledby=stubs-title] a[href$='/merge']").ClickAsync();
        await page.Locator(Button).First.ClickAsync();
        await Expect(page.Locator($"#answer-{town.Accepted}")).ToBeVisibleAsync();
        await Expect(page.Locator($"#answer-{town.There}")).ToHaveCountAsync(0);

        // Whoever looks at pages visits.
        Assert.That((await Dump.Of(site.Forum)).Where(IsNoVisit), Is.EqualTo(before.Where(IsNoVisit)));
    }

    private static bool IsNoVisit(string line) => !line.StartsWith("users ", StringComparison.Ordinal) && !line.StartsWith("user_badges ", StringComparison.Ordinal) && !line.StartsWith("inbox ", StringComparison.Ordinal);
}
