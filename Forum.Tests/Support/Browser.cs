using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Forum.Tests.Support;

/// <summary>One Chromium for the whole suite; each test has a context (cookies, window) of its own in it.</summary>
public static class Browser
{
    // Playwright brings none of its own here: the system's is used.
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Shared = new(Start);

    /// <summary>A window of its own at a site, signed in as somebody or as nobody.</summary>
    public static async Task<IBrowserContext> Open(TestSite site, long? user = null, string language = "en", bool scripts = true, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var (_, browser) = await Shared.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.Address.ToString(),
            JavaScriptEnabled = scripts,
            Locale = language,
            ColorScheme = colours,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        if (user is { } id)
            await context.AddCookiesAsync([new Cookie { Name = "forum.session", Value = await site.SessionOf(id), Url = site.Address.ToString() }]);
        return context;
    }

    /// <summary>What axe finds serious or critical on a page, one line each.</summary>
    public static async Task<IReadOnlyList<string>> SeriousFindings(IPage page)
    {
        // As the library does for pages with frames, but without a tab of its own for each run: ours have none.
        await page.EvaluateAsync(Axe.Value);
        return await page.EvaluateAsync<string[]>(
            """
            () => axe.run({ resultTypes: ['violations'] }).then(found => found.violations
                .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
                .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help} – ${node.html}`)))
            """);
    }

    /// <summary>Types into the field of a text. With scripts it is an editor that writes back to it.</summary>
    public static async Task Write(IPage page, string field, string text, bool scripts = true)
    {
        if (!scripts)
        {
            await page.FillAsync($"textarea.f-textarea[name='{field}']", text);
            return;
        }

        var editor = page.Locator($".f-field:has(textarea.f-textarea[name='{field}']) [contenteditable=true]").First;
        await editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.InsertTextAsync(text);
        await Assertions.Expect(page.Locator($"textarea.f-textarea[name='{field}']")).ToHaveValueAsync(new Regex(Regex.Escape(text), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    internal static async Task Close()
    {
        if (!Shared.IsValueCreated || !Shared.Value.IsCompletedSuccessfully)
            return;
        var (driver, browser) = await Shared.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        var place = Environment.GetEnvironmentVariable("FORUM_TEST_BROWSER") ?? Array.Find(Places, File.Exists);
        if (place is null)
            Assert.Ignore("There is no Chromium on this machine; FORUM_TEST_BROWSER names one.");
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = place, Args = Arguments }));
    }
}

/// <summary>Ends what the suite shares.</summary>
[SetUpFixture]
public sealed class SharedThings
{
    [OneTimeTearDown]
    public Task CloseBrowser() => Browser.Close();
}
