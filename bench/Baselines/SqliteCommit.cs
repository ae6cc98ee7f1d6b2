using System.Diagnostics;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Baselines;

/// <summary><b>sqlite-commit</b>: transactions of one row on the disk of the database, each of them there before the next begins. What a write costs at least that nobody shares.</summary>
sealed class SqliteCommit : IDisposable
{
    readonly string path;
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;
    readonly SqliteParameter post;
    long posts;

    /// <summary>A database of its own in the folder.</summary>
    public SqliteCommit(string folder)
    {
        path = Path.Combine(folder, $"commit-{Environment.ProcessId}.db");
        connection = SeededDatabase.Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.Execute("pragma journal_mode = wal");
        connection.Execute("pragma synchronous = full");
        connection.Execute("pragma journal_size_limit = 67108864");
        connection.Execute(
            """
            create table votes (
                post_id   integer not null,
                user_id   integer not null,
                direction integer not null,
                cast_at   integer not null,
                primary key (post_id, user_id)
            ) strict, without rowid
            """);
        insert = connection.CreateCommand();
        insert.CommandText = "insert into votes (post_id, user_id, direction, cast_at) values (@post, 1, 1, @at)";
        post = insert.Parameters.Add("@post", SqliteType.Integer);
        insert.Parameters.AddWithValue("@at", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    /// <summary>Transactions a second, over so long.</summary>
    public double Rate(TimeSpan time)
    {
        var (since, before) = (Stopwatch.StartNew(), posts);
        while (since.Elapsed < time)
        {
            post.Value = ++posts;
            insert.ExecuteNonQuery();
        }

        return (posts - before) / since.Elapsed.TotalSeconds;
    }

    /// <summary>Milliseconds that writing 4 KB to a file and having it on the disk takes: the median of many.</summary>
    public static double Flush(string folder)
    {
        var file = Path.Combine(folder, $"flush-{Environment.ProcessId}");
        var page = new byte[4096];
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
            var times = new double[100];
            for (var i = 0; i < times.Length; i++)
            {
                var from = Stopwatch.GetTimestamp();
                RandomAccess.Write(handle, page, 0);
                RandomAccess.FlushToDisk(handle);
                times[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }

            return Measure.Series.Median(times);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Delete(path + end);
    }
}
