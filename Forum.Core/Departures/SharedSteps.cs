using Forum.Core.Badges;
using Forum.Core.Closing;
using Forum.Core.Fairness;
using Forum.Core.Moderation;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>What <see cref="Erasure"/> and <see cref="Merger"/> both do with what an account leaves behind. Scoped.</summary>
internal sealed class SharedSteps(Db db, DuplicateProposals proposals, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    /// <summary>No piece holds the writer for long: so many at a time of what moves reputation…</summary>
    public const int Few = 10;

    /// <summary>…of what moves a count…</summary>
    public const int Some = 50;

    /// <summary>…and of rows of a list.</summary>
    public const int Many = 200;

    /// <summary>The kinds of what votes bring, as SQL lists them.</summary>
    public static readonly string VoteKinds = string.Join(", ", VoteLedger.Kinds.Select(kind => (int)kind));

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes out somebody's votes for some posts, with all they brought.</summary>
    public async Task<int> TakeOut(long voter, IReadOnlyCollection<long> posts, AdjustmentReason reason, CancellationToken token)
    {
        if (posts.Count == 0)
            return 0;
        var targets = (await db.VoteTargets(posts, voter, token)).Where(post => post.Mine is not null).ToList();
        await db.TakeOut(targets, voter, reason, happened, settings.Reputation, Now, token);
        // A tag's texts are not voted on; should a row be there, it goes.
        if (targets.Count < posts.Count)
            await db.Execute($"delete from votes where user_id = @voter and {db.Dialect.In("post_id", "@posts")}", new { voter, posts }, token);
        return posts.Count;
    }

    /// <summary>Takes out somebody's votes for some comments.</summary>
    public async Task<int> TakeCommentVotes(long voter, IReadOnlyList<long> comments, CancellationToken token)
    {
        if (comments.Count == 0)
            return 0;
        await db.Execute($"delete from comment_votes where user_id = @voter and {db.Dialect.In("comment_id", "@comments")}", new { voter, comments }, token);
        await db.Execute($"update comments set score = score - 1 where {db.Dialect.In("id", "@comments")}", new { comments }, token);
        await Note(voter, await db.Query<long>($"select distinct post_id from comments where {db.Dialect.In("id", "@comments")}", new { comments }, token), token);
        return comments.Count;
    }

    /// <summary>The next few votes to close and the like that wait.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="into">Of a merge: only where this person has such a vote too.</param>
    public Task<IReadOnlyList<WaitingVote>> WaitingVotes(long id, long? into, CancellationToken token) =>
        db.Query<WaitingVote>(
            $"""
            select v.id as Id, v.post_id as PostId, coalesce(p.question_id, p.id) as QuestionId, v.kind as Kind
            from moderation_votes v
            join posts p on p.id = v.post_id
            {(into is null ? "" : "join moderation_votes o on o.post_id = v.post_id and o.user_id = @into and o.kind = v.kind and o.outcome is null")}
            where v.user_id = @id and v.outcome is null
            limit {Few}
            """, new { id, into }, token);

    /// <summary>Ends such votes.</summary>
    public async Task End(long id, IReadOnlyList<WaitingVote> votes, ModerationVoteOutcome outcome, CancellationToken token)
    {
        foreach (var vote in votes)
        {
            await db.Execute("update moderation_votes set ended_at = @Now, outcome = @outcome where id = @Id", new { vote.Id, Now, outcome = (int)outcome }, token);
            await log.Record(
                new Act("retract-" + ModerationVotes.ActOf(vote.Kind), ActSubject.Post, vote.PostId) { ConcernsId = id, Before = new { Vote = vote.Id }, ByItself = true }, token);
            if (vote.Kind == ModerationVoteKind.Close)
                await proposals.Keep(vote.PostId, Now, token);
            happened.Note(new ModerationVoteRetracted(vote.PostId, vote.QuestionId, id, vote.Kind));
        }
    }

    /// <summary>Counts the votes for some synonyms anew.</summary>
    public Task<int> CountSynonymVotes(IReadOnlyList<long> synonyms, CancellationToken token) =>
        db.Execute(
            $"""
            update tag_synonyms
            set score = (select coalesce(sum(v.direction), 0) from tag_synonym_votes v where v.synonym_id = tag_synonyms.id)
            where {db.Dialect.In("id", "@synonyms")}
            """, new { synonyms }, token);

    /// <summary>The next few posts that are the person's still.</summary>
    public Task<IReadOnlyList<Post>> Posts(long id, CancellationToken token) =>
        db.Query<Post>(
            $"select id as Id, coalesce(question_id, id) as QuestionId, kind as Kind, is_listed as IsListed from posts where author_id = @id limit {Few}", new { id }, token);

    /// <summary>Makes posts nobody's, or the other's; counts follow at once, scores by tag soon after.</summary>
    public async Task PassOn(IReadOnlyList<Post> posts, long id, long? into, CancellationToken token)
    {
        long[] ids = [.. posts.Select(post => post.Id)];
        await db.Execute(
            $"update posts set author_id = @into, author_name = case when @into is null then @name else author_name end where {db.Dialect.In("id", "@ids")}",
            new { ids, into, name = Leaving.NameOf(id) }, token);
        var counts = new { id, into, questions = posts.Count(post => post is { Kind: 1, IsListed: true }), answers = posts.Count(post => post is { Kind: 2, IsListed: true }) };
        await db.Execute("update users set question_count = question_count - @questions, answer_count = answer_count - @answers where id = @id", counts, token);
        await db.Execute("update users set question_count = question_count + @questions, answer_count = answer_count + @answers where id = @into", counts, token);
        happened.Note(new TextsPassedOn(id, into, ids, [.. posts.Select(post => post.QuestionId)]));
    }

    /// <summary>The next few badges of a person.</summary>
    public Task<IReadOnlyList<Held>> Badges(long id, CancellationToken token) =>
        db.Query<Held>($"select id as Id, badge_id as BadgeId from user_badges where user_id = @id limit {Few}", new { id }, token);

    /// <summary>Takes some posts out of what somebody saved.</summary>
    public async Task DropSaves(long id, IReadOnlyList<long> posts, CancellationToken token)
    {
        if (posts.Count == 0)
            return;
        await db.Execute($"delete from saves where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, posts }, token);
        await db.Execute($"update posts set save_count = save_count - 1 where {db.Dialect.In("id", "@posts")}", new { posts }, token);
        await Note(id, posts, token);
    }

    /// <summary>Forgets that moderators took out some votes.</summary>
    public async Task DropCancellations(IReadOnlyList<long> some, CancellationToken token)
    {
        if (some.Count == 0)
            return;
        await db.Execute($"delete from cancelled_votes where {db.Dialect.In("cancellation_id", "@some")}", new { some }, token);
        await db.Execute($"delete from vote_cancellations where {db.Dialect.In("id", "@some")}", new { some }, token);
    }

    /// <summary>Leaves an account without reputation.</summary>
    public async Task<int> CloseLedger(long id, CancellationToken token)
    {
        await db.Execute("delete from reputation_days where user_id = @id", new { id }, token);
        await db.Execute("update users set reputation = 1, suspended_until = null where id = @id", new { id }, token);
        return 0;
    }

    /// <summary>Does what <see cref="Fate.All"/> says to everything whose row is all there is to it, one column after the other; the cursor says which.</summary>
    public async Task<int> Fates(Departure departure, CancellationToken token)
    {
        if (departure.Cursor >= Fate.All.Count)
            return 0;

        var fate = Fate.All[(int)departure.Cursor];
        var does = departure.Kind == DepartureKind.Merged ? fate.OnMerge : fate.OnErasure;
        if (does is Becomes.Keep or Becomes.Step || await Do(fate, does, departure, token) == 0)
            await db.Execute("update departures set cursor = cursor + 1 where id = @Id", new { departure.Id }, token);
        return 1;
    }

    private async Task<int> Do(Fate fate, Becomes does, Departure departure, CancellationToken token)
    {
        var rows = $"({fate.Key}) in (select {fate.Key} from {fate.Table} where {fate.Field} = @UserId limit {Many})";
        var parameters = new { departure.UserId, departure.IntoId, name = Leaving.NameOf(departure.UserId) };
        if (does == Becomes.Delete)
            return await db.Execute($"delete from {fate.Table} where {rows}", parameters, token);

        if (does == Becomes.MoveUnlessThere)
        {
            await db.Execute(
                $"delete from {fate.Table} where {fate.Field} = @UserId and exists (select 1 from {fate.Table} o where o.{fate.Field} = @IntoId and o.{fate.Once} = {fate.Table}.{fate.Once})",
                parameters, token);
        }

        var becomes = does switch
        {
            Becomes.Anonymise => $"{fate.Field} = null, {fate.Name} = @name",
            Becomes.Forget => $"{fate.Field} = null",
            _ => $"{fate.Field} = @IntoId",
        };
        if (fate.Post is not { } post)
            return await db.Execute($"update {fate.Table} set {becomes} where {rows}", parameters, token);

        var posts = await db.Query<long>($"update {fate.Table} set {becomes} where {rows} returning {post}", parameters, token);
        await Note(departure.UserId, posts, token, departure.IntoId);
        return posts.Count;
    }

    /// <summary>Makes the pages old that show some posts.</summary>
    public async Task Note(long id, IReadOnlyList<long> posts, CancellationToken token, long? into = null)
    {
        if (posts.Count == 0)
            return;
        var named = await db.Query<Post>(
            $"select id as Id, coalesce(question_id, id) as QuestionId from posts where {db.Dialect.In("id", "@posts")}", new { posts = posts.Distinct().ToArray() }, token);
        happened.Note(new TextsPassedOn(id, into, [.. named.Select(post => post.Id)], [.. named.Select(post => post.QuestionId)]));
    }

    public sealed record WaitingVote
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public long QuestionId { get; init; }
        public ModerationVoteKind Kind { get; init; }
    }

    public sealed record Post
    {
        public long Id { get; init; }
        public long QuestionId { get; init; }
        public int Kind { get; init; }
        public bool IsListed { get; init; }
    }

    public sealed record Held
    {
        public long Id { get; init; }
        public long BadgeId { get; init; }
    }
}
