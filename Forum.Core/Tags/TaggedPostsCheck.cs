using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>Which posts stand under which tags: what search reads, and what follows from tags and answers.</summary>
internal sealed class TaggedPostsCheck : ICheck
{
    /// <summary>The rows of <c>tagged_posts</c> as they must be.</summary>
    public const string Rows =
        """
        select t.tag_id, p.id as post_id
        from posts p
        join question_tags t on t.question_id = coalesce(p.question_id, p.id)
        where p.kind in (1, 2)
        """;

    public string Name => "posts of tags";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'post ' || post_id || ' is not under tag ' || tag_id from ({Rows} except select tag_id, post_id from tagged_posts)
            union all
            select 'post ' || post_id || ' is under tag ' || tag_id || ', which it has not' from (select tag_id, post_id from tagged_posts except {Rows})
            """, token: token);
}
