using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>What is deleted, itself or with its question, is in no list and in no search; everything else is.</summary>
internal sealed class DeletionCheck : ICheck
{
    public string Name => "deletions";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'post ' || id || ' was deleted by ' || deleted_by || ' but is not deleted'
            from posts
            where deleted_by is not null and deleted_at is null
            union all
            select 'question ' || t.question_id || case t.is_listed when 1 then ' is deleted but listed' else ' is not listed' end || ' under tag ' || t.tag_id
            from question_tags t
            join posts q on q.id = t.question_id
            where t.is_listed <> (q.deleted_at is null)
            union all
            select 'post ' || s.rowid || ' is deleted but found by search'
            from post_search s
            left join posts p on p.id = s.rowid
            left join posts q on q.id = coalesce(p.question_id, p.id)
            where p.id is null or p.kind not in (1, 2) or p.deleted_at is not null or q.deleted_at is not null
            union all
            select 'post ' || s.rowid || ' is deleted, or no question, but found by a title'
            from title_search s
            left join posts p on p.id = s.rowid
            where p.id is null or p.kind <> 1 or p.deleted_at is not null
            union all
            select 'post ' || p.id || ' is not found by search'
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.kind in (1, 2) and p.deleted_at is null and q.deleted_at is null and not exists (select 1 from post_search where rowid = p.id)
            """, token: token);
}
