using System.Collections.Concurrent;
using System.Net;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Connections;

/// <summary>
/// Keeps from which network addresses people signed in and wrote, and throws away what is old. Kept in memory and written in batches, so that
/// nobody's request waits for it. A singleton. Rules: docs/rules/insight.md, section 4.
/// </summary>
public sealed class SightAddresses(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<SightAddresses> log)
    : Recurring(Interval, "Network addresses could not be kept.", log)
{
    private const int AtOnce = 100;

    // Past this many nobody's new address is kept until the others are written: memory has a bound.
    private const int MostPending = 100_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentDictionary<(long UserId, SeenAddress Address), Sighting> pending = new();
    private DateTimeOffset? prunedAt;

    /// <summary>Notes that somebody signed in, registered or wrote from an address.</summary>
    public void Note(long userId, IPAddress? from)
    {
        if (settings.Current.Insight.AddressDays == 0 || SeenAddress.Of(from) is not { } address || pending.Count >= MostPending)
            return;

        var now = clock.GetUtcNow();
        pending.AddOrUpdate((userId, address), new Sighting(now, now, 1), (_, seen) => seen with { Last = now, Times = seen.Times + 1 });
    }

    /// <summary>Writes what has been noted.</summary>
    public async Task Write(CancellationToken token)
    {
        var sightings = new List<(long UserId, SeenAddress Address, Sighting Seen)>();
        foreach (var key in pending.Keys)
        {
            if (pending.TryRemove(key, out var seen))
                sightings.Add((key.UserId, key.Address, seen));
        }

        if (sightings.Count == 0)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.InShortTransactions(
            sightings,
            sighting => db.Execute(
                """
                insert into address_sightings (user_id, address, network, first_at, last_at, times)
                select id, @Address, @Network, @First, @Last, @Times
                from users
                where id = @UserId
                on conflict (user_id, address) do update set last_at = max(last_at, excluded.last_at), times = times + excluded.times
                """,
                new { sighting.UserId, sighting.Address.Address, sighting.Address.Network, sighting.Seen.First, sighting.Seen.Last, sighting.Seen.Times }, token),
            token);
    }

    /// <summary>Throws away what was last seen too long ago; returns how many rows went.</summary>
    public async Task<int> Prune(CancellationToken token)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(settings.Current.Insight.AddressDays);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        for (var gone = 0; ;)
        {
            var now = await db.InTransaction(
                () => db.Execute(
                    """
                    delete from address_sightings
                    where (user_id, address) in (select user_id, address from address_sightings where last_at <= @before order by last_at limit @AtOnce)
                    """, new { before, AtOnce }, token), token);
            gone += now;
            if (now < AtOnce)
                return gone;
            await Task.Delay(Pause, token);
        }
    }

    /// <inheritdoc />
    protected override async Task Once(CancellationToken token)
    {
        await Write(token);
        var now = clock.GetUtcNow();
        if (prunedAt is { } last && now - last < BetweenPrunings)
            return;

        await Prune(token);
        prunedAt = now;
    }

    /// <inheritdoc />
    protected override Task AtTheEnd() => Write(CancellationToken.None);

    private sealed record Sighting(DateTimeOffset First, DateTimeOffset Last, int Times);
}
