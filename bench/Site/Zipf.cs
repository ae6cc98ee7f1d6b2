namespace Forum.Bench.Site;

/// <summary>Ranks as people choose: the first twice as often as the second, three times as often as the third…</summary>
sealed class Zipf
{
    readonly double[] upTo;

    /// <summary>Over so many ranks.</summary>
    public Zipf(int count)
    {
        upTo = new double[count];
        for (var i = 0; i < count; i++)
            upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + 1.0 / (i + 1);
    }

    /// <summary>A rank from 0 on.</summary>
    public int Next(Random random)
    {
        var at = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
        return Math.Min(at < 0 ? ~at : at, upTo.Length - 1);
    }
}
