using Forum.Core.Settings;

namespace Forum.Core.Paces;

/// <summary>
/// Counts in memory what is done in a short time. A node counts for itself: the limits are there against floods, not for accounting. It holds
/// <see cref="MostKept"/> lines at most, and forgets first who is soonest free anyway.
/// </summary>
public sealed class Counters(SettingsStore settings, TimeProvider clock)
{
    /// <summary>So many lines are held.</summary>
    public const int MostKept = 100_000;

    private const int FewestToSweep = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(PacedAct, PacedBy, TimeSpan, string), DateTimeOffset> free = [];
    private int sweepAt = FewestToSweep;

    /// <summary>How many lines are held.</summary>
    public int Kept
    {
        get
        {
            lock (gate)
                return free.Count;
        }
    }

    /// <summary>Why somebody may not do it now, or null; nothing is counted.</summary>
    public Refusal? WhyNot(PacedAct act, CurrentUser user, Origin origin) => Look(act, user, origin, counts: false);

    /// <summary>Counts that somebody does it; why they may not, or null. What may not be done is not counted.</summary>
    public Refusal? Count(PacedAct act, CurrentUser user, Origin origin) => Look(act, user, origin, counts: true);

    private Refusal? Look(PacedAct act, CurrentUser user, Origin origin, bool counts)
    {
        var (rules, now) = (settings.Current, clock.GetUtcNow());
        var lines = PaceRules.Counting(act, user, origin, rules).Where(line => !line.Limit.IsKept).ToList();
        if (lines.Count == 0)
            return null;

        lock (gate)
        {
            var after = lines.ConvertAll(line =>
            {
                var key = (line.Limit.Act, line.Limit.By, line.Limit.Window, line.Who);
                var (next, wait) = PaceRules.Once(free.GetValueOrDefault(key), line.Limit.Most(rules), line.Limit.Window, now);
                return (Key: key, Free: next, Wait: wait, line.Limit.By);
            });
            if (after.Where(line => line.Wait is not null).OrderByDescending(line => line.Wait).FirstOrDefault() is { Wait: { } longest } late)
                return PaceRules.WhyNot(late.By, longest);
            if (!counts)
                return null;

            foreach (var line in after)
                free[line.Key] = line.Free;
            if (free.Count >= sweepAt)
                Sweep(now);
            return null;
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, _) in free.Where(line => line.Value <= now).ToList())
            free.Remove(key);
        if (free.Count >= MostKept)
        {
            foreach (var (key, _) in free.OrderBy(line => line.Value).Take(free.Count / 2).ToList())
                free.Remove(key);
        }

        sweepAt = Math.Min(MostKept, Math.Max(FewestToSweep, 2 * free.Count));
    }
}
