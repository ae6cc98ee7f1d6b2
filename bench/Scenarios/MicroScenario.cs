using System.Runtime;
using Forum.Bench.Measure;
using Forum.Core.Markdown;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Tests.Markdown;

namespace Forum.Bench.Scenarios;

/// <summary><c>micro</c>: the parts that work hardest, beside SHA-256 of 4 KB; and how Markdown made to keep a server busy grows with its length.</summary>
static class MicroScenario
{
    const int Long = 30_000;
    // Twice the text may take this much longer.
    const double MostGrowth = 2.5;
    // Above this, chance is looked into by measuring again.
    const double Doubtful = 2.2;
    const int Tries = 4;
    const long Room = 128 << 20;

    /// <summary>Runs it.</summary>
    public static void Run(BenchOptions options, CancellationToken token)
    {
        var report = new Report("micro");
        Costs(options, report, token);
        Growth(options, report, token);
        report.Note("There is no text diff in the project yet, so none is measured.");
        report.Finish(options);
    }

    static void Costs(BenchOptions options, Report report, CancellationToken token)
    {
        var (length, before) = (TimeSpan.FromMilliseconds(options.IsQuick ? 20 : 100), TimeSpan.FromSeconds(options.IsQuick ? 0.5 : 2));
        var renderer = new MarkdownRenderer();
        var rendered = renderer.Render(MicroTexts.Question, MarkdownOptions.Post).Html;
        var (search, events, rules) = (new SearchSettings(), Events(), new ReputationSettings());
        (string Name, Action Work)[] all =
        [
            ("render-comment", () => renderer.Render(MicroTexts.Comment, MarkdownOptions.Comment)),
            ("render-question", () => renderer.Render(MicroTexts.Question, MarkdownOptions.Post)),
            ("render-long", () => renderer.Render(MicroTexts.Answer, MarkdownOptions.Post)),
            ("show-html", () => ShownHtml.Show(rendered, new ShownAs { Prefix = "p1-" })),
            ("parse-search", () => SearchQueryParser.Parse("[c#] -[java] user:12 score:3..10 \"exact words\" title:how is:answer created:2020.. read a file line by line", search)),
            ("fold", () => ReputationFold.Fold(1, events, rules)),
        ];

        var yardstick = Stint.Yardstick(length, before);
        var stints = all.Select(one => new Stint(one.Work, length, before)).ToArray();
        var (times, ratios) = (all.Select(_ => new List<double>()).ToArray(), all.Select(_ => new List<double>()).ToArray());
        for (var round = 0; round < Math.Max(5, options.Rounds); round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                token.ThrowIfCancellationRequested();
                var beside = yardstick.Run();
                times[i].Add(stints[i].Run());
                ratios[i].Add(times[i][^1] / beside);
            }
        }

        report.Table("Beside SHA-256 of 4 KB", "what", "µs", "times the yardstick");
        for (var i = 0; i < all.Length; i++)
        {
            report.Row(all[i].Name, Series.Median(times[i]), Series.Median(ratios[i]));
            report.Figure(all[i].Name, Series.Median(ratios[i]));
        }
    }

    static void Growth(BenchOptions options, Report report, CancellationToken token)
    {
        var found = new List<(string Name, double Half, double Whole)>();
        foreach (var ((name, whole), (_, half)) in LongTexts.OfLength(Long).Zip(LongTexts.OfLength(Long / 2)))
        {
            token.ThrowIfCancellationRequested();
            var best = (Name: name, Half: 1.0, Whole: double.PositiveInfinity);
            for (var i = 0; i < Tries && best.Whole / best.Half > Doubtful; i++)
            {
                if (Measured(options, half, whole) is var (shorter, longer) && longer / shorter < best.Whole / best.Half)
                    best = (name, shorter, longer);
            }

            found.Add(best);
        }

        report.Table("Texts made to keep a server busy, those that grow most", "text", "ms at 15,000", "ms at 30,000", "t(30,000)/t(15,000)");
        foreach (var (name, half, whole) in found.OrderByDescending(f => f.Whole / f.Half).Take(10))
            report.Row(name, half / 1_000, whole / 1_000, whole / half);
        report.Note($"{found.Count} such texts; {found.Count(f => f.Whole / f.Half > MostGrowth)} grow more than {MostGrowth} times when they are twice as long.");
        report.Figure("worst-growth", found.Max(f => f.Whole / f.Half));
        report.Figure("worst-ms", found.Max(f => f.Whole) / 1_000);
    }

    // The least of some rounds: growth is of the work, and what disturbs it only adds.
    static (double Half, double Whole) Measured(BenchOptions options, string half, string whole)
    {
        var renderer = new MarkdownRenderer();
        var length = TimeSpan.FromMilliseconds(options.IsQuick ? 1 : 5);
        var (shorter, longer) = (new Stint(() => renderer.Render(half, MarkdownOptions.Post), length, TimeSpan.Zero), new Stint(() => renderer.Render(whole, MarkdownOptions.Post), length, TimeSpan.Zero));
        var (least, leastLonger) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < Math.Max(5, options.Rounds); round++)
            (least, leastLonger) = (Math.Min(least, Undisturbed(shorter)), Math.Min(leastLonger, Undisturbed(longer)));
        return (least, leastLonger);
    }

    // Twice the text leaves twice the garbage, and whether that is enough for a collection is chance.
    static double Undisturbed(Stint work)
    {
        GC.TryStartNoGCRegion(Room);
        var took = work.Run();
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
        return took;
    }

    // Some years of a busy member: a thousand events on three hundred days.
    static CountedEvent[] Events()
    {
        ReputationKind[] kinds = [ReputationKind.AnswerUpvoted, ReputationKind.QuestionUpvoted, ReputationKind.AnswerUpvoted, ReputationKind.PostDownvoted, ReputationKind.AnswerAccepted];
        int[] values = [10, 10, 10, -2, 15];
        return [.. Enumerable.Range(0, 1_000).Select(i => new CountedEvent(kinds[i % kinds.Length], values[i % values.Length], 18_000 + i * 3 / 10))];
    }
}
