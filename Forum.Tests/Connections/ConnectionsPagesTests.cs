using Forum.Core.Connections;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Forum.Tests.Connections;

/// <summary>How moderators look at what connects accounts.</summary>
public sealed class ConnectionsPagesTests
{
    [Test]
    public async Task Without_a_reason_there_is_only_the_form_and_nothing_typed_is_lost()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(name: "Adelheid"), await site.Forum.Make.User(moderator: true));
        site.Forum.Service<SightAddresses>().Note(ada, System.Net.IPAddress.Parse("203.0.113.7"));
        await site.Forum.Service<SightAddresses>().Write(default);
        using var browser = await site.SignedInAs(moderator);
        Assert.That((await browser.Get($"/mod/users/{ada}")).Document.QuerySelector($"main a[href='/mod/users/{ada}/connections']"), Is.Not.Null);
        var form = await browser.Get($"/mod/users/{ada}/connections");
        Assert.That(form.Text, Does.Not.Contain("203.0.113.7"));

        var empty = await browser.Submit(form, null, ("Reason", ""));
        var shortly = await browser.Submit(form, null, ("Reason", "Hm."));

        Assert.That(((int)empty.Status, empty.MessagesAt("Reason").Count), Is.EqualTo((400, 1)));
        Assert.That(((int)shortly.Status, shortly.Value("Reason")), Is.EqualTo((400, "Hm.")));
        Assert.That(empty.Text + shortly.Text, Does.Not.Contain("203.0.113.7"));
        var seen = await browser.Submit(form, null, ("Reason", "Two accounts that vote alike."));
        Assert.That(seen.Text, Does.Contain("203.0.113.7"));
        Assert.That(seen.Headers["Cache-Control"], Does.Contain("no-store"));
        Assert.That((await browser.Get("/mod/log")).Text, Does.Contain("Two accounts that vote alike."));
    }

    [Test]
    public async Task Registering_signing_in_and_writing_note_the_address_and_reading_does_not()
    {
        await using var site = TestSite.With(services => services.AddSingleton<IStartupFilter>(new From("203.0.113.7")));
        using (var browser = site.Anonymous())
        {
            await browser.Fill(
                "/account/register", ("Input.SignInName", "ada-lovelace"), ("Input.Name", "Ada"), ("Input.Email", "ada@example.org"), ("Input.Password", "correct horse battery"));
            Assert.That(await Times(site), Is.EqualTo(1), "registering");
            await browser.Get("/questions");
            Assert.That(await Times(site), Is.EqualTo(1), "reading");
            await browser.Submit(await browser.Get("/settings/tags"), "form:has([name=Hides])", ("Hides", "true"));
            Assert.That(await Times(site), Is.EqualTo(2), "writing");
        }

        using var another = site.Anonymous();
        await another.Fill("/account/sign-in", ("Input.Name", "ada-lovelace"), ("Input.Password", "wrong"));
        Assert.That(await Times(site), Is.EqualTo(2), "somebody else's guess");
        await another.Fill("/account/sign-in", ("Input.Name", "ada-lovelace"), ("Input.Password", "correct horse battery"));
        Assert.That(await Times(site), Is.EqualTo(3), "signing in");
    }

    [Test]
    public async Task Whom_it_is_not_for_is_turned_away()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(1_000_000), await site.Forum.Make.User(moderator: true));
        using var hers = await site.SignedInAs(ada);
        using var browser = await site.SignedInAs(moderator);

        Assert.That((int)(await hers.Get($"/mod/users/{ada}/connections")).Status, Is.EqualTo(403));
        Assert.That((int)(await browser.Get($"/mod/users/{moderator}/connections")).Status, Is.EqualTo(403));
        Assert.That((int)(await browser.Get("/mod/users/987654/connections")).Status, Is.EqualTo(404));
        Assert.That((await browser.Get($"/mod/users/{moderator}")).Document.QuerySelector("main a[href$='/connections']"), Is.Null);
    }

    [Test]
    public async Task A_moderator_follows_a_suspicion_from_the_list_to_the_votes([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var (ada, bob, moderator) = (await site.Forum.Make.User(1_000, "Ada"), await site.Forum.Make.User(1_000, "Bob"), await site.Forum.Make.User(moderator: true));
        foreach (var _ in Enumerable.Range(0, 5))
        {
            site.Clock.Advance(TimeSpan.FromHours(1));
            await site.Forum.Send(new CastVote(await site.Forum.Make.Question(by: ada), Direction.Up), bob);
        }

        await site.Forum.Service<Core.Fairness.CountVotePairs>().Count(default);
        // From this machine: a real connection has an address.
        await using (var his = await Browser.Open(site, bob, scripts: scripts))
        {
            var writing = await his.NewPageAsync();
            await writing.GotoAsync("/settings/tags");
            await writing.RunAndWaitForResponseAsync(
                () => writing.Locator("form:has([name=Hides]) button[type=submit]").First.ClickAsync(), response => response.Request.Method == "POST");
        }

        await Until(async () =>
        {
            await site.Forum.Service<SightAddresses>().Write(default);
            return await site.Forum.Value<int>("select count(*) from address_sightings where user_id = @bob and address in ('127.0.0.1', '::1')", new { bob }) == 1;
        });
        await using var window = await Browser.Open(site, moderator, scripts: scripts, width: 390, colours: ColorScheme.Dark);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/mod/votes/pairs");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(page), Is.Empty);

        await page.Locator("main table a[href$='/connections']").ClickAsync();
        await page.FillAsync("[name=Reason]", "All of his votes are for her.");
        await page.Locator("main form[method=post] button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("section[aria-labelledby=votes-for]")).ToContainTextAsync("100 % of 5");
        await Assertions.Expect(page.Locator("section[aria-labelledby=addresses]")).ToContainTextAsync("127.0.0.1");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(page), Is.Empty);
        await page.Locator("section[aria-labelledby=votes-for] a[href^='/mod/votes']").ClickAsync();
        await Assertions.Expect(page.Locator("[name=Voter]")).ToHaveValueAsync($"{bob}");
        await page.Locator("main form[method=post] button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=between]")).ToBeVisibleAsync();
    }

    private static async Task<int> Times(TestSite site)
    {
        await site.Forum.Service<SightAddresses>().Write(default);
        return await site.Forum.Value<int>("select coalesce(sum(times), 0) from address_sightings where address = '203.0.113.7'");
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var tries = 0; tries < 50 && !await isSo(); tries++)
            await Task.Yield();
        Assert.That(await isSo(), Is.True);
    }

    /// <summary>Lets every request come from an address.</summary>
    private sealed class From(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
                await rest(context);
            });
            next(app);
        };
    }
}
