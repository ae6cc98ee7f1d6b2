using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Care;

/// <summary>Finds what the rules may delete: each kind reads its own index, a piece at a time.</summary>
internal static class CareCandidates
{
    private const int Piece = 200;

    private const string Columns =
        """
        select p.id as Id, q.id as QuestionId, p.kind = 1 as IsQuestion, coalesce(q.title, '') as Title, p.author_id as AuthorId,
               p.author_id is null or u.removed_at is not null as IsAuthorGone, p.score as Score,
               (select count(*) from votes v where v.post_id = p.id and v.direction = -1 and v.cast_at > @settled) as FreshDownVotes,
               p.answer_count as Answers, p.accepted_answer_id is not null as HasAccepted,
               exists (select 1 from posts a where a.question_id = p.id and a.kind = 2 and a.deleted_at is null and a.score > 0) as HasUpvotedAnswer,
               p.locked_at is not null or q.locked_at is not null as IsLocked, p.deleted_at is not null or q.deleted_at is not null as IsDeleted,
               exists (select 1 from bounties b where b.question_id = p.id and b.ended_at is null) as HasBounty,
               exists (select 1 from post_events e where e.post_id = p.id and e.kind = 'undeleted') as WasUndeleted,
               exists (select 1 from post_events e where e.post_id = p.id and e.kind in ('migrated-here', 'migrated')) as IsMigrated,
               p.closed_at as ClosedAt, p.close_reason as CloseReason,
               exists (select 1 from moderation_votes m where m.post_id = p.id and m.kind = 2 and m.outcome is null) as HasReopenVote, p.edited_at as EditedAt, p.created_at as CreatedAt,
               p.view_count as Views, p.comment_count as Comments
        from posts p
        join posts q on q.id = coalesce(p.question_id, p.id)
        left join users u on u.id = p.author_id
        """;

    /// <summary>What is known of one post; null when there is no such question or answer.</summary>
    public static Task<CareFacts?> CareFacts(this Db db, long id, DateTimeOffset now, CareSettings rules, CancellationToken token) =>
        db.Find<CareFacts>($"{Columns} where p.id = @id and p.kind in (1, 2)", new { id, settled = now - rules.VotesSettle }, token);

    /// <summary>The first posts that the rules delete for this reason, no more than <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<CareFacts>> ToClearAway(
        this Db db, CareJob job, int most, DateTimeOffset now, CareSettings rules, CancellationToken token)
    {
        var found = new List<CareFacts>();
        var after = new Place();
        while (found.Count < most)
        {
            var places = await db.Places(job, after, now, rules, token);
            if (places.Count == 0)
                break;

            after = places[^1];
            var posts = await db.Query<CareFacts>(
                $"{Columns} where {db.Dialect.In("p.id", "@ids")} and p.kind in (1, 2) order by p.id",
                new { ids = places.Select(place => place.Id).ToArray(), settled = now - rules.VotesSettle }, token);
            found.AddRange(posts.Where(post => CareRules.Deletes(job, post, now, rules)).Take(most - found.Count));
        }

        return found;
    }

    private static Task<IReadOnlyList<Place>> Places(this Db db, CareJob job, Place after, DateTimeOffset now, CareSettings rules, CancellationToken token) => job switch
    {
        CareJob.Closed => db.Query<Place>(
            """
            select id as Id, closed_at as At
            from posts
            where kind = 1 and is_listed = 1 and closed_at is not null and closed_at < @before and (closed_at, id) > (@At, @Id) and score <= @ClosedScore
            order by closed_at, id
            limit @Piece
            """,
            new { before = now - rules.ClosedAfter, after.At, after.Id, rules.ClosedScore, Piece }, token),
        CareJob.Dead => db.Query<Place>(
            """
            select id as Id, created_at as At
            from posts
            where kind = 1 and is_listed = 1 and answer_count = 0 and created_at < @before and (created_at, id) > (@At, @Id) and score <= @DeadScore
            order by created_at, id
            limit @Piece
            """,
            new { before = now - rules.DeadAfter, after.At, after.Id, rules.DeadScore, Piece }, token),
        CareJob.Abandoned => db.Query<Place>(
            """
            select id as Id, created_at as At
            from posts
            where kind = 1 and is_listed = 1 and answer_count = 0 and created_at < @before and (created_at, id) > (@At, @Id)
              and score <= @score and comment_count <= @AbandonedComments
            order by created_at, id
            limit @Piece
            """,
            new
            {
                before = now - rules.AbandonedAfter, after.At, after.Id, rules.AbandonedComments, Piece,
                score = Math.Max(rules.AbandonedScore, rules.AbandonedScoreOfNobody),
            }, token),
        // Removing an account is rare, and what its posts bring is soon gone: the index holds those who went, alone.
        CareJob.Removed => db.Query<Place>(
            """
            select p.id as Id, u.id as At
            from users u
            join posts p on p.author_id = u.id and p.kind in (1, 2) and p.is_listed = 1 and p.score < 0
            where u.removed_at is not null and u.id > @At
            order by u.id
            """,
            new { after.At }, token),
    };

    // Where a piece ends: times and ids, as the index has them.
    private sealed record Place
    {
        public long Id { get; init; }
        public long At { get; init; } = long.MinValue;
    }
}
