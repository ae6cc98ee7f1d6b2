using System.Runtime.InteropServices;
using Forum.Bench.Load;
using Forum.Bench.Site;

namespace Forum.Bench;

/// <summary>How a scenario is run.</summary>
sealed record BenchOptions
{
    /// <summary>Whether a first answer matters more than a steady one.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Size of the community.</summary>
    public int Questions { get; init; } = 10_000;

    /// <summary>Where communities and results are kept.</summary>
    public string Data { get; init; } = Environment.GetEnvironmentVariable("FORUM_BENCH_DATA") is { Length: > 0 } folder ? folder : Path.Combine(Path.GetTempPath(), "forum-bench");

    /// <summary>The site's program.</summary>
    public string Server { get; init; } = Repository.Server;

    /// <summary>Rounds of which a figure is the median.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long one sample takes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections of a closed loop.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>Whether closed loops are driven by wrk.</summary>
    public bool WithWrk { get; init; }

    /// <summary>Where the results go as JSON; null: into the data folder.</summary>
    public string? Json { get; init; }

    /// <summary>Tells whoever waits what is going on.</summary>
    public static void Tell(string line) => Console.Error.WriteLine(line);

    /// <summary>What a reader of the results must know of the run.</summary>
    public object Described => new
    {
        quick = IsQuick, questions = Questions, rounds = Rounds, seconds = Time.TotalSeconds, connections = Connections, generator = WithWrk ? Wrk.Path : "own",
        cores = Environment.ProcessorCount, system = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription,
    };
}

/// <summary>It cannot be done as it was asked for; the message is the one line that says why.</summary>
sealed class WrongUseException(string line) : Exception(line);
