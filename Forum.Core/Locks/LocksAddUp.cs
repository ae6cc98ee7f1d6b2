using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Locks;

/// <summary>What is said of a lock is said of a post that is locked; only what may end by itself does.</summary>
internal sealed class LocksAddUp : ICheck
{
    public string Name => "locks";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'post ' || id || ' has a lock of kind ' || coalesce(lock_kind, 'none') || ' but is not locked'
            from posts
            where locked_at is null and (lock_kind is not null or locked_until is not null or locked_by is not null)
            union all
            select 'post ' || id || ' has a lock of kind ' || coalesce(lock_kind, 'none') || ' that ends by itself'
            from posts
            where locked_until is not null and lock_kind not in ({(int)LockKind.Dispute}, {(int)LockKind.Comments})
            """, token: token);
}
