using Forum.Data;

namespace Forum.Core.Locks;

/// <summary>Locks, for the statements of several rooms. What an import only knows to be locked is a dispute.</summary>
internal static class LockColumns
{
    /// <summary>The kind of a post's own lock; null when it has none.</summary>
    public static string Kind(string post) => $"case when {post}.locked_at is not null then coalesce({post}.lock_kind, {(int)LockKind.Dispute}) end";

    /// <summary>The kind of what locks a post: its own, or its question's where that reaches its answers.</summary>
    public static string Kind(string post, string question) =>
        $"case when {question}.lock_kind = {(int)LockKind.Historical} then {question}.lock_kind when {post}.locked_at is not null then coalesce({post}.lock_kind, {(int)LockKind.Dispute}) end";

    /// <summary>Whether a lock is against an act on a post.</summary>
    public static string Stops(string post, string question, LockedAct act) =>
        $"coalesce({Kind(post, question)} in ({string.Join(", ", Enum.GetValues<LockKind>().Where(kind => LockRules.Blocks(kind, act)).Select(kind => (int)kind))}), 0)";

    /// <summary>Locks a post.</summary>
    public static Task<int> Lock(this Db db, long postId, LockKind kind, DateTimeOffset now, DateTimeOffset? until, long? by, CancellationToken token) =>
        db.Execute(
            "update posts set locked_at = @now, lock_kind = @kind, locked_until = @until, locked_by = @by where id = @postId",
            new { postId, kind, now, until, by }, token);

    /// <summary>Unlocks a post.</summary>
    public static Task<int> Unlock(this Db db, long postId, CancellationToken token) =>
        db.Execute("update posts set locked_at = null, lock_kind = null, locked_until = null, locked_by = null where id = @postId", new { postId }, token);
}
