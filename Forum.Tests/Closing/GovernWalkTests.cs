using Forum.Core.Flags;
using Forum.Core.Reviews;
using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Closing;

/// <summary>A community governs itself, as people do it: everybody in a window of their own, all of them open at once.</summary>
public sealed class GovernWalkTests
{
    private const string Better = "I have a text file of twelve gigabytes and want to read it line by line without loading all of it.";

    [Test]
    public async Task A_question_is_flagged_closed_and_reopened_in_the_queues_by_three_while_its_asker_mends_it()
    {
        await using var site = TestSite.OnPort(("Forum:Reviews:AuditEvery", "0"));
        var make = site.Forum.Make;
        var (asker, flagger) = (await make.User(100, "Asker"), await make.User(15, "Newcomer"));
        var reviewers = await ClosingTests.Voters(site.Forum, 3);
        var question = await make.Question(asker, "How do I do it with a file?");
        await using var askersWindow = await Browser.Open(site, asker);
        await using var flaggersWindow = await Browser.Open(site, flagger);
        // One of them has no scripts, one a telephone.
        await using var first = await Browser.Open(site, reviewers[0]);
        await using var second = await Browser.Open(site, reviewers[1], scripts: false);
        await using var third = await Browser.Open(site, reviewers[2], width: 390);
        var (askers, flaggers) = (await askersWindow.NewPageAsync(), await flaggersWindow.NewPageAsync());
        IPage[] reviewing = [await first.NewPageAsync(), await second.NewPageAsync(), await third.NewPageAsync()];
        foreach (var page in reviewing.Append(askers))
            await page.GotoAsync($"/q/{question}");

        await flaggers.GotoAsync($"/q/{question}");
        await flaggers.Locator($"a[href='/posts/{question}/flag']").First.ClickAsync();
        await flaggers.Locator("input[value=Close]").CheckAsync();
        await flaggers.Locator("input[name=Reason][value=needs-details]").CheckAsync();
        await flaggers.Locator("main form.f-flagging button[type=submit]").ClickAsync();
        await Expect(flaggers.Locator("main")).ToContainTextAsync("It waits");
        await site.Forum.Settle();

        foreach (var page in reviewing)
        {
            await Next(page, "close-votes");
            await page.Locator("[name=Reason]").SelectOptionAsync("needs-details");
            await page.Locator("button[name=Outcome][value=Close]").ClickAsync();
            await Expect(page.Locator("main [role=status]")).ToContainTextAsync("There is nothing left");
            await site.Forum.Settle();
        }

        await flaggers.GotoAsync($"/users/{flagger}/flags");
        await Expect(flaggers.Locator(".f-flag .s-badge").First).ToHaveTextAsync("helpful");
        await askers.ReloadAsync();
        await Expect(askers.Locator("#closed")).ToContainTextAsync("Needs details or clarity");
        await askers.Locator("#closed a.s-btn").First.ClickAsync();
        await Expect(askers.Locator("[name='Input.AsksReopening']")).ToBeCheckedAsync();
        await Browser.Write(askers, "Input.Body", Better);
        await askers.Locator("main form[method=post] .f-actions button[type=submit]").First.ClickAsync();
        await Expect(askers.Locator("#closed")).ToContainTextAsync("You asked");
        await site.Forum.Settle();

        foreach (var page in reviewing)
        {
            await Next(page, "reopen-votes");
            await Expect(page.Locator(".f-task--text")).ToContainTextAsync("twelve gigabytes");
            await page.Locator("button[name=Outcome][value=Reopen]").ClickAsync();
            await Expect(page.Locator("main [role=status]")).ToContainTextAsync("There is nothing left");
            await site.Forum.Settle();
        }

        await askers.ReloadAsync();
        await Expect(askers.Locator("#closed")).ToHaveCountAsync(0);
        await Expect(askers.Locator(".f-question-body, .s-prose").First).ToContainTextAsync("twelve gigabytes");
        Assert.That(
            await site.Forum.Sql(db => db.Query<string>("select queue || ' ' || outcome from review_tasks where queue in (5, 6) order by id")),
            Is.EqualTo(new[] { $"5 {(int)ReviewOutcome.Close}", $"6 {(int)ReviewOutcome.Reopen}" }));
        Assert.That(await site.Forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Helpful));
        await site.Forum.Verify();
    }

    // From the list of queues by a click, as people come there.
    private static async Task Next(IPage page, string queue)
    {
        await page.GotoAsync("/review");
        await page.Locator($"a[href='/review/{queue}']").ClickAsync();
        await Expect(page.Locator(".f-task h2")).ToContainTextAsync("How do I do it with a file?");
    }
}
