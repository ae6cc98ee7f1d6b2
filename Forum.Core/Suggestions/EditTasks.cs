using Forum.Core.Locks;
using Forum.Core.Reviews;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Suggestions;

/// <summary>
/// Which decided edits reviewers are tested with, as conditions on a suggested edit <c>s</c>, its post <c>p</c> and that one's question <c>q</c>. Rules:
/// docs/rules/reviews.md, section 5.
/// </summary>
internal static class KnownEdits
{
    private static readonly string Worthless = string.Join(", ", SuggestedEdits.Worthless.Select(reason => $"'{reason}'"));

    // What the reader must be able to see and edit as if it waited: a question or an answer that is there, of which nothing is hidden.
    private static readonly string Readable =
        $"""
        s.redaction_id is null and p.kind in (1, 2) and p.deleted_at is null and q.deleted_at is null and not {LockColumns.Stops("p", "q", LockedAct.Edit)}
          and not exists (select 1 from revisions h where h.post_id = p.id and h.redaction_id is not null)
        """;

    private static readonly string Good =
        $"""
        s.outcome = {(int)SuggestionOutcome.Approved}
          and not exists (select 1 from suggested_edit_reviews v where v.edit_id = s.id and v.verdict = {(int)Verdict.Reject})
          and not exists (select 1 from revisions b where b.post_id = p.id and b.number > s.revision and b.rollback_to <= s.revision)
        """;

    private static readonly string Bad =
        $"""
        s.outcome = {(int)SuggestionOutcome.Rejected} and s.reason in ({Worthless})
          and not exists (select 1 from suggested_edit_reviews v where v.edit_id = s.id and (v.verdict = {(int)Verdict.Approve} or v.reason not in ({Worthless})))
        """;

    /// <summary>Edits that are known to be good (1) or bad (−1).</summary>
    public static string Of(int audit) => $"{Readable} and {(audit > 0 ? Good : Bad)}";

    /// <summary>Whether the edit of a test <c>t</c> is still what it was chosen for.</summary>
    public static string OfTest { get; } = $"{Readable} and case when t.audit > 0 then {Good} else {Bad} end";
}

/// <summary>Tasks of the queue of suggested edits, for the handlers that open, show and end them.</summary>
internal static class EditTasks
{
    // Twelve digits by chance: neither a neighbour's nor the order of two says which is older.
    private const string NewTicket = "abs(random() % 900000000000) + 100000000000";

    // Tests are chosen from so many of the newest decisions.
    private const int LookedAt = 200;

    /// <summary>Asks reviewers for what they think of an edit.</summary>
    public static Task<int> OpenEditTask(this Db db, long editId, long postId, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            $"insert into review_tasks (queue, post_id, opened_at, edit_id, ticket) values ({(int)ReviewQueue.SuggestedEdits}, @postId, @now, @editId, {NewTicket})",
            new { editId, postId, now }, token);

    /// <summary>Ends the tasks of edits that are decided by now; tests stay.</summary>
    /// <param name="db">The session.</param>
    /// <param name="which">Of which tasks <c>t</c>, as a condition.</param>
    /// <param name="parameters">The condition's.</param>
    /// <param name="token">Ends the wait.</param>
    public static Task<int> EndEditTasks(this Db db, string which, object parameters, CancellationToken token) =>
        db.Execute(
            $"""
            update review_tasks
            set closed_at = ended.decided_at,
                outcome = case ended.outcome when {(int)SuggestionOutcome.Approved} then {(int)ReviewOutcome.Approved}
                                             when {(int)SuggestionOutcome.Improved} then {(int)ReviewOutcome.Improved}
                                             when {(int)SuggestionOutcome.Rejected} then {(int)ReviewOutcome.Rejected}
                                             else {(int)ReviewOutcome.Overtaken} end
            from (
                select t.id, s.outcome, s.decided_at
                from review_tasks t
                join suggested_edits s on s.id = t.edit_id and s.outcome is not null
                where t.audit is null and t.outcome is null and {which}) ended
            where review_tasks.id = ended.id
            """, parameters, token);

    /// <summary>The task with this ticket, with what the person has to do with it; null when there is none.</summary>
    public static async Task<TaskFacts?> EditTask(this Db db, long ticket, long? me, CancellationToken token) =>
        await db.Find<long?>("select id from review_tasks where ticket = @ticket", new { ticket }, token) is { } id ? await db.ReviewTask(id, me, token) : null;

    /// <summary>Whether the edit of a test is still known to be good or bad.</summary>
    public static Task<bool> IsKnown(this Db db, TaskFacts test, CancellationToken token) =>
        db.Get<bool>(
            $"""
            select exists (
                select 1
                from suggested_edits s
                join posts p on p.id = s.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where s.id = @EditId and {KnownEdits.Of(test.Audit ?? 0)})
            """, new { test.EditId }, token);

    /// <summary>Drops the tests whose edits are no longer known to be good or bad: rolled back, deleted with the post, hidden.</summary>
    public static Task<IReadOnlyList<long>> DropEditTests(this Db db, DateTimeOffset now, CancellationToken token) =>
        db.Query<long>(
            $"""
            update review_tasks
            set outcome = {(int)ReviewOutcome.Dropped}, closed_at = @now
            where id in (
                select t.id
                from review_tasks t
                join suggested_edits s on s.id = t.edit_id
                join posts p on p.id = s.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where t.queue = {(int)ReviewQueue.SuggestedEdits} and t.outcome is null and t.audit is not null and not ({KnownEdits.OfTest}))
            returning id
            """, new { now }, token);

    /// <summary>Makes tests of edits that were decided of late, until so many are ready: one of a post at a time, and of an edit once.</summary>
    public static async Task ChooseEditTests(this Db db, int audit, int wanted, DateTimeOffset now, CancellationToken token)
    {
        var ready = await db.ReadyTests(ReviewQueue.SuggestedEdits, audit, token);
        if (ready >= wanted)
            return;

        await db.Execute(
            $"""
            insert into review_tasks (queue, post_id, opened_at, audit, edit_id, ticket)
            select {(int)ReviewQueue.SuggestedEdits}, found.post_id, @now, @audit, found.id, {NewTicket}
            from (
                select max(s.id) as id, s.post_id
                from (select id from suggested_edits where outcome = @outcome order by decided_at desc limit {LookedAt}) d
                join suggested_edits s on s.id = d.id
                join posts p on p.id = s.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where {KnownEdits.Of(audit)} and not exists (select 1 from review_tasks t where t.edit_id = s.id and t.audit is not null)
                group by s.post_id) found
            where not exists (select 1 from review_tasks t where t.post_id = found.post_id and t.queue = {(int)ReviewQueue.SuggestedEdits} and t.audit is not null and t.outcome is null)
            order by found.id desc
            limit @missing
            """, new { audit, now, outcome = (int)(audit > 0 ? SuggestionOutcome.Approved : SuggestionOutcome.Rejected), missing = wanted - ready }, token);
    }
}
