using Forum.Core.Locks;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Voting;

/// <summary>What the rules of voting need to know, for handlers and pages alike.</summary>
internal static class VoteLookups
{
    /// <summary>Questions and answers with the vote a person has on each; those that do not exist are left out.</summary>
    public static Task<IReadOnlyList<VoteTarget>> VoteTargets(this Db db, IReadOnlyCollection<long> postIds, long? userId, CancellationToken token) =>
        db.Query<VoteTarget>(
            $"""
            select p.id as Id, p.kind = 1 as IsQuestion, coalesce(p.question_id, p.id) as QuestionId, p.author_id as AuthorId, p.score as Score,
                   p.edited_at as EditedAt, p.deleted_at is not null or q.deleted_at is not null as IsDeleted, coalesce(p.deletion, q.deletion) as Deletion,
                   {LockColumns.Stops("p", "q", LockedAct.Vote)} as IsLocked, p.wiki_at is not null as IsWiki, coalesce(v.direction, h.direction) as Mine, coalesce(v.cast_at, h.cast_at) as CastAt,
                   h.counts_at as HeldUntil
            from posts p
            left join posts q on q.id = p.question_id
            left join votes v on v.post_id = p.id and v.user_id = @userId
            left join held_votes h on h.post_id = p.id and h.user_id = @userId
            where {db.Dialect.In("p.id", "@postIds")} and p.kind in (1, 2)
            """,
            new { postIds, userId }, token);

    /// <summary>The one post there must be.</summary>
    /// <exception cref="NotFoundException">There is no such question or answer.</exception>
    public static async Task<VoteTarget> VoteTarget(this Db db, long postId, long userId, CancellationToken token) =>
        (await db.VoteTargets([postId], userId, token)).SingleOrDefault() ?? throw new NotFoundException();

    /// <summary>
    /// The votes a person cast today, on posts and on comments, by one statement. Those on posts are only read when they can keep
    /// the person from another: while there are fewer than any day allows, their number is enough to know.
    /// </summary>
    public static async Task<Ballot> Ballot(this Db db, Person me, LimitSettings limits, DateTimeOffset now, CancellationToken token)
    {
        var votes = await db.Query<VoteToday>(
            """
            with cast_today as (
                select post_id, cast_at from votes where user_id = @Id and cast_at >= @today
                union all
                select post_id, cast_at from held_votes where user_id = @Id and cast_at >= @today)
            select v.post_id as PostId, p.kind = 1 as IsQuestion, 0 as IsOnComment, v.cast_at as CastAt
            from cast_today v
            join posts p on p.id = v.post_id
            where (select count(*) from (select 1 from cast_today limit @PostVotesPerDay)) = @PostVotesPerDay
            union all
            select comment_id, 0, 1, cast_at
            from comment_votes
            where user_id = @Id and cast_at >= @today
            order by CastAt, PostId
            """,
            new { me.Id, today = Today(now), limits.PostVotesPerDay }, token);
        return new Ballot(me, [.. votes.Where(v => !v.IsOnComment)], votes.Count(v => v.IsOnComment));
    }

    /// <summary>Comments with whether a person voted for each.</summary>
    public static Task<IReadOnlyList<CommentTarget>> CommentTargets(this Db db, IReadOnlyCollection<long> commentIds, long? userId, CancellationToken token) =>
        db.Query<CommentTarget>(
            $"""
            select c.id as Id, c.post_id as PostId, coalesce(p.question_id, p.id) as QuestionId, c.author_id as AuthorId, c.score as Score,
                   c.deleted_at is not null or p.deleted_at is not null or q.deleted_at is not null as IsDeleted,
                   {LockColumns.Stops("p", "q", LockedAct.Vote)} as IsLocked, v.user_id is not null as IsMine
            from comments c
            join posts p on p.id = c.post_id
            left join posts q on q.id = p.question_id
            left join comment_votes v on v.comment_id = c.id and v.user_id = @userId
            where {db.Dialect.In("c.id", "@commentIds")}
            """,
            new { commentIds, userId }, token);

    /// <summary>The one comment there must be.</summary>
    /// <exception cref="NotFoundException">There is no such comment.</exception>
    public static async Task<CommentTarget> CommentTarget(this Db db, long commentId, long userId, CancellationToken token) =>
        (await db.CommentTargets([commentId], userId, token)).SingleOrDefault() ?? throw new NotFoundException();

    /// <summary>For how many comments a person voted today.</summary>
    public static Task<int> CommentVotesToday(this Db db, long userId, DateTimeOffset now, CancellationToken token) =>
        db.Get<int>("select count(*) from comment_votes where user_id = @userId and cast_at >= @today", new { userId, today = Today(now) }, token);

    private static DateTimeOffset Today(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);
}

/// <summary>A vote that somebody cast today.</summary>
internal sealed record VoteToday
{
    public long PostId { get; init; }
    public bool IsQuestion { get; init; }

    /// <summary>Whether it is a vote for a comment, whose id is then in the place of the post's.</summary>
    public bool IsOnComment { get; init; }
}
