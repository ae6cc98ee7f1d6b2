using System.Net;
using System.Text.RegularExpressions;
using Forum.Tests.Support;
using Forum.Web.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Web;

/// <summary>Scripts and styles: their size over the wire, their headers, their names.</summary>
public sealed partial class AssetsTests
{
    private const int Kilobyte = 1024;

    [TestCase("readers.js", 30)]
    [TestCase("site.css", 80)]
    public async Task What_readers_load_is_small_whichever_compression_their_browser_takes(string name, int kilobytes)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        foreach (var encoding in new[] { "br", "gzip" })
        {
            var response = await Fetch(client, site.Services.GetRequiredService<Assets>().Url(name), encoding);

            Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { encoding }));
            Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.LessThan(kilobytes * Kilobyte));
        }
    }

    [Test]
    public async Task Bundled_files_are_kept_for_good_and_differ_by_encoding()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        var response = await Fetch(client, site.Services.GetRequiredService<Assets>().Url("site.css"), "br");

        Assert.That(response.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=31536000, immutable"));
        Assert.That(response.Headers.Vary, Does.Contain("Accept-Encoding"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/css; charset=utf-8"));
    }

    [Test]
    public async Task A_browser_that_compresses_nothing_gets_the_file_itself()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        var response = await Fetch(client, site.Services.GetRequiredService<Assets>().Url("readers.js"), "identity");

        Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("has-script"));
    }

    [TestCase("/dist/manifest.json")]
    [TestCase("/dist/../appsettings.json")]
    [TestCase("/dist/%2e%2e/%2e%2e/appsettings.json")]
    [TestCase("/dist/site.css")]
    public async Task Nothing_else_is_served_from_there(string address)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        Assert.That((await client.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Reading_pages_load_neither_the_editor_nor_its_styles()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();
        var question = await site.Forum.Make.Question();

        var page = await client.Follow(await client.Get($"/questions/{question}"));

        var assets = site.Services.GetRequiredService<Assets>();
        Assert.That(page.Text, Does.Contain(assets.Url("readers.js")));
        Assert.That(page.Text, Does.Not.Contain(assets.Url("writers.js")));
        Assert.That(page.Text, Does.Not.Contain(assets.Url("editor.css")));
    }

    [Test]
    public async Task The_frame_of_a_question_page_is_small()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();
        var question = await site.Forum.Make.Question();

        var page = await client.Follow(await client.Get($"/questions/{question}"));

        Assert.That(page.Text, Has.Length.LessThan(30 * Kilobyte));
    }

    [Test]
    public async Task The_operators_colour_is_in_the_theme_and_the_logo_and_changes_their_addresses()
    {
        await using var site = new TestSite(("Forum:AccentColour", "#0000ff"));
        await using var other = new TestSite();
        using var client = site.Anonymous();
        using var otherClient = other.Anonymous();

        Assert.That((await client.Get("/theme.css")).Text, Does.Contain("--theme-base-primary-color-h:240"));
        Assert.That((await client.Get("/logo.svg")).Text, Does.Contain("hsl(240,"));
        var address = (await client.Get("/about")).Document.QuerySelector("link[href^='/theme.css']")!.GetAttribute("href");
        Assert.That((await otherClient.Get("/about")).Text, Does.Not.Contain(address!));
    }

    [Test]
    public async Task Every_icon_that_a_page_names_exists()
    {
        await using var site = new TestSite();
        var assets = site.Services.GetRequiredService<Assets>();
        var pages = Path.Combine(Path.GetDirectoryName(typeof(AssetsTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Web", "Pages");

        var missing =
            from file in Directory.EnumerateFiles(pages, "*.cshtml", SearchOption.AllDirectories)
            from Match icon in IconName().Matches(File.ReadAllText(file))
            where !assets.HasIcon(icon.Groups["name"].Value)
            select $"{icon.Groups["name"].Value} in {Path.GetFileName(file)}";

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void The_lock_file_names_no_registry()
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(AssetsTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Web", "package-lock.json");

        Assert.That(File.ReadAllText(file), Does.Not.Contain("\"resolved\""));
    }

    private static Task<HttpResponseMessage> Fetch(SiteClient client, string address, string encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        return client.Http.SendAsync(request);
    }

    [GeneratedRegex("<icon name=\"(?<name>[A-Za-z0-9]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IconName();
}
