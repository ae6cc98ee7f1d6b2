using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Forum.Bench.Load;

/// <summary>Sleeping to within a tenth of a millisecond, without spinning: the cores belong to the server.</summary>
static partial class Pause
{
    /// <summary>Sleeps until a time of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static void Until(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            var microseconds = left * 1_000_000 / Stopwatch.Frequency;
            if (OperatingSystem.IsWindows())
                Thread.Sleep(TimeSpan.FromMicroseconds(microseconds));
            else if (microseconds > 0)
                _ = Sleep((uint)Math.Min(microseconds, 900_000));
            else
                return;
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
