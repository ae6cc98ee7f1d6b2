namespace Forum.Bench.Load;

/// <summary>Latencies, each kept: a few hundred thousand numbers are nothing, and no bucket rounds a percentile.</summary>
sealed class Latencies
{
    readonly List<float> milliseconds = [];
    bool isSorted;

    /// <summary>How many there are.</summary>
    public int Count => milliseconds.Count;

    /// <summary>Adds one.</summary>
    public void Add(double value)
    {
        milliseconds.Add((float)value);
        isSorted = false;
    }

    /// <summary>Adds all of another.</summary>
    public void Add(Latencies other)
    {
        milliseconds.AddRange(other.milliseconds);
        isSorted = false;
    }

    /// <summary>The value that this share of them stays below, in milliseconds; 0 when there are none.</summary>
    public double Percentile(double share)
    {
        if (milliseconds.Count == 0)
            return 0;
        if (!isSorted)
            milliseconds.Sort();
        isSorted = true;
        return milliseconds[Math.Clamp((int)Math.Ceiling(share * milliseconds.Count) - 1, 0, milliseconds.Count - 1)];
    }
}
