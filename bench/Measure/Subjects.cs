using Forum.Bench.Load;
using Forum.Bench.Site;

namespace Forum.Bench.Measure;

/// <summary>All that a closed-loop scenario measures: each gets its sample in every round, one after the other, so that what disturbs one disturbs its neighbours.</summary>
sealed class Subjects(BenchOptions options) : IDisposable
{
    // Of each subject, to know its size.
    const int FirstRequests = 60;

    readonly List<Subject> all = [];
    readonly Dictionary<ServerProcess, Driver> drivers = [];

    /// <summary>What was measured of a kind of page under a name.</summary>
    public Series this[PageKind kind, string name] => all.First(s => s.Kind == kind.Name && s.Series.Name == name).Series;

    /// <summary>All that was measured of a kind of page.</summary>
    public IEnumerable<Series> Of(PageKind kind) => all.Where(s => s.Kind == kind.Name).Select(s => s.Series);

    /// <summary>Adds one. What <paramref name="isPrimed"/> is asked for once before each sample, which is not measured: what a cache holds has run out since the last round.</summary>
    public void Add(PageKind kind, string name, ServerProcess server, IReadOnlyList<Target> targets, bool isPrimed = false)
    {
        if (!drivers.ContainsKey(server))
            drivers.Add(server, new Driver(server.Address, options.Connections, options.WithWrk));
        all.Add(new Subject(kind.Name, new Series(name), server, targets, isPrimed));
    }

    /// <summary>Measures all of them.</summary>
    public void Run(CancellationToken token)
    {
        WarmUp(token);
        for (var round = 1; round <= options.Rounds; round++)
        {
            BenchOptions.Tell($"Round {round} of {options.Rounds}");
            // To and fro, so that whoever is first once is last the next time.
            foreach (var subject in round % 2 == 1 ? all : Enumerable.Reverse(all))
            {
                token.ThrowIfCancellationRequested();
                if (subject.IsPrimed)
                    drivers[subject.Server].Once(subject.Targets);
                subject.Series.Measure(subject.Server, () => drivers[subject.Server].Run(options.Time, subject.Targets));
            }
        }
    }

    // The runtime compiles a server's code anew while it runs; that is done before anything is measured.
    void WarmUp(CancellationToken token)
    {
        foreach (var subject in all)
        {
            token.ThrowIfCancellationRequested();
            var first = drivers[subject.Server].Once([.. Enumerable.Range(0, FirstRequests).Select(i => subject.Targets[i % subject.Targets.Count])]);
            subject.Series.Bytes = (double)first.Bytes / first.Requests;
        }

        var whole = TimeSpan.FromSeconds(options.IsQuick ? 3 : 40);
        foreach (var server in all.GroupBy(subject => subject.Server))
        {
            foreach (var subject in server)
            {
                token.ThrowIfCancellationRequested();
                drivers[server.Key].RunOwn(whole / server.Count(), subject.Targets);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var driver in drivers.Values)
            driver.Dispose();
    }

    sealed record Subject(string Kind, Series Series, ServerProcess Server, IReadOnlyList<Target> Targets, bool IsPrimed);
}
