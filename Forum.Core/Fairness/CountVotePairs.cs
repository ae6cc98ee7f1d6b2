using System.Diagnostics;
using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Fairness;

/// <summary>
/// Counts every night who votes unusually often for one person, and keeps the most unusual, so that the page need not look through all votes.
/// It reads some people at a time on a reader, and writes only rows that are otherwise. Rules: docs/rules/fairness.md, "Suspicious votes".
/// </summary>
public sealed class CountVotePairs(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<CountVotePairs> log)
    : Recurring(Interval, "Suspicious votes could not be looked for; it is tried again.", log)
{
    private const string Job = "vote-pairs";
    private const int PeopleAtOnce = 500;
    private const int RestTimes = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does tonight's work, if it is time and nobody did it yet; returns how many pairs are kept, or null.</summary>
    public async Task<int?> Nightly(CancellationToken token)
    {
        var (rules, now) = (settings.Current.Fairness, clock.GetUtcNow());
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(rules.Hour);
        if (now < due)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var last = await db.Job(Job, token);
        db.EndSnapshot();
        return last?.UpdatedAt >= due ? null : await Count(token);
    }

    /// <summary>Counts, and returns how many pairs are kept.</summary>
    public async Task<int> Count(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var (rules, now) = (settings.Current.Fairness, clock.GetUtcNow());
        IReadOnlyList<Pair> best = [];
        for (var after = 0L; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var upTo = await db.Find<long?>("select max(id) from (select id from users where id > @after order by id limit @PeopleAtOnce) some", new { after, PeopleAtOnce }, token);
            if (upTo is null)
                break;

            best = Best([.. best, .. await Pairs(db, after, upTo.Value, now.AddDays(-rules.PairDays), token)], rules.PairsKept);
            db.EndSnapshot();
            after = upTo.Value;
            await GiveWay(began, RestTimes, token);
        }

        var kept = await db.Query<Pair>($"select {Pair.Columns} from vote_pairs", token: token);
        db.EndSnapshot();
        await Write(db, [.. best.Except(kept)], [.. kept.ExceptBy(best.Select(pair => (pair.VoterId, pair.AuthorId)), pair => (pair.VoterId, pair.AuthorId))], token);
        await db.KeepJob(Job, best.Count.ToString(CultureInfo.InvariantCulture), now, token);
        return best.Count;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);

    // By share and by number: each order is listed.
    private static IReadOnlyList<Pair> Best(IReadOnlyList<Pair> pairs, int most) =>
    [
        .. pairs.OrderByDescending(pair => (double)pair.Votes / pair.Total).ThenByDescending(pair => pair.Votes).ThenBy(pair => pair.VoterId).ThenBy(pair => pair.AuthorId).Take(most)
            .Union(pairs.OrderByDescending(pair => pair.Votes).ThenBy(pair => pair.Total).ThenBy(pair => pair.VoterId).ThenBy(pair => pair.AuthorId).Take(most)),
    ];

    private Task<IReadOnlyList<Pair>> Pairs(Db db, long after, long upTo, DateTimeOffset since, CancellationToken token) =>
        db.Query<Pair>(
            """
            with recent as (
                select v.user_id as voter_id, p.author_id, v.direction, v.cast_at
                from users u
                join votes v on v.user_id = u.id and v.cast_at >= @since
                join posts p on p.id = v.post_id
                where u.id > @after and u.id <= @upTo)
            select r.voter_id as VoterId, r.author_id as AuthorId, count(*) filter (where r.direction = 1) as Up, count(*) filter (where r.direction = -1) as Down,
                   t.total as Total, min(r.cast_at) as FirstAt, max(r.cast_at) as LastAt
            from recent r
            join (select voter_id, count(*) as total from recent group by voter_id) t on t.voter_id = r.voter_id
            where r.author_id is not null and r.author_id <> r.voter_id
            group by r.voter_id, r.author_id
            having count(*) >= @PairVotes and 100 * count(*) >= @PairShare * t.total
            """,
            new { after, upTo, since, settings.Current.Fairness.PairVotes, settings.Current.Fairness.PairShare }, token);

    private static async Task Write(Db db, IReadOnlyList<Pair> changed, IReadOnlyList<Pair> gone, CancellationToken token)
    {
        await db.InShortTransactions(
            gone, pair => db.Execute("delete from vote_pairs where voter_id = @VoterId and author_id = @AuthorId", new { pair.VoterId, pair.AuthorId }, token), token);
        await db.InShortTransactions(
            changed,
            pair => db.Execute(
                """
                insert into vote_pairs (voter_id, author_id, up, down, total, first_at, last_at)
                values (@VoterId, @AuthorId, @Up, @Down, @Total, @FirstAt, @LastAt)
                on conflict (voter_id, author_id) do update
                set up = excluded.up, down = excluded.down, total = excluded.total, first_at = excluded.first_at, last_at = excluded.last_at
                """,
                new { pair.VoterId, pair.AuthorId, pair.Up, pair.Down, pair.Total, pair.FirstAt, pair.LastAt }, token),
            token);
    }

    private sealed record Pair
    {
        public const string Columns = "voter_id as VoterId, author_id as AuthorId, up as Up, down as Down, total as Total, first_at as FirstAt, last_at as LastAt";

        public long VoterId { get; init; }
        public long AuthorId { get; init; }
        public int Up { get; init; }
        public int Down { get; init; }
        public int Total { get; init; }
        public DateTimeOffset FirstAt { get; init; }
        public DateTimeOffset LastAt { get; init; }

        public int Votes => Up + Down;
    }
}
