using System.Net;
using Forum.Core.Privileges;
using Forum.Tests.Support;

namespace Forum.Tests.Settings;

public sealed class RulesPageTests
{
    [Test]
    public async Task An_administrator_looks_previews_saves_and_undoes()
    {
        await using var site = new TestSite();
        var boss = await site.Forum.Make.User(administrator: true);
        await site.Forum.Make.User(200, "Ada");
        using var browser = await site.SignedInAs(boss);
        var page = await browser.Get("/admin/rules");
        Assert.That(page.Document.QuerySelector("nav a[href='/admin/rules']"), Is.Not.Null, "it is in the navigation");
        Assert.That(page.Value("Values[Thresholds:vote-down]"), Is.Empty, "the preset's stands behind an empty field");

        var preview = await browser.Submit(Towards(page, "/admin/rules?handler=preview"), "form.f-settings", ("Values[Thresholds:vote-down]", "250"));
        Assert.That(preview.Said("#preview"), Does.Contain("125 → 250").And.Contain("Ada").And.Contain("1 person would lose it"));
        Assert.That(preview.Value("Values[Thresholds:vote-down]"), Is.EqualTo("250"));
        Assert.That(site.Forum.Settings.Needs(Privilege.VoteDown), Is.EqualTo(125));

        var saved = await browser.Submit(preview, "form.f-settings");
        Assert.That(saved.Location, Is.EqualTo("/admin/rules"));
        Assert.That(site.Forum.Settings.Needs(Privilege.VoteDown), Is.EqualTo(250));

        var log = await browser.Get("/admin/rules/changes");
        Assert.That(log.Text, Does.Contain("Thresholds:vote-down"));
        await browser.Submit(log);
        Assert.That(site.Forum.Settings.Needs(Privilege.VoteDown), Is.EqualTo(125));
    }

    [Test]
    public async Task What_cannot_be_is_complained_of_at_its_field_and_the_rest_stays_as_typed()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(administrator: true));

        var again = await browser.Fill(
            "/admin/rules/limits", ("Values[Limits:Title:Min]", "500"), ("Values[Limits:Mentions]", "4"), ("Values[Limits:About]", "2000"));
        var worse = await browser.Submit(again, null, ("Values[Limits:Title:Min]", "many"));

        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(again.MessagesAt("Values[Limits:Title:Min]"), Is.EqualTo(["The least (500) may not be above the most (150)."]));
        Assert.That((again.Value("Values[Limits:Title:Min]"), again.Value("Values[Limits:Mentions]")), Is.EqualTo(("500", "4")));
        Assert.That(worse.MessagesAt("Values[Limits:Title:Min]").Single(), Does.StartWith("A whole number"));
        Assert.That(site.Forum.Settings.Limits.Mentions, Is.EqualTo(3));
    }

    [Test]
    public async Task Every_group_can_be_saved_as_it_is()
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(administrator: true));

        foreach (var group in Forum.Core.Settings.Setting.Groups)
            Assert.That((await browser.Fill(Forum.Web.Pages.Admin.RulesModel.Address(group))).Location, Does.StartWith("/admin/rules"), group);

        Assert.That(await site.Forum.Value<int>("select count(*) from setting_changes"), Is.Zero);
    }

    [Test]
    public async Task It_is_for_administrators()
    {
        await using var site = new TestSite();
        using var moderator = await site.SignedInAs(await site.Forum.Make.User(moderator: true));
        using var stranger = site.Anonymous();

        foreach (var address in new[] { "/admin/rules", "/admin/rules/limits", "/admin/rules/changes" })
        {
            Assert.That((await moderator.Get(address)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await stranger.Get(address)).Location, Does.StartWith("/account/sign-in"));
        }

        using var boss = await site.SignedInAs(await site.Forum.Make.User(administrator: true));
        Assert.That((await boss.Get("/admin/rules/nothing")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await moderator.Get("/")).Document.QuerySelector("nav a[href='/admin/rules']"), Is.Null);
    }

    // A button of a form that leads elsewhere, as a browser presses it.
    private static SitePage Towards(SitePage page, string action)
    {
        Assert.That(page.Document.QuerySelector($"button[formaction='{action}']"), Is.Not.Null);
        page.Document.QuerySelector("form.f-settings")!.SetAttribute("action", action);
        return page;
    }
}
