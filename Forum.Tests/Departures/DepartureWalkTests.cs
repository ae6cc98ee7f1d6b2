using Forum.Core.Users;
using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Departures;

/// <summary>How somebody leaves, stays after all, and is gone, in a real browser.</summary>
public sealed class DepartureWalkTests
{
    [Test]
    public async Task Somebody_leaves_stays_and_leaves()
    {
        await using var site = TestSite.OnPort();
        const string password = "a password of some length";
        var ada = await site.Forum.Send(new RegisterAccount("adelheid", "Adelheid", "adelheid@example.com", password));
        await using var window = await Browser.Open(site, ada);
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/users/{ada}");
        await page.Locator("main a[href='/settings/delete-account']").ClickAsync();
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.Locator("main a[href$='sure=true']").ClickAsync();
        await page.FillAsync("[name='Password']", password + "!");
        await page.CheckAsync("[name='IsSure']");
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator(".f-error-text, .s-input-message").First).ToBeVisibleAsync();
        Assert.That(await site.Forum.Value<int>("select count(*) from departures"), Is.Zero);
        Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.FillAsync("[name='Password']", password);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator("main [role=status]")).ToBeVisibleAsync();
        await page.GotoAsync("/tags");
        await page.Locator("main a[href='/settings/delete-account']").ClickAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator("main a[href$='sure=true']")).ToBeVisibleAsync();

        await page.Locator("main a[href$='sure=true']").ClickAsync();
        await page.FillAsync("[name='Password']", password);
        await page.CheckAsync("[name='IsSure']");
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator("main [role=status]")).ToBeVisibleAsync();
        site.Clock.Advance(TimeSpan.FromHours(25));
        await DepartureTests.Finish(site.Forum);
        await page.GotoAsync("/tags");
        await Expect(page.Locator("a[href='/account/sign-in']").First).ToBeVisibleAsync();
    }
}
