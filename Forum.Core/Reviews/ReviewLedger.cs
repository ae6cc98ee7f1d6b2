using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Reviews;

/// <summary>Tasks of the queues, for the handlers that open and end them.</summary>
internal static class ReviewLedger
{
    /// <summary>Asks people to look at a post in a queue, unless they are asked already.</summary>
    public static Task<int> OpenTask(this Db db, ReviewQueue queue, long postId, string reason, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into review_tasks (queue, post_id, reason, opened_at) values (@queue, @postId, @reason, @now) on conflict do nothing",
            new { queue = (int)queue, postId, reason, now }, token);

    /// <summary>The task, with what the person has to do with it.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<TaskFacts> ReviewTask(this Db db, long id, long? me, CancellationToken token) =>
        await db.Find<TaskFacts>(
            """
            select t.id as Id, t.queue as Queue, t.post_id as PostId, t.reason as Reason, t.opened_at as OpenedAt, t.closed_at as ClosedAt, t.outcome as Outcome, t.audit as Audit, t.edit_id as EditId,
                   r.outcome as Mine, r.note as Note, r.is_right as IsRight, case when t.queue = 4 then 0 when t.queue in (5, 6)
                        then exists (select 1 from moderation_votes m where m.post_id = t.post_id and m.user_id = @me and m.kind = t.queue - 4 and m.outcome is null)
                        else exists (select 1 from votes v where v.post_id = t.post_id and v.user_id = @me)
                             or exists (select 1 from held_votes h where h.post_id = t.post_id and h.user_id = @me) end as HasVoted
            from review_tasks t
            left join reviews r on r.task_id = t.id and r.user_id = @me
            where t.id = @id
            """, new { id, me }, token) ?? throw new NotFoundException();

    /// <summary>Somebody who wants to review in a queue.</summary>
    public static async Task<Reviewer> Reviewer(this Db db, Person person, ReviewQueue queue, DateTimeOffset now, CancellationToken token)
    {
        var facts = await db.Get<Standing>(
            $"""
            select (select count(*)
                        from reviews r
                        join review_tasks t on t.id = r.task_id
                        where r.user_id = @Id and r.reviewed_at >= @today and t.queue = @queue and r.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing}))
                {(queue == ReviewQueue.SuggestedEdits ? "+ (select count(*) from suggested_edit_reviews where user_id = @Id and given_at >= @today)" : "")} as Today,
                (select max(ends_at) from review_suspensions where user_id = @Id and lifted_at is null and ends_at > @now) as SuspendedUntil
            """, new { person.Id, queue = (int)queue, now, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) }, token);
        return new Reviewer(person, facts.Today, facts.SuspendedUntil);
    }

    /// <summary>How many tests a queue has, of good ones or of bad ones.</summary>
    public static Task<int> ReadyTests(this Db db, ReviewQueue queue, int audit, CancellationToken token) =>
        db.Get<int>("select count(*) from review_tasks where queue = @queue and outcome is null and audit = @audit", new { queue = (int)queue, audit }, token);

    /// <summary>Ends a task.</summary>
    public static Task<int> Close(this Db db, long taskId, ReviewOutcome outcome, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "update review_tasks set outcome = @outcome, closed_at = @now where id = @taskId and outcome is null",
            new { taskId, outcome = (int)outcome, now }, token);

    /// <summary>What was said of a task.</summary>
    public static Task<IReadOnlyList<ReviewOutcome>> ReviewsOf(this Db db, long taskId, CancellationToken token) =>
        db.Query<ReviewOutcome>("select outcome from reviews where task_id = @taskId", new { taskId }, token);

    private sealed record Standing
    {
        public int Today { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }
    }
}
