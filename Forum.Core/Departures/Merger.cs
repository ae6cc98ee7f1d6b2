using Forum.Core.Badges;
using Forum.Core.Closing;
using Forum.Core.Moderation;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>
/// What follows when an account becomes one with another of the same person: everything goes over, but for what one person cannot do twice
/// or for themselves. Scoped. Rules: docs/rules/departures.md, section 4.
/// </summary>
internal sealed class Merger(Db db, SharedSteps shared, ForumSettings settings, Happened happened, TimeProvider clock)
{
    private static readonly string Accepts = $"{(int)ReputationKind.AnswerAccepted}, {(int)ReputationKind.AcceptedAnswer}";

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What an account brings along that is a matter of people, not of what they did. Before it begins.</summary>
    public async Task TakeAlong(long id, long into, CancellationToken token)
    {
        var network = await db.Find<long?>("select network_id from users where id = @id", new { id }, token);
        await db.Execute(
            """
            update users
            set created_at = min(users.created_at, o.created_at), seen_at = max(users.seen_at, o.seen_at), longest_streak = max(users.longest_streak, o.longest_streak),
                legacy_views = users.legacy_views + o.legacy_views, legacy_up_votes = users.legacy_up_votes + o.legacy_up_votes,
                legacy_down_votes = users.legacy_down_votes + o.legacy_down_votes
            from users o
            where users.id = @into and o.id = @id
            """,
            new { id, into }, token);
        await db.Execute("update users set network_id = null where id = @id", new { id }, token);
        await db.Execute("update users set network_id = coalesce(network_id, @network) where id = @into", new { into, network }, token);
    }

    /// <summary>What is done, in this order. Each step does a piece of it and says how much that was.</summary>
    public IReadOnlyList<Func<Task<int>>> Steps(Departure departure, CancellationToken token)
    {
        var (id, into) = (departure.UserId, departure.IntoId!.Value);
        return
        [
            () => MoveVotes(id, into, token),
            () => MoveCommentVotes(id, into, token),
            () => MoveSynonymVotes(id, into, token),
            () => EndDoubleModerationVotes(id, into, token),
            () => PassPostsOn(id, into, token),
            () => MoveLedger(id, into, token),
            () => MoveCauses(id, into, token),
            () => MoveBadges(id, into, token),
            () => MoveSaves(id, into, token),
            () => MoveCancellations(id, into, token),
            () => db.Execute("update saved_filters set is_home = 0 where user_id = @id and is_home = 1", new { id }, token),
            () => MoveReturn(id, into, token),
            () => shared.Fates(departure, token),
            () => Finish(departure, token),
        ];
    }

    private async Task<int> MoveVotes(long id, long into, CancellationToken token)
    {
        var next = await db.Query<VoteOn>(
            $"""
            select v.post_id as PostId, coalesce(p.author_id in (@id, @into), 0) or exists (select 1 from votes o where o.post_id = v.post_id and o.user_id = @into) as IsDouble
            from votes v
            join posts p on p.id = v.post_id
            where v.user_id = @id
            order by v.cast_at
            limit {SharedSteps.Few}
            """, new { id, into }, token);
        if (next.Count == 0)
            return 0;

        await shared.TakeOut(id, [.. next.Where(vote => vote.IsDouble).Select(vote => vote.PostId)], AdjustmentReason.AccountsMerged, token);
        long[] posts = [.. next.Where(vote => !vote.IsDouble).Select(vote => vote.PostId)];
        await db.Execute($"update votes set user_id = @into where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, into, posts }, token);
        await db.Execute(
            $"""
            update reputation_events
            set cause_id = @into, user_id = case user_id when @id then @into else user_id end
            where {db.Dialect.In("post_id", "@posts")} and cause_id = @id and kind in ({SharedSteps.VoteKinds})
            """, new { id, into, posts }, token);
        return next.Count;
    }

    private async Task<int> MoveCommentVotes(long id, long into, CancellationToken token)
    {
        var votes = await db.Query<VoteOn>(
            $"""
            select v.comment_id as PostId, coalesce(c.author_id in (@id, @into), 0) or exists (select 1 from comment_votes o where o.comment_id = v.comment_id and o.user_id = @into) as IsDouble
            from comment_votes v
            join comments c on c.id = v.comment_id
            where v.user_id = @id
            limit {SharedSteps.Some}
            """, new { id, into }, token);
        if (votes.Count > 0)
        {
            await shared.TakeCommentVotes(id, [.. votes.Where(vote => vote.IsDouble).Select(vote => vote.PostId)], token);
            long[] moved = [.. votes.Where(vote => !vote.IsDouble).Select(vote => vote.PostId)];
            await db.Execute($"update comment_votes set user_id = @into where user_id = @id and {db.Dialect.In("comment_id", "@moved")}", new { id, into, moved }, token);
            return votes.Count;
        }

        // The other's votes for comments that are about to be theirs.
        var own = await db.Query<long>(
            $"select v.comment_id from comments c join comment_votes v on v.comment_id = c.id and v.user_id = @into where c.author_id = @id limit {SharedSteps.Some}", new { id, into }, token);
        return await shared.TakeCommentVotes(into, own, token);
    }

    private async Task<int> MoveSynonymVotes(long id, long into, CancellationToken token)
    {
        var synonyms = await db.Query<long>($"select synonym_id from tag_synonym_votes where user_id = @id limit {SharedSteps.Some}", new { id }, token);
        if (synonyms.Count == 0)
            return 0;
        await db.Execute(
            """
            delete from tag_synonym_votes
            where user_id = @id and synonym_id in (select o.synonym_id from tag_synonym_votes o where o.user_id = @into)
            """, new { id, into }, token);
        await db.Execute("update tag_synonym_votes set user_id = @into where user_id = @id", new { id, into }, token);
        await shared.CountSynonymVotes(synonyms, token);
        return synonyms.Count;
    }

    private async Task<int> EndDoubleModerationVotes(long id, long into, CancellationToken token)
    {
        var votes = await shared.WaitingVotes(id, into, token);
        await shared.End(id, votes, ModerationVoteOutcome.Overtaken, token);
        return votes.Count;
    }

    private async Task<int> PassPostsOn(long id, long into, CancellationToken token)
    {
        var posts = await shared.Posts(id, token);
        if (posts.Count == 0)
            return 0;

        long[] ids = [.. posts.Select(post => post.Id)];
        var own = await db.Query<long>($"select post_id from votes where user_id = @into and {db.Dialect.In("post_id", "@ids")}", new { into, ids }, token);
        await shared.TakeOut(into, own, AdjustmentReason.AccountsMerged, token);
        await DropAcceptsBetween(ids, into, token);
        await shared.PassOn(posts, id, into, token);
        return posts.Count;
    }

    // Whoever accepts their own answer gets nothing for it; the mark stays.
    private async Task DropAcceptsBetween(long[] ids, long into, CancellationToken token)
    {
        var accepts = await db.Query<Accept>(
            $"""
            select a.id as AnswerId, q.author_id as AskerId
            from posts a
            join posts q on q.accepted_answer_id = a.id
            where {db.Dialect.In("a.id", "@ids")} and q.author_id = @into
            union
            select a.id, q.author_id
            from posts q
            join posts a on a.id = q.accepted_answer_id
            where {db.Dialect.In("q.id", "@ids")} and a.author_id = @into
            """, new { ids, into }, token);
        foreach (var accept in accepts)
        {
            await db.Undo(
                accept.AnswerId, accept.AskerId, [ReputationKind.AnswerAccepted, ReputationKind.AcceptedAnswer], AdjustmentReason.AccountsMerged, settings.Reputation, Now, token);
        }
    }

    // The lines go over as they are, and are folded together at the end. An answer that two questions took from each other can have been
    // accepted by both: it is accepted once.
    private Task<int> MoveLedger(long id, long into, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set user_id = @into,
                state = case
                    when state = 0 and kind in ({Accepts}) and exists (
                        select 1 from reputation_events o
                        where o.post_id = reputation_events.post_id and o.user_id = @into and o.kind = reputation_events.kind and o.cause_id = reputation_events.cause_id and o.state = 0) then 1
                    else state end
            where id in (select id from reputation_events where user_id = @id limit {SharedSteps.Some})
            """, new { id, into }, token);

    private Task<int> MoveCauses(long id, long into, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set cause_id = case
                when state = 0 and exists (
                    select 1 from reputation_events o
                    where o.post_id = reputation_events.post_id and o.user_id = reputation_events.user_id and o.kind = reputation_events.kind and o.cause_id = @into and o.state = 0) then null
                else @into end
            where id in (select id from reputation_events where cause_id = @id limit {SharedSteps.Some})
            """, new { id, into }, token);

    private async Task<int> MoveBadges(long id, long into, CancellationToken token)
    {
        var badges = await shared.Badges(id, token);
        foreach (var badge in badges)
        {
            await db.CountBadge(id, badge.BadgeId, -1, token);
            var moved = await db.Execute(
                """
                update user_badges
                set user_id = @into
                where id = @Id and not exists (select 1 from user_badges o where o.user_id = @into and o.badge_id = user_badges.badge_id and o.thing = user_badges.thing)
                """, new { badge.Id, into }, token);
            if (moved > 0)
                await db.CountBadge(into, badge.BadgeId, +1, token);
            else
                await db.Execute("delete from user_badges where id = @Id", new { badge.Id }, token);
        }

        return badges.Count;
    }

    private async Task<int> MoveSaves(long id, long into, CancellationToken token)
    {
        var posts = await db.Query<long>($"select post_id from saves where user_id = @id limit {SharedSteps.Some}", new { id }, token);
        if (posts.Count == 0)
            return 0;
        await shared.DropSaves(
            id, await db.Query<long>($"select post_id from saves where user_id = @into and {db.Dialect.In("post_id", "@posts")}", new { into, posts }, token), token);
        await db.Execute($"update saves set user_id = @into where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, into, posts }, token);
        return posts.Count;
    }

    private async Task<int> MoveCancellations(long id, long into, CancellationToken token)
    {
        // Votes for oneself were nothing to judge.
        await shared.DropCancellations(
            await db.Query<long>(
                "select id from vote_cancellations where voter_id = @id and author_id = @into union all select id from vote_cancellations where voter_id = @into and author_id = @id",
                new { id, into }, token), token);
        var moved = await db.Execute($"update cancelled_votes set user_id = @into where (cancellation_id, post_id) in (select cancellation_id, post_id from cancelled_votes where user_id = @id limit {SharedSteps.Many})", new { id, into }, token);
        moved += await db.Execute("update vote_cancellations set voter_id = @into where voter_id = @id", new { id, into }, token);
        return moved + await db.Execute("update vote_cancellations set author_id = @into where author_id = @id", new { id, into }, token);
    }

    // Who came back twice came back.
    private async Task<int> MoveReturn(long id, long into, CancellationToken token)
    {
        await db.Execute("delete from returned_people where user_id = @id and exists (select 1 from returned_people o where o.user_id = @into)", new { id, into }, token);
        await db.Execute("update returned_people set user_id = @into where user_id = @id", new { id, into }, token);
        return 0;
    }

    private async Task<int> Finish(Departure departure, CancellationToken token)
    {
        var (id, into) = (departure.UserId, departure.IntoId!.Value);
        // Something may have been written meanwhile by who knew the one account still.
        if (await db.Get<bool>(
            "select exists (select 1 from reputation_events where user_id = @id) or exists (select 1 from votes where user_id = @id) or exists (select 1 from posts where author_id = @id)", new { id }, token))
        {
            await db.Execute("update departures set step = 0, cursor = 0 where id = @Id", new { departure.Id }, token);
            return 1;
        }

        await shared.CloseLedger(id, token);
        await db.Execute(
            "update users set reputation = 1 + (select coalesce(sum(e.applied), 0) from reputation_events e where e.user_id = @into) where id = @into", new { into }, token);
        await db.Recalculate([into], settings.Reputation, Now, token, AdjustmentReason.AccountsMerged);
        await db.Execute(
            """
            update users
            set suspended_until = (select case when s.lifted_at is null then s.ends_at end from suspensions s where s.user_id = @into order by s.id desc limit 1)
            where id = @into and exists (select 1 from suspensions s where s.user_id = @into)
            """, new { into }, token);
        happened.Note(new ReputationsRecalculated(1));
        return 0;
    }

    private sealed record VoteOn
    {
        public long PostId { get; init; }
        public bool IsDouble { get; init; }
    }

    private sealed record Accept
    {
        public long AnswerId { get; init; }
        public long AskerId { get; init; }
    }
}
