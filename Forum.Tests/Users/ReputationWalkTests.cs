using Forum.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Users;

public sealed class ReputationWalkTests
{
    [Test]
    public async Task Somebody_sees_new_reputation_on_the_next_page_and_opens_the_explanation([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var (ada, bob) = (await site.Forum.Make.User(100, "Ada"), await site.Forum.Make.User(500, "Bob"));
        var question = await site.Forum.Make.Question(by: ada, title: "How do I sort a list of names?");
        await using var adasWindow = await Browser.Open(site, ada, scripts: scripts);
        await using var bobsWindow = await Browser.Open(site, bob, scripts: scripts);
        var (adas, bobs) = (await adasWindow.NewPageAsync(), await bobsWindow.NewPageAsync());
        await adas.GotoAsync("/questions");
        await Expect(adas.Locator(".f-me--reputation")).ToHaveTextAsync("100");

        await bobs.GotoAsync($"/q/{question}");
        await bobs.Locator($"#vote-up-{question}").ClickAsync();
        await Expect(bobs.Locator("#question .f-votes--score")).ToHaveTextAsync("1");

        await adas.GotoAsync("/tags");
        await Expect(adas.Locator(".f-me--reputation")).ToHaveTextAsync("110");
        await adas.Locator(".f-me").ClickAsync();
        await adas.Locator("nav.f-tabs >> text=Reputation").First.ClickAsync();
        var line = adas.Locator(".f-line").First;
        await Expect(line.Locator(".f-line--change")).ToHaveTextAsync("+10");
        await Expect(line).ToContainTextAsync("question voted up");
        await Expect(adas.Locator(".f-sum strong")).ToHaveTextAsync("= 110");
        if (scripts)
            Assert.That(await Browser.SeriousFindings(adas), Is.Empty);

        await line.Locator("a").ClickAsync();
        await Expect(adas.Locator("h1")).ToContainTextAsync("How do I sort a list of names?");
    }
}
