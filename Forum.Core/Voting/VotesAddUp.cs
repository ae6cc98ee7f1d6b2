using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Voting;

/// <summary>A post's score is its votes and those of a dump.</summary>
internal sealed class ScoresAreVotes : ICheck
{
    public string Name => "scores";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            with cast_votes as (
                select post_id, sum(direction) as score
                from (select post_id, direction from votes
                      union all
                      select post_id, -1 from flags where is_downvote = 1)
                group by post_id),
            counted as (
                select post_id, sum(case kind when 2 then votes else -votes end) as score from legacy_votes group by post_id)
            select 'post ' || p.id || ' has score ' || p.score || ', its votes say ' || (coalesce(v.score, 0) + coalesce(l.score, 0))
            from posts p
            left join cast_votes v on v.post_id = p.id
            left join counted l on l.post_id = p.id
            where p.score <> coalesce(v.score, 0) + coalesce(l.score, 0)
            order by p.id
            """, token: token);
}

/// <summary>A vote that waits is nobody's second, and none counted before it was cast.</summary>
internal sealed class HeldVotesWait : ICheck
{
    public string Name => "votes that wait";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            select 'user ' || h.user_id || ' has a vote on post ' || h.post_id || ' that counts beside one that waits'
            from held_votes h
            join votes v on v.post_id = h.post_id and v.user_id = h.user_id
            union all
            select 'the vote of user ' || user_id || ' on post ' || post_id || ' counts from before it was cast'
            from votes
            where counted_at < cast_at
            """, token: token);
}

/// <summary>A comment's score is its votes and those of a dump.</summary>
internal sealed class CommentScoresAreVotes : ICheck
{
    public string Name => "comment scores";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            with cast_votes as (
                select comment_id, count(*) as score from comment_votes group by comment_id)
            select 'comment ' || c.id || ' has score ' || c.score || ', its votes say ' || (coalesce(v.score, 0) + c.legacy_score)
            from comments c
            left join cast_votes v on v.comment_id = c.id
            where c.score <> coalesce(v.score, 0) + c.legacy_score
            order by c.id
            """, token: token);
}
