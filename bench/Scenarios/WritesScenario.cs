using System.Globalization;
using System.Net;
using Forum.Bench.Baselines;
using Forum.Bench.Load;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>writes</c>: votes, comments, answers and questions through their forms, by one client and by sixteen, beside
/// <b>sqlite-commit</b>; their latency in an open loop; and what bulk work in another process does to it.
/// </summary>
static class WritesScenario
{
    const int Many = 16;

    // Enough to be a p99 of, where the disk can take it twice over.
    const double MostBesideBulk = 100;

    static readonly TimeSpan BesideBulk = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, CancellationToken token)
    {
        var database = await SeededDatabase.Ensure(options, options.Questions, token);
        var prepared = Members.Prepare(database, options.IsQuick ? 16 : 200);
        using var site = await ForumSite.Serve(options, "the site", database, isCold: false, token);
        var members = await Members.SignIn(site, prepared, token);
        var writing = new Writing(Community.Of(database), members);
        using var commit = new SqliteCommit(options.Data);

        var report = new Report("writes");
        var flush = SqliteCommit.Flush(options.Data);
        Kind[] kinds =
        [
            new("votes", writing.Vote, 200),
            new("comments", writing.Comment, 200),
            new("answers", writing.Answer, 302),
            new("questions", writing.Ask, 302),
        ];
        var closed = Closed(options, site, kinds, commit, token);
        report.Note(string.Create(CultureInfo.InvariantCulture, $"A flush to this disk takes {flush:0.00} ms; sqlite-commit reaches {Series.Median(closed.Commits):0} transactions a second."));
        Show(report, kinds, closed);
        Open(options, report, site, kinds, closed, token);
        await Bulk(options, report, site, writing, database, Math.Min(MostBesideBulk, closed.Series[("votes", Many)].Rate / 2), token);
        report.Figure("flush-ms", flush);
        report.Finish(options);
    }

    static (Dictionary<(string Kind, int Clients), Series> Series, List<double> Commits) Closed(BenchOptions options, ServerProcess site, Kind[] kinds, SqliteCommit commit, CancellationToken token)
    {
        var series = kinds.SelectMany(kind => new[] { (kind.Name, 1), (kind.Name, Many) }).ToDictionary(key => key, key => new Series(key.Name));
        var commits = new List<double>();
        using var one = new ClosedLoop(Address(site), 1);
        using var many = new ClosedLoop(Address(site), Many);
        foreach (var kind in kinds)
            many.Run(options.Time / 2, _ => kind.Next(), kind.Expected);
        for (var round = 1; round <= options.Rounds; round++)
        {
            BenchOptions.Tell($"Round {round} of {options.Rounds}");
            commits.Add(commit.Rate(options.Time));
            foreach (var kind in kinds)
            {
                token.ThrowIfCancellationRequested();
                series[(kind.Name, 1)].Measure(site, () => one.Run(options.Time, _ => kind.Next(), kind.Expected));
                series[(kind.Name, Many)].Measure(site, () => many.Run(options.Time, _ => kind.Next(), kind.Expected));
            }
        }

        return (series, commits);
    }

    static void Show(Report report, Kind[] kinds, (Dictionary<(string Kind, int Clients), Series> Series, List<double> Commits) closed)
    {
        report.Table("Closed loop", "write", "clients", "writes/s", "p50 ms", "p99 ms", "CPU ms/write", "of sqlite-commit");
        foreach (var kind in kinds)
        {
            foreach (var clients in new[] { 1, Many })
            {
                var series = closed.Series[(kind.Name, clients)];
                var ratio = Series.Median(series.Rates.Zip(closed.Commits, (rate, commits) => rate / commits));
                report.Row(kind.Name, clients, series.Rate, series.P50, series.P99, series.Processor, ratio);
                report.Figure(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}{clients}/commit"), ratio);
            }
        }
    }

    static void Open(BenchOptions options, Report report, ServerProcess site, Kind[] kinds, (Dictionary<(string Kind, int Clients), Series> Series, List<double> Commits) closed, CancellationToken token)
    {
        report.Table("Open loop, at half of what the closed loop reached", "write", "clients", "writes/s", "p50 ms", "p99 ms", "generator's lag p99 ms");
        foreach (var kind in kinds)
        {
            foreach (var clients in new[] { 1, Many })
            {
                using var loop = new OpenLoop(Address(site), clients);
                var rate = closed.Series[(kind.Name, clients)].Rate / 2;
                var seen = loop.Run(rate, 2 * options.Time, 1, _ => new Planned(0, kind.Next(), kind.Expected), token);
                report.Row(kind.Name, clients, rate, seen.All.Percentile(0.5), seen.All.Percentile(0.99), seen.Lag.Percentile(0.99));
            }
        }
    }

    static async Task Bulk(BenchOptions options, Report report, ServerProcess site, Writing writing, string database, double rate, CancellationToken token)
    {
        var time = 2 * options.Time;
        using var loop = new OpenLoop(Address(site), 4 * Many);
        List<(double P50, double P99)> idle = [];
        var jobs = new BulkJob[]
        {
            new("reputation recalculate", ["reputation", "recalculate"], () => { }),
            new("render", ["render"], () => MakeStale(database, options.IsQuick ? 500 : 10_000)),
            new("badges award --all", ["badges", "award", "--all"], () => { }),
            new("tags merge", ["tags", "merge"], () => MergeCommonest(database)),
        };
        Observed Votes(TimeSpan until, CancellationToken stop) => loop.Run(rate, until, 1, _ => new Planned(0, writing.Vote()), stop);

        for (var round = 1; round <= options.Rounds; round++)
        {
            BenchOptions.Tell($"Bulk work: round {round} of {options.Rounds}");
            var alone = Votes(time, token).All;
            idle.Add((alone.Percentile(0.5), alone.Percentile(0.99)));
            foreach (var job in jobs)
            {
                job.Begin();
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(token);
                var running = Repeat(options, [.. job.Command, "--database", database], enough.Token);
                var seen = await Task.Run(() => Votes(options.IsQuick ? 4 * time : BesideBulk, token), token);
                await enough.CancelAsync();
                await running;
                job.Seen.Add((seen.All.Percentile(0.5), seen.All.Percentile(0.99)));
            }
        }

        report.Table(string.Create(CultureInfo.InvariantCulture, $"{rate:0} votes a second, beside bulk work in another process"), "beside", "p50 ms", "p99 ms", "p99 of idle");
        report.Row("nothing", Series.Median(idle.Select(i => i.P50)), Series.Median(idle.Select(i => i.P99)), 1.0);
        var worst = 0.0;
        foreach (var job in jobs)
        {
            var ratio = Series.Median(job.Seen.Zip(idle, (busy, quiet) => busy.P99 / quiet.P99));
            worst = Math.Max(worst, ratio);
            report.Row(job.Name, Series.Median(job.Seen.Select(i => i.P50)), Series.Median(job.Seen.Select(i => i.P99)), ratio);
        }

        report.Figure("bulk/idle", worst);
        report.Figure("votes-p99-ms", Series.Median(idle.Select(i => i.P99)));
    }

    // A small community's job is done before there is anything to see: it begins anew.
    static async Task Repeat(BenchOptions options, string[] command, CancellationToken token)
    {
        try
        {
            while (true)
                await ForumSite.Run(options, command, isQuiet: true, token);
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }
    }

    // Texts of another version of the renderer, for the job to find; a few at a time, beside the server.
    static void MakeStale(string database, int count)
    {
        const int AtOnce = 250;
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadWrite);
        var last = connection.Read("select max(id) from posts", r => r.GetInt64(0))[0];
        for (var first = Math.Max(1, last - count); first <= last; first += AtOnce)
            connection.Execute("update posts set renderer = 0 where id between @p0 and @p1", first, first + AtOnce - 1);
    }

    // The tag of most questions becomes the next one: by the server itself, too, whoever comes first.
    static void MergeCommonest(string database)
    {
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadWrite);
        connection.Execute(
            """
            insert into tag_merges (tag_id, into_id, is_rename, questions, asked_at)
            select t.id, (select id from tags where id <> t.id order by question_count desc, name limit 1), 0, t.question_count, 0
            from tags t
            order by t.question_count desc, t.name
            limit 1
            """);
    }

    static IPEndPoint Address(ServerProcess site) => new(IPAddress.Loopback, site.Address.Port);

    sealed record BulkJob(string Name, string[] Command, Action Begin)
    {
        public List<(double P50, double P99)> Seen { get; } = [];
    }

    sealed record Kind(string Name, Func<Target> Next, int Expected);
}
