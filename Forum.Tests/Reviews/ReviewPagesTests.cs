using System.Net;
using Forum.Core.Reviews;
using Forum.Tests.Support;

namespace Forum.Tests.Reviews;

public sealed class ReviewPagesTests
{
    [Test]
    public async Task A_reviewer_goes_from_task_to_task_and_the_author_reads_the_feedback()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "0"));
        var make = site.Forum.Make;
        var (reviewer, author) = (await make.User(1_000), await make.User(100));
        var (one, two) = (await make.Question(author, "What is the first question here?"), await make.Question(title: "What is the second question here?"));
        var (first, second) = (await ReviewTests.Waits(site.Forum, one, ReviewQueue.FirstQuestions), await ReviewTests.Waits(site.Forum, two, ReviewQueue.FirstQuestions));
        using var browser = await site.SignedInAs(reviewer);
        Assert.That((await browser.Get("/review/first-questions")).Location, Is.EqualTo($"/review/first-questions/{first}"));
        Assert.That((await browser.Get("/review/first-questions?tag=files&type=question")).Location, Is.EqualTo($"/review/first-questions/{first}?tag=files&type=question"));

        var task = await browser.Get($"/review/first-questions/{first}");
        var again = await browser.Submit(task, ".f-task--actions form", ("Outcome", "Feedback"));
        Assert.That((again.Status, again.Summary), Is.EqualTo((HttpStatusCode.BadRequest, "Choose what its author is to be told.")));
        var done = await browser.Submit(task, ".f-task--actions form", ("Outcome", "Feedback"), ("Feedback", "details"));
        Assert.That((await browser.Follow(done)).Location, Is.EqualTo($"/review/first-questions/{second}"));
        var edit = await browser.Submit(await browser.Get($"/review/first-questions/{second}"), ".f-task--actions form", ("Outcome", "Editing"));
        Assert.That(edit.Location, Is.EqualTo($"/posts/{two}/edit"));

        using var authors = await site.SignedInAs(author);
        Assert.That((await authors.Get($"/posts/{one}/feedback")).Said("main li"), Does.StartWith("Please say more"));
        Assert.That((await browser.Get($"/posts/{one}/feedback")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        using var stranger = site.Anonymous();
        Assert.That((await stranger.Get("/review/first-questions/history")).Text, Does.Contain("What is the first question here?").And.Contain("feedback"));
        Assert.That((await stranger.Get($"/review/first-questions/{first}")).Said("main .s-notice"), Is.EqualTo("Done: feedback."));
    }

    [Test]
    public async Task A_flag_from_a_task_is_a_flag_and_a_deletion_comes_with_its_comment()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "0"));
        var make = site.Forum.Make;
        var answer = await make.Answer(await make.Question());
        var (first, low) = (await ReviewTests.Waits(site.Forum, answer, ReviewQueue.FirstAnswers), await ReviewTests.Waits(site.Forum, answer, ReviewQueue.LowQuality));
        using var browser = await site.SignedInAs(await make.User(1_000));

        var refused = await browser.Submit(await browser.Get($"/review/first-answers/{first}"), ".f-task--actions form", ("Outcome", "Flagged"), ("Kind", ""));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        await browser.Submit(await browser.Get($"/review/first-answers/{first}"), ".f-task--actions form", ("Outcome", "Flagged"), ("Kind", "NotAnAnswer"));
        await browser.Submit(await browser.Get($"/review/low-quality/{low}"), ".f-task--actions form", ("Outcome", "RecommendDeletion"), ("Comment", "thanks"));

        Assert.That(await site.Forum.Value<int>("select kind from flags"), Is.EqualTo(3));
        Assert.That(await site.Forum.Value<string>("select body from comments"), Does.StartWith("Please do not add thanks"));
        Assert.That(await site.Forum.Value<string>("select group_concat(outcome) from (select outcome from reviews order by task_id)"), Is.EqualTo("4,5"));
    }

    [Test]
    public async Task A_failed_test_is_explained_at_once_and_can_be_contested()
    {
        await using var site = new TestSite(("Forum:Reviews:AuditEvery", "1"), ("Forum:Reviews:GoodScore", "1"), ("Forum:Reviews:Vetoes", "1"));
        var make = site.Forum.Make;
        var answer = await make.Answer(await make.Question());
        await site.Forum.Send(new Forum.Core.Voting.CastVote(answer, Forum.Core.Voting.Direction.Up), await make.User(100));
        await site.Forum.Service<ChooseAudits>().Choose(default);
        await ReviewTests.Waits(site.Forum, await make.Answer(await make.Question()), ReviewQueue.LowQuality);
        using var browser = await site.SignedInAs(await make.User(1_000));

        var task = await browser.Follow(await browser.Get("/review/low-quality"));
        Assert.That(task.Said("main .s-notice"), Is.Empty, "nothing says that it is a test");
        var told = await browser.Follow(await browser.Submit(task, ".f-task--actions form", ("Outcome", "RecommendDeletion"), ("Comment", "thanks")));
        Assert.That(told.Said("main .s-notice"), Does.Contain("your review was wrong").And.Contain("known to be good"));
        Assert.That(await site.Forum.Value<int>("select count(*) from comments"), Is.Zero);
        var contested = await browser.Follow(await browser.Submit(told, "form[action$='handler=Veto']"));

        Assert.That(contested.Said("main .s-notice"), Does.Contain("Contested"));
        Assert.That(await site.Forum.Value<ReviewOutcome>("select outcome from review_tasks where audit = 1 and queue = 7"), Is.EqualTo(ReviewOutcome.Dropped));
    }

    [Test]
    public async Task Reviews_of_closing_and_reopening_are_votes()
    {
        await using var site = new TestSite(("Forum:Closing:CloseVotes", "2"), ("Forum:Closing:ReopenVotes", "1"));
        var make = site.Forum.Make;
        var (first, second, third, flagger) = (await make.User(1_000), await make.User(1_000), await make.User(1_000), await make.User(100));
        var question = await make.Question(title: "What is to be closed by those who review it?");
        await site.Forum.Send(new Forum.Core.Flags.FlagPost(question, Forum.Core.Flags.FlagKind.Close, Reason: "needs-focus"), flagger);
        using var ones = await site.SignedInAs(first);
        using var twos = await site.SignedInAs(second);
        using var threes = await site.SignedInAs(third);

        var task = await ones.Follow(await ones.Get("/review/close-votes"));
        Assert.That((await ones.Submit(task, ".f-task--actions form", ("Outcome", "Close"))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        await ones.Submit(task, ".f-task--actions form", ("Outcome", "Close"), ("Reason", "needs-focus"));
        Assert.That(await site.Forum.Value<string?>("select close_reason from posts where id = @question", new { question }), Is.Null);
        await twos.Submit(await twos.Follow(await twos.Get("/review/close-votes")), ".f-task--actions form", ("Outcome", "Close"), ("Reason", "needs-focus"));
        await site.Forum.Settle();

        Assert.That(await site.Forum.Value<string?>("select close_reason from posts where id = @question", new { question }), Is.EqualTo("needs-focus"));
        Assert.That(await site.Forum.Value<Forum.Core.Flags.FlagState>("select state from flags"), Is.EqualTo(Forum.Core.Flags.FlagState.Helpful));
        Assert.That((await threes.Get("/review/close-votes")).Said("main .s-notice"), Does.StartWith("There is nothing left"));
        await ReviewTests.Waits(site.Forum, question, ReviewQueue.ReopenVotes);
        await threes.Submit(await threes.Follow(await threes.Get("/review/reopen-votes")), ".f-task--actions form", ("Outcome", "Reopen"));
        await site.Forum.Settle();

        Assert.That(await site.Forum.Value<string?>("select close_reason from posts where id = @question", new { question }), Is.Null);
        Assert.That(await site.Forum.Value<string>("select group_concat(outcome) from (select outcome from review_tasks where queue > 4 and queue < 7 order by id)"), Is.EqualTo("7,9"));
        await site.Forum.Verify();
    }

    [Test]
    public async Task A_moderator_suspends_from_reviewing_and_lifts_it()
    {
        await using var site = new TestSite();
        var (reviewer, moderator) = (await site.Forum.Make.User(1_000), await site.Forum.Make.User(moderator: true));
        using var moderators = await site.SignedInAs(moderator);
        using var reviewers = await site.SignedInAs(reviewer);

        var again = await moderators.Fill($"/users/{reviewer}/reviews", ("Days", "many"), ("Reason", "Approves whatever comes."));
        Assert.That((again.Status, again.MessagesAt("Days").Count, again.Value("Reason")), Is.EqualTo((HttpStatusCode.BadRequest, 1, "Approves whatever comes.")));
        await moderators.Fill($"/users/{reviewer}/reviews", ("Days", "7"), ("Reason", "Approves whatever comes."));

        Assert.That((await reviewers.Get("/review/late-answers")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await reviewers.Get($"/users/{reviewer}/reviews")).Text, Does.Contain("Approves whatever comes."));
        await moderators.Submit(await moderators.Get($"/users/{reviewer}/reviews"), "form[action$='handler=Lift']");
        Assert.That((await reviewers.Get("/review/late-answers")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await reviewers.Get("/review/no-such-queue")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
