using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Microsoft.Playwright;

namespace Forum.Tests.Questions;

/// <summary>The pages with lists of questions, as readers shape them.</summary>
public sealed class ListPagesTests
{
    [Test]
    public async Task The_home_page_of_a_stranger_is_what_it_was_with_hot_questions_beside_it()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var question = await forum.Make.Question();
        await forum.Send(new CastVote(await forum.Make.Answer(question), Direction.Up), await forum.Make.User(100));
        await forum.Service<RankQuestions>().Rank(default);
        using var reader = site.Anonymous();

        var page = await reader.Get("/");

        Assert.That(page.Document.QuerySelector($"aside a[href^='/questions/{question}/']"), Is.Not.Null);
        Assert.That(page.Document.QuerySelectorAll(".f-tabs a").Select(tab => tab.TextContent), Is.EqualTo(new[] { "Active", "Score" }));
    }

    [Test]
    public async Task What_stands_beside_a_list_costs_a_statement_each()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Question();
        await forum.Service<RankQuestions>().Rank(default);

        // A stranger's home page has the second and the third; the first is a member's, and the test looks up who that is.
        Assert.That(await forum.StatementsOf(() => forum.Send(new ShowMyLists(), ada)), Is.EqualTo(1 + 1));
        Assert.That(await forum.StatementsOf(() => forum.Send(new ListHotQuestions())), Is.EqualTo(1));
        Assert.That(await forum.StatementsOf(() => forum.Send(new ListQuestions(QuestionOrder.Active, [], IsHome: true))), Is.EqualTo(3));
    }

    [Test]
    public async Task A_filter_is_an_address_that_anybody_can_open()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (open, answered) = (await forum.Make.Question(tags: "files"), await forum.Make.Question(tags: "c#"));
        await forum.Make.Answer(answered);
        using var reader = site.Anonymous();

        var list = await reader.Get("/questions");
        var form = list.Document.QuerySelector(".f-filter-box form")!;
        var page = await reader.Get(form.GetAttribute("action") + "?tab=filter&answers=none&sort=score");

        Assert.That(form.GetAttribute("method"), Is.EqualTo("get"));
        Assert.That(page.Document.QuerySelectorAll("[data-question]").Select(row => row.GetAttribute("data-question")), Is.EqualTo(new[] { $"{open}" }));
        Assert.That(page.Document.QuerySelector("input[name=answers]")!.HasAttribute("checked"), Is.True);
        Assert.That(page.Document.QuerySelector("input[name=sort][value=score]")!.HasAttribute("checked"), Is.True);
    }

    [Test]
    public async Task A_kept_filter_stands_beside_the_lists_and_opens_the_home_page_of_who_wants_it()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var ada = await forum.Make.User();
        var (open, answered) = (await forum.Make.Question(tags: "files"), await forum.Make.Question(tags: "c#"));
        await forum.Make.Answer(answered);
        using var reader = await site.SignedInAs(ada);

        var form = await reader.Get("/filters/save?answers=none&sort=newest&id=");
        var nameless = await reader.Submit(form, "form[action='/filters/save']", ("Name", ""));
        Assert.That((int)nameless.Status, Is.EqualTo(400));
        Assert.That(nameless.Document.QuerySelector("input[name=answers]")!.HasAttribute("checked"), Is.True, "what was chosen is still chosen");

        var saved = await reader.Submit(nameless, "form[action='/filters/save']", ("Name", "Silent ones"), ("IsHome", "true"));
        Assert.That(saved.Location, Is.EqualTo("/"));
        var home = await reader.Get("/");
        Assert.That(home.Document.QuerySelectorAll("[data-question]").Select(row => row.GetAttribute("data-question")), Is.EqualTo(new[] { $"{open}" }));
        Assert.That(home.Document.QuerySelector(".f-tabs [aria-current]")!.TextContent, Is.EqualTo("Silent ones"));
        Assert.That(home.Document.QuerySelector(".f-my-filters")!.TextContent, Does.Contain("Silent ones"));
        Assert.That((await reader.Get("/?tab=interesting")).Document.QuerySelectorAll("[data-question]"), Has.Length.EqualTo(2));

        var edit = await reader.Get(home.Document.QuerySelector(".f-my-filters a[href^='/filters/save']")!.GetAttribute("href")!);
        await reader.Submit(edit, "form[action*='handler=Delete']");
        Assert.That((await reader.Get("/")).Document.QuerySelectorAll("[data-question]"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Watching_works_without_scripts_and_marks_questions()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (watched, ignored) = (await forum.Make.Question(tags: "c#"), await forum.Make.Question(tags: "php"));
        var ada = await forum.Make.User();
        using var reader = await site.SignedInAs(ada);

        var page = await reader.Get("/questions/tagged/c%23");
        var done = await reader.Submit(page, ".f-tag-head form[action$='/watch']");
        Assert.That(done.Location, Is.EqualTo("/questions/tagged/c%23"));
        await reader.Submit(await reader.Get("/tags/php/watch"), "form[action$='handler=Ignore']");

        var list = await reader.Get("/questions");
        Assert.That(list.Document.QuerySelector($"[data-question='{watched}']")!.ClassList, Does.Contain("f-watched"));
        Assert.That(list.Document.QuerySelector($"[data-question='{ignored}']")!.ClassList, Does.Contain("f-ignored"));

        var settings = await reader.Get("/settings/tags");
        await reader.Submit(settings, "form[action$='handler=Hide']", ("Hides", "true"));
        Assert.That((await reader.Get("/questions")).Document.QuerySelector($"[data-question='{ignored}']"), Is.Null);
        var wrong = await reader.Submit(settings, "form[action$='handler=Ignore']", ("Ignored", "no-such-tag"));
        Assert.That(((int)wrong.Status, wrong.Text.Contains("There is no tag called no-such-tag.", StringComparison.Ordinal)), Is.EqualTo((400, true)));
        Assert.That(wrong.Document.QuerySelector("input[name=Ignored]")!.GetAttribute("value"), Is.EqualTo("no-such-tag"));
    }

    [Test]
    public async Task Somebody_ignores_a_tag_from_its_card_and_filters_without_it()
    {
        await using var site = TestSite.OnPort();
        var forum = site.Forum;
        var author = await forum.Make.User(1_000);
        var kept = await forum.Make.Question(author, title: "How do I read a file with linq?", tags: "c# linq");
        var ignored = await forum.Make.Question(author, title: "How do I read a file with php?", tags: "php c#");
        await using var window = await Browser.Open(site, await forum.Make.User());
        var tab = await window.NewPageAsync();

        // By keyboard: the card opens on the tag, and Tab leads into it.
        await tab.GotoAsync("/questions");
        await tab.Locator($"[data-question='{ignored}'] h2 a").FocusAsync();
        await tab.Keyboard.PressAsync("Tab");
        var card = tab.Locator(".f-hover-card");
        await Assertions.Expect(card).ToContainTextAsync("1 question");
        Assert.That(await Browser.SeriousFindings(tab), Is.Empty);
        await tab.Keyboard.PressAsync("Tab");
        await tab.Keyboard.PressAsync("Tab");
        await tab.Keyboard.PressAsync("Enter");
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Ignored php" })).ToHaveTextAsync("Ignored");
        await tab.Keyboard.PressAsync("Escape");
        await Assertions.Expect(card).ToHaveCountAsync(0);

        // By mouse, on another one.
        await tab.Locator($"[data-question='{kept}'] .f-tags a").First.HoverAsync();
        await Assertions.Expect(card).ToContainTextAsync("2 questions");

        await tab.GotoAsync("/questions");
        await Assertions.Expect(tab.Locator($"[data-question='{ignored}'].f-ignored")).ToHaveCountAsync(1);
        Assert.That(await Browser.SeriousFindings(tab), Is.Empty);

        await tab.GotoAsync("/settings/tags");
        await tab.GetByLabel("Hide them").CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await tab.GotoAsync("/questions");
        await tab.Locator(".f-filter-box summary").ClickAsync();
        await tab.GetByLabel("No answers").CheckAsync();
        await tab.Locator("#filter-tags").FillAsync("c*");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Apply filter" }).ClickAsync();
        await Assertions.Expect(tab.Locator("[data-question]")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Locator($"[data-question='{kept}']")).ToHaveCountAsync(1);
        Assert.That(await Browser.SeriousFindings(tab), Is.Empty);

        await tab.GetByRole(AriaRole.Button, new() { Name = "Save filter" }).ClickAsync();
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync("Waiting for me");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save filter" }).ClickAsync();
        await Assertions.Expect(tab.Locator(".f-my-filters")).ToContainTextAsync("Waiting for me");
        await Assertions.Expect(tab.Locator("[data-question]")).ToHaveCountAsync(1);
    }
}
