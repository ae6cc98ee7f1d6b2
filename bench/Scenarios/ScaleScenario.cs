using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Bench.Load;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>scale</c>: the same pages, uncached, of communities of different sizes, served at the same time and driven in turn; what a
/// page costs in the larger ones beside the smallest. Also what a post takes on the disk, how soon a server answers, what it holds.
/// </summary>
static partial class ScaleScenario
{
    const int Starts = 3;
    const int Searches = 500;
    const int CommonWords = 200;

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, IReadOnlyList<int> sizes, CancellationToken token)
    {
        var scales = new List<Scale>();
        using var subjects = new Subjects(options);
        try
        {
            foreach (var size in sizes.Order())
                scales.Add(await Start(options, size, token));
            foreach (var scale in scales)
            {
                foreach (var kind in scale.Kinds)
                    subjects.Add(kind, scale.Name, scale.Site, PageKind.Anonymous(kind.All, kind.IsAPage));
            }

            subjects.Run(token);
            Show(options, subjects, scales);
        }
        finally
        {
            foreach (var scale in scales)
                scale.Site.Dispose();
        }
    }

    static async Task<Scale> Start(BenchOptions options, int size, CancellationToken token)
    {
        var database = await SeededDatabase.Ensure(options, size, token);
        var community = Community.Of(database);
        community.Know(community.Questions.Take(1));
        var starts = new List<(TimeSpan Health, TimeSpan Page)>();
        ServerProcess site;
        while (true)
        {
            site = await ForumSite.Serve(options, $"the site of {size}", database, isCold: true, token);
            var since = Stopwatch.StartNew();
            using var client = new HttpClient { BaseAddress = site.Address };
            await client.GetStringAsync(community.Address(community.Questions[0]), token);
            starts.Add((site.StartUp, site.StartUp + since.Elapsed));
            if (starts.Count == (options.IsQuick ? 1 : Starts))
                break;
            site.Dispose();
        }

        var kinds = (await PageTargets.Of(community, site.Address, token)).Where(kind => kind.IsAPage && kind.Name != "search").ToList();
        // Its number differs where there are fewer pages; it is the deep one everywhere.
        kinds[2] = kinds[2] with { Name = "list-deep" };
        kinds.AddRange(SearchKinds(community));
        return new Scale(
            size.ToString(CultureInfo.InvariantCulture), site, kinds, (double)new FileInfo(database).Length / community.Posts,
            Series.Median(starts.Select(s => s.Health.TotalSeconds)), Series.Median(starts.Select(s => s.Page.TotalSeconds)));
    }

    static IEnumerable<PageKind> SearchKinds(Community community)
    {
        var random = new Random(5);
        var known = community.Questions.Take(Searches).Select(community.Title).ToArray();
        var common = Common(community);
        string[] Many(Func<string> query) => [.. Enumerable.Range(0, Searches).Select(_ => PageTargets.Search(query())).Distinct()];
        yield return new PageKind("search known", [], Many(() => PageTargets.Words(known[random.Next(known.Length)])));
        yield return new PageKind("search tag", [], Many(() => $"[{community.Tags[random.Next(Math.Min(50, community.Tags.Length))]}] {PageTargets.Words(known[random.Next(known.Length)]).Split(' ')[0]}"));
        yield return new PageKind("search common", [], Many(() => $"{common[random.Next(common.Length)]} {common[random.Next(common.Length)]}"));
    }

    // The words that are in most texts, of a sample of them.
    static string[] Common(Community community)
    {
        using var connection = SeededDatabase.Open(community.Database, SqliteOpenMode.ReadOnly);
        return
        [
            .. community.Questions.Take(Searches)
                .SelectMany(id => connection.Read("select title || ' ' || body from posts where id = @p0", r => r.GetString(0), id))
                .SelectMany(text => Word().Matches(text).Select(word => word.Value.ToLowerInvariant()).Distinct())
                .GroupBy(word => word)
                .OrderByDescending(word => word.Count()).ThenBy(word => word.Key, StringComparer.Ordinal)
                .Take(CommonWords).Select(word => word.Key),
        ];
    }

    static void Show(BenchOptions options, Subjects subjects, List<Scale> scales)
    {
        var report = new Report("scale");
        var smallest = scales[0];
        report.Table("Pages, uncached, beside the smallest community", "page", "questions", "req/s", "p50 ms", "p99 ms", "CPU ms/req", "times the CPU", "times the time");
        foreach (var kind in smallest.Kinds)
        {
            var first = subjects[kind, smallest.Name];
            foreach (var scale in scales)
            {
                var series = subjects[kind, scale.Name];
                report.Row(kind.Name, scale.Name, series.Rate, series.P50, series.P99, series.Processor, 1 / series.ProcessorBeside(first), 1 / series.RateBeside(first));
            }

            report.Figure(kind.Name.Replace(' ', '-'), 1 / subjects[kind, scales[^1].Name].ProcessorBeside(first));
        }

        report.Table("Servers", "questions", "start-up s", "to the first page s", "memory MB", "bytes a post");
        foreach (var scale in scales)
            report.Row(scale.Name, scale.StartUp, scale.FirstPage, scale.Site.Memory / 1e6, scale.BytesAPost);
        var largest = scales[^1];
        var deep = smallest.Kinds[2];
        report.Figure("deep/first", subjects[deep, largest.Name].Processor / subjects[smallest.Kinds[1], largest.Name].Processor);
        report.Figure("start-up-s", largest.StartUp);
        report.Figure("first-page-s", largest.FirstPage);
        report.Figure("memory-mb", largest.Site.Memory / 1e6);
        report.Figure("bytes/post", largest.BytesAPost);
        report.Finish(options);
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();

    sealed record Scale(string Name, ServerProcess Site, IReadOnlyList<PageKind> Kinds, double BytesAPost, double StartUp, double FirstPage);
}
