namespace Forum.Data.Events;

/// <summary>An event that a handler has yet to hear of.</summary>
public sealed record Delivery
{
    public long EventId { get; init; }
    public string Handler { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Payload { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public int Attempts { get; init; }
}

/// <summary>
/// Events, written in the transaction that made them true, and for each handler the row that says it has yet to hear.
/// A row is claimed by a lease and deleted when done, so that a crash repeats a delivery but never loses one.
/// </summary>
public static class Deliveries
{
    /// <summary>After this many failures a delivery is parked until an administrator looks at it.</summary>
    public const int MostAttempts = 8;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Records an event and that each of <paramref name="handlers"/> has to hear of it; returns its number.</summary>
    public static async Task<long> Record(this Db db, string kind, string payload, IReadOnlyCollection<string> handlers, DateTimeOffset now, CancellationToken token)
    {
        var id = await db.Get<long>("insert into events (kind, payload, at) values (@kind, @payload, @now) returning id", new { kind, payload, now }, token);
        foreach (var handler in handlers)
        {
            await db.Execute(
                "insert into deliveries (event_id, handler, due_at) values (@id, @handler, @now)",
                new { id, handler, now }, token);
        }

        return id;
    }

    /// <summary>Takes up to <paramref name="count"/> deliveries that are due, oldest first, for this caller alone.</summary>
    public static Task<IReadOnlyList<Delivery>> Claim(this Db db, int count, DateTimeOffset now, CancellationToken token) =>
        db.InTransaction(async () =>
        {
            var due = await db.Query<Delivery>(
                """
                update deliveries
                set attempts = attempts + 1, due_at = @until
                where (event_id, handler) in (
                    select event_id, handler from deliveries where is_parked = 0 and due_at <= @now order by due_at limit @count)
                returning event_id as EventId, handler as Handler, attempts - 1 as Attempts
                """,
                new { now, count, until = now + Lease }, token);
            if (due.Count == 0)
                return due;

            var events = (await db.Query<Event>(
                $"select id as Id, kind as Kind, payload as Payload, at as At from events where {db.Dialect.In("id", "@ids")}",
                new { ids = due.Select(d => d.EventId).Distinct().ToArray() }, token)).ToDictionary(e => e.Id);
            return (IReadOnlyList<Delivery>)
            [
                .. from delivery in due
                   let happened = events[delivery.EventId]
                   orderby happened.At, delivery.EventId
                   select delivery with { Kind = happened.Kind, Payload = happened.Payload, At = happened.At },
            ];
        }, token);

    /// <summary>Forgets deliveries that were made.</summary>
    public static Task Done(this Db db, IReadOnlyCollection<Delivery> deliveries, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        return deliveries.Count == 0
            ? Task.CompletedTask
            : db.InTransaction(() => db.Execute(
                "delete from deliveries where event_id = @EventId and handler = @Handler",
                deliveries.Select(d => new { d.EventId, d.Handler }).ToList(), token), token);
    }

    /// <summary>Puts a delivery off, longer each time, and parks it after <see cref="MostAttempts"/>.</summary>
    public static Task Failed(this Db db, Delivery delivery, string error, DateTimeOffset now, CancellationToken token)
    {
        var attempts = delivery.Attempts + 1;
        return db.InTransaction(() => db.Execute(
            """
            update deliveries
            set due_at = @due, error = @error, is_parked = @parked
            where event_id = @EventId and handler = @Handler
            """,
            new
            {
                delivery.EventId,
                delivery.Handler,
                error,
                due = now + TimeSpan.FromSeconds(Math.Pow(3, attempts)),
                parked = attempts >= MostAttempts,
            }, token), token);
    }

    private sealed record Event
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Payload { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }
}
