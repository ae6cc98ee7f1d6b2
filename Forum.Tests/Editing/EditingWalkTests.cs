using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Editing;

/// <summary>How texts are bettered by several people, in a real browser.</summary>
public sealed class EditingWalkTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    private const string Better = "I have a very large text file, and I want to read it line by line without loading the whole of it.";
    private const string Save = "main form[method=post] .f-actions button[type=submit]";

    [Test]
    public async Task An_edit_is_suggested_approved_rewarded_seen_and_rolled_back([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var (author, newcomer) = (await site.Forum.Make.User(name: "Author"), await site.Forum.Make.User(name: "Newcomer"));
        var question = await site.Forum.Make.Question(by: author, body: Text);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await using var newcomersWindow = await Browser.Open(site, newcomer, scripts: scripts);
        await using var authorsWindow = await Browser.Open(site, author, scripts: scripts);
        var (suggesting, deciding) = (await newcomersWindow.NewPageAsync(), await authorsWindow.NewPageAsync());

        await suggesting.GotoAsync($"/posts/{question}/edit");
        await Browser.Write(suggesting, "Input.Body", Better, scripts);
        await suggesting.FillAsync("[name='Input.Comment']", "Say how large it is");
        await suggesting.Locator(Save).First.ClickAsync();
        await Expect(suggesting.Locator("main")).ToContainTextAsync("waits for review");

        await deciding.GotoAsync(suggesting.Url);
        await Expect(deciding.Locator(".f-diff ins").First).ToBeVisibleAsync();
        await Fine(deciding, scripts);
        await deciding.Locator("form[action$='Approve'] button").ClickAsync();
        await Expect(deciding.Locator("main")).ToContainTextAsync("was approved");

        await suggesting.GotoAsync($"/users/{newcomer}?tab=reputation");
        await Expect(suggesting.Locator("main")).ToContainTextAsync("+2");
        await suggesting.GotoAsync($"/posts/{question}/revisions");
        await Expect(suggesting.Locator("#revision-2")).ToContainTextAsync("Newcomer");
        await Expect(suggesting.Locator("#revision-2 .f-diff ins").First).ToBeVisibleAsync();

        await deciding.GotoAsync($"/posts/{question}/revisions/1/rollback");
        await Fine(deciding, scripts);
        await deciding.Locator("main form[method=post] button[type=submit]").First.ClickAsync();
        await Expect(deciding.Locator("#revision-3")).ToContainTextAsync("Author");
        await deciding.GotoAsync($"/q/{question}");
        await Expect(deciding.Locator("#question .s-prose")).ToContainTextAsync(Text);
        await deciding.GotoAsync($"/posts/{question}/timeline");
        await Expect(deciding.Locator(".f-timeline")).ToContainTextAsync("rolled back");
        await Expect(deciding.Locator(".f-timeline")).ToContainTextAsync("edit suggested");
    }

    [Test]
    public async Task Two_editors_collide_and_the_second_sees_what_each_changed([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var (author, editor) = (await site.Forum.Make.User(name: "Author"), await site.Forum.Make.User(1_000, name: "Editor"));
        var question = await site.Forum.Make.Question(by: author, body: Text);
        await using var one = await Browser.Open(site, author, scripts: scripts);
        await using var other = await Browser.Open(site, editor, scripts: scripts);
        var (first, second) = (await one.NewPageAsync(), await other.NewPageAsync());
        await first.GotoAsync($"/posts/{question}/edit");
        await second.GotoAsync($"/posts/{question}/edit");

        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await Browser.Write(first, "Input.Body", Text + " It has twelve gigabytes.", scripts);
        await first.Locator(Save).First.ClickAsync();
        await Expect(first.Locator("#question .s-prose")).ToContainTextAsync("twelve gigabytes");
        await Browser.Write(second, "Input.Body", Better, scripts);
        await second.Locator(Save).First.ClickAsync();

        var collision = second.Locator(".f-collision");
        await Expect(collision).ToContainTextAsync("Author");
        await Expect(collision.Locator(".f-diff").First.Locator("ins")).ToContainTextAsync("It has twelve gigabytes.");
        await Expect(collision.Locator(".f-diff").Nth(1)).ToContainTextAsync("very large");
        await Expect(second.Locator("textarea[name='Input.Body']")).ToHaveValueAsync(Better);
        await Fine(second, scripts);
        Assert.That(await site.Forum.Value<string>("select body from posts where id = @question", new { question }), Does.EndWith("twelve gigabytes."), "nothing is overwritten");

        await Browser.Write(second, "Input.Body", Better + " It has twelve gigabytes.", scripts);
        await second.Locator(Save).First.ClickAsync();
        await Expect(second.Locator("#question .s-prose")).ToContainTextAsync("very large");
        await Expect(second.Locator("#question .s-prose")).ToContainTextAsync("twelve gigabytes");
    }

    [Test]
    public async Task Similar_questions_appear_while_one_is_written_by_title_and_text()
    {
        await using var site = TestSite.OnPort();
        await site.Forum.Make.Question(title: "Sorting widgets by their weight");
        await site.Forum.Make.Question(title: "Program ends with no message at all", body: "A finalizer runs while the garbage collector is busy, and then nothing more is heard.");
        await using var window = await Browser.Open(site, await site.Forum.Make.User());
        var page = await window.NewPageAsync();
        await page.GotoAsync("/questions/ask");
        var similar = page.Locator("#similar");

        await page.Locator("[name='Input.Title']").PressSequentiallyAsync("How are widgets sorted?");
        await Expect(similar).ToContainTextAsync("Sorting widgets by their weight");
        await Expect(similar).Not.ToContainTextAsync("Program ends");
        await Browser.Write(page, "Input.Body", "The garbage collector is busy with a finalizer.");

        await Expect(similar).ToContainTextAsync("Program ends with no message at all");
        await Expect(page.Locator("[data-without-script]")).ToBeHiddenAsync();
        await Fine(page);
    }

    [Test]
    public async Task Without_scripts_similar_questions_are_shown_on_request_and_nothing_typed_is_lost()
    {
        await using var site = TestSite.OnPort();
        await site.Forum.Make.Question(title: "Sorting widgets by their weight");
        await using var window = await Browser.Open(site, await site.Forum.Make.User(), scripts: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/questions/ask");

        await page.FillAsync("[name='Input.Title']", "How are widgets sorted?");
        await page.FillAsync("textarea[name='Input.Body']", Text);
        await page.Locator("[data-without-script]").ClickAsync();

        await Expect(page.Locator("#similar")).ToContainTextAsync("Sorting widgets by their weight");
        await Expect(page.Locator("[name='Input.Title']")).ToHaveValueAsync("How are widgets sorted?");
        await Expect(page.Locator("textarea[name='Input.Body']")).ToHaveValueAsync(Text);
        Assert.That(await site.Forum.Value<int>("select count(*) from posts"), Is.EqualTo(1), "nothing is asked yet");
    }

    // The check is a script itself: where none runs it would never come to an end.
    private static async Task Fine(IPage page, bool scripts = true) => Assert.That(scripts ? await Browser.SeriousFindings(page) : [], Is.Empty);
}
