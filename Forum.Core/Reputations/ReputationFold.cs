using System.Runtime.InteropServices;
using Forum.Core.Settings;

namespace Forum.Core.Reputations;

/// <summary>An event that counts, as the fold sees it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Nominal">What it was worth when it happened, before cap and floor.</param>
/// <param name="Day">The UTC day it happened on, in days since 1970.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CountedEvent(ReputationKind Kind, int Nominal, long Day);

/// <summary>What a fold comes to.</summary>
/// <param name="Balance">The reputation after the last event.</param>
/// <param name="Applied">What each event changed, in their order.</param>
/// <param name="Days">The reputation at the end of each day that has events, in order.</param>
public sealed record Folded(int Balance, IReadOnlyList<int> Applied, IReadOnlyList<DayBalance> Days);

/// <summary>The reputation at the end of a UTC day.</summary>
/// <param name="Day">Days since 1970.</param>
/// <param name="Balance">At its end.</param>
/// <param name="Capped">How much of the day's cap is used.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DayBalance(long Day, int Balance, int Capped)
{
    /// <summary>The day an instant belongs to, in days since 1970.</summary>
    public static long Of(DateTimeOffset at) => (at.UtcDateTime.Date - DateTime.UnixEpoch).Days;

    /// <summary>When a day begins.</summary>
    public static DateTimeOffset Start(long day) => DateTimeOffset.UnixEpoch.AddDays(day);
}

/// <summary>
/// Reputation is this function of a person's events that are not reversed, in the order they happened
/// (docs/rules/reputation.md). Pure.
/// </summary>
public static class ReputationFold
{
    /// <summary>
    /// Folds events over a balance. Gains of capped kinds fill a sum for each UTC day up to the cap; what capped losses
    /// took that day makes room in it. No step leaves less than <see cref="ReputationSettings.Start"/>: what a loss
    /// cannot take is forgiven.
    /// </summary>
    /// <param name="before">The balance before the first event.</param>
    /// <param name="events">In the order they happened.</param>
    /// <param name="rules">Cap and floor.</param>
    /// <param name="capped">What is used of the cap before the first event, on its day.</param>
    public static Folded Fold(int before, IReadOnlyList<CountedEvent> events, ReputationSettings rules, int capped = 0)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(rules);
        var (balance, day, cappedSum) = (before, events.Count > 0 ? events[0].Day : 0, capped);
        var applied = new int[events.Count];
        var days = new List<DayBalance>();
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i];
            if (happened.Day != day)
            {
                days.Add(new DayBalance(day, balance, cappedSum));
                (day, cappedSum) = (happened.Day, 0);
            }

            var isCapped = happened.Kind.IsCapped();
            var change = Math.Max(happened.Nominal, ReputationSettings.Start - balance);
            if (isCapped && change > 0)
                change = Math.Min(change, Math.Max(0, rules.DailyCap - cappedSum));
            if (isCapped)
                cappedSum += change;
            balance += change;
            applied[i] = change;
        }

        if (events.Count > 0)
            days.Add(new DayBalance(day, balance, cappedSum));
        return new Folded(balance, applied, days);
    }
}
