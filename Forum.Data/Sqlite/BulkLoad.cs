using Microsoft.Data.Sqlite;

namespace Forum.Data.Sqlite;

/// <summary>
/// Fills a database with very many rows at once, beside it: in a copy without journal, without waiting for the disk and
/// without the indexes of some tables, which are sorted into being at the end. <see cref="Finish"/> puts the copy in the
/// database's place; until then the database is as it was, and stays so when the load is not finished. Nobody else may use
/// the database meanwhile. Foreign keys are not looked at: the rows are the program's own. One caller at a time.
/// </summary>
public sealed class BulkLoad : IDisposable
{
    // Kilobytes: the indexes that grow along, and one that is being sorted.
    private const int Cache = 512 * 1024;

    private readonly Database database;
    private readonly SqliteConnection connection;
    private readonly PreparedConnection prepared;
    private readonly List<BulkStatement> statements = [];
    private readonly List<string> indexes = [];

    private BulkLoad(Database database)
    {
        this.database = database;
        // What a load left that was cut off.
        Discard();
        DatabaseCopy.Make(database, Unfinished);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Unfinished, Pooling = false }.ToString());
        connection.Open();
        prepared = new PreparedConnection(connection);
        Session = new Db(database, prepared);
    }

    /// <summary>The usual verbs, on what is being filled.</summary>
    public Db Session { get; }

    private string Unfinished => database.Path + ".part";

    /// <summary>Begins.</summary>
    /// <param name="database">What is filled.</param>
    /// <param name="unindexed">The tables whose indexes come at the end; those of others grow along with them.</param>
    public static BulkLoad Begin(Database database, params ReadOnlySpan<string> unindexed)
    {
        ArgumentNullException.ThrowIfNull(database);
        var load = new BulkLoad(database);
        try
        {
            load.Execute(
                $"""
                pragma locking_mode = exclusive; pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off;
                pragma temp_store = file; pragma threads = 2; pragma cache_size = -{Cache}
                """);
            foreach (var table in unindexed)
                load.Postpone(table);
            load.Execute("begin");
            return load;
        }
        catch
        {
            load.Dispose();
            throw;
        }
    }

    /// <summary>How many indexes <see cref="Index"/> will make.</summary>
    public int Postponed => indexes.Count;

    /// <summary>A statement that is run once for each row, its parameters written <c>?</c>.</summary>
    public BulkStatement Prepare(string sql)
    {
        var statement = new BulkStatement(connection.Handle!, sql);
        statements.Add(statement);
        return statement;
    }

    /// <summary>Runs something without parameters.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    /// <summary>Makes the indexes that were left to the end.</summary>
    /// <param name="made">Is told how many are made.</param>
    public void Index(IProgress<int>? made, CancellationToken token)
    {
        for (var i = 0; i < indexes.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            Execute(indexes[i]);
            made?.Report(i + 1);
        }

        indexes.Clear();
    }

    /// <summary>Lets the planner know what there is, and puts the database in its place, on disk to the last byte.</summary>
    public async Task Finish()
    {
        Index(null, CancellationToken.None);
        Execute("commit; pragma analysis_limit = 2000; analyze; pragma journal_mode = wal");
        Close();
        using (var file = File.OpenHandle(Unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        await database.Close();
        if (File.Exists(database.Path + "-wal"))
            throw new InvalidOperationException($"Somebody else has opened {database.Path}.");
        File.Move(Unfinished, database.Path, overwrite: true);
    }

    public void Dispose()
    {
        Close();
        Discard();
    }

    private void Discard()
    {
        foreach (var file in (string[])[Unfinished, Unfinished + "-wal", Unfinished + "-shm"])
            File.Delete(file);
    }

    private void Close()
    {
        foreach (var statement in statements)
            statement.Dispose();
        statements.Clear();
        prepared.Dispose();
    }

    private void Postpone(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name, sql from sqlite_schema where type = 'index' and tbl_name = $table and sql is not null";
        command.Parameters.AddWithValue("$table", table);
        var names = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
                // As schema.sql has it.
                indexes.Add(reader.GetString(1));
            }
        }

        foreach (var name in names)
            Execute($"drop index {name}");
    }
}
