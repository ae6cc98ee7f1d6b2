using Forum.Tests.Support;
using Microsoft.Playwright;

namespace Forum.Tests.Site;

/// <summary>Writing in a browser: the editor over the plain field, the server's preview, suggestions, comments without leaving.</summary>
public sealed class WritingTests
{
    [Test]
    public async Task The_editor_has_a_name_fills_the_plain_field_and_shows_the_servers_rendering()
    {
        await using var community = await Community.Make(onPort: true);
        await using var window = await Browser.Open(community.Site, community.Member);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/questions/ask");
        var editor = page.Locator(".f-editor [contenteditable=true]").First;

        await editor.ClickAsync();
        await page.Keyboard.TypeAsync("Some **bold** text");

        await Assertions.Expect(page.Locator("#input-body-preview strong")).ToHaveTextAsync("bold");
        Assert.That(await page.Locator("textarea[name='Input.Body']").InputValueAsync(), Is.EqualTo("Some **bold** text"));
        Assert.That(await editor.GetAttributeAsync("aria-label"), Is.Not.Empty);
    }

    [Test]
    public async Task Tags_are_completed_by_keyboard()
    {
        await using var community = await Community.Make(onPort: true);
        await using var window = await Browser.Open(community.Site, community.Member);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/questions/ask");
        var field = page.Locator("[name='Input.Tags']");

        await field.PressSequentiallyAsync(community.Tag[..3]);
        await Assertions.Expect(page.Locator("[role=option]").First).ToBeVisibleAsync();
        // What the first letters alone find gives way to what all of them find.
        await Assertions.Expect(page.Locator("[role=option]").Filter(new() { HasNotText = community.Tag[..3] })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[role=option]")).ToHaveCountAsync(0);
        Assert.That(await field.InputValueAsync(), Does.StartWith(community.Tag[..3]).And.EndsWith(" "));
    }

    [Test]
    public async Task A_refused_comment_stays_with_its_reason_and_a_good_one_appears_without_leaving()
    {
        await using var community = await Community.Make(onPort: true);
        await using var window = await Browser.Open(community.Site, community.Member);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/questions/{community.Question}/{community.Slug}");
        await page.EvaluateAsync("window.stayed = true");
        var comments = page.Locator($"#comments-{community.Question}");
        await comments.Locator("details.f-comments--add > summary").ClickAsync();
        var field = comments.Locator("textarea");

        await field.FillAsync("Short.");
        await comments.Locator("form.f-comment-form button").ClickAsync();
        await Assertions.Expect(comments.Locator("[data-messages]")).Not.ToBeEmptyAsync();
        await field.FillAsync("This comment is long enough to be taken.");
        await comments.Locator("form.f-comment-form button").ClickAsync();

        await Assertions.Expect(comments).ToContainTextAsync("This comment is long enough to be taken.");
        Assert.That(await page.EvaluateAsync<bool>("window.stayed === true"), Is.True);
    }
}
