using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Web;

/// <summary>What every answer of the site has: headers, languages, themes, pages for errors.</summary>
public sealed class FrameTests
{
    [TestCase("/about")]
    [TestCase("/no/such/page")]
    [TestCase("/theme.css")]
    [TestCase("/health/live")]
    public async Task Every_answer_forbids_foreign_and_inline_code_and_framing(string address)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        var headers = (await client.Get(address)).Headers;

        var policy = headers["Content-Security-Policy"];
        Assert.That(policy, Does.Contain("script-src 'self';").And.Contain("style-src 'self';").And.Contain("img-src 'self' https: data:")
            .And.Contain("frame-ancestors 'none'").And.Contain("base-uri 'none'").And.Contain("form-action 'self'").And.Contain("object-src 'none'"));
        Assert.That(policy, Does.Not.Contain("unsafe"));
        Assert.That(headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
        Assert.That(headers, Does.ContainKey("Referrer-Policy").And.ContainKey("Permissions-Policy"));
        Assert.That(headers, Does.Not.ContainKey("Server"));
    }

    [Test]
    public async Task The_language_is_the_cookies_then_the_browsers_then_English()
    {
        await using var site = new TestSite();
        using var chinese = site.Anonymous("zh-CN,zh;q=0.9,en;q=0.5");
        using var french = site.Anonymous("fr-FR,fr;q=0.9");

        var before = await chinese.Get("/about");
        var chosen = await chinese.Fill("/settings/appearance", ("Language", "en"), ("Theme", "dark"), ("ReturnUrl", "/about"));
        var after = await chinese.Get("/about");

        Assert.That(before.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-Hans"));
        Assert.That(before.Heading, Is.EqualTo("关于 Forum"));
        Assert.That(chosen.Location, Is.EqualTo("/about"));
        Assert.That(after.Heading, Is.EqualTo("About Forum"));
        Assert.That(after.Document.Body!.ClassList, Does.Contain("theme-dark"));
        Assert.That((await french.Get("/about")).Heading, Is.EqualTo("About Forum"));
    }

    [TestCase("https://example.com/")]
    [TestCase("//example.com/")]
    [TestCase("/\\example.com")]
    public async Task Nobody_is_sent_to_another_site(string returnUrl)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        var answer = await client.Fill("/settings/appearance", ("ReturnUrl", returnUrl));

        Assert.That(answer.Location, Is.EqualTo("/"));
    }

    [TestCase("system", "theme-system")]
    [TestCase("dark", "theme-dark")]
    [TestCase("contrast", "theme-highcontrast")]
    public async Task A_theme_is_a_class_of_the_body(string theme, string classes)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        await client.Fill("/settings/appearance", ("Theme", theme));

        Assert.That((await client.Get("/about")).Document.Body!.ClassList, Does.Contain(classes));
    }

    [TestCase("en", "Page not found")]
    [TestCase("zh-CN", "找不到页面")]
    public async Task A_missing_page_is_explained_in_ones_language_with_a_search_box(string language, string heading)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous(language);

        var page = await client.Get("/no/such/page");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page.Heading, Is.EqualTo(heading));
        Assert.That(page.Document.QuerySelector("main form[role=search] input[name=q]"), Is.Not.Null);
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(410)]
    [TestCase(413)]
    [TestCase(429)]
    [TestCase(500)]
    public async Task Each_status_has_words_of_its_own_in_both_languages(int status)
    {
        await using var site = new TestSite();
        using var english = site.Anonymous();
        using var chinese = site.Anonymous("zh");

        var page = await english.Get($"/errors/{status}");
        var translated = await chinese.Get($"/errors/{status}");

        Assert.That((int)page.Status, Is.EqualTo(status));
        Assert.That(page.Heading, Is.Not.Empty);
        Assert.That(translated.Heading, Is.Not.Empty.And.Not.EqualTo(page.Heading));
    }

    [Test]
    public async Task A_body_that_is_too_large_is_413_and_says_so()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        var page = await client.PostRaw("/settings/appearance", ("Language", new string('x', 5 * 1024 * 1024)));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(page.Heading, Is.EqualTo("This is too large"));
    }

    [Test]
    public async Task Who_writes_too_fast_is_told_to_wait()
    {
        await using var site = new TestSite(("Forum:Limits:WritesPerMinute", "2"));
        using var client = site.Anonymous();

        await client.Fill("/settings/appearance", ("Theme", "dark"));
        await client.Fill("/settings/appearance", ("Theme", "light"));
        var third = await client.Fill("/settings/appearance", ("Theme", "dark"));

        Assert.That(third.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(third.Heading, Is.EqualTo("Too many requests"));
    }

    [Test]
    public async Task The_operators_text_replaces_ours_in_its_language()
    {
        await using var site = new TestSite(("Forum:Name", "Gardening"));
        using var english = site.Anonymous();
        using var chinese = site.Anonymous("zh");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(site.Forum.Database.Path)!, "texts", "en"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "contact.md"), "# Write to us\n\nAt **{name}**, <script>alert(1)</script> ask anybody.");

        var page = await english.Get("/contact");

        Assert.That(page.Heading, Is.EqualTo("Write to us"));
        Assert.That(page.Document.QuerySelector("main strong")!.TextContent, Is.EqualTo("Gardening"));
        Assert.That(page.Document.QuerySelector("main script"), Is.Null);
        Assert.That((await chinese.Get("/contact")).Heading, Is.EqualTo("联系"));
    }

    [TestCase("/help/about")]
    [TestCase("/help/..%2f..%2fappsettings")]
    [TestCase("/help/no-such-topic")]
    public async Task A_topic_that_is_none_is_not_found(string address)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        Assert.That((await client.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
