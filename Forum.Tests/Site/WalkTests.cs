using Forum.Tests.Support;
using Microsoft.Playwright;

namespace Forum.Tests.Site;

/// <summary>The way of two newcomers through the site, in a real browser: with scripts and without, in both languages.</summary>
public sealed class WalkTests
{
    private const string Title = "How do I read a large file line by line?";
    private const string Body = "The file has twelve gigabytes and my program runs out of memory when it reads it.";
    private const string Answer = "Read it as a stream: a file is an iterator over its lines, and keeps only one of them.";

    [Test]
    public async Task Two_people_ask_answer_vote_accept_find_and_edit([Values] bool scripts, [Values("en", "zh-CN")] string language)
    {
        await using var site = TestSite.OnPort();
        await site.Forum.Make.Tags("files memory");
        await using var adasWindow = await Browser.Open(site, language: language, scripts: scripts);
        await using var gracesWindow = await Browser.Open(site, language: language, scripts: scripts);
        var ada = await adasWindow.NewPageAsync();
        var grace = await gracesWindow.NewPageAsync();

        var adaId = await Register(site, ada, "ada-lovelace", "Ada Lovelace");
        var graceId = await Register(site, grace, "grace-hopper", "Grace Hopper");
        // Somebody has to be able to vote: newcomers bring nothing along.
        await site.Forum.Make.Grow(adaId, 20);
        await site.Forum.Make.Grow(graceId, 60);

        await ada.GotoAsync("/questions/ask");
        await ada.FillAsync("[name='Input.Title']", Title);
        await Browser.Write(ada, "Input.Body", Body, scripts);
        await ada.FillAsync("[name='Input.Tags']", "files memory");
        await Press(ada, "main form[method=post] .f-actions button[type=submit]");
        await ada.WaitForURLAsync("**/questions/*/**");
        var question = await site.Forum.Value<long>("select id from posts where kind = 1");

        await grace.GotoAsync($"/q/{question}");
        await grace.Locator("#question .f-comments--add summary").ClickAsync();
        await grace.FillAsync($"#comment-body-{question}", "Which language do you use? Please add it.");
        await Press(grace, "#question .f-comment-form button[type=submit]");
        await Expect(grace.Locator("#question")).ToContainTextAsync("Which language do you use?");
        await grace.GotoAsync($"/q/{question}");
        await Browser.Write(grace, "Body", Answer, scripts);
        await Press(grace, "#your-answer button[type=submit], main form[action$='/answer'] button[type=submit]");
        await grace.WaitForURLAsync(url => url.Contains("#answer-", StringComparison.Ordinal));
        var answer = await site.Forum.Value<long>("select id from posts where kind = 2");
        await Press(grace, $"#vote-up-{question}");
        await Expect(grace.Locator("#question .f-votes--score")).ToHaveTextAsync("1");

        await ada.GotoAsync($"/a/{answer}");
        await Press(ada, $"#vote-up-{answer}");
        await Expect(ada.Locator($"#answer-{answer} .f-votes--score")).ToHaveTextAsync("1");
        site.Clock.Advance(TimeSpan.FromMinutes(16));
        await ada.ReloadAsync();
        await Press(ada, $"#accept-{answer}");
        await Expect(ada.Locator($"#accept-{answer}")).ToHaveAttributeAsync("aria-pressed", "true");

        // +10 for the question and +2 for accepting; +10 for the answer and +15 for its being accepted.
        Assert.That(await Reputation(site, adaId), Is.EqualTo(20 + 10 + 2));
        Assert.That(await Reputation(site, graceId), Is.EqualTo(60 + 10 + 15));

        await site.Forum.Settle();
        await ada.GotoAsync("/inbox");
        await Expect(ada.Locator("main")).ToContainTextAsync(Title);
        Assert.That(await site.Forum.Value<int>("select count(*) from inbox where user_id = @adaId and kind in ('answer', 'comment')", new { adaId }), Is.EqualTo(2));
        await grace.GotoAsync("/inbox");
        await Expect(grace.Locator("main")).ToContainTextAsync(Title);
        Assert.That(await site.Forum.Value<int>("select count(*) from inbox where user_id = @graceId and kind = 'accept'", new { graceId }), Is.EqualTo(1));

        await grace.GotoAsync("/");
        await grace.FillAsync("#search", "gigabytes memory");
        await grace.PressAsync("#search", "Enter");
        await Expect(grace.Locator("main")).ToContainTextAsync(Title);

        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await ada.GotoAsync($"/posts/{question}/edit");
        await Browser.Write(ada, "Input.Body", Body + " I use Python.", scripts);
        await Press(ada, "main form[method=post] .f-actions button[type=submit]");
        await ada.WaitForURLAsync("**/questions/*/**");
        await Expect(ada.Locator("#question")).ToContainTextAsync("I use Python.");
        await ada.GotoAsync($"/posts/{question}/revisions");
        await Expect(ada.Locator("main")).ToContainTextAsync("I use Python.");
        Assert.That(await site.Forum.Value<int>("select count(*) from revisions where post_id = @question", new { question }), Is.EqualTo(2));
        if (scripts)
            Assert.That(await Browser.SeriousFindings(ada), Is.Empty);
        await site.Forum.Verify();
    }

    private static async Task<long> Register(TestSite site, IPage page, string signInName, string name)
    {
        await page.GotoAsync("/account/register");
        await page.FillAsync("[name='Input.SignInName']", signInName);
        await page.FillAsync("[name='Input.Name']", name);
        await page.FillAsync("[name='Input.Email']", $"{signInName}@example.org");
        await page.FillAsync("[name='Input.Password']", "correct horse battery");
        await Press(page, "main form[method=post] button[type=submit]");
        await Expect(page.Locator(".f-me")).ToBeVisibleAsync();
        return await site.Forum.Value<long>("select id from users where name = @name", new { name });
    }

    private static Task Press(IPage page, string selector) => page.Locator(selector).First.ClickAsync();

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static Task<int> Reputation(TestSite site, long user) => site.Forum.Value<int>("select reputation from users where id = @user", new { user });
}
