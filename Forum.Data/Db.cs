using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Forum.Data.Sqlite;

namespace Forum.Data;

/// <summary>
/// The session of one request: four verbs over one database. Outside a transaction all statements see one snapshot, taken
/// at the first of them; inside <see cref="InTransaction{T}"/> they run on the writer. Scoped; one caller at a time.
/// </summary>
public sealed class Db(Database database) : IAsyncDisposable
{
    private PreparedConnection? snapshot;
    private DbConnection? writing;

    /// <summary>The session of a caller who has a connection to write on.</summary>
    internal Db(Database database, DbConnection writing) : this(database) => this.writing = writing;

    /// <summary>The engine, for the few fragments that differ.</summary>
    public SqlDialect Dialect => database.Dialect;

    /// <summary>Whether statements run in a transaction that writes.</summary>
    public bool IsWriting => writing is not null;

    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters = null, CancellationToken token = default,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await Connection.QueryAsync<T>(Statement(sql, parameters, file, line, token))).AsList();

    /// <summary>The one row, or null (for a value type: its default) when there is none.</summary>
    public Task<T?> Find<T>(string sql, object? parameters = null, CancellationToken token = default,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Connection.QuerySingleOrDefaultAsync<T>(Statement(sql, parameters, file, line, token));

    /// <summary>The one row there must be.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public Task<T> Get<T>(string sql, object? parameters = null, CancellationToken token = default,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Connection.QuerySingleAsync<T>(Statement(sql, parameters, file, line, token));

    /// <summary>Changes rows and returns how many.</summary>
    public Task<int> Execute(string sql, object? parameters = null, CancellationToken token = default,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Connection.ExecuteAsync(Statement(sql, parameters, file, line, token));

    /// <summary>Rows one at a time, for work over a whole table that must not hold it in memory.</summary>
    public IAsyncEnumerable<T> Stream<T>(string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Connection.QueryUnbufferedAsync<T>(Statement(sql, parameters, file, line, default).CommandText, parameters);

    /// <summary>
    /// Runs <paramref name="work"/> as one transaction, true and durable when this returns. A nested call joins the outer one.
    /// Inside there is SQL only: no mail, no files, nothing slow.
    /// </summary>
    public async Task<T> InTransaction<T>(Func<Task<T>> work, CancellationToken token)
    {
        if (writing is not null)
            return await work();

        EndSnapshot();
        return await database.Writer.Run(async connection =>
        {
            writing = connection;
            try
            {
                return await work();
            }
            finally
            {
                writing = null;
            }
        }, token);
    }

    /// <summary><inheritdoc cref="InTransaction{T}"/></summary>
    public Task InTransaction(Func<Task> work, CancellationToken token) =>
        InTransaction(async () =>
        {
            await work();
            return 0;
        }, token);

    /// <summary>Lets the next statement see what has been committed since the first.</summary>
    public void EndSnapshot()
    {
        if (snapshot is null)
            return;

        var reader = snapshot;
        snapshot = null;
        reader.Run("commit");
        database.ReturnReader(reader);
    }

    public ValueTask DisposeAsync()
    {
        EndSnapshot();
        return ValueTask.CompletedTask;
    }

    private DbConnection Connection
    {
        get
        {
            if (writing is not null)
                return writing;
            if (snapshot is not null)
                return snapshot;

            var reader = database.RentReader();
            reader.Run("begin");
            return snapshot = reader;
        }
    }

    private CommandDefinition Statement(string sql, object? parameters, string file, int line, CancellationToken token)
    {
        var stamped = StampedStatements.Of(sql, file, line);
        database.OnStatement?.Invoke(stamped);
        return new CommandDefinition(stamped, parameters, cancellationToken: token);
    }
}
