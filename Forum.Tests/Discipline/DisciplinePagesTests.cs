using Forum.Core.Discipline;
using Forum.Tests.Support;
using Microsoft.Playwright;

namespace Forum.Tests.Discipline;

/// <summary>What moderators and the person see of messages, warnings and suspensions.</summary>
public sealed class DisciplinePagesTests
{
    [Test]
    public async Task A_warning_stands_on_every_page_until_it_is_acknowledged()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(100), await site.Forum.Make.User(moderator: true));
        await site.Forum.Send(new WriteToPerson(ada, IsWarning: true, "rude", "Please be kind to others."), moderator);
        using var browser = await site.SignedInAs(ada);
        Assert.That((await browser.Get("/tags")).Document.QuerySelector("main a[href='/messages/moderators']"), Is.Not.Null);
        var thread = await browser.Get("/messages/moderators");
        Assert.That(thread.Text, Does.Contain("Please be kind to others."));

        await browser.Submit(thread, "form[action$='handler=acknowledge']");

        Assert.That((await browser.Get("/tags")).Document.QuerySelector("main a[href='/messages/moderators']"), Is.Null);
    }

    [Test]
    public async Task A_suspension_without_days_comes_back_as_it_was_typed()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(), await site.Forum.Make.User(moderator: true));
        using var browser = await site.SignedInAs(moderator);
        var form = await browser.Get($"/mod/users/{ada}/write?as=suspension&template=rude");
        Assert.That(form.Value("Body"), Does.Contain("not kind"), "the template is the beginning");

        var again = await browser.Submit(form, null, ("Days", "many"), ("Body", "My own words about it."));

        Assert.That((int)again.Status, Is.EqualTo(400));
        Assert.That(again.Value("Body"), Is.EqualTo("My own words about it."));
        Assert.That(again.MessagesAt("Days"), Has.Count.EqualTo(1));
        Assert.That(await site.Forum.Value<int>("select count(*) from suspensions"), Is.Zero);
    }

    [Test]
    public async Task A_moderator_finds_a_person_by_address_or_name()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(name: "Adelheid"), await site.Forum.Make.User(moderator: true));
        await site.Forum.Make.Question(by: ada, title: "What did Adelheid ask last week?");
        using var browser = await site.SignedInAs(moderator);

        Assert.That((await browser.Get($"/mod/people?who=/users/{ada}/x")).Location, Is.EqualTo($"/mod/users/{ada}"));
        Assert.That((await browser.Get("/mod/people?who=adel")).Document.QuerySelector($"main a[href='/mod/users/{ada}']"), Is.Not.Null);
        Assert.That((await browser.Get($"/mod/users/{ada}")).Said("section[aria-labelledby=activity]"), Does.Contain("What did Adelheid ask last week?"));
    }

    [Test]
    public async Task A_moderator_notes_and_takes_the_note_away()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(), await site.Forum.Make.User(moderator: true));
        using var browser = await site.SignedInAs(moderator);

        var noted = await browser.Follow(await browser.Submit(await browser.Get($"/mod/users/{ada}"), "form[action$='handler=note']", ("Body", "A hidden hedgehog.")));
        Assert.That(noted.Text, Does.Contain("A hidden hedgehog."));
        var gone = await browser.Follow(await browser.Submit(noted, "form[action$='handler=removeNote']"));

        Assert.That(gone.Text, Does.Not.Contain("A hidden hedgehog."));
    }

    [Test]
    public async Task A_moderator_suspends_the_person_reads_and_answers_and_is_lifted()
    {
        await using var site = TestSite.OnPort();
        var (ada, moderator) = (await site.Forum.Make.User(500, "Ada"), await site.Forum.Make.User(moderator: true, name: "Mo"));
        await using var desk = await Browser.Open(site, moderator);
        await using var home = await Browser.Open(site, ada);
        var (mo, page) = (await desk.NewPageAsync(), await home.NewPageAsync());

        await mo.GotoAsync($"/mod/users/{ada}");
        await mo.GetByRole(AriaRole.Link, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await mo.GetByRole(AriaRole.Link, new() { Name = "Rudeness" }).ClickAsync();
        await mo.GetByLabel("Days").FillAsync("7");
        await mo.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Assertions.Expect(mo.Locator(".s-notice__warning")).ToContainTextAsync("Suspended; it ends");

        await page.GotoAsync("/messages/moderators");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are suspended");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Mo ");
        await page.GetByLabel("Your answer").FillAsync("I am sorry for what I wrote.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await mo.GotoAsync("/mod");
        await mo.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Ada" }).First.ClickAsync();
        await Assertions.Expect(mo.Locator("main")).ToContainTextAsync("I am sorry for what I wrote.");
        await mo.GetByRole(AriaRole.Link, new() { Name = "Lift the suspension" }).ClickAsync();
        await mo.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).ClickAsync();
        await mo.WaitForURLAsync($"**/mod/users/{ada}#thread");

        await page.GotoAsync("/messages/moderators");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("You are suspended");
    }
}
