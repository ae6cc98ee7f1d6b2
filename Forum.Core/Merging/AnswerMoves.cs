using Forum.Core.Answers;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Merging;

/// <summary>Answers that leave a question for another.</summary>
/// <param name="From">The question they leave.</param>
/// <param name="To">The one they go to.</param>
/// <param name="AnswerId">Which one; null: all.</param>
/// <param name="MergeId">With which merge; null: alone.</param>
/// <param name="By">Who moves them.</param>
/// <param name="Now">When.</param>
internal sealed record Departure(long From, long To, long? AnswerId, long? MergeId, long By, DateTimeOffset Now);

/// <summary>
/// What moving answers consists of. Votes, comments, revisions and bounties are the answer's and go with it without being touched; nobody's
/// reputation moves, also when a mark of acceptance is lost. Rules: docs/rules/merging.md.
/// </summary>
internal static class AnswerMoves
{
    /// <summary>Moves answers; returns the numbers of their moves.</summary>
    public static async Task<IReadOnlyList<long>> Move(this Db db, Departure move, CancellationToken token)
    {
        var moved = await db.Query<Moved>(
            """
            insert into moved_answers (answer_id, from_id, to_id, merge_id, moved_by, moved_at, accepted_at)
            select a.id, q.id, @To, @MergeId, @By, @Now, case when q.accepted_answer_id = a.id then q.accepted_at end
            from posts q
            join posts a on a.question_id = q.id and a.kind = 2
            where q.id = @From and (@AnswerId is null or a.id = @AnswerId)
            returning id as Id, answer_id as AnswerId
            """, move, token);
        await db.TakeAnswersFromTags(move.From, moved.Select(row => row.AnswerId), token);
        await db.Execute(
            "update posts set accepted_answer_id = null, accepted_at = null where id = @From and (@AnswerId is null or accepted_answer_id = @AnswerId)", move, token);
        await db.Execute("update posts set question_id = @To where question_id = @From and kind = 2 and (@AnswerId is null or id = @AnswerId)", move, token);
        await db.PutAnswersUnderTags(move.To, moved.Select(row => row.AnswerId), token);
        await db.Execute(
            """
            update inbox set question_id = @To
            where question_id = @From
              and post_id in (select m.answer_id from moved_answers m where m.from_id = @From and m.to_id = @To and m.moved_at = @Now and m.returned_at is null)
            """, move, token);
        await db.Relist(move.From, token);
        await db.Relist(move.To, token);
        return [.. moved.Select(row => row.Id)];
    }

    /// <summary>Brings answers back that went, those of them that are still where they went; returns how many.</summary>
    /// <param name="db">The session.</param>
    /// <param name="moves">Condition on the moves (m) that names <c>@id</c>.</param>
    /// <param name="id">Of the merge, or of the move.</param>
    /// <param name="by">Who brings them back.</param>
    public static async Task<int> Return(this Db db, string moves, long id, long by, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var back = await db.Query<Row>(
            $"""
            select m.id as Id, m.answer_id as AnswerId, m.from_id as FromId, m.to_id as ToId, m.accepted_at as AcceptedAt
            from moved_answers m
            join posts a on a.id = m.answer_id
            where {moves} and m.returned_at is null and a.question_id = m.to_id
            """, new { id }, token);
        if (back.Count == 0)
            return 0;

        var (from, to) = (back[0].FromId, back[0].ToId);
        var ids = db.Dialect.List(back.Select(row => row.AnswerId));
        // What was accepted there loses that mark, and its author nothing.
        await db.Execute(
            $"""
            insert into moved_answers (answer_id, from_id, to_id, moved_by, moved_at, accepted_at)
            select q.accepted_answer_id, q.id, @from, @by, @now, q.accepted_at
            from posts q
            where q.id = @to and {db.Dialect.InList("q.accepted_answer_id", "@ids")}
            """, new { from, to, by, now, ids }, token);
        await db.Execute(
            $"update posts set accepted_answer_id = null, accepted_at = null where id = @to and {db.Dialect.InList("accepted_answer_id", "@ids")}", new { to, ids }, token);
        await db.TakeAnswersFromTags(to, back.Select(row => row.AnswerId), token);
        await db.Execute($"update posts set question_id = @from where {db.Dialect.InList("id", "@ids")}", new { from, ids }, token);
        await db.PutAnswersUnderTags(from, back.Select(row => row.AnswerId), token);
        await db.Execute($"update inbox set question_id = @from where {db.Dialect.InList("post_id", "@ids")} and question_id = @to", new { from, to, ids }, token);
        await db.Execute($"update moved_answers set returned_at = @now where {db.Dialect.InList("id", "@moves")}", new { now, moves = db.Dialect.List(back.Select(row => row.Id)) }, token);
        if (back.FirstOrDefault(row => row.AcceptedAt is not null) is { } accepted)
            await db.AcceptAgain(accepted, rules, now, token);
        await db.Relist(from, token);
        await db.Relist(to, token);
        return back.Count;
    }

    /// <summary>Whether a question is merged into another.</summary>
    public static Task<bool> IsMerged(this Db db, long questionId, CancellationToken token) =>
        db.Get<bool>("select exists (select 1 from question_merges where source_id = @questionId and unmerged_at is null)", new { questionId }, token);

    // The mark comes back unless another answer has it by now. What it brought is there still, unless the mark was given and taken back elsewhere.
    private static async Task AcceptAgain(this Db db, Row move, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var given = await db.Execute(
            "update posts set accepted_answer_id = @AnswerId, accepted_at = @AcceptedAt where id = @FromId and accepted_answer_id is null",
            new { move.AnswerId, move.AcceptedAt, move.FromId }, token);
        var answer = await db.Acceptable(move.AnswerId, token);
        var isImported = await db.Get<bool>("select is_imported from posts where id = @FromId", new { move.FromId }, token);
        if (given == 0 && answer.AskerId is { } loser)
            await db.UndoAccept(move.AnswerId, loser, rules, now, token);
        else if (given > 0 && answer.AskerId is { } asker && !isImported)
            await db.Record(Accepts.Changes(asker, answer), rules, now, token);
    }

    private sealed record Moved
    {
        public long Id { get; init; }
        public long AnswerId { get; init; }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long AnswerId { get; init; }
        public long FromId { get; init; }
        public long ToId { get; init; }
        public DateTimeOffset? AcceptedAt { get; init; }
    }
}
