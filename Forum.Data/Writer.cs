using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Forum.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace Forum.Data;

/// <summary>
/// The one connection that writes, leased first come, first served. Each command is a savepoint; the holder commits when
/// nobody waits or after two milliseconds, and every command is answered after the commit that contains it: with
/// <c>synchronous=FULL</c>, sharing a commit is what makes writes fast. Waiting never holds a thread.
/// </summary>
internal sealed class Writer(Func<PreparedConnection> open) : IAsyncDisposable
{
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim turn = new(1, 1);
    private PreparedConnection? connection;
    private Batch? batch;
    private int waiting;

    /// <summary>Runs <paramref name="work"/> in a transaction of its own as far as it can see; returns after the commit.</summary>
    internal async Task<T> Run<T>(Func<DbConnection, Task<T>> work, CancellationToken token)
    {
        Interlocked.Increment(ref waiting);
        // Not cancelled while it waits: whoever left an open batch to this caller counts on it to come.
        await turn.WaitAsync(CancellationToken.None);
        Interlocked.Decrement(ref waiting);

        var result = default(T);
        ExceptionDispatchInfo? failure = null;
        Batch mine;
        try
        {
            connection ??= open();
            mine = batch ??= await Begin(connection);
            try
            {
                token.ThrowIfCancellationRequested();
                connection.Run("savepoint command");
                try
                {
                    result = await work(connection);
                    connection.Run("release command");
                }
                catch
                {
                    connection.Run("rollback to command");
                    connection.Run("release command");
                    throw;
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            if (Volatile.Read(ref waiting) == 0 || mine.Age.Elapsed > BatchTime)
                Commit(connection, mine);
        }
        finally
        {
            turn.Release();
        }

        failure?.Throw();
        await mine.Committed.Task;
        return result!;
    }

    private static async Task<Batch> Begin(PreparedConnection connection)
    {
        // Another process may be writing (the command line beside a server): come again rather than fail or block.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                connection.Run("begin immediate");
                return new Batch();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SqliteBusy && attempt < 60)
            {
                await Task.Delay(5);
            }
        }
    }

    private const int SqliteBusy = 5;

    private void Commit(PreparedConnection writing, Batch mine)
    {
        batch = null;
        try
        {
            writing.Run("commit");
            mine.Committed.SetResult();
        }
        catch (Exception e)
        {
            mine.Committed.SetException(e);
            // A connection in an unknown state is not used again.
            connection = null;
            writing.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        if (connection is not null)
        {
            if (batch is not null)
                Commit(connection, batch);
            connection?.Dispose();
        }

        connection = null;
        turn.Dispose();
    }

    private sealed class Batch
    {
        internal Stopwatch Age { get; } = Stopwatch.StartNew();
        internal TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
