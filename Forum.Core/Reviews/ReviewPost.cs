using FluentValidation;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reviews;

/// <summary>
/// Says what one thinks of a post in a review queue. When enough say the same, it is done. Of a test it is judged at once. Rules:
/// docs/rules/reviews.md.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="Outcome">What is thought of it; <see cref="ReviewOutcome.Editing"/> when it is edited next.</param>
/// <param name="Note">Of feedback: one of <see cref="ReviewQueues.Feedback"/>. Of closing: one of <see cref="CloseReason.General"/>, which the vote says too. Of a deletion: the comment that was chosen, or nothing.</param>
public sealed record ReviewPost(long TaskId, ReviewOutcome Outcome, string? Note = null) : IRequest<ReviewPost.Result>, ICommand
{
    /// <param name="Outcome">What became of the task; null while it waits for others.</param>
    /// <param name="IsRight">Of a test: whether the review was right; null of anything else.</param>
    public sealed record Result(ReviewOutcome? Outcome, bool? IsRight);

    internal sealed class Rules : AbstractValidator<ReviewPost>
    {
        public Rules()
        {
            RuleFor(r => r.Outcome).IsInEnum().WithErrorCode("reviews.no-outcome");
            RuleFor(r => r.Note).Must(note => ReviewQueues.Feedback.Contains(note)).When(r => r.Outcome == ReviewOutcome.Feedback).WithErrorCode("reviews.no-feedback");
            RuleFor(r => r.Note).Must(note => CloseReason.General.Contains(note)).When(r => r.Outcome == ReviewOutcome.Close).WithErrorCode("reviews.no-close-reason");
            RuleFor(r => r.Note).Must(note => string.IsNullOrEmpty(note) || ReviewQueues.Comments.Contains(note))
                .When(r => r.Outcome is ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete).WithErrorCode("reviews.no-comment");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Deletions deletions, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ReviewPost, Result>
    {
        public async Task<Result> Handle(ReviewPost review, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var task = await db.ReviewTask(review.TaskId, me.Id, token);
            // Suggested edits are decided on where they are shown.
            if (task.EditId is not null)
                throw new NotFoundException();
            var post = await db.AnyPost(task.PostId, token);
            ReviewRules.WhyNotReview(task, post, await db.Reviewer(me, task.Queue, now, token), settings, now)?.Throw();
            var score = await db.Get<int>("select score from posts where id = @PostId", new { task.PostId }, token);
            ReviewRules.WhyNot(review.Outcome, task, post, score, me, settings)?.Throw();

            var isRight = task.Audit is { } audit ? AuditRules.IsRight(audit, review.Outcome) : null;
            // Nobody edits a test: whoever says that it can be saved has judged.
            var outcome = review.Outcome == ReviewOutcome.Editing && task.IsAudit ? ReviewOutcome.Edited : review.Outcome;
            var note = outcome is ReviewOutcome.Feedback or ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete or ReviewOutcome.Close ? review.Note ?? "" : "";
            await db.Review(task, post, me.Id, outcome, note, isRight, log, happened, now, token);
            if (task.IsAudit)
            {
                await db.Judge(task.Id, me.Id, isRight, log, settings.Reviews, now, token);
                return new Result(null, isRight);
            }

            var agreed = outcome.IsReview() ? await db.Settle(task, post, me, deletions, log, settings, happened, now, token) : null;
            return new Result(agreed, null);
        }
    }
}

/// <summary>Counts an edit as the review of whoever said that they would edit. The server asks for it when a post was edited.</summary>
[For(Who.Anyone), EachTime]
public sealed record FinishEditing(long PostId, long EditorId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, Deletions deletions, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<FinishEditing>
    {
        public async Task Handle(FinishEditing finish, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var tasks = await db.Query<long>(
                $"""
                select t.id
                from review_tasks t
                join reviews r on r.task_id = t.id and r.user_id = @EditorId and r.outcome = {(int)ReviewOutcome.Editing}
                where t.post_id = @PostId and t.outcome is null
                """, new { finish.PostId, finish.EditorId }, token);
            foreach (var id in tasks)
            {
                var task = await db.ReviewTask(id, finish.EditorId, token);
                var post = await db.AnyPost(task.PostId, token);
                var editor = await db.Get<Person>("select id as Id, name as Name, reputation as Reputation from users where id = @EditorId", new { finish.EditorId }, token);
                await db.Say(task, editor.Id, ReviewOutcome.Edited, "", null, now, token);
                await log.Record(
                    new Act("review", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, ByItself = true, After = new { Task = task.Id, Queue = (int)task.Queue, Outcome = (int)ReviewOutcome.Edited, Reviewer = editor.Id } },
                    token);
                happened.Note(new PostReviewed(task.Id, task.Queue, post.Id, post.QuestionId, editor.Id, ReviewOutcome.Edited, false));
                await db.Settle(task, post, editor, deletions, log, settings, happened, now, token);
            }
        }
    }
}

/// <summary>Ends the tasks of a post that there is nothing left to look at; that of a suggested edit ends with the edit. The server asks for it when it was deleted, closed or reopened.</summary>
[For(Who.Anyone), EachTime]
public sealed record EndTasks(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<EndTasks>
    {
        public async Task Handle(EndTasks end, CancellationToken token)
        {
            var ended = await db.Query<Ended>(
                $"""
                update review_tasks
                set closed_at = @now,
                    outcome = case when not exists (select 1 from posts p where p.id = review_tasks.post_id and p.deleted_at is null) then {(int)ReviewOutcome.Overtaken}
                                   when queue = {(int)ReviewQueue.CloseVotes} then {(int)ReviewOutcome.Close}
                                   when queue = {(int)ReviewQueue.ReopenVotes} then {(int)ReviewOutcome.Reopen}
                                   else {(int)ReviewOutcome.Overtaken} end
                where id in (
                    select t.id
                    from review_tasks t
                    join posts p on p.id = t.post_id
                    join posts q on q.id = coalesce(p.question_id, p.id)
                    where t.outcome is null and t.audit is null and t.queue <> {(int)ReviewQueue.SuggestedEdits}
                      and t.post_id in (select @PostId union all select a.id from posts a where a.question_id = @PostId and a.kind = 2)
                      and (p.deleted_at is not null or q.deleted_at is not null
                           or t.queue = {(int)ReviewQueue.CloseVotes} and q.closed_at is not null
                           or t.queue = {(int)ReviewQueue.LowQuality} and p.closed_at is not null
                           or t.queue = {(int)ReviewQueue.ReopenVotes} and q.closed_at is null))
                returning id as Id, outcome as Outcome
                """, new { end.PostId, now = clock.GetUtcNow() }, token);
            foreach (var task in ended)
                await log.Record(new Act("end-review", ActSubject.Post, end.PostId) { ByItself = true, After = new { Task = task.Id, Outcome = (int)task.Outcome } }, token);
            if (ended.Count > 0)
                happened.Note(new ReviewsEnded([.. ended.Select(task => task.Id)]));
        }

        private sealed record Ended
        {
            public long Id { get; init; }
            public ReviewOutcome Outcome { get; init; }
        }
    }
}

/// <summary>Somebody reviewed a post.</summary>
public sealed record PostReviewed(long TaskId, ReviewQueue Queue, long PostId, long QuestionId, long ReviewerId, ReviewOutcome Outcome, bool IsAudit) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // What follows for the post has events of its own.
    }
}

/// <summary>Tasks came to nothing.</summary>
public sealed record ReviewsEnded(long[] Tasks) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // No page of tasks is kept.
    }
}

/// <summary>What the handlers of reviews share.</summary>
internal static class Reviewing
{
    /// <summary>A question or an answer, deleted or not: reviewers judge what they cannot see elsewhere.</summary>
    public static async Task<PostFacts> AnyPost(this Db db, long id, CancellationToken token) =>
        await db.Find<PostFacts>(
            $"""
            select p.id as Id, p.kind as Kind, p.author_id as AuthorId, p.deleted_at as DeletedAt, p.deleted_by as DeletedBy, p.deletion as Deletion, q.deletion as QuestionDeletion, p.score as Score, p.created_at as CreatedAt, q.close_reason as CloseReason, p.locked_at as LockedAt, {LockColumns.Kind("p", "q")} as Lock,
                   p.wiki_at as WikiAt, q.id as QuestionId, q.title as Title, q.author_id as AskerId, q.deleted_at as QuestionDeletedAt, q.closed_at as ClosedAt,
                   q.locked_at as QuestionLockedAt, q.answer_count as AnswerCount, coalesce(q.accepted_answer_id = p.id, 0) as IsAccepted,
                   exists (select 1 from posts a where a.question_id = q.id and a.kind = 2 and a.deleted_at is null and a.score > 0) as HasUpvotedAnswer,
                   exists (select 1 from bounties b where b.question_id = q.id and b.ended_at is null) as HasBounty
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.id = @id and p.kind in (1, 2)
            """, new { id }, token) ?? throw new NotFoundException();

    /// <summary>Writes down what somebody says of a task.</summary>
    public static Task<int> Say(this Db db, TaskFacts task, long userId, ReviewOutcome outcome, string note, bool? isRight, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            """
            insert into reviews (task_id, user_id, outcome, note, reviewed_at, is_right) values (@Id, @userId, @outcome, @note, @now, @isRight)
            on conflict (task_id, user_id) do update set outcome = excluded.outcome, note = excluded.note, reviewed_at = excluded.reviewed_at, is_right = excluded.is_right
            """, new { task.Id, userId, outcome = (int)outcome, note, now, isRight }, token);

    /// <summary>Writes down what somebody says of a task, in the log as well unless they leave it to others.</summary>
    public static async Task Review(this Db db, TaskFacts task, PostFacts post, long me, ReviewOutcome outcome, string note, bool? isRight, ModerationLog log, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Say(task, me, outcome, note, isRight, now, token);
        if (!outcome.IsReview())
            return;

        await log.Record(
            new Act("review", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Task = task.Id, Queue = (int)task.Queue, Outcome = (int)outcome, Right = isRight } }, token);
        happened.Note(new PostReviewed(task.Id, task.Queue, post.Id, post.QuestionId, me, outcome, task.IsAudit));
    }

    /// <summary>Does what follows from a test that was taken: it is dropped when it was no good one, and who failed too many is kept from reviewing.</summary>
    public static async Task Judge(this Db db, long taskId, long me, bool? isRight, ModerationLog log, ReviewSettings rules, DateTimeOffset now, CancellationToken token)
    {
        if (isRight is null || await db.DropIfBad(taskId, rules, now, token) || isRight == true)
            return;

        var failures = await db.Get<int>(
            $"""
            select count(*)
            from reviews r
            join review_tasks t on t.id = r.task_id
            where r.user_id = @me and r.reviewed_at > max(@since, coalesce((select max(starts_at) from review_suspensions where user_id = @me), 0))
              and r.is_right = 0 and t.outcome is not {(int)ReviewOutcome.Dropped}
            """, new { me, since = now - rules.FailuresWithin }, token);
        if (failures < rules.Failures)
            return;

        var last = await db.Find<Suspension>(
            "select starts_at as StartsAt, ends_at as EndsAt from review_suspensions where user_id = @me and imposed_by is null order by starts_at desc limit 1", new { me }, token);
        await db.Suspend(me, now + AuditRules.Length(last?.EndsAt - last?.StartsAt, last?.EndsAt, rules, now), null, "", log, now, token);
    }

    private sealed record Suspension
    {
        public DateTimeOffset StartsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }
    }

    /// <summary>Does what a task's reviews come to, if they do, and returns it.</summary>
    public static async Task<ReviewOutcome?> Settle(this Db db, TaskFacts task, PostFacts post, Person by, Deletions deletions, ModerationLog log, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        var reviews = await db.ReviewsOf(task.Id, token);
        // A moderator's word is enough.
        var last = by.IsModerator ? (await db.ReviewTask(task.Id, by.Id, token)).Mine : null;
        var agreed = last is ReviewOutcome.LooksOk or ReviewOutcome.Delete or ReviewOutcome.RecommendDeletion or ReviewOutcome.LeaveOpen or ReviewOutcome.LeaveClosed ? last : ReviewRules.Agreed(task.Queue, reviews, settings.Reviews);
        if (agreed is not { } outcome)
            return null;

        await db.Close(task.Id, outcome, now, token);
        await log.Record(
            new Act("end-review", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, ByItself = true, After = new { Task = task.Id, Queue = (int)task.Queue, Outcome = (int)outcome } }, token);
        var flags = (await db.WaitingFlags(post.Id, token)).Where(flag => flag.CommentId is null && flag.Kind is FlagKind.NotAnAnswer or FlagKind.VeryLowQuality).ToList();
        switch (outcome)
        {
            case ReviewOutcome.Delete or ReviewOutcome.RecommendDeletion:
                happened.Note(await deletions.Delete(post, DeletionKind.Review, null, token));
                await db.EndAll(flags, FlagState.Helpful, post, log, settings, happened, now, token);
                break;
            case ReviewOutcome.LooksOk when task.Queue == ReviewQueue.LowQuality:
                await db.EndAll(flags, FlagState.Disputed, post, log, settings, happened, now, token);
                break;
            case ReviewOutcome.LeaveOpen:
                await db.EndAll([.. (await db.WaitingFlags(post.Id, token)).Where(flag => flag.Kind == FlagKind.Close)], FlagState.Disputed, post, log, settings, happened, now, token);
                break;
            case ReviewOutcome.Edited when task.Queue == ReviewQueue.LowQuality:
                // It was of very low quality, and is not any more: that it was, costs a vote.
                var low = flags.Where(flag => flag.Kind == FlagKind.VeryLowQuality).ToList();
                if (low.FirstOrDefault(flag => flag.UserId is not null) is { UserId: { } flagger } first)
                    await db.VoteDown(first.Id, flagger, (await db.VoteTargets([post.Id], null, token)).Single(), settings, now, token);
                await db.EndAll(low, FlagState.Helpful, post, log, settings, happened, now, token);
                await db.EndAll([.. flags.Except(low)], FlagState.Disputed, post, log, settings, happened, now, token);
                break;
        }

        return outcome;
    }

    private static async Task EndAll(this Db db, List<Flag> flags, FlagState state, PostFacts post, ModerationLog log, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        if (flags.Count == 0)
            return;

        await db.End(flags, new Verdict(state), new Flagging(log, settings), now, token);
        happened.Note(FlagsDecided.Of(flags, state, post.QuestionId, null) with { PostIds = [post.Id] });
    }

    /// <summary>Keeps somebody from reviewing.</summary>
    public static async Task<long> Suspend(this Db db, long userId, DateTimeOffset until, long? by, string reason, ModerationLog log, DateTimeOffset now, CancellationToken token)
    {
        var id = await db.Get<long>(
            "insert into review_suspensions (user_id, starts_at, ends_at, imposed_by, reason) values (@userId, @now, @until, @by, @reason) returning id",
            new { userId, now, until, by, reason }, token);
        await log.Record(
            new Act("suspend-reviewer", ActSubject.User, userId) { ConcernsId = userId, ByItself = by is null, Reason = reason, After = new { Suspension = id, Until = until.ToUnixTimeMilliseconds() } }, token);
        return id;
    }

    /// <summary>Drops a test that too many failed or contest, and returns whether it is.</summary>
    public static async Task<bool> DropIfBad(this Db db, long taskId, ReviewSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var taken = await db.Get<Taken>(
            $"""
            select count(is_right) as Number, count(*) filter (where is_right = 0) as Failed, count(*) filter (where note = '{AuditVeto.Contested}') as Vetoes
            from reviews
            where task_id = @taskId
            """, new { taskId }, token);
        if (!AuditRules.IsDropped(taken.Number, taken.Failed, taken.Vetoes, rules))
            return false;

        await db.Close(taskId, ReviewOutcome.Dropped, now, token);
        return true;
    }

    private sealed record Taken
    {
        public int Number { get; init; }
        public int Failed { get; init; }
        public int Vetoes { get; init; }
    }
}
