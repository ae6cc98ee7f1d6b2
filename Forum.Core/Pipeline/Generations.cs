using System.Collections.Concurrent;

namespace Forum.Core.Pipeline;

/// <summary>
/// Tells whether what a page shows has changed since its rendering began. Every change has a number; whoever renders notes the
/// newest one before the first query. Changes are raised after their commit and before anybody is answered, so a rendering begun
/// before the commit is found out, and one begun after the answer has the change in it. A singleton.
/// </summary>
public sealed class Generations
{
    // Past this many names all are forgotten at once, which makes every kept page old: once in many thousand writes.
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<PageTag, long> raised = new();
    private readonly Lock raising = new();
    private long current;
    private long forgotten;
    private int remembered;

    /// <summary>The number of the newest change.</summary>
    public long Current => Volatile.Read(ref current);

    /// <summary>Gives what changed a new number.</summary>
    public void Raise(IReadOnlyCollection<PageTag> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Count == 0)
            return;

        lock (raising)
        {
            var number = current + 1;
            if (remembered > MostRemembered)
            {
                Volatile.Write(ref forgotten, number);
                raised.Clear();
                remembered = 0;
            }

            foreach (var tag in changed)
            {
                if (raised.TryAdd(tag, number))
                    remembered++;
                else
                    raised[tag] = number;
            }

            // Last, so that who reads this number finds everything that goes with it.
            Volatile.Write(ref current, number);
        }
    }

    /// <summary>Whether none of these changed after the change of a number.</summary>
    public bool AreUnchanged(long since, ReadOnlySpan<PageTag> tags)
    {
        if (Volatile.Read(ref forgotten) > since)
            return false;

        foreach (var tag in tags)
        {
            if (raised.TryGetValue(tag, out var number) && number > since)
                return false;
        }

        // Forgetting may have begun in between.
        return Volatile.Read(ref forgotten) <= since;
    }
}
