using System.Diagnostics;

namespace Forum.Data;

/// <summary>Bulk work beside people's.</summary>
public static class ShortTransactions
{
    // What a vote waits for at most, besides its own commit; and as long again, longer than another process looks away, nobody holds the writer.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    /// <summary>
    /// Writes one item after the other in as many transactions as it takes for none to hold the writer for more than a
    /// moment (or one item), and leaves it alone for a moment between them: in this process others are next in the queue
    /// anyway, another process finds the database free. Whatever is costly is done before.
    /// </summary>
    public static async Task InShortTransactions<T>(this Db db, IReadOnlyList<T> items, Func<T, Task> write, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        for (var done = 0; done < items.Count;)
        {
            var first = done;
            done = await db.InTransaction(
                async () =>
                {
                    var held = Stopwatch.StartNew();
                    var next = first;
                    do
                        await write(items[next++]);
                    while (next < items.Count && held.Elapsed < Hold);
                    return next;
                },
                token);
            if (done < items.Count)
                await Task.Delay(Pause, token);
        }
    }
}
