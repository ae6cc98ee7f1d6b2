using System.Collections.Concurrent;
using Forum.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Forum.Data;

/// <summary>
/// One database: where it is, its one writer and its pool of readers. A singleton; requests use it through <see cref="Db"/>.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // More readers than this are opened when needed and closed after use.
    private const int KeptReaders = 8;

    // KiB of pages a reader keeps: the tops of the trees, which every look passes. The operating system keeps the rest, once for
    // all; mapping the file instead would count each page again for each reader that saw it.
    private const int ReaderCache = 4_000;
    private const int WriterCache = 16_000;

    // Pages of the journal after which who commits copies them into the file, when nobody did so beside (Checkpoint).
    private const int LongJournal = 16_000;

    private readonly ConcurrentBag<PreparedConnection> idleReaders = [];
    private readonly string connectionString;
    private long copied;

    // Asked before SQLite does anything else: a connection has one user at a time, and nobody asks how much memory it holds,
    // so the locks that guard both are left out.
    static Database()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="connection">A path, or a connection string with <c>Data Source=</c>.</param>
    public Database(string connection)
    {
        TimeHandler.Register();
        var builder = connection.Contains('=', StringComparison.Ordinal)
            ? new SqliteConnectionStringBuilder(connection)
            : new SqliteConnectionStringBuilder { DataSource = connection };
        builder.Pooling = false;
        builder.DefaultTimeout = 1;
        Path = System.IO.Path.GetFullPath(builder.DataSource);
        builder.DataSource = Path;
        connectionString = builder.ToString();
        Writer = new Writer(() => Open(WriterCache, "synchronous = full", "foreign_keys = on", "journal_size_limit = 67108864", $"wal_autocheckpoint = {LongJournal}"));
    }

    /// <summary>The engine.</summary>
    public SqlDialect Dialect { get; } = SqlDialect.Sqlite;

    /// <summary>The file of the database.</summary>
    public string Path { get; }

    /// <summary>Called with the text of each statement; tests explain what the suite has run.</summary>
    public Action<string>? OnStatement { get; init; }

    /// <summary>Whether the database holds a schema.</summary>
    public bool Exists => File.Exists(Path) && new FileInfo(Path).Length > 0;

    internal Writer Writer { get; }

    internal PreparedConnection RentReader() =>
        idleReaders.TryTake(out var reader) ? reader : Open(ReaderCache, "query_only = on");

    internal void ReturnReader(PreparedConnection reader)
    {
        if (idleReaders.Count < KeptReaders)
            idleReaders.Add(reader);
        else
            reader.Dispose();
    }

    /// <summary>
    /// Copies what was committed from the journal into the file, as far as no reader needs it there. Nobody waits for it:
    /// else every thousandth page that is written costs somebody the time of this.
    /// </summary>
    public void Checkpoint()
    {
        var commits = Writer.Commits;
        if (commits == copied)
            return;

        using var connection = OpenPlain();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(passive)";
        command.ExecuteNonQuery();
        copied = commits;
    }

    /// <summary>Opens a connection beside the pool, for whole-file work: backup, schema.</summary>
    internal SqliteConnection OpenPlain()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private PreparedConnection Open(int cache, params string[] pragmas)
    {
        var connection = OpenPlain();
        using var command = connection.CreateCommand();
        // WAL is a property of the file, set when it is made; the rest belongs to the connection.
        command.CommandText = string.Concat(pragmas.Select(p => $"pragma {p};"))
            + $"pragma temp_store = memory; pragma cache_size = -{cache};";
        command.ExecuteNonQuery();
        // A plan does not depend on the values bound: else some statements are planned anew each time they run.
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        return new PreparedConnection(connection);
    }

    /// <summary>Closes the connections that nobody uses at the moment, for work on the file itself. The next use opens them again.</summary>
    internal async Task Close()
    {
        await Writer.Close();
        while (idleReaders.TryTake(out var reader))
            await reader.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Writer.Dispose();
    }
}
