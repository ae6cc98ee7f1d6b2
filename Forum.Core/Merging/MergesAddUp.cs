using Forum.Core.Locks;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Merging;

/// <summary>A question that is merged is a locked stub without answers and without an accepted one, and no other is locked so.</summary>
internal sealed class MergesAddUp : ICheck
{
    public string Name => "merges";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'question ' || q.id || ' is merged but not locked for it'
            from question_merges m
            join posts q on q.id = m.source_id
            where m.unmerged_at is null and (q.locked_at is null or q.lock_kind is not {(int)LockKind.Merged})
            union all
            select 'question ' || q.id || ' is locked as merged but is not'
            from posts q
            where q.lock_kind = {(int)LockKind.Merged} and not exists (select 1 from question_merges m where m.source_id = q.id and m.unmerged_at is null)
            union all
            select 'question ' || m.source_id || ' is merged but has the answer ' || a.id
            from question_merges m
            join posts a on a.question_id = m.source_id and a.kind = 2
            where m.unmerged_at is null
            union all
            select 'question ' || q.id || ' accepts the answer ' || a.id || ', which is not its own'
            from posts q
            join posts a on a.id = q.accepted_answer_id
            where a.question_id <> q.id
            """, token: token);
}
