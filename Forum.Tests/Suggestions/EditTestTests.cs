using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Redactions;
using Forum.Core.Reviews;
using Forum.Core.Suggestions;
using Forum.Tests.Support;

namespace Forum.Tests.Suggestions;

/// <summary>How reviewers of suggested edits are tested (docs/rules/reviews.md, section 5).</summary>
public sealed class EditTestTests
{
    internal const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    internal const string Better = "I have a very large text file, and I want to read it line by line without loading the whole of it.";
    internal const string Worse = "I have a large text file and want to read it line by line. Cheap pills are sold at cheap-pills.example.";
    private const string Why = "Say how large it is";

    [TestCase("approve approve", 1)]
    [TestCase("author-approves", 1)]
    [TestCase("moderator-approves", 1)]
    [TestCase("approve spam approve", null)]
    [TestCase("improve", null)]
    [TestCase("approve approve edit", 1)]
    [TestCase("approve approve edit roll-back-the-edit", 1)]
    [TestCase("approve approve roll-back", null)]
    [TestCase("approve approve edit roll-back", null)]
    [TestCase("approve approve delete", null)]
    [TestCase("approve approve delete-question", null)]
    [TestCase("approve approve lock", null)]
    [TestCase("approve approve hide", null)]
    [TestCase("spam spam", -1)]
    [TestCase("no-improvement spam", -1)]
    [TestCase("author-rejects", -1)]
    [TestCase("intent spam", null)]
    [TestCase("spam intent", null)]
    [TestCase("copied copied", null)]
    [TestCase("approve spam spam", null)]
    [TestCase("reject-and-edit", null)]
    [TestCase("spam spam edit", -1)]
    [TestCase("spam spam delete", null)]
    [TestCase("withdraw", null)]
    [TestCase("edit", null)]
    [TestCase("", null)]
    public async Task What_all_agreed_on_and_still_stands_is_a_test(string story, int? audit)
    {
        await using var forum = new TestForum();
        var (author, newcomer, moderator) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(body: Text);
        var post = await forum.Make.Answer(question, author, Text);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var edit = await forum.Send(new SuggestEdit(post, Better, Comment: Why), newcomer);

        foreach (var step in story.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await (step switch
            {
                "approve" => Review(Verdict.Approve, await forum.Make.User(1_000)),
                "author-approves" => Review(Verdict.Approve, author),
                "moderator-approves" => Review(Verdict.Approve, moderator),
                "author-rejects" => Review(Verdict.Reject, author, "no-improvement"),
                "improve" => forum.Send(new ImproveSuggestedEdit(edit, Verdict.Approve, Better + " Really."), await forum.Make.User(1_000)),
                "reject-and-edit" => forum.Send(new ImproveSuggestedEdit(edit, Verdict.Reject, Text + " Really."), await forum.Make.User(1_000)),
                "edit" => forum.Send(new EditPost(post, Better + " It has twelve gigabytes."), author),
                "roll-back" => forum.Send(new EditPost(post, Text, RollbackTo: 1), author),
                "roll-back-the-edit" => forum.Send(new EditPost(post, Better, RollbackTo: 2), author),
                "delete" => forum.Send(new DeletePost(post), moderator),
                "delete-question" => forum.Send(new DeletePost(question), moderator),
                "lock" => forum.Send(new LockPost(post, LockKind.Dispute, LockLength.Medium), moderator),
                "hide" => Hide(forum, post, 1, moderator),
                "withdraw" => forum.Send(new WithdrawSuggestedEdit(edit), newcomer),
                _ => Review(Verdict.Reject, await forum.Make.User(1_000), step),
            });
        }

        await forum.Service<ChooseAudits>().Choose(default);

        Assert.That(await forum.Sql(db => db.Query<int>("select audit from review_tasks where queue = 4 and audit is not null and edit_id = @edit", new { edit })), audit is { } known ? Is.EqualTo(new[] { known }) : Is.Empty);
        await forum.Settle();
        await forum.Verify();

        Task Review(Verdict verdict, long by, string? reason = null) => forum.Send(new ReviewSuggestedEdit(edit, verdict, reason), by);
    }

    [TestCase(1, "approve", true)]
    [TestCase(1, "improve", true)]
    [TestCase(1, "reject", false)]
    [TestCase(1, "reject-and-edit", false)]
    [TestCase(-1, "approve", false)]
    [TestCase(-1, "improve", false)]
    [TestCase(-1, "reject", true)]
    [TestCase(-1, "reject-and-edit", true)]
    public async Task A_test_is_judged_at_once_and_changes_nothing(int audit, string said, bool isRight)
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"));
        var reviewer = await forum.Make.User(1_000);
        var (post, edit) = await Known(forum, audit);
        await Waits(forum);
        var ticket = (await forum.Send(new FindEditTask(), reviewer))!.Value;
        var shown = await forum.Send(new ShowEditTask(ticket), reviewer);
        Assert.That((shown.IsRevealed, shown.WhyNot, shown.Body, shown.Edit.Body), Is.EqualTo((false, (Refusal?)null, Text, audit > 0 ? Better : Worse)));
        await forum.Settle();
        var before = await Everything(forum, post);

        var result = await forum.Send<DecideEditTask.Result>(
            said switch
            {
                "approve" => new DecideEditTask(ticket, Verdict.Approve),
                "reject" => new DecideEditTask(ticket, Verdict.Reject, "other", "These words are said of nothing that waits."),
                "improve" => new ImproveEditTask(ticket, Verdict.Approve, Better + " Really zqtyped.", Comment: "Say it zqtyped"),
                _ => new ImproveEditTask(ticket, Verdict.Reject, Text + " Really zqtyped.", Comment: "Say it zqtyped"),
            }, reviewer);
        await forum.Settle();

        Assert.That(result, Is.EqualTo(new DecideEditTask.Result(null, isRight)));
        var told = await forum.Send(new ShowEditTask(ticket), reviewer);
        Assert.That((told.IsRevealed, told.Task.IsRight, told.Task.Audit, told.IsContested, told.MayImprove), Is.EqualTo((true, (bool?)isRight, (int?)audit, false, false)));
        Assert.That(await Everything(forum, post), Is.EqualTo(before));
        Assert.That(await forum.Value<SuggestionOutcome>("select outcome from suggested_edits where id = @edit", new { edit }), Is.EqualTo(audit > 0 ? SuggestionOutcome.Approved : SuggestionOutcome.Rejected));
        Assert.That(await forum.Value<int>("select count(*) from events where payload like '%zqtyped%'") + await forum.Value<int>("select count(*) from reviews where note like '%words%'"), Is.Zero);
        await forum.IsRefused(() => forum.Send(new DecideEditTask(ticket, Verdict.Approve), reviewer), "suggestions.reviewed");
        await forum.Verify();
    }

    [Test]
    public async Task What_would_be_refused_of_an_edit_that_waits_is_refused_of_a_test()
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"));
        var reviewer = await forum.Make.User(1_000);
        await Known(forum, 1);
        await Waits(forum);
        var ticket = (await forum.Send(new FindEditTask(), reviewer))!.Value;

        Assert.That(() => forum.Send(new DecideEditTask(ticket, Verdict.Reject), reviewer), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(() => forum.Send(new DecideEditTask(ticket, Verdict.Reject, "other", "short"), reviewer), Throws.TypeOf<FluentValidation.ValidationException>());
        await forum.IsRefused(() => forum.Send(new ImproveEditTask(ticket, Verdict.Approve, Better), reviewer), "editing.nothing-changed");
        await forum.IsRefused(() => forum.Send(new ImproveEditTask(ticket, Verdict.Reject, Text), reviewer), "editing.nothing-changed");
        Assert.That(() => forum.Send(new ImproveEditTask(ticket, Verdict.Reject, "x"), reviewer), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(await forum.Value<int>("select count(*) from reviews"), Is.Zero);
    }

    [Test]
    public async Task Who_fails_three_is_kept_from_reviewing_for_two_days()
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"), ("Forum:Reviews:DropFrom", "100"));
        var reviewer = await forum.Make.User(1_000);
        foreach (var audit in new[] { -1, -1, 1 })
            await Known(forum, audit);
        await Waits(forum);

        var ticket = 0L;
        for (var i = 0; i < 3; i++)
        {
            ticket = (await forum.Send(new FindEditTask(), reviewer))!.Value;
            var audit = await forum.Value<int>("select audit from review_tasks where ticket = @ticket", new { ticket });
            Assert.That((await forum.Send(new DecideEditTask(ticket, audit > 0 ? Verdict.Reject : Verdict.Approve, "spam"), reviewer)).IsRight, Is.False);
        }

        await forum.IsRefused(() => forum.Send(new FindEditTask(), reviewer), "reviews.suspended");
        await forum.IsRefused(() => forum.Send(new FindTask(ReviewQueue.LateAnswers), reviewer), "reviews.suspended");
        Assert.That((await forum.Send(new ShowEditTask(ticket), reviewer)).IsRevealed, Is.True, "the explanation stays");
        var history = await forum.Send(new ShowReviewer(reviewer), reviewer);
        Assert.That((history.Tests, history.Failed, history.Queues[ReviewQueue.SuggestedEdits]), Is.EqualTo((3, 3, 3)));
        Assert.That(history.Suspensions.Single().EndsAt, Is.EqualTo(forum.Clock.GetUtcNow().AddDays(2)));
        forum.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.Not.Null);
        await forum.Verify();
    }

    [Test]
    public async Task A_test_is_dropped_when_two_contest_it_or_most_fail_it()
    {
        await using var forum = new TestForum();
        await Known(forum, -1);
        await Known(forum, 1);
        var (bad, good) = (await Test(forum, -1), await Test(forum, 1));

        for (var i = 0; i < 2; i++)
        {
            var reviewer = await forum.Make.User(1_000);
            await forum.Send(new DecideEditTask(good.Ticket, Verdict.Reject, "intent"), reviewer);
            Assert.That(await Outcome(good.Id), Is.Null);
            await forum.Send(new VetoAudit(good.Id), reviewer);
            Assert.That((await forum.Send(new ShowEditTask(good.Ticket), reviewer)).IsContested, Is.True);
        }

        for (var i = 0; i < 4; i++)
        {
            Assert.That(await Outcome(bad.Id), Is.Null);
            await forum.Send(new DecideEditTask(bad.Ticket, i < 3 ? Verdict.Approve : Verdict.Reject, "spam"), await forum.Make.User(1_000));
        }

        Assert.That((await Outcome(good.Id), await Outcome(bad.Id)), Is.EqualTo(((ReviewOutcome?)ReviewOutcome.Dropped, (ReviewOutcome?)ReviewOutcome.Dropped)));
        Assert.That(async () => await forum.Send(new ShowEditTask(bad.Ticket), await forum.Make.User(1_000)), Throws.TypeOf<NotFoundException>());
        var late = await forum.Make.User(1_000);
        await forum.IsRefused(() => forum.Send(new DecideEditTask(bad.Ticket, Verdict.Approve), late), "suggestions.decided");
        await forum.Service<ChooseAudits>().Choose(default);
        Assert.That(await forum.Value<int>("select count(*) from review_tasks where queue = 4 and audit is not null and outcome is null"), Is.Zero, "none is chosen again");

        Task<ReviewOutcome?> Outcome(long id) => forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @id", new { id });
    }

    [Test]
    public async Task Nobody_is_tested_with_what_they_had_a_part_in()
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"));
        var (author, newcomer, one, other, editor) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var post = await forum.Make.Question(by: author, body: Text);
        // Who may edit freely has no need to suggest; they could not when they did.
        await forum.Write("update users set reputation = 1 where id = @newcomer", new { newcomer });
        var edit = await forum.Send(new SuggestEdit(post, Better, Comment: Why), newcomer);
        await forum.Write("update users set reputation = 1000 where id = @newcomer", new { newcomer });
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), one);
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), other);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(post, Better + " It has twelve gigabytes."), editor);
        await forum.Service<ChooseAudits>().Choose(default);
        var test = await Test(forum, 1);
        var live = await Waits(forum);

        foreach (var someone in new[] { author, newcomer, one, other, editor })
            Assert.That(await forum.Send(new FindEditTask(), someone), Is.EqualTo(live));
        var reviewer = await forum.Make.User(1_000);
        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.EqualTo(test.Ticket));
        Assert.That(await forum.Send(new FindEditTask(For: SuggestedFor.Questions), reviewer), Is.EqualTo(test.Ticket));
        Assert.That(await forum.Send(new FindEditTask("files"), reviewer), Is.EqualTo(live), "a tag's alone are no tests");
        await forum.Send(new SkipEditTask(test.Ticket), reviewer);
        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.EqualTo(live), "skipped for good");
        Assert.That((await forum.Send(new ShowEditTask(test.Ticket), reviewer)).IsRevealed, Is.False, "who skipped it is not told");
        await forum.Send(new DecideEditTask(live, Verdict.Approve), reviewer);
        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.Null, "no test where nothing waits");
    }

    [Test]
    public async Task A_test_keeps_no_edit_from_being_suggested_and_does_not_wait_in_the_queue()
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"), ("Forum:Reviews:PerDay", "1"));
        var (post, _) = await Known(forum, 1);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await Waiting(), Is.Zero);

        var edit = await forum.Send(new SuggestEdit(post, Better + " It has twelve gigabytes.", Comment: Why), await forum.Make.User());

        Assert.That(await Waiting(), Is.EqualTo(1));
        var reviewer = await forum.Make.User(1_000);
        var test = await Test(forum, 1);
        await forum.Send(new DecideEditTask(test.Ticket, Verdict.Approve), reviewer);
        Assert.That((await Queue(reviewer)).Today, Is.EqualTo(1));
        await forum.IsRefused(() => forum.Send(new FindEditTask(), reviewer), "reviews.enough-today");
        await forum.IsRefused(() => forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), reviewer), "reviews.enough-today");
        Assert.That((await forum.Send(new ListReviewed(ReviewQueue.SuggestedEdits))).Tasks, Has.Count.EqualTo(1), "the edit itself, decided before");

        async Task<int> Waiting() => (await Queue(await forum.Make.User(1_000))).Waiting;
        async Task<ListQueues.Item> Queue(long user) => (await forum.Send(new ListQueues(), user)).Single(queue => queue.Queue == ReviewQueue.SuggestedEdits);
    }

    [TestCase("roll-back")]
    [TestCase("delete")]
    [TestCase("lock")]
    [TestCase("hide")]
    public async Task A_test_that_is_no_longer_what_it_was_is_shown_to_nobody_and_dropped(string what)
    {
        await using var forum = new TestForum(("Forum:Reviews:AuditEvery", "1"));
        var (moderator, reviewer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000));
        var (post, _) = await Known(forum, 1);
        var live = await Waits(forum);
        var test = await Test(forum, 1);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await (what switch
        {
            "roll-back" => forum.Send(new EditPost(post, Text, RollbackTo: 1), moderator),
            "delete" => forum.Send(new DeletePost(post), moderator),
            "lock" => forum.Send(new LockPost(post, LockKind.Dispute, LockLength.Medium), moderator),
            _ => Hide(forum, post, 1, moderator),
        });

        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.EqualTo(live));
        foreach (var reader in new[] { reviewer, moderator })
            Assert.That(() => forum.Send(new ShowEditTask(test.Ticket), reader), Throws.TypeOf<NotFoundException>());
        await forum.Service<ChooseAudits>().Choose(default);
        Assert.That(await forum.Value<ReviewOutcome?>("select outcome from review_tasks where id = @Id", new { test.Id }), Is.EqualTo(ReviewOutcome.Dropped));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task An_edit_that_waits_is_a_task_until_it_is_decided()
    {
        await using var forum = new TestForum();
        var reviewers = new[] { await forum.Make.User(1_000), await forum.Make.User(1_000) };
        var approved = await Waits(forum);
        foreach (var reviewer in reviewers)
            await forum.Send(new DecideEditTask(approved, Verdict.Approve), reviewer);
        var rejected = await Waits(forum);
        foreach (var reviewer in reviewers)
            await forum.Send(new DecideEditTask(rejected, Verdict.Reject, "spam"), reviewer);
        var improved = await Waits(forum);
        await forum.Send(new ImproveEditTask(improved, Verdict.Approve, Better + " Really."), reviewers[0]);
        var overtaken = await Waits(forum);
        await forum.Send(new EditPost(await forum.Value<long>("select post_id from review_tasks where ticket = @overtaken", new { overtaken }), Text + " Really."), reviewers[0]);

        Assert.That(
            await forum.Sql(db => db.Query<ReviewOutcome>("select outcome from review_tasks where queue = 4 order by id")),
            Is.EqualTo(new[] { ReviewOutcome.Approved, ReviewOutcome.Rejected, ReviewOutcome.Improved, ReviewOutcome.Overtaken }));
        Assert.That(await forum.Value<string>("select body from posts where id = (select post_id from review_tasks where ticket = @approved)", new { approved }), Is.EqualTo(Better));
        await forum.IsRefused(() => forum.Send(new DecideEditTask(overtaken, Verdict.Approve), reviewers[1]), "suggestions.decided");
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task Edits_that_waited_before_there_were_tasks_are_tasks_since()
    {
        await using var forum = new TestForum();
        await Waits(forum);
        var decided = await Waits(forum);
        await forum.Send(new DecideEditTask(decided, Verdict.Approve), await forum.Make.User(moderator: true));
        await forum.Write("delete from review_tasks");
        var migration = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(typeof(EditTestTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Data", "Migrations", "0024-suggested-edits-are-tasks.sql"));

        await forum.Write(migration[migration.IndexOf("insert into review_tasks", StringComparison.Ordinal)..]);

        Assert.That(await forum.Value<int>("select count(*) from review_tasks"), Is.EqualTo(1));
        Assert.That(await forum.Send(new FindEditTask(), await forum.Make.User(1_000)), Is.InRange(100_000_000_000, 999_999_999_999));
        await forum.Verify();
    }

    [Test]
    public async Task Tickets_say_nothing_of_age()
    {
        await using var forum = new TestForum();
        for (var i = 0; i < 12; i++)
            await Waits(forum);

        var tickets = await forum.Sql(db => db.Query<long>("select ticket from review_tasks where queue = 4 order by id"));

        Assert.That(tickets, Is.Unique.And.All.InRange(100_000_000_000, 999_999_999_999));
        Assert.That(tickets, Is.Not.Ordered);
    }

    /// <summary>An edit of which it is known whether it is good, made a test.</summary>
    internal static async Task<(long Post, long Edit)> Known(TestForum forum, int audit, string title = "How do I read a large file line by line?")
    {
        var post = await forum.Make.Question(title: title, body: Text);
        var edit = await forum.Send(new SuggestEdit(post, audit > 0 ? Better : Worse, Comment: Why), await forum.Make.User());
        for (var i = 0; i < 2; i++)
            await forum.Send(new ReviewSuggestedEdit(edit, audit > 0 ? Verdict.Approve : Verdict.Reject, "spam"), await forum.Make.User(1_000));
        await forum.Settle();
        await forum.Service<ChooseAudits>().Choose(default);
        return (post, edit);
    }

    /// <summary>An edit that waits; returns its task's ticket.</summary>
    internal static async Task<long> Waits(TestForum forum, string title = "How do I read a large file line by line?", string body = Better)
    {
        var edit = await forum.Send(new SuggestEdit(await forum.Make.Question(title: title, body: Text), body, Comment: Why), await forum.Make.User());
        return await forum.Value<long>("select ticket from review_tasks where edit_id = @edit", new { edit });
    }

    private static async Task<(long Id, long Ticket)> Test(TestForum forum, int audit) =>
        (await forum.Value<long>("select id from review_tasks where queue = 4 and audit = @audit", new { audit }),
            await forum.Value<long>("select ticket from review_tasks where queue = 4 and audit = @audit", new { audit }));

    private static async Task Hide(TestForum forum, long post, int revision, long moderator) =>
        await forum.Send(new AgreeToRedaction(await forum.Send(new ProposeRedaction(post, revision, "It says a password."), await forum.Make.User(moderator: true))), moderator);

    // What a test must leave as it is.
    private static async Task<string> Everything(TestForum forum, long post) =>
        string.Join('\n', await forum.Sql(db => db.Query<string>(
            """
            select body || ' ' || revision_count || ' ' || coalesce(edited_at, 0) || ' ' || score from posts where id = @post
            union all select 'revisions ' || count(*) from revisions
            union all select 'reviews ' || count(*) from suggested_edit_reviews
            union all select 'reputation ' || sum(reputation) from users
            union all select 'events ' || count(*) from reputation_events
            union all select 'inbox ' || count(*) from inbox
            union all select 'happened to it ' || count(*) from post_events
            """, new { post })));
}
