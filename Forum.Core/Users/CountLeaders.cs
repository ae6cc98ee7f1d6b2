using System.Diagnostics;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Users;

/// <summary>
/// Counts from time to time who leads on each board in each period, and keeps the best of them, so that the page need not count. It
/// reads some people at a time on a reader, all that it needs from indexes, and writes only boards that are otherwise.
/// </summary>
public sealed class CountLeaders(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<CountLeaders> log)
    : Recurring(Interval, "The leaders could not be counted; it is tried again.", log)
{
    private const string Job = "leaders";
    private const int PeopleAtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Counts and returns how many boards are otherwise than before.</summary>
    public async Task<int> Count(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var most = settings.Current.Pages.Leaders;
        var boards = (
            from board in Enum.GetValues<Board>()
            from period in Enum.GetValues<Period>()
            where Leaders.IsCounted(board, period)
            select KeyValuePair.Create((board, period), new Best(most))).ToDictionary();
        for (var from = 0L; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var upTo = await db.Find<long?>("select max(id) from (select id from users where id > @from order by id limit @PeopleAtOnce) some", new { from, PeopleAtOnce }, token);
            if (upTo is null)
                break;
            await Look(db, boards, from, upTo.Value, token);
            db.EndSnapshot();
            from = upTo.Value;
            await GiveWay(began, 9, token);
        }

        var changed = await Changed(db, boards, token);
        db.EndSnapshot();
        await db.InShortTransactions(changed, board => Write(db, board.Key, board.Value, token), token);
        await db.KeepJob(Job, "", clock.GetUtcNow(), token);
        if (changed.Count > 0)
            await scope.ServiceProvider.GetRequiredService<Happened>().Announce(new LeadersCounted(changed.Count), db, token);
        return changed.Count;
    }

    /// <inheritdoc />
    protected override async Task Once(CancellationToken token)
    {
        if (await IsDue(token))
            await Count(token);
    }

    private async Task<bool> IsDue(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<Db>().Job(Job, token);
        return last is null || clock.GetUtcNow() - last.UpdatedAt >= settings.Current.Windows.Leaders;
    }

    private async Task Look(Db db, Dictionary<(Board, Period), Best> boards, long from, long upTo, CancellationToken token)
    {
        var today = DayBalance.Of(clock.GetUtcNow());
        var (week, month, quarter, year) = (Period.Week.FirstDay(today), Period.Month.FirstDay(today), Period.Quarter.FirstDay(today), Period.Year.FirstDay(today));
        var days = new { from, upTo, week, month, quarter, year, ReputationSettings.Start };
        var times = new { from, upTo, week = DayBalance.Start(week), month = DayBalance.Start(month), quarter = DayBalance.Start(quarter), year = DayBalance.Start(year) };

        // What they have now, less what they had when the period began.
        Add(Board.Reputation, await db.Query<Row>(
            $"""
            select u.id as UserId, u.reputation - {Before("week")} as Week, u.reputation - {Before("month")} as Month,
                   u.reputation - {Before("quarter")} as Quarter, u.reputation - {Before("year")} as Year
            from users u
            where u.id > @from and u.id <= @upTo and u.removed_at is null
              and (select max(day) from reputation_days d where d.user_id = u.id) >= @year
            """, days, token));
        Add(Board.Newest, await db.Query<Row>(
            """
            select id as UserId, case when created_at >= @week then reputation else 0 end as Week, case when created_at >= @month then reputation else 0 end as Month,
                   case when created_at >= @quarter then reputation else 0 end as Quarter, reputation as Year
            from users
            where id > @from and id <= @upTo and created_at >= @year and removed_at is null
            """, times, token));
        Add(Board.Voters, await db.Query<Row>(
            """
            select v.user_id as UserId, count(*) filter (where v.cast_at >= @week) as Week, count(*) filter (where v.cast_at >= @month) as Month,
                   count(*) filter (where v.cast_at >= @quarter) as Quarter, count(*) filter (where v.cast_at >= @year) as Year, count(*) as "All"
            from votes v
            join users u on u.id = v.user_id and u.removed_at is null
            where v.user_id > @from and v.user_id <= @upTo
            group by v.user_id
            """, times, token));
        Add(Board.Editors, await db.Query<Row>(
            """
            select r.author_id as UserId, count(*) filter (where r.created_at >= @week) as Week, count(*) filter (where r.created_at >= @month) as Month,
                   count(*) filter (where r.created_at >= @quarter) as Quarter, count(*) filter (where r.created_at >= @year) as Year, count(*) as "All"
            from revisions r
            join users u on u.id = r.author_id and u.removed_at is null
            where r.author_id > @from and r.author_id <= @upTo and r.number > 1
            group by r.author_id
            """, times, token));

        void Add(Board board, IReadOnlyList<Row> rows)
        {
            foreach (var row in rows)
            {
                foreach (var period in Enum.GetValues<Period>())
                {
                    if (boards.TryGetValue((board, period), out var best))
                        best.Add(row.UserId, row.In(period));
                }
            }
        }
    }

    private static string Before(string period) =>
        $"coalesce((select d.balance from reputation_days d where d.user_id = u.id and d.day < @{period} order by d.day desc limit 1), @Start)";

    private static async Task<List<KeyValuePair<(Board Board, Period Period), IReadOnlyList<(long UserId, long Value)>>>> Changed(
        Db db, Dictionary<(Board Board, Period Period), Best> boards, CancellationToken token)
    {
        var kept = (await db.Query<Kept>("select board as Board, period as Period, user_id as UserId, value as Value from leaders order by board, period, rank", token: token))
            .ToLookup(row => (row.Board, row.Period), row => (row.UserId, row.Value));
        return
        [
            .. from board in boards
               let now = board.Value.InOrder()
               where !now.SequenceEqual(kept[(Leaders.Word(board.Key.Board), Leaders.Word(board.Key.Period))])
               select KeyValuePair.Create(board.Key, now),
        ];
    }

    private static async Task Write(Db db, (Board Board, Period Period) which, IReadOnlyList<(long UserId, long Value)> best, CancellationToken token)
    {
        var (board, period) = (Leaders.Word(which.Board), Leaders.Word(which.Period));
        await db.Execute("delete from leaders where board = @board and period = @period", new { board, period }, token);
        await db.Execute(
            "insert into leaders (board, period, rank, user_id, value) values (@board, @period, @rank, @UserId, @Value)",
            best.Select((one, i) => new { board, period, rank = i + 1, one.UserId, one.Value }).ToList(), token);
    }

    // So many of those with most; of as many, who came first.
    private sealed class Best(int most)
    {
        private readonly PriorityQueue<long, (long Value, long Earlier)> people = new();

        public void Add(long person, long value)
        {
            if (value <= 0)
                return;
            if (people.Count < most)
                people.Enqueue(person, (value, -person));
            else
                people.EnqueueDequeue(person, (value, -person));
        }

        public IReadOnlyList<(long UserId, long Value)> InOrder() =>
            [.. people.UnorderedItems.OrderByDescending(one => one.Priority).Select(one => (one.Element, one.Priority.Value))];
    }

    private sealed record Row
    {
        public long UserId { get; init; }
        public long Week { get; init; }
        public long Month { get; init; }
        public long Quarter { get; init; }
        public long Year { get; init; }
        public long All { get; init; }

        public long In(Period period) => period switch
        {
            Period.Week => Week,
            Period.Month => Month,
            Period.Quarter => Quarter,
            Period.Year => Year,
            Period.All => All,
        };
    }

    private sealed record Kept
    {
        public string Board { get; init; } = "";
        public string Period { get; init; } = "";
        public long UserId { get; init; }
        public long Value { get; init; }
    }
}
