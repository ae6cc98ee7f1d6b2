using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Forum.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Forum.Data;

/// <summary>
/// The one connection that writes, leased first come, first served. Each command is a savepoint; the holder commits when
/// nobody waits or after two milliseconds, and every command is answered after the commit that contains it: with
/// <c>synchronous=FULL</c>, sharing a commit is what makes writes fast. Waiting never holds a thread.
/// </summary>
internal sealed class Writer(Func<PreparedConnection> open) : IDisposable
{
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(2);

    // Shorter than bulk work in another process pauses, so that it is met in its pause.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MostWaited = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private PreparedConnection? connection;
    private Batch? batch;
    private int waiting;
    private long commits;

    /// <summary>How many transactions were committed.</summary>
    internal long Commits => Volatile.Read(ref commits);

    /// <summary>Runs <paramref name="work"/> in a transaction of its own as far as it can see; returns after the commit.</summary>
    internal async Task<T> Run<T>(Func<DbConnection, Task<T>> work, CancellationToken token)
    {
        // Whoever gives way to others does not hold up the writer, for which others wait.
        if (TaskScheduler.Current != TaskScheduler.Default)
            return await Task.Run(() => Run(work, token), CancellationToken.None);

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
        // Another process may be writing (the command line beside a server): come again soon rather than fail or block.
        // Asked of the engine itself, because a command would wait for 150 ms at a time and hold its thread.
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var result = raw.sqlite3_exec(connection.Inner.Handle, "begin immediate");
            if (result == raw.SQLITE_OK)
                return new Batch();
            if (result != raw.SQLITE_BUSY || waited.Elapsed > MostWaited)
                SqliteException.ThrowExceptionForRC(result, connection.Inner.Handle);
            await Task.Delay(LookAgain);
        }
    }

    private void Commit(PreparedConnection writing, Batch mine)
    {
        batch = null;
        try
        {
            writing.Run("commit");
            Volatile.Write(ref commits, commits + 1);
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

    /// <summary>Closes the connection, once it is nobody's turn; the next command opens it again.</summary>
    internal async Task Close()
    {
        await turn.WaitAsync();
        try
        {
            if (connection is not null && batch is not null)
                Commit(connection, batch);
            connection?.Dispose();
            connection = null;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private sealed class Batch
    {
        internal Stopwatch Age { get; } = Stopwatch.StartNew();
        internal TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
