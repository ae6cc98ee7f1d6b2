using System.Text.Json;
using Forum.Core.Pipeline;
using Forum.Data;
using Forum.Data.Events;
using MediatR;

namespace Forum.Core;

/// <summary>
/// Where a handler notes what happened: <c>happened.Note(new VoteCast(…))</c>. Notes are written in the command's own
/// transaction and handled after the commit, at least once, so a handler recounts instead of incrementing. Scoped.
/// </summary>
public sealed class Happened(Listeners listeners, Generations generations, WatchChanges others, TimeProvider clock)
{
    private readonly List<INotification> noted = [];
    private readonly List<long> written = [];
    private bool isToBeHeard;
    private readonly PageTags changed = new();

    /// <summary>Notes an event: a past-tense record of ids, never of names or addresses.</summary>
    public void Note(INotification happening) => noted.Add(happening);

    internal async Task Write(Db db, CancellationToken token)
    {
        foreach (var happening in noted)
        {
            var kind = happening.GetType();
            var handlers = listeners.Of(kind);
            isToBeHeard |= handlers.Length > 0;
            written.Add(await db.Record(kind.FullName!, JsonSerializer.Serialize(happening, kind), handlers, clock.GetUtcNow(), token));
            (happening as IChangePages)?.Mark(changed);
        }

        noted.Clear();
        await changed.FindLists(db, token);
    }

    /// <summary>
    /// Makes kept pages old that show what was changed, after the commit and before anybody is answered. Returns whether somebody
    /// listens to what happened.
    /// </summary>
    internal bool Tell(bool isCommitted)
    {
        var isHeard = isToBeHeard;
        generations.Raise([.. changed]);
        if (isCommitted)
            others.Know(written);
        Forget();
        return isHeard;
    }

    /// <summary>Notes an event of work that is no command, in a transaction of its own.</summary>
    internal async Task Announce(INotification happening, Db db, CancellationToken token)
    {
        Note(happening);
        await db.InTransaction(() => Write(db, token), token);
        Tell(isCommitted: true);
    }

    internal void Forget()
    {
        noted.Clear();
        written.Clear();
        changed.Clear();
        isToBeHeard = false;
    }
}

/// <summary>An event as its handlers hear of it: with its number and when it happened.</summary>
/// <param name="Id">The event's number; a handler's rows carry it, so that hearing twice writes once.</param>
/// <param name="At">When it happened.</param>
/// <param name="What">The event.</param>
public sealed record Heard<T>(long Id, DateTimeOffset At, T What) where T : INotification;

/// <summary>Does what follows from an event, after the commit. It may run late, twice or after a crash.</summary>
public interface IHear<T> where T : INotification
{
    /// <summary>Does it; to be done again when it throws.</summary>
    Task Hear(Heard<T> heard, CancellationToken token);
}

/// <summary>Who listens to which kind of event: found once, from what is registered.</summary>
public sealed class Listeners
{
    private readonly Dictionary<Type, string[]> byEvent;
    private readonly Dictionary<string, (Type Handler, Type Event)> byName;

    internal Listeners(IEnumerable<Type> handlers)
    {
        var pairs = (
            from handler in handlers
            from contract in handler.GetInterfaces()
            where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IHear<>)
            select (Handler: handler, Event: contract.GetGenericArguments()[0])).ToList();
        byEvent = pairs.GroupBy(p => p.Event).ToDictionary(g => g.Key, g => g.Select(p => Name(p.Handler, p.Event)).ToArray());
        byName = pairs.ToDictionary(p => Name(p.Handler, p.Event), StringComparer.Ordinal);
    }

    internal string[] Of(Type happening) => byEvent.GetValueOrDefault(happening, []);

    internal (Type Handler, Type Event)? Named(string name) => byName.TryGetValue(name, out var pair) ? pair : null;

    private static string Name(Type handler, Type happening) => $"{handler.FullName}({happening.Name})";
}
