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

    /// <summary>Records an event and that each of <paramref name="handlers"/> has to hear of it.</summary>
    public static async Task Record(this Db db, string kind, string payload, IReadOnlyCollection<string> handlers, DateTimeOffset now, CancellationToken token)
    {
        var id = await db.Get<long>("insert into events (kind, payload, at) values (@kind, @payload, @now) returning id", new { kind, payload, now }, token);
        foreach (var handler in handlers)
        {
            await db.Execute(
                "insert into deliveries (event_id, handler, due_at) values (@id, @handler, @now)",
                new { id, handler, now }, token);
        }
    }

    /// <summary>Takes up to <paramref name="count"/> deliveries that are due, oldest first, for this caller alone.</summary>
    public static Task<IReadOnlyList<Delivery>> Claim(this Db db, int count, DateTimeOffset now, CancellationToken token) =>
        db.InTransaction(async () =>
        {
            var due = await db.Query<Delivery>(
                """
                select d.event_id as EventId, d.handler as Handler, d.attempts as Attempts, e.kind as Kind, e.payload as Payload, e.at as At
                from deliveries d
                join events e on e.id = d.event_id
                where d.is_parked = 0 and d.due_at <= @now
                order by d.due_at
                limit @count
                """,
                new { now, count }, token);
            foreach (var delivery in due)
            {
                await db.Execute(
                    "update deliveries set attempts = attempts + 1, due_at = @until where event_id = @EventId and handler = @Handler",
                    new { delivery.EventId, delivery.Handler, until = now + Lease }, token);
            }

            return due;
        }, token);

    /// <summary>Forgets a delivery that was made.</summary>
    public static Task Done(this Db db, Delivery delivery, CancellationToken token) =>
        db.InTransaction(() => db.Execute(
            "delete from deliveries where event_id = @EventId and handler = @Handler",
            new { delivery.EventId, delivery.Handler }, token), token);

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
}
