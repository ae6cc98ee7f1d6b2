using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Site;

/// <summary>Synthetic communities, seeded once and kept outside the repository.</summary>
static class SeededDatabase
{
    /// <summary>The file of a community of so many questions, made now if there is none.</summary>
    public static async Task<string> Ensure(BenchOptions options, int questions, CancellationToken token)
    {
        Directory.CreateDirectory(options.Data);
        var path = Path.Combine(options.Data, string.Create(CultureInfo.InvariantCulture, $"q{questions}.db"));
        if (File.Exists(path))
            return path;

        var unfinished = path + ".part";
        Delete(unfinished);
        BenchOptions.Tell(string.Create(CultureInfo.InvariantCulture, $"Seeding {questions:N0} questions into {path}, once."));
        await ForumSite.Run(options, ["seed", "--questions", questions.ToString(CultureInfo.InvariantCulture), "--database", unfinished], isQuiet: false, token);
        // The site asks nobody to be its first administrator who cannot sign in; what the file holds is then all in one place.
        using (var connection = Open(unfinished, SqliteOpenMode.ReadWrite))
            connection.Execute("pragma wal_checkpoint(truncate)");
        File.Move(unfinished, path);
        Delete(unfinished);
        return path;
    }

    /// <summary>A connection of the bench's own.</summary>
    public static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    static void Delete(string database)
    {
        foreach (var file in new[] { database, database + "-wal", database + "-shm", database + ".lock" })
            File.Delete(file);
    }
}

/// <summary>
/// Another name of a database, so that a second server can be measured on it at the same time: SQLite follows the link to the
/// same file and log, and only the lock that keeps two servers apart is another.
/// </summary>
sealed class TwinDatabase : IDisposable
{
    /// <summary>A second name, as long as this is used.</summary>
    public TwinDatabase(string database)
    {
        Path = System.IO.Path.ChangeExtension(database, ".twin.db");
        File.Delete(Path);
        File.CreateSymbolicLink(Path, System.IO.Path.GetFileName(database));
    }

    /// <summary>The name.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(Path);
        File.Delete(Path + ".lock");
    }
}

/// <summary>Statements in one line, for a program that has no Dapper.</summary>
static class Sql
{
    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static int Execute(this SqliteConnection connection, string statement, params object?[] values)
    {
        using var command = Command(connection, statement, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads all rows of a query; its parameters are @p0, @p1…</summary>
    public static List<T> Read<T>(this SqliteConnection connection, string query, Func<SqliteDataReader, T> row, params object?[] values)
    {
        using var command = Command(connection, query, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    static SqliteCommand Command(SqliteConnection connection, string text, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i] ?? DBNull.Value);
        return command;
    }
}
