using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Comments;

/// <summary>Posts say how many comments they have that are not deleted.</summary>
internal sealed class CommentCountCheck : ICheck
{
    public string Name => "comment counts";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'post ' || p.id || ' says ' || p.comment_count || ', has ' || coalesce(c.comments, 0)
            from posts p
            left join (select post_id, count(*) as comments from comments where deleted_at is null group by post_id) c on c.post_id = p.id
            where p.comment_count <> coalesce(c.comments, 0)
            """, token: token);
}
