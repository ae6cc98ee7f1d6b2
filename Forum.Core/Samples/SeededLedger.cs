using System.Runtime.InteropServices;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data.Sqlite;

namespace Forum.Core.Samples;

/// <summary>
/// The ledger of a whole community at once. Threads overlap in time, so events are gathered first and folded person by
/// person in the order they happened; the rows are those that people's requests would have written one by one.
/// </summary>
/// <param name="people">How many people there are.</param>
/// <param name="firstPerson">The id of the first of them; the others follow.</param>
/// <param name="rules">What events are worth.</param>
internal sealed class SeededLedger(int people, long firstPerson, ReputationSettings rules)
{
    private readonly List<Event> events = [];
    // The first stands for none.
    private readonly List<(long Post, DateTimeOffset At)> deletions = [default];
    private readonly List<(int Person, int Deletion, int Difference)> adjustments = [];
    private readonly List<(int Person, DayBalance End)> days = [];
    private readonly int[] reputations = new int[people];

    /// <summary>A person's reputation, after <see cref="Fold"/>.</summary>
    public int Reputation(long person) => reputations[person - firstPerson];

    /// <summary>Notes that a post is deleted, for the events of all posts that go with it.</summary>
    public int Deletion(long post, DateTimeOffset at)
    {
        deletions.Add((post, at));
        return deletions.Count - 1;
    }

    /// <summary>Adds what an act moved.</summary>
    /// <param name="changes">Whose reputation, and why.</param>
    /// <param name="at">When, to the second.</param>
    /// <param name="deletion">What took it out of the count later; 0: nothing.</param>
    public void Add(IReadOnlyList<ReputationChange> changes, DateTimeOffset at, int deletion)
    {
        foreach (var change in changes)
        {
            events.Add(new Event
            {
                Person = (int)(change.UserId - firstPerson), Cause = (int)(change.CauseId - firstPerson), Post = (int)change.PostId, Kind = (byte)change.Kind,
                Second = (uint)at.ToUnixTimeSeconds(), Deletion = deletion,
            });
        }
    }

    /// <summary>Folds everybody's events.</summary>
    public void Fold()
    {
        var all = CollectionsMarshal.AsSpan(events);
        var starts = new int[people + 1];
        foreach (var happened in all)
            starts[happened.Person + 1]++;
        for (var person = 0; person < people; person++)
            starts[person + 1] += starts[person];

        var (order, next) = (new int[all.Length], starts[..people]);
        for (var i = 0; i < all.Length; i++)
            order[next[all[i].Person]++] = i;
        for (var person = 0; person < people; person++)
            Fold(person, order.AsSpan(starts[person]..starts[person + 1]));
    }

    /// <summary>Writes the ledger, after <see cref="Fold"/>.</summary>
    public void Write(BulkLoad load)
    {
        var rows = load.Prepare(
            "insert into reputation_events (user_id, kind, post_id, cause_id, nominal, applied, at, state, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        foreach (var happened in events)
        {
            rows.Run(
                firstPerson + happened.Person, happened.Kind, happened.Post, firstPerson + happened.Cause, happened.What.Worth(rules), happened.Applied, happened.At,
                happened.Deletion == 0 ? 0 : 2, (int)AdjustmentReason.None);
        }

        foreach (var (person, deletion, difference) in adjustments)
        {
            var (post, at) = deletions[deletion];
            rows.Run(
                firstPerson + person, (int)ReputationKind.Adjustment, post, BulkValue.Null, difference, difference, at, 0, (int)AdjustmentReason.PostDeleted);
        }

        var ends = load.Prepare("insert into reputation_days (user_id, day, balance, capped) values (?, ?, ?, ?)");
        foreach (var (person, end) in days)
            ends.Run(firstPerson + person, end.Day, end.Balance, end.Capped);
    }

    // What a deletion takes out of the count had been applied before: until then the fold holds it, and the difference is a row of its own.
    private void Fold(int person, Span<int> mine)
    {
        var all = events;
        mine.Sort((one, other) => all[one].Second != all[other].Second ? all[one].Second.CompareTo(all[other].Second) : one.CompareTo(other));
        var gone = new SortedSet<(DateTimeOffset At, int Deletion)>();
        foreach (var i in mine)
        {
            if (all[i].Deletion > 0)
                gone.Add((deletions[all[i].Deletion].At, all[i].Deletion));
        }

        var counted = new List<int>(mine.Length);
        var applied = 0;
        foreach (var (at, deletion) in gone)
        {
            applied = Count(counted, mine, applied, at);
            var before = Folded(counted).Balance;
            counted.RemoveAll(i => all[i].Deletion == deletion);
            if (Folded(counted).Balance - before is not 0 and var difference)
                adjustments.Add((person, deletion, difference));
        }

        Count(counted, mine, applied, DateTimeOffset.MaxValue);
        var folded = Folded(counted);
        reputations[person] = folded.Balance;
        days.AddRange(folded.Days.Select(day => (person, day)));
    }

    // Lets the events up to a time count, and notes what each changes; those before them have been applied. Returns how many of all have been now.
    private int Count(List<int> counted, ReadOnlySpan<int> mine, int applied, DateTimeOffset upTo)
    {
        var known = counted.Count;
        while (applied < mine.Length && events[mine[applied]].At <= upTo)
            counted.Add(mine[applied++]);
        if (counted.Count == known)
            return applied;

        var changes = Folded(counted).Applied;
        for (var i = known; i < counted.Count; i++)
            CollectionsMarshal.AsSpan(events)[counted[i]].Applied = (short)changes[i];
        return applied;
    }

    private Folded Folded(List<int> counted)
    {
        var seen = new CountedEvent[counted.Count];
        for (var i = 0; i < seen.Length; i++)
        {
            var happened = events[counted[i]];
            seen[i] = new CountedEvent(happened.What, happened.What.Worth(rules), DayBalance.Of(happened.At));
        }

        return ReputationFold.Fold(ReputationSettings.Start, seen, rules);
    }

    // Small, because there are some dozen million.
    private struct Event
    {
        public int Person;
        public int Cause;
        public int Post;
        public int Deletion;
        public uint Second;
        public short Applied;
        public byte Kind;

        public readonly ReputationKind What => (ReputationKind)Kind;

        public readonly DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(Second);
    }
}
