using System.Diagnostics;
using System.Security.Cryptography;

namespace Forum.Bench.Measure;

/// <summary>
/// Work in this process, timed in stints long enough for the clock, each beside a stint of a fixed yardstick (SHA-256 of 4 KB): a
/// machine that is slow for a while is slow for both.
/// </summary>
sealed class Stint
{
    static readonly byte[] Measured = new byte[4096];

    readonly Action work;
    readonly int times;

    /// <summary>Work that runs for about so long at a time.</summary>
    /// <param name="work">What is timed.</param>
    /// <param name="length">How long a stint takes.</param>
    /// <param name="before">How long it is run before, for the compiler to be done with it.</param>
    public Stint(Action work, TimeSpan length, TimeSpan before)
    {
        this.work = work;
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < before;)
            work();
        var (since, done) = (Stopwatch.StartNew(), 0);
        // A call may take longer than the whole stint; it is run a few times all the same.
        while (since.Elapsed < 2 * length || done < 3)
        {
            work();
            done++;
        }

        times = Math.Max(1, (int)(done * (length / since.Elapsed)));
    }

    /// <summary>The yardstick.</summary>
    public static Stint Yardstick(TimeSpan length, TimeSpan before) => new(() => SHA256.HashData(Measured), length, before);

    /// <summary>Microseconds a call, now.</summary>
    public double Run()
    {
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            work();
        return Stopwatch.GetElapsedTime(from).TotalMicroseconds / times;
    }
}
