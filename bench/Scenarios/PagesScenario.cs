using System.Globalization;
using Forum.Bench.Baselines;
using Forum.Bench.Load;
using Forum.Bench.Measure;
using Forum.Bench.Site;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>pages</c>: each kind of page in a closed loop, warm (page cache on, its pages ready), cold (off) and signed in, beside
/// <b>bare</b> and, for question pages, <b>page</b>.
/// </summary>
static class PagesScenario
{
    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, CancellationToken token)
    {
        var database = await SeededDatabase.Ensure(options, options.Questions, token);
        var community = Community.Of(database);
        var prepared = Members.Prepare(database, options.IsQuick ? 4 : 16);
        using var twin = new TwinDatabase(database);
        using var warm = await ForumSite.Serve(options, "the site", database, isCold: false, token);
        using var cold = await ForumSite.Serve(options, "the site without its cache", twin.Path, isCold: true, token);
        var members = await Members.SignIn(warm, prepared, token);
        var kinds = await PageTargets.Of(community, cold.Address, token);

        using var recordings = new TemporaryFile();
        Target[] hotTargets = [.. kinds.SelectMany(kind => PageKind.Anonymous(kind.Hot, kind.IsAPage))];
        // Asked twice, for the second answer is the one that was kept.
        await Recorded.Of(warm.Address, hotTargets, token);
        Recorded.Write(recordings.Path, await Recorded.Of(warm.Address, hotTargets, token));
        using var bare = await Baseline.Start(options, BareServer.Name, ["--recorded", recordings.Path], token);

        var hot = community.Questions.Take(kinds.First(kind => kind.Name == PageKind.Question).Hot.Count).ToArray();
        using var pageRecording = new TemporaryFile();
        Recorded.Write(pageRecording.Path, await Recorded.Of(cold.Address, [Target.Get(community.Address(hot[0]))], token));
        using var page = await PageServer.Start(options, database, pageRecording.Path, hot, token);

        using var subjects = new Subjects(options);
        foreach (var kind in kinds)
        {
            var anonymousHot = PageKind.Anonymous(kind.Hot, kind.IsAPage);
            subjects.Add(kind, "bare", bare, anonymousHot);
            if (kind.Name == PageKind.Question)
            {
                subjects.Add(kind, "page", page, anonymousHot);
                var cookie = await PageServer.Cookie(page, anonymousHot[0].Path, token);
                subjects.Add(kind, "page signed", page, [.. kind.Hot.Select(path => Target.Get(path + PageServer.SignedQuery, cookie))]);
            }

            subjects.Add(kind, "warm", warm, anonymousHot, isPrimed: true);
            if (!kind.IsAPage)
                continue;
            subjects.Add(kind, "cold", cold, PageKind.Anonymous(kind.All, kind.IsAPage));
            subjects.Add(kind, "signed", warm, PageKind.Signed(kind.All, members));
        }

        subjects.Run(token);
        Show(subjects, kinds, options);
    }

    static void Show(Subjects subjects, IReadOnlyList<PageKind> kinds, BenchOptions options)
    {
        var report = new Report("pages");
        report.Table(
            string.Create(CultureInfo.InvariantCulture, $"{options.Questions:N0} questions, {options.Connections} connections"),
            "page", "measured", "req/s", "p50 ms", "p99 ms", "CPU ms/req", "bytes", "of bare", "of bare, CPU", "of page", "of page, CPU");
        foreach (var kind in kinds)
        {
            var bare = subjects[kind, "bare"];
            foreach (var series in subjects.Of(kind))
            {
                var page = kind.Name == PageKind.Question && series != bare ? subjects[kind, series.Name is "signed" or "page signed" ? "page signed" : "page"] : null;
                report.Row(
                    kind.Name, series.Name, series.Rate, series.P50, series.P99, series.Processor, series.Bytes, series.RateBeside(bare),
                    series.ProcessorBeside(bare), page is null ? null : series.RateBeside(page), page is null ? null : series.ProcessorBeside(page));
            }
        }

        var question = kinds.First(kind => kind.Name == PageKind.Question);
        var (first, deep) = (kinds.First(kind => kind.Name == "list-1"), kinds[2]);
        foreach (var (key, series, beside) in new[]
                 {
                     ("warm/bare", subjects[question, "warm"], subjects[question, "bare"]),
                     ("cold/page", subjects[question, "cold"], subjects[question, "page"]),
                     ("signed/page", subjects[question, "signed"], subjects[question, "page signed"]),
                     ("page/bare", subjects[question, "page"], subjects[question, "bare"]),
                 })
        {
            report.Figure(key, series.RateBeside(beside));
            report.Figure(key + "-cpu", series.ProcessorBeside(beside));
        }

        report.Figure("bytes/page", subjects[question, "warm"].Bytes / subjects[question, "page"].Bytes);
        report.Figure("deep/first-cpu", subjects[deep, "cold"].Processor / subjects[first, "cold"].Processor);
        report.Finish(options);
    }
}
