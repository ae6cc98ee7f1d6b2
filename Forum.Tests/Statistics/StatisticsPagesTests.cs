using Forum.Core.Statistics;
using Forum.Tests.Support;

namespace Forum.Tests.Statistics;

/// <summary>What people see of the site's figures.</summary>
public sealed class StatisticsPagesTests
{
    [Test]
    public async Task Each_chart_has_its_numbers_in_a_table_and_in_words()
    {
        await using var site = new TestSite();
        var moderator = await site.Forum.Make.User(moderator: true);
        var question = await site.Forum.Make.Question();
        await site.Forum.Make.Answer(question);
        await Count(site);
        using var browser = await site.SignedInAs(moderator);

        var page = await browser.Get("/mod/statistics?by=week");

        Assert.That(page.Document.QuerySelectorAll("main svg[role=img]"), Has.Length.EqualTo(StatisticsCharts));
        Assert.That(page.Document.QuerySelectorAll("main section table"), Has.Length.EqualTo(StatisticsCharts));
        Assert.That(page.Document.QuerySelector("section[aria-labelledby=chart-posts] svg")!.GetAttribute("aria-label"), Does.Contain("Questions: first 1, last 1, highest 1."));
        Assert.That(page.Said("section[aria-labelledby=chart-share] tbody tr td"), Is.EqualTo("100 %"));
        Assert.That(page.Said("section[aria-labelledby=chart-posts] tbody th"), Does.Contain("so far"));
        Assert.That(page.Document.QuerySelector("main [aria-current=true]")!.TextContent, Is.EqualTo("Week"));
    }

    [Test]
    public async Task Who_has_not_the_privilege_is_told_what_it_takes_and_a_stranger_signs_in()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(10));
        using var stranger = site.Anonymous();

        var refused = await browser.Get("/mod/statistics");

        Assert.That((int)refused.Status, Is.EqualTo(403));
        Assert.That(refused.Text, Does.Contain("needs 5000 reputation; you have 10"));
        Assert.That((int)(await stranger.Get("/mod/statistics")).Status, Is.Not.EqualTo(200));
    }

    [Test]
    public async Task A_day_that_is_none_shows_the_newest_and_one_before_everything_shows_nothing()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        await Count(site);
        Assert.That((await browser.Get("/mod/statistics?before=yesterday")).Document.QuerySelectorAll("main svg"), Is.Not.Empty);
        Assert.That((await browser.Get("/mod/statistics?before=0001-01-01&by=month")).Said("main .s-empty-state"), Is.Not.Empty);
    }

    [Test]
    public async Task Everybody_reads_how_the_site_is_doing_and_what_each_number_means()
    {
        await using var site = new TestSite();
        using var stranger = site.Anonymous();
        Assert.That((await stranger.Get("/metrics")).Said("main .s-empty-state"), Is.Not.Empty);
        var question = await site.Forum.Make.Question();
        await site.Forum.Make.Question(title: "Which question has no answer after all?");
        await site.Forum.Make.Answer(question);
        await Count(site);

        var page = await stranger.Get("/metrics?fresh=1");

        Assert.That(page.Document.QuerySelectorAll("main dl > div"), Has.Length.EqualTo(15));
        Assert.That(page.Document.QuerySelectorAll("main dl > div").All(row => row.QuerySelectorAll("dd").Length == 2), Is.True);
        Assert.That(page.Said("main section[aria-labelledby=group-asking] dl > div:nth-child(3)"), Does.Contain("1 of 2 (50 %)"));
        Assert.That((await stranger.Get("/about")).Document.QuerySelector("footer a[href='/metrics']"), Is.Not.Null);
    }

    [Test]
    public async Task The_charts_are_read_with_scripts_and_without_on_a_narrow_dark_screen([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var moderator = await site.Forum.Make.User(moderator: true);
        await site.Forum.Make.Answer(await site.Forum.Make.Question());
        await Count(site);
        await using var window = await Browser.Open(site, moderator, "zh-CN", scripts, 390, Microsoft.Playwright.ColorScheme.Dark);
        var page = await window.NewPageAsync();

        await page.GotoAsync("/mod/statistics");
        await page.Locator("section[aria-labelledby=chart-wait] summary").ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(page.Locator("section[aria-labelledby=chart-wait] table")).ToBeVisibleAsync();
        if (scripts)
            Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.GotoAsync("/metrics");
        await Microsoft.Playwright.Assertions.Expect(page.Locator(".f-metrics--value").First).ToHaveTextAsync("1");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(page), Is.Empty);
    }

    private static int StatisticsCharts => Forum.Web.Pages.Statistics.StatisticsChart.All.Count;

    private static async Task Count(TestSite site)
    {
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Forum.Service<CountStatistics>().All(null, default);
    }
}
