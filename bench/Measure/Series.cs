using Forum.Bench.Load;
using Forum.Bench.Site;

namespace Forum.Bench.Measure;

/// <summary>One subject's samples, a round each.</summary>
sealed class Series(string name)
{
    readonly List<Sample> samples = [];
    TimeSpan processor;

    /// <summary>What was measured.</summary>
    public string Name => name;

    /// <summary>Requests a second, by round.</summary>
    public IEnumerable<double> Rates => samples.Select(s => s.Rate);

    /// <summary>Requests a second: the median of the rounds.</summary>
    public double Rate => Median(Rates);

    /// <summary>Half the requests took no longer, in milliseconds: the median of the rounds.</summary>
    public double P50 => Median(samples.Select(s => s.P50));

    /// <summary>99 of 100 took no longer: the median of the rounds.</summary>
    public double P99 => Median(samples.Select(s => s.P99));

    /// <summary>Milliseconds of the server's processor time for a request, over all rounds.</summary>
    public double Processor => processor.TotalMilliseconds / samples.Sum(s => s.Requests);

    /// <summary>Bytes of a response's body.</summary>
    public double Bytes { get; set; } = double.NaN;

    /// <summary>Adds a round, measured on a server.</summary>
    public void Measure(ServerProcess server, Func<Sample> sample)
    {
        var before = server.Processor;
        samples.Add(sample());
        processor += server.Processor - before;
    }

    /// <summary>How fast this is beside another: the median of the rounds, each against its neighbour in time.</summary>
    public double RateBeside(Series other) => Median(Rates.Zip(other.Rates, (mine, theirs) => mine / theirs));

    /// <summary>How little processor time this takes beside another; above 1 it takes less.</summary>
    public double ProcessorBeside(Series other) => other.Processor / Processor;

    /// <summary>The middle one, or the mean of the two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
