using Forum.Core.Reviews;
using Forum.Tests.Reviews;
using Forum.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Flags;

public sealed class FlagWalkTests
{
    [Test]
    public async Task Spam_dies_by_the_flags_of_several_and_a_reviewer_goes_on_with_keys()
    {
        await using var site = TestSite.OnPort(("Forum:Flags:RedFlags", "2"), ("Forum:Reviews:AuditEvery", "0"));
        var make = site.Forum.Make;
        var (spammer, ada, bob) = (await make.User(150, "Spammer"), await make.User(1_000, "Ada"), await make.User(1_000, "Bob"));
        var question = await make.Question(title: "How do I sort a list of names?");
        var spam = await make.Answer(question, spammer, "Cheap pills at a place that sells cheap pills, and more of them.");
        await using var adasWindow = await Browser.Open(site, ada);
        await using var bobsWindow = await Browser.Open(site, bob, scripts: false);
        var (adas, bobs) = (await adasWindow.NewPageAsync(), await bobsWindow.NewPageAsync());

        foreach (var page in new[] { adas, bobs })
        {
            await page.GotoAsync($"/q/{question}");
            await page.Locator($"#answer-{spam} .f-post-menu >> text=Flag").ClickAsync();
            await page.Locator("input[value=Spam]").CheckAsync();
            await page.Locator("main form button[type=submit]").Last.ClickAsync();
        }

        await Expect(bobs.Locator("h1")).Not.ToContainTextAsync("Flag this answer");
        await bobs.GotoAsync($"/q/{question}");
        await Expect(bobs.Locator($"#answer-{spam}")).ToHaveCountAsync(0);
        await bobs.GotoAsync($"/users/{spammer}");
        await Expect(bobs.Locator(".f-number strong").First).ToHaveTextAsync("50");

        var (one, two) = (await ReviewTests.Waits(site.Forum, question, ReviewQueue.FirstQuestions), await ReviewTests.Waits(site.Forum, await make.Question(title: "How do I count the words of a text?"), ReviewQueue.FirstQuestions));
        await adas.GotoAsync("/review");
        await adas.Locator("a[href='/review/first-questions']").ClickAsync();
        await Expect(adas.Locator(".f-task h2")).ToHaveTextAsync("How do I sort a list of names?");
        await adas.Keyboard.PressAsync("s");
        await Expect(adas.Locator(".f-task h2")).ToHaveTextAsync("How do I count the words of a text?");
        await adas.Keyboard.PressAsync("1");
        await Expect(adas.Locator("main [role=status]")).ToContainTextAsync("There is nothing left");
        Assert.That(await site.Forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @one", new { one }), Is.Null);
        Assert.That(await site.Forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @two", new { two }), Is.EqualTo(ReviewOutcome.LooksOk));
        await site.Forum.Verify();
    }
}
