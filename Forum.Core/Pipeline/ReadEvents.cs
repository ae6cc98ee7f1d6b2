using System.Diagnostics;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>
/// Does what follows from events some time after them: it reads them in their order, many at a time, and keeps in
/// <c>watermarks</c> how far it has come. What follows is written before the mark, so a crash repeats it and loses nothing:
/// whoever derives from this recounts instead of incrementing. Numbers of events grow in the order of their commits, because one
/// writer gives them.
/// </summary>
/// <param name="reader">Its name in <c>watermarks</c>.</param>
/// <param name="interval">How long it rests when there is nothing new.</param>
/// <param name="failure">What the log says when it fails.</param>
public abstract class ReadEvents(string reader, TimeSpan interval, string failure, IServiceScopeFactory scopes, ILogger log) : Recurring(interval, failure, log)
{
    /// <summary>How many events are read at a time.</summary>
    protected virtual int AtOnce => 500;

    /// <summary>Reads until there is nothing new, and returns how many events that were. The first time it begins with what is there already.</summary>
    public async Task<int> CatchUp(CancellationToken token)
    {
        for (var read = 0; ;)
        {
            var began = Stopwatch.GetTimestamp();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (await db.Mark(reader, token) is not { } mark)
            {
                var newest = await db.Get<long>("select coalesce(max(id), 0) from events", token: token);
                db.EndSnapshot();
                await Begin(scope.ServiceProvider, token);
                await Keep(db, newest, token);
                continue;
            }

            var events = await db.After(mark, AtOnce, token);
            db.EndSnapshot();
            if (events.Count == 0)
                return read;

            await Follow(scope.ServiceProvider, events, token);
            await Keep(db, events[^1].Id, token);
            read += events.Count;
            if (events.Count < AtOnce)
                return read;
            await GiveWay(began, 1, token);
        }
    }

    /// <summary>Does for everything there is what <see cref="Follow"/> does for events; once in the life of a database, or again when it was cut off.</summary>
    protected abstract Task Begin(IServiceProvider scope, CancellationToken token);

    /// <summary>Does what follows from some events.</summary>
    protected abstract Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => CatchUp(token);

    private Task<int> Keep(Db db, long newest, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                """
                insert into watermarks (reader, event_id) values (@reader, @newest)
                on conflict (reader) do update set event_id = max(event_id, excluded.event_id)
                """,
                new { reader, newest }, token),
            token);
}

/// <summary>An event as whoever reads them in order sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it happened.</param>
/// <param name="What">The event; null when a newer program wrote one that this one does not know.</param>
public sealed record ReadEvent(long Id, DateTimeOffset At, INotification? What);

/// <summary>How far readers of events have come, and what comes after.</summary>
internal static class Watermarks
{
    /// <summary>The number of the last event that a reader has followed; null before it began.</summary>
    public static Task<long?> Mark(this Db db, string reader, CancellationToken token) =>
        db.Find<long?>("select event_id from watermarks where reader = @reader", new { reader }, token);

    /// <summary>The first so many events after a mark.</summary>
    public static async Task<IReadOnlyList<ReadEvent>> After(this Db db, long mark, int atOnce, CancellationToken token) =>
    [
        .. from row in await db.Query<Row>(
               "select id as Id, kind as Kind, payload as Payload, at as At from events where id > @mark order by id limit @atOnce", new { mark, atOnce }, token)
           select new ReadEvent(row.Id, row.At, EventKinds.Read(row.Kind, row.Payload)),
    ];

    private sealed record Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Payload { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }
}
