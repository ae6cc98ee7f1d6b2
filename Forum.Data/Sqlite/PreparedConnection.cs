using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Forum.Data.Sqlite;

/// <summary>
/// A connection that hands out commands it has prepared before, by their text. Dapper makes and prepares a command for
/// each call; over this connection preparing happens once, which halves what a page's statements cost.
/// Used by one caller at a time.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner) : DbConnection
{
    // A list parameter of n values makes a text of its own for each n: texts not asked for lately make room.
    private const int KeptStatements = 400;

    private readonly Dictionary<string, Prepared> known = new(StringComparer.Ordinal);
    private readonly Queue<Prepared> order = new();

    internal SqliteConnection Inner => inner;

    /// <summary>A text with its commands that nobody uses now: usually one.</summary>
    internal sealed class Prepared(string text)
    {
        internal string Text => text;
        internal Stack<SqliteCommand> Idle { get; } = new(1);
        internal bool IsUsed { get; set; }
        internal bool IsForgotten { get; set; }
    }

    internal Prepared Find(string text)
    {
        if (known.TryGetValue(text, out var prepared))
        {
            prepared.IsUsed = true;
            return prepared;
        }

        if (known.Count >= KeptStatements)
            Forget();
        known.Add(text, prepared = new Prepared(text));
        order.Enqueue(prepared);
        return prepared;
    }

    internal SqliteCommand Rent(Prepared prepared) => prepared.Idle.TryPop(out var command) ? command : new SqliteCommand(prepared.Text, inner);

    internal static void Return(Prepared prepared, SqliteCommand command)
    {
        command.Parameters.Clear();
        if (prepared.IsForgotten)
            command.Dispose();
        else
            prepared.Idle.Push(command);
    }

    private void Forget()
    {
        // Each gets a second chance if it was asked for since the last look.
        Prepared oldest;
        while ((oldest = order.Dequeue()).IsUsed)
        {
            oldest.IsUsed = false;
            order.Enqueue(oldest);
        }

        known.Remove(oldest.Text);
        oldest.IsForgotten = true;
        foreach (var command in oldest.Idle)
            command.Dispose();
    }

    /// <summary>Runs a statement without parameters or result, prepared once.</summary>
    internal void Run(string statement)
    {
        var prepared = Find(statement);
        var command = Rent(prepared);
        try
        {
            command.ExecuteNonQuery();
        }
        finally
        {
            Return(prepared, command);
        }
    }

    /// <summary>The same for every file: Dapper compiles what it needs for a statement once for each of these.</summary>
    [AllowNull]
    public override string ConnectionString { get => ""; set => throw new NotSupportedException(); }
    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;
    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);
    public override void Open() => inner.Open();
    public override void Close() => inner.Close();
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new InvalidOperationException("Transactions are the writer's and the snapshot's, by statement.");
    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in known.Values.SelectMany(prepared => prepared.Idle))
                command.Dispose();
            known.Clear();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>What Dapper sees: it collects parameters, and borrows the command prepared for its text when it runs.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    // Dapper keeps the collection while it expands lists into the text, so the text may not decide whose it is.
    private readonly SqliteCommand parameters = new();
    private PreparedConnection.Prepared? prepared;
    private SqliteCommand? rented;

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set { } }
    protected override DbParameterCollection DbParameterCollection => parameters.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }
    public override void Cancel() => rented?.Cancel();
    public override int ExecuteNonQuery() => Rent().ExecuteNonQuery();
    public override object? ExecuteScalar() => Rent().ExecuteScalar();
    public override void Prepare() => Rent().Prepare();
    protected override DbParameter CreateDbParameter() => parameters.CreateParameter();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Rent().ExecuteReader(behavior & ~CommandBehavior.CloseConnection);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (rented is not null)
                PreparedConnection.Return(prepared!, rented);
            rented = null;
            parameters.Dispose();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Rent()
    {
        rented ??= connection.Rent(prepared = connection.Find(CommandText ?? ""));
        rented.Parameters.Clear();
        foreach (SqliteParameter parameter in parameters.Parameters)
            rented.Parameters.Add(parameter);
        return rented;
    }
}
