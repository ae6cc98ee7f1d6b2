using System.Diagnostics;
using System.Globalization;
using Forum.Bench.Baselines;
using Forum.Bench.Measure;
using Forum.Bench.Site;

namespace Forum.Bench.Scenarios;

/// <summary><c>import</c>: a Stack Exchange dump brought here by the command, beside a bare loop over the same files.</summary>
static class ImportScenario
{
    const string Usual = "beer.stackexchange.com";

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", Usual));
        if (!Directory.Exists(dump))
            throw new WrongUseException($"There is no dump at {dump}: name its folder, 'import <folder>'.");

        Directory.CreateDirectory(options.Data);
        var bare = new BareImport(dump);
        var (rounds, series) = (options.IsQuick ? 1 : options.Rounds, new List<(Cost Bare, Cost Site)>());
        for (var round = 1; round <= rounds; round++)
        {
            BenchOptions.Tell(string.Create(CultureInfo.InvariantCulture, $"Round {round} of {rounds}"));
            series.Add((await InFile(options, "bare", path => Task.FromResult(Bare(bare, path))), await InFile(options, "site", path => Site(options, dump, path, token))));
        }

        var report = new Report("import");
        report.Table(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(dump)}: {bare.Rows:N0} rows"), "import", "s", "rows/s", "CPU s", "CPU ms/row", "database MB", "of bare");
        foreach (var (name, costs) in new[] { ("bare", series.Select(s => s.Bare).ToArray()), ("import stackexchange", [.. series.Select(s => s.Site)]) })
        {
            var (time, processor) = (Series.Median(costs.Select(c => c.Time.TotalSeconds)), Series.Median(costs.Select(c => c.Processor.TotalSeconds)));
            report.Row(name, time, bare.Rows / time, processor, 1_000 * processor / bare.Rows, costs[0].Bytes / 1e6, Series.Median(costs.Zip(series, (cost, round) => round.Bare.Time / cost.Time)));
        }

        report.Note("The command's time has the start of its process in it.");
        report.Figure("rows/s", bare.Rows / Series.Median(series.Select(s => s.Site.Time.TotalSeconds)));
        report.Figure("import/bare", Series.Median(series.Select(s => s.Bare.Time / s.Site.Time)));
        report.Figure("import/bare-cpu", Series.Median(series.Select(s => s.Bare.Processor / s.Site.Processor)));
        report.Finish(options);
    }

    static Cost Bare(BareImport bare, string path)
    {
        using var me = Process.GetCurrentProcess();
        var (since, before) = (Stopwatch.StartNew(), me.TotalProcessorTime);
        bare.Run(path);
        me.Refresh();
        return new Cost(since.Elapsed, me.TotalProcessorTime - before, new FileInfo(path).Length);
    }

    static async Task<Cost> Site(BenchOptions options, string dump, string path, CancellationToken token)
    {
        var (time, processor) = await ForumSite.Run(options, ["import", "stackexchange", dump, "--database", path], isQuiet: true, token);
        return new Cost(time, processor, new FileInfo(path).Length);
    }

    static async Task<Cost> InFile(BenchOptions options, string name, Func<string, Task<Cost>> import)
    {
        var path = Path.Combine(options.Data, string.Create(CultureInfo.InvariantCulture, $"import-{name}-{Environment.ProcessId}.db"));
        try
        {
            return await import(path);
        }
        finally
        {
            foreach (var end in new[] { "", "-wal", "-shm", ".lock" })
                File.Delete(path + end);
        }
    }

    sealed record Cost(TimeSpan Time, TimeSpan Processor, long Bytes);
}
