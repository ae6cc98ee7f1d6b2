using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Inbox;

/// <summary>
/// Tells people what the acts of others did to their reputation: one notice for each UTC day, unread again when more comes. It follows
/// the ledger by the numbers of its lines, so that no vote waits for it. What the ledger held before it first ran is no news.
/// </summary>
public sealed class TellOfReputation(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TellOfReputation> log)
    : Recurring(Interval, "Nobody could be told of their reputation; it is tried again.", log)
{
    private const string Job = "reputation-notices";
    private const int AtOnce = 500;
    private const long DayLength = 86_400_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // What others did (line e, about post p): not what a person did themselves, brought along, or got because a rule was changed.
    private static readonly string IsOthers =
        $"""
        (e.kind not in ({(int)ReputationKind.Adjustment}, {(int)ReputationKind.Opening}) and e.cause_id <> e.user_id
         or e.kind = {(int)ReputationKind.Adjustment} and e.reason <> {(int)AdjustmentReason.Recalculated}
            and (e.post_id is null or coalesce(p.author_id = e.user_id, 0)))
        """;

    /// <summary>Tells of everything new and returns how many people's days that were.</summary>
    public async Task<int> Tell(CancellationToken token)
    {
        for (var told = 0; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var mark = await db.Job(Job, token);
            if (mark is null)
            {
                await Keep(db, await db.Get<long>("select coalesce(max(id), 0) from reputation_events", token: token), token);
                continue;
            }

            var lines = await db.Query<Line>(
                $"select id as Id, user_id as UserId, at / {DayLength} as Day from reputation_events where id > @after order by id limit @AtOnce",
                new { after = long.Parse(mark.Cursor, CultureInfo.InvariantCulture), AtOnce }, token);
            if (lines.Count == 0)
                return told;

            var days = await Days(db, lines, token);
            db.EndSnapshot();
            await db.InShortTransactions(days, day => Write(db, day, token), token);
            await Keep(db, lines[^1].Id, token);
            told += days.Count;
        }
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Tell(token);

    // What the days come to on which there is something new: counted anew, so that telling twice tells once.
    private static async Task<IReadOnlyList<Day>> Days(Db db, IReadOnlyList<Line> lines, CancellationToken token)
    {
        var concerned = lines.Where(line => line.UserId > 0).Select(line => (line.UserId, line.Day)).ToHashSet();
        var sums = await db.Query<Day>(
            $"""
            select e.user_id as UserId, e.at / {DayLength} as Number, max(e.at) as At, coalesce(sum(e.applied) filter (where {IsOthers}), 0) as Amount
            from reputation_events e
            left join posts p on p.id = e.post_id
            where {db.Dialect.InList("e.user_id", "@people")} and e.at >= @from and e.at < @to
            group by e.user_id, e.at / {DayLength}
            """,
            new
            {
                people = db.Dialect.List(concerned.Select(one => one.UserId).Distinct()),
                from = lines.Min(line => line.Day) * DayLength, to = (lines.Max(line => line.Day) + 1) * DayLength,
            }, token);
        return [.. sums.Where(day => concerned.Contains((day.UserId, day.Number)))];
    }

    // A day's number below 0 is no event's.
    private static Task<int> Write(Db db, Day day, CancellationToken token) =>
        day.Amount == 0
            ? db.Execute("delete from inbox where user_id = @UserId and event_id = -@Number and kind = 'reputation'", day, token)
            : db.Execute(
                """
                insert into inbox (user_id, kind, amount, at, event_id) values (@UserId, 'reputation', @Amount, @At, -@Number)
                on conflict (user_id, event_id) do update set amount = excluded.amount, at = excluded.at, read_at = null
                where inbox.amount <> excluded.amount
                """,
                day, token);

    private Task<int> Keep(Db db, long last, CancellationToken token) => db.KeepJob(Job, last.ToString(CultureInfo.InvariantCulture), clock.GetUtcNow(), token);

    private sealed record Line
    {
        public long Id { get; init; }
        public long UserId { get; init; }
        public long Day { get; init; }
    }

    private sealed record Day
    {
        public long UserId { get; init; }
        public long Number { get; init; }
        public DateTimeOffset At { get; init; }
        public int Amount { get; init; }
    }
}
