using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Abuse;

public sealed class AbuseWalkTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_moderator_blocks_a_domain_and_a_newcomer_mends_a_question_until_it_is_taken(bool scripts)
    {
        await using var site = TestSite.OnPort();
        await site.Forum.Make.Tags("files");
        var (moderator, newcomer) = (await site.Forum.Make.User(moderator: true), await site.Forum.Make.User(5));
        await using var desk = await Browser.Open(site, moderator, scripts: scripts, width: 390, colours: ColorScheme.Dark);
        await using var window = await Browser.Open(site, newcomer, scripts: scripts);
        var (mods, news) = (await desk.NewPageAsync(), await window.NewPageAsync());

        await mods.GotoAsync("/mod");
        await mods.Locator("a[href='/admin/blocked']").ClickAsync();
        await mods.Locator("#block textarea").FillAsync("spam.example");
        await mods.Locator("#block button[type=submit]").ClickAsync();
        await Expect(mods.Locator("tbody tr").First).ToContainTextAsync("spam.example");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(mods), Is.Empty);

        await news.GotoAsync("/questions/ask");
        await Expect(news.Locator("[name=homepage]")).ToBeHiddenAsync();
        await news.FillAsync("[name='Input.Title']", "How do I read a small file?");
        await news.FillAsync("[name='Input.Tags']", "files");
        await Browser.Write(news, "Input.Body", "See http://spam.example/reading/files/line/by/line", scripts);
        await news.Locator("main form button.s-btn__filled").ClickAsync();
        await Expect(news.Locator("#input-body-error")).ToContainTextAsync("breaks a rule");
        await Expect(news.Locator("button[name='Input.Anyway']")).ToHaveCountAsync(0);

        await Browser.Write(news, "Input.Body", "See http://docs.example/reading/files/line/by/line", scripts);
        await news.Locator("main form button.s-btn__filled").ClickAsync();
        await Expect(news.Locator("#input-body-error")).ToContainTextAsync("little more than a link");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(news), Is.Empty);
        await news.Locator("button[name='Input.Anyway']").ClickAsync();

        await Expect(news.Locator("h1")).ToContainTextAsync("How do I read a small file?");
        Assert.That(await site.Forum.Value<int>("select hits from blocked_texts where folded = 'spam.example'"), Is.EqualTo(1));
    }
}
