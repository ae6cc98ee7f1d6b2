using System.Globalization;
using System.Net;
using Forum.Bench.Load;
using Forum.Bench.Measure;
using Forum.Bench.Site;

namespace Forum.Bench.Scenarios;

/// <summary>How <c>day</c> is run.</summary>
/// <param name="Rate">Page loads a second to begin with; null: those of Stack Overflow's day.</param>
/// <param name="Minutes">To hold that rate for so long and look at the memory; null: to raise it until it is too much.</param>
sealed record DayOptions(double? Rate, double? Minutes);

/// <summary>
/// <c>day</c>: the mix of a large site's day in an open loop, at 767 page loads a second and more, until the slowest hundredth of a
/// kind takes longer than Stack Overflow's pages took on average.
/// </summary>
static class DayScenario
{
    /// <summary>66,294,789 page loads on 9 February 2016, in a second.</summary>
    public const double StackOverflow = 767;

    const double Raise = 1.15;
    const double Least = 10;
    // So many requests can be under way; far more than a server that holds its limits ever has.
    const int Connections = 128;
    const double GeneratorsShare = 5;

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, DayOptions day, CancellationToken token)
    {
        var database = await SeededDatabase.Ensure(options, options.Questions, token);
        var prepared = Members.Prepare(database, options.IsQuick ? 16 : 200);
        using var site = await ForumSite.Serve(options, "the site", database, isCold: false, token);
        var members = await Members.SignIn(site, prepared, token);
        var community = Community.Of(database);
        var mix = new DayMix(community, members, new Writing(community, members));
        using var loop = new OpenLoop(new IPEndPoint(IPAddress.Loopback, site.Address.Port), Connections);

        var report = new Report("day");
        report.Table(
            string.Create(CultureInfo.InvariantCulture, $"{community.Questions.Length:N0} questions; p99 in ms by kind, counted from when each request was due"),
            ["loads/s", .. DayMix.Kinds.Select(kind => kind.Name), "p50 of all", "lag p99", "CPU ms/req", "memory MB", "held"]);
        report.Note("The mix: " + string.Join(", ", DayMix.Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Name} {kind.Percent} % (under {kind.Most:0} ms)"))) + ".");
        var first = day.Rate ?? StackOverflow;
        BenchOptions.Tell("Warming up");
        var from = 0;
        Step(options.IsQuick ? 8 : 30, first / 3);

        if (day.Minutes is { } minutes)
            Hold(minutes);
        else
            RaiseUntilTooMuch();
        report.Figure("memory-mb", site.Memory / 1e6);
        report.Finish(options);
        return;

        (Observed Seen, double Processor) Step(double seconds, double rate)
        {
            var before = site.Processor;
            var seen = loop.Run(rate, TimeSpan.FromSeconds(seconds), DayMix.Kinds.Length, number => mix.Next(from + number), token);
            from += seen.All.Count;
            return (seen, (site.Processor - before).TotalMilliseconds / seen.All.Count);
        }

        bool Shown(double rate, (Observed Seen, double Processor) step)
        {
            var seen = step.Seen;
            var isHeld = IsHeld(seen);
            if (seen.Lag.Percentile(0.99) > GeneratorsShare)
                BenchOptions.Tell(string.Create(CultureInfo.InvariantCulture, $"The generator itself was {seen.Lag.Percentile(0.99):0.0} ms late at {rate:0} a second."));
            report.Row([
                rate, .. seen.Latencies.Select(kind => (object)kind.Percentile(0.99)), seen.All.Percentile(0.5), seen.Lag.Percentile(0.99), step.Processor, site.Memory / 1e6, isHeld ? "yes" : "no",
            ]);
            return isHeld;
        }

        void RaiseUntilTooMuch()
        {
            var seconds = options.IsQuick ? 6.0 : 30.0;
            var (held, heldSeen) = (0.0, (Observed?)null);
            // A second try: another process on the machine must not end the day. Where the first rate is too much already, less is looked for.
            for (var (rate, failures) = (first, 0); failures < (options.IsQuick ? 1 : 2) && rate >= Least;)
            {
                BenchOptions.Tell(string.Create(CultureInfo.InvariantCulture, $"{rate:0} page loads a second"));
                var step = Step(seconds, rate);
                if (Shown(rate, step))
                {
                    (held, heldSeen, failures) = (rate, step.Seen, 0);
                    if (rate < first)
                        break;
                    rate *= Raise;
                }
                else if (held == 0)
                    rate /= 2;
                else
                    failures++;
            }

            report.Figure("held", held);
            report.Figure("factor", held / StackOverflow);
            for (var kind = 0; kind < DayMix.Kinds.Length; kind++)
                report.Figure(DayMix.Kinds[kind].Name + "-p99", heldSeen?.Latencies[kind].Percentile(0.99) ?? double.NaN);
        }

        void Hold(double whole)
        {
            var (most, left) = (0L, whole);
            for (; left > 0; left--)
            {
                BenchOptions.Tell(string.Create(CultureInfo.InvariantCulture, $"{left:0.#} minutes to go, {site.Memory / 1e6:0} MB"));
                Shown(first, Step(60 * Math.Min(1, left), first));
                most = Math.Max(most, site.Memory);
            }

            report.Figure("rate", first);
            report.Figure("most-memory-mb", most / 1e6);
        }
    }

    static bool IsHeld(Observed seen) =>
        DayMix.Kinds.Zip(seen.Latencies).All(kind => kind.Second.Percentile(0.99) <= kind.First.Most);
}
