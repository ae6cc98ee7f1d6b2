using Forum.Core.Departures;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Departures;

/// <summary>What moderators and the person see when an account ends.</summary>
public sealed class DeparturePagesTests
{
    [Test]
    public async Task A_moderator_sees_what_changes_is_asked_twice_and_deletes()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(name: "Adelheid"), await site.Forum.Make.User(moderator: true));
        await site.Forum.Make.Question(ada);
        using var browser = await site.SignedInAs(moderator);
        var person = await browser.Get($"/mod/users/{ada}");
        Assert.That(person.Document.QuerySelector($"main a[href='/mod/users/{ada}/delete']"), Is.Not.Null);
        var first = await browser.Get($"/mod/users/{ada}/delete");
        Assert.That(first.Document.QuerySelector("main form[method=post]"), Is.Null, "it is asked twice");
        Assert.That(first.Said("main"), Does.Contain($"user{ada}").And.Contain("Nobody can undo this."));
        var second = await browser.Get(first.Document.QuerySelector("main a[href$='sure=true']")!.GetAttribute("href")!);

        var again = await browser.Submit(second, null, ("Reason", "Asked for it by mail."));

        Assert.That((int)again.Status, Is.EqualTo(400));
        Assert.That(again.Value("Reason"), Is.EqualTo("Asked for it by mail."));
        Assert.That(again.Said("main"), Does.Contain("Say that you are sure."));
        Assert.That(await site.Forum.Value<int>("select count(*) from departures"), Is.Zero);

        var done = await browser.Submit(again, null, ("Reason", "Asked for it by mail."), ("IsSure", "true"));

        Assert.That(done.Location, Is.EqualTo($"/mod/users/{ada}"));
        await DepartureTests.Finish(site.Forum);
        Assert.That((int)(await browser.Get($"/users/{ada}")).Status, Is.EqualTo(410));
        Assert.That((await browser.Get("/mod/departures")).Said("section[aria-labelledby=ended]"), Does.Contain($"user{ada}").And.Contain("Asked for it by mail."));
        Assert.That((await browser.Get("/mod/log")).Said("main"), Does.Contain("deleted the account"));
    }

    [Test]
    public async Task A_merged_account_leads_to_the_other()
    {
        await using var site = new TestSite();
        var (old, now, administrator) = (await site.Forum.Make.User(), await site.Forum.Make.User(name: "Adelheid"), await site.Forum.Make.User(administrator: true));
        using var browser = await site.SignedInAs(administrator);
        var wrong = await browser.Get($"/mod/users/{old}/merge?into=nobody");
        Assert.That((int)wrong.Status, Is.EqualTo(200));
        Assert.That(wrong.Said("main"), Does.Contain("Name the account that stays."));
        var form = await browser.Get($"/mod/users/{old}/merge?into=/users/{now}/adelheid");
        await browser.Submit(form, "form[action*='into=']", ("Reason", "The same person."), ("IsSure", "true"));
        var asked = await browser.Get($"/mod/users/{old}/merge");

        await browser.Submit(asked, "form[action$='handler=agree']", ("IsSure", "true"));
        await DepartureTests.Finish(site.Forum);

        var moved = await browser.Get($"/users/{old}");
        Assert.That((int)moved.Status, Is.EqualTo(301));
        Assert.That(moved.Location, Is.EqualTo($"/users/{now}"));
        Assert.That((await browser.Get($"/mod/users/{old}")).Document.QuerySelector($"main a[href='/mod/users/{now}']"), Is.Not.Null);
    }

    [Test]
    public async Task Members_end_nobodys_account_and_see_no_list()
    {
        await using var site = new TestSite();
        var (ada, member) = (await site.Forum.Make.User(), await site.Forum.Make.User(50_000));
        using var browser = await site.SignedInAs(member);

        foreach (var address in new[] { $"/mod/users/{ada}/delete", $"/mod/users/{ada}/destroy", $"/mod/users/{ada}/merge", "/mod/departures" })
            Assert.That((int)(await browser.Get(address)).Status, Is.EqualTo(403), address);
    }
}
