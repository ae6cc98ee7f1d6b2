using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>
/// Finds what other processes changed (the command line beside a server) by their events, and raises it; settings are read anew. Ours
/// was raised when it was committed.
/// </summary>
public sealed class WatchChanges(IServiceScopeFactory scopes, Generations generations, SettingsStore settings, ILogger<WatchChanges> log)
    : Recurring(Interval, "Changes by other processes could not be looked for; kept pages may be as old as they become until it works again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // After more than this at once everything is rendered anew.
    private const int AtOnce = 500;

    private readonly HashSet<long> ours = [];
    private readonly Lock counting = new();
    private long? seen;

    /// <summary>Looks once.</summary>
    public async Task Look(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (seen is not { } last)
        {
            seen = await db.Get<long>("select coalesce(max(id), 0) from events", token: token);
            return;
        }

        var events = await db.Query<Event>(
            "select id as Id, kind as Kind, payload as Payload from events where id > @last order by id limit @AtOnce", new { last, AtOnce }, token);
        if (events.Count == 0)
            return;

        var changed = new PageTags();
        if (events.Count == AtOnce)
            changed.Site();
        foreach (var theirs in events.Where(e => !IsOurs(e.Id)))
            Mark(theirs, changed);
        if (events.Any(e => e.Kind == typeof(SettingsChanged).FullName))
            await settings.Load(db, token);
        await changed.FindLists(db, token);
        generations.Raise(changed.ToList());
        lock (counting)
        {
            seen = events[^1].Id;
            ours.RemoveWhere(id => id <= seen);
        }
    }

    /// <summary>Begins with what is there before the first page is rendered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Notes events that this process committed and raised.</summary>
    internal void Know(IEnumerable<long> events)
    {
        lock (counting)
        {
            // Nobody looks in a process that serves no pages, and what was looked at need not be known.
            if (seen is { } last)
                ours.UnionWith(events.Where(id => id > last));
        }
    }

    // Kept pages are as old as its last look.
    protected override bool IsUrgent => true;

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Look(token);

    private bool IsOurs(long id)
    {
        lock (counting)
            return ours.Contains(id);
    }

    private static void Mark(Event theirs, PageTags changed)
    {
        // A newer program may know events that this one does not.
        if (EventKinds.Read(theirs.Kind, theirs.Payload) is not { } happened)
            changed.Site();
        else
            (happened as IChangePages)?.Mark(changed);
    }

    private sealed record Event
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Payload { get; init; } = "";
    }
}
