using Forum.Data;

namespace Forum.Core.Reviews;

/// <summary>Tasks of the queues, for the handlers that open and end them.</summary>
internal static class ReviewLedger
{
    /// <summary>Asks people to look at a post in a queue, unless they are asked already.</summary>
    public static Task<int> OpenTask(this Db db, ReviewQueue queue, long postId, string reason, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into review_tasks (queue, post_id, reason, opened_at) values (@queue, @postId, @reason, @now) on conflict do nothing",
            new { queue = (int)queue, postId, reason, now }, token);
}
