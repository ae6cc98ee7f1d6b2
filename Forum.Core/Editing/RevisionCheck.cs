using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>Posts know their number of revisions, which go without a gap from 1 to it, and their text is the last one's.</summary>
internal sealed class RevisionCheck : ICheck
{
    public string Name => "revisions";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'post ' || p.id || ' says ' || p.revision_count || ', has ' || coalesce(r.revisions, 0) || ' up to number ' || coalesce(r.newest, 0)
            from posts p
            left join (select post_id, count(*) as revisions, max(number) as newest from revisions group by post_id) r on r.post_id = p.id
            where p.kind in (1, 2, 4, 5) and (p.revision_count <> coalesce(r.revisions, 0) or p.revision_count <> coalesce(r.newest, 0))
            union all
            select 'post ' || p.id || ' differs from revision ' || p.revision_count
            from posts p
            where p.kind in (1, 2, 4, 5)
              and p.body <> (select body from revisions where post_id = p.id and body is not null order by number desc limit 1)
            """, token: token);
}
