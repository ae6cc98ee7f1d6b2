using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Fairness;

/// <summary>Votes of one person for another that are to be taken out.</summary>
/// <param name="VoterId">Who cast them.</param>
/// <param name="AuthorId">Whose posts they are on.</param>
/// <param name="PostIds">The posts.</param>
/// <param name="Reason">What the ledger says.</param>
/// <param name="By">The moderator; null when nobody did.</param>
/// <param name="Note">What the moderator says of it.</param>
internal sealed record Cancellation(long VoterId, long AuthorId, IReadOnlyCollection<long> PostIds, AdjustmentReason Reason, long? By = null, string Note = "");

/// <summary>
/// Taking votes out, and putting them back: scores, lists and reputation are afterwards what they would be had they never been cast,
/// or never been taken out. Inside the caller's transaction.
/// </summary>
internal static class CancelledVotes
{
    /// <summary>Takes votes out and keeps them aside; null when there are none any more.</summary>
    public static async Task<VotesCancelled?> Cancel(this Db db, Cancellation cancel, Happened happened, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var posts = (await db.VoteTargets(cancel.PostIds, cancel.VoterId, token)).Where(post => post.Counted != 0).ToList();
        if (posts.Count == 0)
            return null;

        long[] ids = [.. posts.Select(post => post.Id)];
        var id = await db.Get<long>(
            """
            insert into vote_cancellations (voter_id, author_id, reason, cancelled_by, cancelled_at, votes, note)
            values (@VoterId, @AuthorId, @reason, @By, @now, @votes, @Note)
            returning id
            """,
            new { cancel.VoterId, cancel.AuthorId, reason = (int)cancel.Reason, cancel.By, now, votes = ids.Length, cancel.Note }, token);
        await db.Execute(
            $"""
            insert into cancelled_votes (cancellation_id, post_id, user_id, direction, cast_at, counted_at)
            select @id, post_id, user_id, direction, cast_at, counted_at
            from votes
            where user_id = @VoterId and {db.Dialect.In("post_id", "@ids")}
            """,
            new { id, cancel.VoterId, ids }, token);
        await db.TakeOut(posts, cancel.VoterId, cancel.Reason, happened, rules, now, token);
        var cancelled = new VotesCancelled(id, cancel.VoterId, cancel.AuthorId, ids.Length);
        happened.Note(cancelled);
        return cancelled;
    }

    /// <summary>Takes a person's votes on some posts out for good: what they did to scores, lists and reputation is as if they had never been cast.</summary>
    public static async Task TakeOut(
        this Db db, IReadOnlyCollection<VoteTarget> posts, long voter, AdjustmentReason reason, Happened happened, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        long[] ids = [.. posts.Select(post => post.Id)];
        await db.Execute($"delete from votes where user_id = @voter and {db.Dialect.In("post_id", "@ids")}", new { voter, ids }, token);
        foreach (var post in posts)
            await db.Rescore(post, -(int)post.Mine!, token);

        await db.Undo(ids, voter, VoteLedger.Kinds, reason, rules, now, token);
        // A deleted post's author may have kept what it brought for a score that it no longer has.
        await db.FollowScores([.. posts.Where(post => post.IsDeleted).Select(post => post.Id)], voter, reason, rules, now, token);

        foreach (var post in posts)
            happened.Note(new VoteRetracted(post.Id, post.QuestionId, post.AuthorId, voter));
    }

    /// <summary>Puts votes back, except where the person voted anew, and returns how many.</summary>
    public static async Task<int> Restore(this Db db, long cancellationId, long voter, Happened happened, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var back = await db.Query<long>(
            """
            insert into votes (post_id, user_id, direction, cast_at, counted_at)
            select post_id, user_id, direction, cast_at, counted_at
            from cancelled_votes c
            where cancellation_id = @cancellationId
              and not exists (select 1 from held_votes h where h.post_id = c.post_id and h.user_id = c.user_id)
            on conflict do nothing
            returning post_id
            """,
            new { cancellationId }, token);
        if (back.Count == 0)
            return 0;

        var posts = await db.VoteTargets(back, voter, token);
        foreach (var post in posts)
            await db.Rescore(post, (int)post.Mine!, token);

        // Of a vote that was cast and taken back in the same instant before, the last one.
        var events = await db.Query<long>(
            $"""
            select max(e.id)
            from cancelled_votes c
            join reputation_events e on e.post_id = c.post_id and e.cause_id = c.user_id and e.at = coalesce(c.counted_at, c.cast_at) and e.state = 1
            where c.cancellation_id = @cancellationId and {db.Dialect.In("c.post_id", "@back")}
              and (c.direction = 1 and e.kind in ({(int)ReputationKind.QuestionUpvoted}, {(int)ReputationKind.AnswerUpvoted})
                   or c.direction = -1 and e.kind in ({(int)ReputationKind.PostDownvoted}, {(int)ReputationKind.AnswerDownvoteCast}))
            group by e.user_id, e.kind, e.post_id
            """,
            new { cancellationId, back }, token);
        await db.Redo(events, back, voter, AdjustmentReason.VotesRestored, rules, now, token);

        foreach (var post in posts)
            happened.Note(new VoteCast(post.Id, post.QuestionId, post.AuthorId, voter, post.Mine!.Value));
        return back.Count;
    }
}

/// <summary>Votes of one person for another were taken out. Each of them is a <see cref="VoteRetracted"/> besides.</summary>
public sealed record VotesCancelled(long CancellationId, long VoterId, long AuthorId, int Votes) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(VoterId).Profile(AuthorId).People();
}
