using Forum.Data;

namespace Forum.Core.Pipeline;

/// <summary>When work was done last, and how far it came.</summary>
internal sealed record Job
{
    public string Cursor { get; init; } = "";
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What recurring work remembers from one time to the next, for work that is not due each time.</summary>
internal static class Jobs
{
    /// <summary>What is remembered of a job; null before it was done for the first time.</summary>
    public static Task<Job?> Job(this Db db, string name, CancellationToken token) =>
        db.Find<Job>("select cursor as Cursor, updated_at as UpdatedAt from jobs where name = @name", new { name }, token);

    /// <summary>Remembers that a job was done now, and how far it came. In a transaction of its own.</summary>
    public static Task<int> KeepJob(this Db db, string name, string cursor, DateTimeOffset now, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                """
                insert into jobs (name, cursor, updated_at) values (@name, @cursor, @now)
                on conflict (name) do update set cursor = excluded.cursor, updated_at = excluded.updated_at
                """,
                new { name, cursor, now }, token),
            token);
}
