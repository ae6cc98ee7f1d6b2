using System.Net;
using Forum.Core.Tags;
using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Tags;

public sealed class TagPagesTests
{
    private const string Excerpt = "For questions about reading and writing files, whatever the language.";

    [Test]
    public async Task A_newcomer_suggests_an_excerpt_and_a_moderator_approves_it()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(tags: "files");
        using var suggesting = await site.SignedInAs(await site.Forum.Make.User());
        using var deciding = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        var form = await suggesting.Get("/tags/files/edit");
        var tooShort = await suggesting.Submit(form, null, ("Body", "Files."), ("Comment", "Say what it is for"));
        Assert.That((tooShort.Status, tooShort.MessagesAt("Body").Count, tooShort.Value("Body")), Is.EqualTo((HttpStatusCode.BadRequest, 1, "Files.")));
        var suggested = await suggesting.Submit(tooShort, null, ("Body", Excerpt));
        Assert.That((await suggesting.Get("/tags/files/edit")).Location, Is.EqualTo(suggested.Location));
        var task = await deciding.Follow(await deciding.Get("/review/suggested-edits"));
        Assert.That(task.Said(".f-task h2"), Is.EqualTo("files"));
        await deciding.Submit(await deciding.Get(suggested.Location!), "form[action$='Approve']");

        var info = await suggesting.Get("/tags/files/info");
        Assert.That(info.Text, Does.Contain(Excerpt));
        var history = await suggesting.Get(info.Document.QuerySelector("a[href$='/revisions']")!.GetAttribute("href")!);
        Assert.That(history.Document.QuerySelectorAll(".f-diff ins, .f-diff .is-added").Length, Is.GreaterThan(0));
        await site.Forum.Settle();
        Assert.That((await suggesting.Get("/inbox")).Text, Does.Contain("files"));
    }

    [Test]
    public async Task An_old_state_of_a_wiki_is_brought_back()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(tags: "files");
        var moderator = await site.Forum.Make.User(moderator: true);
        await site.Forum.Send(new EditTagText("files", TagPart.Wiki, "All there is to say of files, at first."), moderator);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Forum.Send(new EditTagText("files", TagPart.Wiki, "All there is to say of files, and it is wrong."), moderator);
        var wiki = await site.Forum.Value<long>("select wiki_post_id from tags");
        using var browser = await site.SignedInAs(moderator);

        await browser.Submit(await browser.Get($"/posts/{wiki}/revisions/2/rollback"));

        Assert.That((await browser.Follow(await browser.Get($"/a/{wiki}"))).Text, Does.Contain("All there is to say of files, at first."));
        await site.Forum.Verify();
    }

    [Test]
    public async Task A_synonym_is_proposed_voted_on_and_leads_to_the_tag()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(tags: "c#");
        using var proposing = await site.SignedInAs(await SynonymTests.Knowing(site.Forum, "c#", 5, 1_250));
        using var deciding = await site.SignedInAs(await site.Forum.Make.User(moderator: true));
        using var stranger = site.Anonymous();

        var wrong = await proposing.Fill("/tags/c%23/synonyms", ("Synonym", "c sharp"));
        Assert.That((wrong.Status, wrong.Value("Synonym")), Is.EqualTo((HttpStatusCode.BadRequest, "c sharp")));
        Assert.That(wrong.MessagesAt("Synonym"), Has.Count.EqualTo(1));
        await proposing.Submit(wrong, null, ("Synonym", "csharp"));
        for (var i = 0; i < 2; i++)
        {
            using var voting = await site.SignedInAs(await SynonymTests.Knowing(site.Forum, "c#", 5));
            await voting.Submit(await voting.Get("/tags/c%23/synonyms"), "form[action$='handler=vote']", ("direction", "up"));
        }

        Assert.That((await stranger.Get("/tags/synonyms?tab=proposed")).Said("main"), Does.Contain("csharp").And.Contain("score +2"));
        await deciding.Submit(await deciding.Get("/tags/c%23/synonyms"), "form[action$='handler=approve']");

        Assert.That((await stranger.Get("/questions/tagged/csharp?tab=active")).Location, Is.EqualTo("/questions/tagged/c%23?tab=active"));
        Assert.That((await stranger.Get("/questions/tagged/csharp+linq")).Location, Is.EqualTo("/questions/tagged/c%23+linq"));
        Assert.That((await stranger.Get("/tags/csharp/info")).Location, Is.EqualTo("/tags/c%23/info"));
        Assert.That((await stranger.Get("/search?q=[csharp]")).Location, Is.EqualTo("/questions/tagged/csharp"));
    }

    [TestCase("merge?to=files")]
    [TestCase("rename?to=files")]
    [TestCase("rules")]
    public async Task Moderating_tags_is_for_moderators(string page)
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(tags: "lines files");
        using var member = await site.SignedInAs(await site.Forum.Make.User(20_000));

        Assert.That((await member.Get($"/tags/lines/{page}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await member.Get("/tags/lines/info")).Text, Does.Not.Contain("/tags/lines/merge"));
    }

    [Test]
    public async Task Rules_and_renaming_work_through_their_pages()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(tags: "lines files");
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        await browser.Submit(await browser.Get("/tags/lines/rules"), null, ("Blocked", "true"));
        Assert.That((await browser.Get("/tags/lines/info")).Text, Does.Contain("may not be used"));
        await browser.Submit(await browser.Get("/tags/files/rename?to=File-System"), "form[method=post][action*=rename]");
        await site.Forum.Service<ApplyTagMerges>().Apply(default);

        Assert.That((await browser.Get("/tags/files/info")).Location, Is.EqualTo("/tags/file-system/info"));
        Assert.That(await site.Forum.Value<string>("select tags from posts where kind = 1"), Is.EqualTo("lines file-system"));
    }

    [Test]
    public async Task A_moderator_merges_two_tags_in_a_browser([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        await site.Forum.Make.Question(tags: "csharp files");
        await site.Forum.Make.Question(tags: "csharp c#");
        await site.Forum.Make.Question(tags: "c#");
        await using var window = await Browser.Open(site, await site.Forum.Make.User(moderator: true), scripts: scripts);
        var page = await window.NewPageAsync();

        await page.GotoAsync("/tags/csharp/info");
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge into another tag" }).ClickAsync();
        await page.FillAsync("[name=to]", "c#");
        // What is suggested would lie over the button.
        if (scripts)
            await Expect(page.Locator(".f-suggestion").First).ToBeVisibleAsync();
        await page.Locator("[name=to]").PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what will change" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("2 questions get the other tag.");
        await Expect(page.Locator("main")).ToContainTextAsync("1 of them has both and loses the first.");
        // The check is a script itself: where none runs it would never come to an end.
        Assert.That(scripts ? await Browser.SeriousFindings(page) : [], Is.Empty);
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/tags/c%23/info");
        await site.Forum.Service<ApplyTagMerges>().Apply(default);

        await page.GotoAsync("/questions/tagged/csharp");
        await page.WaitForURLAsync("**/questions/tagged/c%23");
        await Expect(page.Locator(".f-list-count")).ToHaveTextAsync("3 questions");
        await page.GotoAsync("/tags/c%23/info");
        await Expect(page.Locator("main")).ToContainTextAsync("csharp was merged into c#.");
        Assert.That(scripts ? await Browser.SeriousFindings(page) : [], Is.Empty);
    }
}
