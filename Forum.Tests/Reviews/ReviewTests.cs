using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Inbox;
using Forum.Core.Moderation;
using Forum.Core.Reviews;
using Forum.Core.Suggestions;
using Forum.Core.Voting;
using Forum.Tests.Flags;
using Forum.Tests.Support;

namespace Forum.Tests.Reviews;

public sealed class ReviewTests
{
    private const string Good = "Read the lines one at a time with an iterator that streams them, so that only one of them is in memory.";

    [Test]
    public async Task First_posts_late_answers_and_poor_ones_come_into_their_queues()
    {
        await using var forum = new TestForum();
        var (asker, answerer, other) = (await forum.Make.User(1_000), await forum.Make.User(1), await forum.Make.User(1_000));
        var first = await forum.Make.Question(asker);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var second = await forum.Make.Question(asker);
        await forum.Send(new PostAnswer(second, Good), answerer);
        forum.Clock.Advance(TimeSpan.FromDays(31));
        var late = await forum.Send(new PostAnswer(first, Good), answerer);
        var poor = await forum.Send(new PostAnswer(first, "Use the other overload of this method."), other);
        await forum.Settle();

        Assert.That(
            await forum.Sql(db => db.Query<string>("select queue || ' ' || post_id || ' ' || reason from review_tasks order by queue, post_id")),
            Is.EqualTo(new[] { $"1 {first} first", $"2 {second + 1} first", $"2 {poor} first", $"3 {late} late", $"7 {poor} short" }));
    }

    [Test]
    public async Task The_next_task_is_the_oldest_that_one_has_not_seen_and_may_be_asked_for_by_tag()
    {
        await using var forum = new TestForum();
        var reviewer = await forum.Make.User(1_000);
        var mine = await Waits(forum, await forum.Make.Question(reviewer), ReviewQueue.FirstQuestions);
        var (one, two) = (await forum.Make.Question(), await forum.Make.Question(tags: "sockets"));
        var (voted, skipped) = (await Waits(forum, one, ReviewQueue.FirstQuestions), await Waits(forum, two, ReviewQueue.FirstQuestions));
        var third = await Waits(forum, await forum.Make.Question(tags: "sockets"), ReviewQueue.FirstQuestions);

        Assert.That(await Next(forum, reviewer), Is.EqualTo(voted));
        await forum.Send(new CastVote(one, Direction.Up), reviewer);
        Assert.That(await Next(forum, reviewer), Is.EqualTo(skipped));
        await forum.Send(new ReviewPost(skipped, ReviewOutcome.Skipped), reviewer);
        Assert.That(await Next(forum, reviewer), Is.EqualTo(third));
        Assert.That(await forum.Send(new FindTask(ReviewQueue.FirstQuestions, "sockets"), reviewer), Is.EqualTo(third));
        Assert.That(await forum.Send(new FindTask(ReviewQueue.FirstQuestions, "files"), reviewer), Is.Null);
        Assert.That(await forum.Send(new FindTask(ReviewQueue.FirstQuestions, null, IsQuestion: false), reviewer), Is.Null);
        Assert.That(() => forum.Send(new ReviewPost(mine, ReviewOutcome.LooksOk), reviewer), Throws.TypeOf<RefusedException>().With.Message.EqualTo("reviews.own-post"));
        Assert.That(async () => await Next(forum, await forum.Make.User(349)), Throws.TypeOf<RefusedException>());
    }

    [Test]
    public async Task Feedback_ends_the_task_and_its_author_reads_it()
    {
        await using var forum = new TestForum();
        var (author, reviewer) = (await forum.Make.User(1_000), await forum.Make.User(1_000));
        var post = await forum.Make.Question(author);
        await forum.Settle();
        var task = await forum.Value<long>("select id from review_tasks");

        Assert.That(() => forum.Send(new ReviewPost(task, ReviewOutcome.Feedback, "rubbish"), reviewer), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That((await forum.Send(new ReviewPost(task, ReviewOutcome.Feedback, "details"), reviewer)).Outcome, Is.EqualTo(ReviewOutcome.Feedback));
        await forum.Settle();

        Assert.That((await forum.Send(new ShowInbox(), author)).Groups.Single().Items.Single().Kind, Is.EqualTo("review-feedback"));
        Assert.That((await forum.Send(new ListFeedback(post), author)).Feedback, Is.EqualTo(new[] { "details" }));
        Assert.That(() => forum.Send(new ListFeedback(post), reviewer), Throws.TypeOf<NotFoundException>());
        Assert.That(async () => await forum.Send(new ReviewPost(task, ReviewOutcome.LooksOk), await forum.Make.User(1_000)), Throws.TypeOf<RefusedException>().With.Message.EqualTo("reviews.done"));
        Assert.That((await forum.Send(new ListReviewed(ReviewQueue.FirstQuestions))).Tasks.Single().Outcome, Is.EqualTo(ReviewOutcome.Feedback));
        await forum.Verify();
    }

    [Test]
    public async Task Six_recommendations_delete_an_answer_and_the_flag_was_right()
    {
        await using var forum = new TestForum();
        var (post, task) = await LowQuality(forum, FlagKind.NotAnAnswer);

        for (var reviews = 1; reviews <= 5; reviews++)
            await forum.Send(new ReviewPost(task, ReviewOutcome.RecommendDeletion), await forum.Make.User(1_000));
        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("open 0"));
        await forum.Send(new ReviewPost(task, ReviewOutcome.RecommendDeletion), await forum.Make.User(1_000));

        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("deleted 0"));
        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Helpful));
        Assert.That(await forum.Value<string>("select group_concat(action) from (select action from moderation_acts where actor_id is null order by id)"), Is.EqualTo("end-review,delete,flag-helpful"));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task Three_who_find_it_good_dispute_the_flag()
    {
        await using var forum = new TestForum();
        var (post, task) = await LowQuality(forum, FlagKind.VeryLowQuality);

        for (var reviews = 1; reviews <= 3; reviews++)
            await forum.Send(new ReviewPost(task, ReviewOutcome.LooksOk), await forum.Make.User(1_000));

        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("open 0"));
        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Disputed));
        await forum.Verify();
    }

    [Test]
    public async Task Who_says_that_they_edit_has_reviewed_when_they_did_and_low_quality_costs_a_vote()
    {
        await using var forum = new TestForum();
        var reviewer = await forum.Make.User(1_000);
        var (post, task) = await LowQuality(forum, FlagKind.VeryLowQuality);
        await forum.Send(new ReviewPost(task, ReviewOutcome.Editing), reviewer);
        Assert.That(await forum.Value<int?>("select outcome from review_tasks where id = @task", new { task }), Is.Null);

        await forum.Send(new EditPost(post, Good), reviewer);
        await forum.Settle();

        Assert.That(await forum.Value<ReviewOutcome>("select outcome from review_tasks where id = @task", new { task }), Is.EqualTo(ReviewOutcome.Edited));
        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("open -1"));
        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Helpful));
        await forum.Verify();
    }

    [Test]
    public async Task A_moderators_word_is_enough_and_what_is_deleted_needs_no_review()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        var (post, task) = await LowQuality(forum, FlagKind.NotAnAnswer);
        var (other, left) = await LowQuality(forum, FlagKind.NotAnAnswer);

        await forum.Send(new ReviewPost(task, ReviewOutcome.LooksOk), moderator);
        await forum.Send(new DeletePost(other), moderator);
        await forum.Settle();

        Assert.That(await forum.Value<ReviewOutcome>("select outcome from review_tasks where id = @task", new { task }), Is.EqualTo(ReviewOutcome.LooksOk));
        Assert.That(await forum.Value<ReviewOutcome>("select outcome from review_tasks where id = @left", new { left }), Is.EqualTo(ReviewOutcome.Overtaken));
        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("open 0"));
        await forum.Verify();
    }

    [Test]
    public async Task A_queue_ends_for_the_day_also_that_of_suggested_edits()
    {
        await using var forum = new TestForum(("Forum:Reviews:PerDay", "1"), ("Forum:Reviews:AuditEvery", "0"));
        var (reviewer, author) = (await forum.Make.User(1_000), await forum.Make.User(1));
        var (one, two) = (await Waits(forum, await forum.Make.Question(), ReviewQueue.FirstQuestions), await Waits(forum, await forum.Make.Question(), ReviewQueue.FirstQuestions));
        long[] edits =
        [
            await forum.Send(new SuggestEdit(await forum.Make.Question(), Good, Comment: "Say it better"), author),
            await forum.Send(new SuggestEdit(await forum.Make.Question(), Good, Comment: "Say it better"), author),
        ];

        await forum.Send(new ReviewPost(one, ReviewOutcome.LooksOk), reviewer);
        await forum.Send(new ReviewSuggestedEdit(edits[0], Forum.Core.Suggestions.Verdict.Approve), reviewer);

        Assert.That(() => forum.Send(new ReviewPost(two, ReviewOutcome.LooksOk), reviewer), Throws.TypeOf<RefusedException>().With.Message.EqualTo("reviews.enough-today"));
        Assert.That(() => forum.Send(new ReviewSuggestedEdit(edits[1], Forum.Core.Suggestions.Verdict.Approve), reviewer), Throws.TypeOf<RefusedException>().With.Message.EqualTo("reviews.enough-today"));
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(async () => await forum.Send(new ReviewPost(two, ReviewOutcome.LooksOk), reviewer), Throws.Nothing);
    }

    [Test]
    public async Task Known_posts_are_tests_and_who_fails_three_is_suspended_for_two_days()
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"), ("Forum:Reviews:DropFrom", "100"));
        var (reviewer, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        for (var i = 0; i < 3; i++)
            await forum.Send(new FlagPost(await forum.Make.Answer(question), FlagKind.Spam), moderator);
        await forum.Service<ChooseAudits>().Choose(default);
        await Waits(forum, await forum.Make.Answer(question), ReviewQueue.LowQuality);

        ReviewPost.Result result = new(null, null);
        for (var i = 0; i < 3; i++)
        {
            var task = await forum.Send(new FindTask(ReviewQueue.LowQuality), reviewer);
            Assert.That((await forum.Send(new ShowTask(task!.Value), reviewer)).IsRevealed, Is.False);
            result = await forum.Send(new ReviewPost(task.Value, ReviewOutcome.LooksOk), reviewer);
            Assert.That((await forum.Send(new ShowTask(task.Value), reviewer)).IsRight, Is.False);
        }

        Assert.That(result.IsRight, Is.False);
        Assert.That(async () => await forum.Send(new FindTask(ReviewQueue.LowQuality), reviewer), Throws.TypeOf<RefusedException>().With.Message.EqualTo("reviews.suspended"));
        Assert.That((await forum.Send(new ShowReviewer(reviewer), reviewer)).Suspensions.Single().EndsAt, Is.EqualTo(forum.Clock.GetUtcNow().AddDays(2)));
        forum.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That(async () => await forum.Send(new FindTask(ReviewQueue.LowQuality), reviewer), Throws.Nothing);
        Assert.That(async () => await forum.Send(new ShowTask(await forum.Value<long>("select min(id) from review_tasks where audit is not null")), await forum.Make.User(10)), Throws.TypeOf<NotFoundException>());
        await forum.Verify();
    }

    [Test]
    public async Task A_contested_test_is_dropped_and_a_test_of_a_good_post_ends_with_its_score()
    {
        await using var forum = new TestForum(("Forum:Reviews:GoodScore", "1"));
        var (one, two, voter) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var posts = new[] { await forum.Make.Question(), await forum.Make.Question() };
        foreach (var post in posts)
            await forum.Send(new CastVote(post, Direction.Up), voter);
        await forum.Service<ChooseAudits>().Choose(default);
        var tests = await forum.Sql(db => db.Query<long>("select id from review_tasks where audit = 1 and queue = 1 order by post_id"));

        foreach (var reviewer in new[] { one, two })
        {
            await forum.Send(new ReviewPost(tests[0], ReviewOutcome.LooksOk), reviewer);
            await forum.Send(new VetoAudit(tests[0]), reviewer);
        }

        Assert.That(async () => await forum.Send(new VetoAudit(tests[1]), await forum.Make.User(1_000)), Throws.TypeOf<NotFoundException>(), "who did not take it");
        await forum.Send(new RetractVote(posts[1]), voter);
        await forum.Service<ChooseAudits>().Choose(default);
        Assert.That(await forum.Sql(db => db.Query<ReviewOutcome>("select outcome from review_tasks where queue = 1")), Is.EqualTo(new[] { ReviewOutcome.Dropped, ReviewOutcome.Dropped }));
    }

    [Test]
    public async Task Questions_that_were_closed_or_voted_up_test_reviewers_of_closing()
    {
        await using var forum = new TestForum(("Forum:Reviews:GoodScore", "1"), ("Forum:Reviews:AuditEvery", "1"));
        var (moderator, reviewer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000));
        var (closed, good) = (await forum.Make.Question(), await forum.Make.Question());
        long[] closers = [await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000)];
        var live = await Waits(forum, closed, ReviewQueue.CloseVotes);
        foreach (var closer in closers)
            await forum.Send(new ReviewPost(live, ReviewOutcome.Close, "needs-focus"), closer);
        await forum.Send(new CastCloseVote(closed, "needs-focus"), moderator);
        await forum.Send(new CastVote(good, Direction.Up), moderator);
        await forum.Settle();
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Service<ChooseAudits>().Choose(default);
        await Waits(forum, await forum.Make.Question(), ReviewQueue.CloseVotes);

        var (bad, right) = (await Test(forum, closed, ReviewQueue.CloseVotes), await Test(forum, good, ReviewQueue.CloseVotes));
        Assert.That(await forum.Send(new FindTask(ReviewQueue.CloseVotes), reviewer), Is.EqualTo(bad).Or.EqualTo(right));
        Assert.That(await forum.Send(new FindTask(ReviewQueue.CloseVotes), closers[0]), Is.Not.EqualTo(bad), "who closed it knows");
        Assert.That((await forum.Send(new ReviewPost(bad, ReviewOutcome.LeaveOpen), reviewer)).IsRight, Is.False);
        Assert.That((await forum.Send(new ReviewPost(right, ReviewOutcome.Close, "needs-focus"), reviewer)).IsRight, Is.False);
        Assert.That((await forum.Send(new ReviewPost(right, ReviewOutcome.LeaveOpen), closers[0])).IsRight, Is.True);
        Assert.That(await forum.Value<string?>("select close_reason from posts where id = @good", new { good }), Is.Null, "a test does nothing to its post");

        await forum.Send(new CastReopenVote(closed), moderator);
        await forum.Service<ChooseAudits>().Choose(default);
        Assert.That(await forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @bad", new { bad }), Is.EqualTo(ReviewOutcome.Dropped));
        Assert.That(await forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @right", new { right }), Is.Null);
        await forum.Verify();
    }

    [Test]
    public async Task Questions_that_were_left_closed_or_reopened_test_reviewers_of_reopening()
    {
        await using var forum = new TestForum();
        var (moderator, reviewer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000));
        var (left, reopened, contested) = (await forum.Make.Question(), await forum.Make.Question(), await forum.Make.Question());
        foreach (var question in new[] { left, reopened, contested })
        {
            await forum.Send(new CastCloseVote(question, "needs-focus"), moderator);
            await Waits(forum, question, ReviewQueue.ReopenVotes);
        }

        for (var i = 0; i < 3; i++)
        {
            var someone = await forum.Make.User(1_000);
            await forum.Send(new ReviewPost(await Live(forum, left), ReviewOutcome.LeaveClosed), someone);
            await forum.Send(new ReviewPost(await Live(forum, reopened), ReviewOutcome.Reopen), someone);
            await forum.Send(new ReviewPost(await Live(forum, contested), i == 0 ? ReviewOutcome.Reopen : ReviewOutcome.LeaveClosed), someone);
        }

        await forum.Send(new ReviewPost(await Live(forum, contested), ReviewOutcome.LeaveClosed), await forum.Make.User(1_000));
        await forum.Send(new CastReopenVote(reopened), moderator);
        await forum.Send(new CastVote(reopened, Direction.Up), moderator);
        await forum.Settle();
        await forum.Service<ChooseAudits>().Choose(default);

        Assert.That(
            await forum.Sql(db => db.Query<string>("select post_id || ' ' || audit from review_tasks where queue = 6 and audit is not null order by post_id")),
            Is.EqualTo(new[] { $"{left} -1", $"{reopened} 1" }));
        Assert.That((await forum.Send(new ReviewPost(await Test(forum, left, ReviewQueue.ReopenVotes), ReviewOutcome.Reopen), reviewer)).IsRight, Is.False);
        Assert.That((await forum.Send(new ReviewPost(await Test(forum, reopened, ReviewQueue.ReopenVotes), ReviewOutcome.LeaveClosed), reviewer)).IsRight, Is.False);
        Assert.That(AuditRules.IsRight(-1, ReviewOutcome.LeaveClosed), Is.True);
        Assert.That(AuditRules.IsRight(1, ReviewOutcome.Reopen), Is.True);
    }

    [Test]
    public async Task A_test_keeps_no_post_from_being_looked_at()
    {
        await using var forum = new TestForum(("Forum:Reviews:GoodScore", "1"));
        var answer = await forum.Make.Answer(await forum.Make.Question());
        await forum.Send(new CastVote(answer, Direction.Up), await forum.Make.User(1_000));
        await forum.Service<ChooseAudits>().Choose(default);

        await forum.Send(new FlagPost(answer, FlagKind.NotAnAnswer), await forum.Make.User(15));

        Assert.That(await forum.Sql(db => db.Query<int?>("select audit from review_tasks where queue = 7 and post_id = @answer order by id", new { answer })), Is.EqualTo(new int?[] { 1, null }));
    }

    [Test]
    public async Task Closing_a_question_ends_the_look_at_its_quality_and_the_flag_was_right()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        await forum.Send(new FlagPost(question, FlagKind.VeryLowQuality), await forum.Make.User(15));

        await forum.Send(new CastCloseVote(question, "needs-focus"), await forum.Make.User(moderator: true));
        await forum.Settle();

        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Helpful));
        Assert.That(await forum.Value<ReviewOutcome?>("select outcome from review_tasks where queue = 7"), Is.EqualTo(ReviewOutcome.Overtaken));
    }

    [Test]
    public async Task Three_who_may_delete_do_and_the_author_of_an_answer_brings_it_back_alone()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(100);
        var post = await forum.Make.Answer(await forum.Make.Question(), author);
        await forum.Send(new FlagPost(post, FlagKind.VeryLowQuality), await forum.Make.User(15));
        var task = await forum.Value<long>("select id from review_tasks where post_id = @post and queue = 7", new { post });

        for (var reviews = 1; reviews <= 3; reviews++)
            await forum.Send(new ReviewPost(task, ReviewOutcome.Delete), await forum.Make.User(10_000));
        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("deleted 0"));
        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Helpful));

        await forum.Send(new UndeletePost(post), author);
        Assert.That(await FlagTests.State(forum, post), Is.EqualTo("open 0"));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task A_moderator_keeps_somebody_from_reviewing_and_lets_them_again()
    {
        await using var forum = new TestForum();
        var (reviewer, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));

        Assert.That(() => forum.Send(new SuspendReviewer(reviewer, 366, "Approves everything."), moderator), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(() => forum.Send(new SuspendReviewer(moderator, 2, "Approves everything."), moderator), Throws.TypeOf<RefusedException>());
        await forum.Send(new SuspendReviewer(reviewer, 30, "Approves everything."), moderator);
        Assert.That(() => forum.Send(new FindTask(ReviewQueue.FirstAnswers), reviewer), Throws.TypeOf<RefusedException>());
        await forum.Send(new UndoAct(await forum.Value<long>("select id from moderation_acts where action = 'suspend-reviewer'")), moderator);

        Assert.That(await forum.Send(new FindTask(ReviewQueue.FirstAnswers), reviewer), Is.Null);
    }

    private static Task<long> Live(TestForum forum, long post) =>
        forum.Value<long>("select id from review_tasks where queue = 6 and post_id = @post and audit is null", new { post });

    private static Task<long> Test(TestForum forum, long post, ReviewQueue queue) =>
        forum.Value<long>("select id from review_tasks where queue = @queue and post_id = @post and audit is not null", new { post, queue = (int)queue });

    private static async Task<(long Post, long Task)> LowQuality(TestForum forum, FlagKind kind)
    {
        var post = await forum.Make.Answer(await forum.Make.Question());
        await forum.Send(new FlagPost(post, kind), await forum.Make.User(15));
        return (post, await forum.Value<long>("select id from review_tasks where post_id = @post and queue = 7", new { post }));
    }

    internal static async Task<long> Waits(TestForum forum, long post, ReviewQueue queue)
    {
        await forum.Write("insert into review_tasks (queue, post_id, reason, opened_at) values (@queue, @post, 'first', @now) on conflict do nothing", new { queue = (int)queue, post, now = forum.Clock.GetUtcNow() });
        return await forum.Value<long>("select id from review_tasks where queue = @queue and post_id = @post", new { queue = (int)queue, post });
    }

    private static Task<long?> Next(TestForum forum, long user) => forum.Send(new FindTask(ReviewQueue.FirstQuestions), user);
}
