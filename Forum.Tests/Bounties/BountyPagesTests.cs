using System.Net;
using Forum.Core.Bounties;
using Forum.Tests.Support;
using Microsoft.Playwright;

namespace Forum.Tests.Bounties;

public sealed class BountyPagesTests
{
    private const string Title = "What does a walrus eat for breakfast?";

    [Test]
    public async Task A_bounty_is_offered_seen_and_given([Values] bool scripts)
    {
        await using var site = TestSite.OnPort();
        var (ada, bob) = (await site.Forum.Make.User(260, "Ada"), await site.Forum.Make.User(10, "Bob"));
        var question = await site.Forum.Make.Question(title: Title);
        var answer = await site.Forum.Make.Answer(question, by: bob);
        site.Clock.Advance(TimeSpan.FromDays(2));
        await using var adasWindow = await Browser.Open(site, ada, scripts: scripts);
        await using var bobsWindow = await Browser.Open(site, bob, scripts: scripts);
        var page = await adasWindow.NewPageAsync();

        await page.GotoAsync($"/q/{question}");
        await page.ClickAsync($"a[href='/questions/{question}/bounty']");
        await Accessible(page, scripts);
        await page.CheckAsync("[name=Amount][value='100']");
        await page.CheckAsync("[name=Reason][value='canonical-answer']");
        await page.FillAsync("[name=Note]", "Clams? <b>Really</b>?");
        await page.ClickAsync("main form[method=post] button[type=submit]");

        await Assertions.Expect(page.Locator("#bounty")).ToContainTextAsync("+100");
        await Assertions.Expect(page.Locator("#bounty")).ToContainTextAsync("in 7 days");
        await Assertions.Expect(page.Locator("#bounty")).ToContainTextAsync("Clams? <b>Really</b>?");
        await Assertions.Expect(page.Locator(".f-me")).ToContainTextAsync("160");
        await Accessible(page, scripts);
        await page.GotoAsync($"/users/{ada}?tab=reputation");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("bounty offered");
        await page.GotoAsync("/questions?tab=bountied");
        await Assertions.Expect(page.Locator(".f-summary-row")).ToContainTextAsync("+100");
        await Accessible(page, scripts);

        await page.GotoAsync($"/q/{question}");
        await Assertions.Expect(page.Locator($"#answer-{answer} a.f-award")).ToHaveCountAsync(0);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await page.ReloadAsync();
        await page.ClickAsync($"#answer-{answer} a.f-award");
        await Accessible(page, scripts);
        await page.ClickAsync("main form[method=post] button[type=submit]");
        await Assertions.Expect(page.Locator($"#answer-{answer} .f-awarded")).ToContainTextAsync("+100");
        await Assertions.Expect(page.Locator("#bounty")).ToHaveCountAsync(0);

        await site.Forum.Settle();
        var his = await bobsWindow.NewPageAsync();
        await his.GotoAsync("/inbox");
        await Assertions.Expect(his.Locator("main")).ToContainTextAsync("+100");
        await Assertions.Expect(his.Locator(".f-me")).ToContainTextAsync("110");
        await Accessible(his, scripts);
        await site.Forum.Verify();
    }

    [Test]
    public async Task What_was_chosen_stays_when_something_is_missing()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/questions/{question}/bounty");

        var again = await browser.Submit(form, null, ("Amount", "150"), ("Note", "Only clams, please."));

        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(again.Document.QuerySelector("[name=Reason]")!.Closest(".f-field")!.QuerySelector(".s-input-message")!.TextContent, Does.Contain("hope"));
        Assert.That(again.Document.QuerySelector("[name=Amount][value='150']")!.HasAttribute("checked"), Is.True);
        Assert.That(again.Value("Note"), Is.EqualTo("Only clams, please."));
        var odd = await browser.Submit(form, null, ("Amount", "walrus"), ("Reason", "draw-attention"), ("Note", "Only clams, please."));
        Assert.That((odd.Status, odd.Value("Note")), Is.EqualTo((HttpStatusCode.BadRequest, "Only clams, please.")));
    }

    [Test]
    public async Task What_a_rule_refuses_is_said_with_what_was_chosen()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site, reputation: 120);
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/questions/{question}/bounty");
        Assert.That(form.Document.QuerySelectorAll("[name=Amount]").Select(a => a.GetAttribute("value")), Is.EqualTo(new[] { "50", "100" }));

        var refused = await browser.Submit(form, null, ("Amount", "500"), ("Reason", "reward-answer"), ("Note", "Clams."));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refused.Summary, Does.Contain("500").And.Contain("120"));
        Assert.That(refused.Document.QuerySelector("[name=Amount][value='500']")!.HasAttribute("checked"), Is.True);
        Assert.That(refused.Document.QuerySelector("[name=Reason][value='reward-answer']")!.HasAttribute("checked"), Is.True);
        Assert.That(refused.Value("Note"), Is.EqualTo("Clams."));
    }

    [Test]
    public async Task Who_comes_second_hears_that_somebody_was_faster()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/questions/{question}/bounty");
        await site.Forum.Send(new StartBounty(question, 50, "draw-attention"), await site.Forum.Make.User(100));

        var late = await browser.Submit(form, null, ("Reason", "reward-answer"), ("Note", "Clams."));

        Assert.That((late.Status, late.Value("Note")), Is.EqualTo((HttpStatusCode.Conflict, "Clams.")));
        Assert.That(late.Summary, Is.Not.Empty);
    }

    [Test]
    public async Task Where_there_can_be_none_the_page_says_why()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question(ada);
        using var browser = await site.SignedInAs(ada);
        site.Clock.Advance(TimeSpan.FromHours(40));

        var page = await browser.Get($"/questions/{question}/bounty");

        Assert.That(page.Document.QuerySelector("main form[method=post]"), Is.Null);
        Assert.That(page.Said("main .s-notice"), Does.Contain("48").And.Contain("8 hours"));
        Assert.That((await browser.Follow(await browser.Get($"/q/{question}"))).Said(".f-start-bounty"), Does.Contain("8 hours"));
    }

    [Test]
    public async Task Strangers_sign_in_and_what_is_not_there_is_not_found()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        var answer = await site.Forum.Make.Answer(question);
        using var stranger = site.Anonymous();
        using var browser = await site.SignedInAs(ada);

        foreach (var address in new[] { $"/questions/{question}/bounty", $"/answers/{answer}/bounty", $"/questions/{question}/bounty/refund" })
            Assert.That((await stranger.Get(address)).Location, Does.StartWith("/account/sign-in"), address);
        foreach (var address in new[] { "/questions/999999/bounty", $"/questions/{answer}/bounty", "/answers/999999/bounty", $"/answers/{question}/bounty", "/questions/999999/bounty/refund" })
            Assert.That((await browser.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound), address);
        foreach (var address in new[] { $"/answers/{answer}/bounty", $"/questions/{question}/bounty/refund" })
            Assert.That((await browser.Get(address)).Status, Is.EqualTo(HttpStatusCode.Forbidden), address);
    }

    [Test]
    public async Task An_award_that_comes_too_late_is_a_conflict_and_one_by_somebody_else_is_refused()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        var answer = await site.Forum.Make.Answer(question);
        await site.Forum.Send(new StartBounty(question, 50, "draw-attention"), ada);
        site.Clock.Advance(TimeSpan.FromDays(1));
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/answers/{answer}/bounty");
        using var other = await site.SignedInAs(await site.Forum.Make.User(1_000));

        Assert.That((await other.Get($"/answers/{answer}/bounty")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var given = await browser.Submit(form);
        Assert.That(given.Location, Is.EqualTo($"/a/{answer}"));
        Assert.That((await browser.Submit(form)).Location, Is.EqualTo($"/a/{answer}"), "the same form again is the same award");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await browser.Submit(form, null, ("_key", "another"))).Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task A_moderator_gives_a_bounty_back_and_its_reason_is_seen()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        await site.Forum.Send(new StartBounty(question, 50, "draw-attention"), ada);
        using var moderator = await site.SignedInAs(await site.Forum.Make.User(moderator: true));
        var form = await moderator.Get($"/questions/{question}/bounty/refund");

        var again = await moderator.Submit(form, null, ("Reason", "no"));
        Assert.That((again.Status, again.Value("Reason"), again.MessagesAt("Reason").Count), Is.EqualTo((HttpStatusCode.BadRequest, "no", 1)));
        var done = await moderator.Submit(form, null, ("Reason", "It was for <i>advertising</i>."));
        var page = await moderator.Follow(done);

        Assert.That(page.Said(".f-bounties"), Does.Contain("It was for <i>advertising</i>."));
    }

    [Test]
    public async Task A_strangers_page_shows_a_bounty_as_soon_as_there_is_one_and_no_longer_than_it_runs()
    {
        await using var site = new TestSite();
        var (ada, question) = await Ready(site);
        var answer = await site.Forum.Make.Answer(question);
        using var stranger = site.Anonymous();
        var address = (await stranger.Get($"/q/{question}")).Location!;
        await stranger.Get(address);
        await stranger.Get("/questions?tab=bountied");

        await site.Forum.Send(new StartBounty(question, 50, "draw-attention", "<script>alert(1)</script>"), ada);
        Assert.That((await stranger.Get(address)).Said("#bounty"), Does.Contain("<script>alert(1)</script>"));
        var bountied = await stranger.Get("/questions?tab=bountied");
        Assert.That(bountied.Document.QuerySelectorAll("[data-question]"), Has.Length.EqualTo(1));
        Assert.That(bountied.Said(".f-bounty-ends"), Is.EqualTo("The bounty ends in 7 days."));

        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Forum.Send(new AwardBounty(question, answer), ada);
        var after = await stranger.Get(address);
        Assert.That((after.Document.QuerySelector("#bounty"), after.Said($"#answer-{answer} .f-awarded")), Is.EqualTo((default(AngleSharp.Dom.IElement), after.Said($"#answer-{answer} .f-awarded"))));
        Assert.That(after.Said($"#answer-{answer} .f-awarded"), Does.Contain("+50"));
        var empty = await stranger.Get("/questions?tab=bountied");
        Assert.That((empty.Status, empty.Document.QuerySelector(".f-empty") is not null), Is.EqualTo((HttpStatusCode.OK, true)));
    }

    [Test]
    public async Task A_question_whose_title_is_just_bounty_can_be_read()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question(title: "Bounty ??????????????");
        using var stranger = site.Anonymous();

        var page = await stranger.Get($"/questions/{question}");

        Assert.That((page.Status, page.Heading), Is.EqualTo((HttpStatusCode.OK, "Bounty ??????????????")));
    }

    private static async Task<(long Sponsor, long Question)> Ready(TestSite site, int reputation = 1_000)
    {
        var question = await site.Forum.Make.Question(title: Title);
        site.Clock.Advance(TimeSpan.FromDays(2));
        return (await site.Forum.Make.User(reputation), question);
    }

    // axe is a script itself.
    private static async Task Accessible(IPage page, bool scripts)
    {
        if (scripts)
            Assert.That(await Browser.SeriousFindings(page), Is.Empty, page.Url);
    }
}
