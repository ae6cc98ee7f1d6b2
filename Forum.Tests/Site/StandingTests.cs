using System.Net;
using Forum.Tests.Support;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Site;

/// <summary>What holds of every page. They walk <see cref="ListedPage.All"/>.</summary>
public sealed class StandingTests
{
    [Test]
    public async Task Every_page_is_listed()
    {
        await using var site = new TestSite();

        var pages = site.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .OfType<PageActionDescriptor>().Select(page => page.ViewEnginePath).Distinct(StringComparer.Ordinal).ToList();
        var listed = ListedPage.All.Select(page => page.Name).Concat(ListedPage.WithoutView.Keys).Distinct(StringComparer.Ordinal).ToList();

        Assert.That(pages.Except(listed, StringComparer.Ordinal), Is.Empty, "Pages without an entry in Site/Pages.cs");
        Assert.That(listed.Except(pages, StringComparer.Ordinal), Is.Empty, "Entries in Site/Pages.cs without a page");
    }

    [Test]
    public async Task Every_text_on_every_page_can_be_translated()
    {
        await using var community = await Community.Make(onPort: false);
        var findings = new List<string>();

        foreach (var page in ListedPage.All)
        {
            foreach (var viewer in community.Viewers(page.By))
            {
                using var client = viewer is { } id ? await community.Site.SignedInAs(id, "qps-ploc") : community.Site.Anonymous("qps-ploc");
                var seen = await client.Get(page.Address(community));
                findings.AddRange(Crawl.Untranslated(seen.Document).Select(finding => $"{page.Address(community)} as {Community.Name(viewer)}: {finding}"));
            }
        }

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    [Test]
    public async Task Every_page_answers_and_has_one_heading_a_title_and_landmarks()
    {
        await using var community = await Community.Make(onPort: false);
        var findings = new List<string>();

        foreach (var page in ListedPage.All)
        {
            var expected = page.Name == "/Errors/Error" ? HttpStatusCode.NotFound : HttpStatusCode.OK;
            foreach (var viewer in community.Viewers(page.By))
            {
                foreach (var language in new[] { "en", "zh-CN" })
                {
                    using var client = viewer is { } id ? await community.Site.SignedInAs(id, language) : community.Site.Anonymous(language);
                    var seen = await client.Get(page.Address(community));
                    findings.AddRange(Complaints(seen, expected, language).Select(finding => $"{page.Address(community)} as {Community.Name(viewer)} in {language}: {finding}"));
                }
            }
        }

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    [Test]
    public async Task Strangers_pages_carry_no_cookie_of_forms_unless_they_are_forms()
    {
        await using var community = await Community.Make(onPort: false);
        var findings = new List<string>();

        foreach (var page in ListedPage.All.Where(page => page.By == Viewer.Anyone && !page.Name.StartsWith("/Account/", StringComparison.Ordinal) && page.Name != "/Settings/Appearance"))
        {
            using var client = community.Site.Anonymous();
            var seen = await client.Get(page.Address(community));
            if (seen.Headers.ContainsKey("Set-Cookie"))
                findings.Add($"{page.Address(community)} sets a cookie");
            if (seen.Document.QuerySelector("form[method=post]") is not null)
                findings.Add($"{page.Address(community)} has a posting form");
        }

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    [Test]
    public async Task Every_page_suits_a_narrow_screen_and_keeps_the_content_policy_and_axe_finds_nothing_serious()
    {
        await using var community = await Community.Make(onPort: true);
        var findings = new List<string>();

        // A member sees all that a stranger sees and more.
        foreach (var viewers in ListedPage.All.GroupBy(page => community.Viewers(page.By).Last()))
        {
            await using var window = await Browser.Open(community.Site, viewers.Key, width: 360);
            var tab = await window.NewPageAsync();
            tab.Console += (_, message) =>
            {
                // A page that is a 404 says so on the console as well.
                if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                    findings.Add($"{tab.Url}: {message.Text}");
            };
            tab.PageError += (_, error) => findings.Add($"{tab.Url}: {error}");
            foreach (var page in viewers)
            {
                var address = page.Address(community);
                await tab.GotoAsync(address);
                var width = await tab.EvaluateAsync<int>("document.documentElement.scrollWidth");
                if (width > 360)
                    findings.Add($"{address} as {Community.Name(viewers.Key)} is {width} wide: {await tab.EvaluateAsync<string>(WhatIsWide)}");
                findings.AddRange((await Browser.SeriousFindings(tab)).Select(finding => $"{address} as {Community.Name(viewers.Key)}: {finding}"));
            }
        }

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    [Test]
    public async Task Axe_finds_what_is_serious()
    {
        await using var site = TestSite.OnPort();
        await using var window = await Browser.Open(site);
        var tab = await window.NewPageAsync();
        await tab.SetContentAsync("<html lang=en><title>A page</title><main><h1>A page</h1><img src=x><h3>No level is left out without a moderate finding</h3></main></html>");

        Assert.That(await Browser.SeriousFindings(tab), Has.Count.EqualTo(1).And.Some.StartsWith("image-alt: "));
    }

    private const string WhatIsWide =
        """
        [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 361 && getComputedStyle(e).position !== 'absolute')
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 3).join(' … ')
        """;

    private static IEnumerable<string> Complaints(SitePage seen, HttpStatusCode expected, string language)
    {
        if (seen.Status != expected)
            yield return $"status {(int)seen.Status}{(seen.Location is { } to ? " to " + to : "")}";
        var document = seen.Document;
        if (document.QuerySelectorAll("h1").Length != 1)
            yield return $"{document.QuerySelectorAll("h1").Length} h1";
        if (string.IsNullOrWhiteSpace(document.Title))
            yield return "no title";
        if (document.DocumentElement.GetAttribute("lang") != (language == "en" ? "en" : "zh-Hans"))
            yield return $"lang is {document.DocumentElement.GetAttribute("lang")}";
        foreach (var landmark in new[] { "header", "main", "footer", "nav" })
        {
            if (document.QuerySelector(landmark) is null)
                yield return $"no {landmark}";
        }

        foreach (var id in document.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(same => same.Count() > 1))
            yield return $"the id {id.Key} is there {id.Count()} times";
        if (document.QuerySelector("[style], [onclick], script:not([src]), style") is { } inline)
            yield return $"inline style or script: {inline.OuterHtml[..Math.Min(120, inline.OuterHtml.Length)]}";
        foreach (var icon in document.QuerySelectorAll("svg:not([aria-hidden]):not([role=img][aria-label])"))
            yield return $"an icon that is not silent: {icon.ParentElement?.OuterHtml}";
    }
}
