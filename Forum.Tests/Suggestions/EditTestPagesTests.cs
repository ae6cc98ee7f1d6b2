using System.Net;
using System.Text.RegularExpressions;
using Forum.Core.Reviews;
using Forum.Tests.Support;

namespace Forum.Tests.Suggestions;

public sealed partial class EditTestPagesTests
{
    private const string Title = "How do I read a large file line by line?";
    private const string Reject = "form[action*='handler=Reject']";

    [TestCase("")]
    [TestCase("?view=side-by-side")]
    [TestCase("?view=source")]
    [TestCase("?type=question")]
    [TestCase("/improve")]
    public async Task A_test_and_a_task_are_one_page(string rest)
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "1"));
        var (test, task) = await Both(site);
        using var browser = await site.SignedInAs(await site.Forum.Make.User(1_000));

        var (one, other) = (await browser.Get(test + rest), await browser.Get(task + rest));

        Assert.That((one.Status, other.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(one.Document.QuerySelector("main")!.TextContent, Does.Contain("the whole of it"));
        Assert.That(await Bare(site, one), Is.EqualTo(await Bare(site, other)));
        Assert.That(one.Document.QuerySelectorAll("main a[href^='/suggested-edits'], main a[href^='/users'], main time"), Is.Empty, "neither its number nor by whom nor when");
    }

    [Test]
    public async Task What_is_wrong_with_a_review_is_said_of_both_alike()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "1"));
        var (test, task) = await Both(site);
        using var browser = await site.SignedInAs(await site.Forum.Make.User(1_000));

        foreach (var fields in new (string, string)[][] { [], [("Reason", "other"), ("Words", "short")] })
        {
            var (one, other) = (await browser.Submit(await browser.Get(test), Reject, fields), await browser.Submit(await browser.Get(task), Reject, fields));
            Assert.That((one.Status, other.Status), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
            Assert.That(await Bare(site, one), Is.EqualTo(await Bare(site, other)));
        }

        var (same, alike) = (await browser.Submit(await browser.Get(test + "/improve")), await browser.Submit(await browser.Get(task + "/improve")));
        Assert.That((same.Status, alike.Status), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That(await Bare(site, same), Is.EqualTo(await Bare(site, alike)));
        Assert.That(same.Value("Body"), Is.EqualTo(EditTestTests.Better), "what was typed stays");
    }

    [Test]
    public async Task Who_may_not_review_sees_neither()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "1"));
        var (test, task) = await Both(site);
        using var member = await site.SignedInAs(await site.Forum.Make.User(999));
        using var stranger = site.Anonymous();

        foreach (var rest in new[] { "", "/improve" })
        {
            Assert.That(((await member.Get(test + rest)).Status, (await member.Get(task + rest)).Status), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
            Assert.That((await member.Get("/review/suggested-edits/123456789012" + rest)).Status, Is.EqualTo(HttpStatusCode.Forbidden), "nor what is there");
            Assert.That((await stranger.Get(test + rest)).Text, Does.Not.Contain("very large").And.Not.Contain(Title));
            Assert.That((await stranger.Get(task + rest)).Text, Does.Not.Contain("very large").And.Not.Contain(Title));
        }
    }

    [Test]
    public async Task The_queue_hands_out_a_test_as_a_task_and_says_at_once_when_it_was_failed()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "1"), ("Forum:Reviews:Vetoes", "1"), ("Forum:Reviews:Failures", "1"));
        await EditTestTests.Known(site.Forum, -1);
        await EditTestTests.Waits(site.Forum);
        using var browser = await site.SignedInAs(await site.Forum.Make.User(1_000));

        var led = await browser.Get("/review/suggested-edits?type=question");
        Assert.That(led.Location, Does.Match("^/review/suggested-edits/[0-9]{12}\\?type=question$"));
        var shown = await browser.Follow(led);
        Assert.That(shown.Said("main [role=status]"), Is.Empty, "nothing says that it is a test");
        var answer = await browser.Submit(shown, "form[action*='handler=Approve']");
        Assert.That(answer.Location, Is.EqualTo(led.Location));
        var told = await browser.Follow(answer);
        Assert.That(
            told.Said("main .s-notice"), Does.Contain("your review was wrong").And.Contain("rejected as spam").And.Contain("You are suspended from reviewing until"));
        Assert.That(told.Document.QuerySelectorAll("form[action*='handler=Approve']"), Is.Empty);
        var contested = await browser.Follow(await browser.Submit(told, "form[action$='handler=Veto']"));

        Assert.That(contested.Said("main .s-notice"), Does.Contain("Contested"));
        Assert.That(await site.Forum.Value<ReviewOutcome>("select outcome from review_tasks where audit = -1"), Is.EqualTo(ReviewOutcome.Dropped));
        Assert.That(await site.Forum.Value<string>("select group_concat(body, '|') from (select distinct body from posts)"), Is.EqualTo(EditTestTests.Text));
    }

    [Test]
    public async Task Tasks_of_other_queues_that_wait_are_shown_to_those_who_may_review_them_alone()
    {
        await using var site = new TestSite(("Forum:Reviews:GoodScore", "1"));
        var make = site.Forum.Make;
        var answer = await make.Answer(await make.Question());
        await site.Forum.Send(new Forum.Core.Voting.CastVote(answer, Forum.Core.Voting.Direction.Up), await make.User(100));
        await site.Forum.Service<ChooseAudits>().Choose(default);
        var test = await site.Forum.Value<long>("select id from review_tasks where queue = 7 and audit = 1");
        var task = await Reviews.ReviewTests.Waits(site.Forum, await make.Answer(await make.Question()), ReviewQueue.LowQuality);
        using var member = await site.SignedInAs(await make.User(999));
        using var reviewer = await site.SignedInAs(await make.User(1_000));
        using var stranger = site.Anonymous();

        foreach (var address in new[] { $"/review/low-quality/{test}", $"/review/low-quality/{task}" })
        {
            Assert.That((await member.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound), address);
            Assert.That((await stranger.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound), address);
            Assert.That((await reviewer.Get(address)).Status, Is.EqualTo(HttpStatusCode.OK), address);
        }
    }

    // A test and a task of the same words.
    private static async Task<(string Test, string Task)> Both(TestSite site)
    {
        var (_, edit) = await EditTestTests.Known(site.Forum, 1, Title);
        var task = await EditTestTests.Waits(site.Forum, Title);
        var test = await site.Forum.Value<long>("select ticket from review_tasks where edit_id = @edit and audit = 1", new { edit });
        return ($"/review/suggested-edits/{test}", $"/review/suggested-edits/{task}");
    }

    // The page without what every form carries once, and with one number for each ticket and each post.
    private static async Task<string> Bare(TestSite site, SitePage page)
    {
        var posts = await site.Forum.Sql(db => db.Query<long>("select id from posts where kind = 1"));
        var text = Ticket().Replace(OnceOnly().Replace(page.Document.DocumentElement.OuterHtml, "once"), "1");
        return posts.Aggregate(text, (so, post) => so.Replace($"\"/a/{post}\"", "\"/a/1\"", StringComparison.Ordinal));
    }

    [GeneratedRegex("""(?<=name="(__RequestVerificationToken|_key)" type="hidden" value=")[^"]+|(?<=nonce=")[^"]+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnceOnly();

    [GeneratedRegex("(?<=suggested-edits(/|%2F))[0-9]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ticket();
}
