using System.Diagnostics;
using System.Net;

namespace Forum.Bench.Load;

/// <summary>What a closed loop measured.</summary>
/// <param name="Requests">Answered within the time.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Bytes">Bytes of their bodies; 0 where the generator does not say.</param>
/// <param name="P50">Half of them took no longer, in milliseconds, from sending to the end of the response.</param>
/// <param name="P99">99 of 100 took no longer.</param>
sealed record Sample(long Requests, double Seconds, long Bytes, double P50, double P99)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Requests / Seconds;
}

/// <summary>
/// So many connections, each sending its next request when the last one is answered: what <c>wrk</c> does, with a thread a connection.
/// </summary>
sealed class ClosedLoop : IDisposable
{
    readonly HttpConnection[] connections;

    /// <summary>Connections to a server; they are kept from sample to sample.</summary>
    public ClosedLoop(IPEndPoint server, int connections) =>
        this.connections = [.. Enumerable.Range(0, connections).Select(i => new HttpConnection(server, Visitors.Address(i)))];

    /// <summary>Sends for so long. <paramref name="next"/> is asked from many threads, by connection; null ends that connection's loop.</summary>
    /// <exception cref="IOException">An answer was not one of those allowed.</exception>
    public Sample Run(TimeSpan time, Func<int, Target?> next, params int[] allowed)
    {
        var results = new (long Requests, long Bytes, Latencies Latencies)[connections.Length];
        var from = Stopwatch.GetTimestamp();
        var until = from + (long)(time.TotalSeconds * Stopwatch.Frequency);
        Crew.Run(connections.Length, (number, goesOn) => results[number] = Drive(number, until, next, allowed, goesOn));
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var latencies = new Latencies();
        foreach (var result in results)
            latencies.Add(result.Latencies);
        return new Sample(results.Sum(r => r.Requests), seconds, results.Sum(r => r.Bytes), latencies.Percentile(0.5), latencies.Percentile(0.99));
    }

    /// <summary>Asks for each target once.</summary>
    public Sample Once(IReadOnlyList<Target> targets)
    {
        var i = -1;
        return Run(TimeSpan.FromMinutes(5), _ => Interlocked.Increment(ref i) is var at && at < targets.Count ? targets[at] : null, 200);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    (long Requests, long Bytes, Latencies Latencies) Drive(int number, long until, Func<int, Target?> next, int[] allowed, Func<bool> goesOn)
    {
        var (requests, bytes, latencies) = (0L, 0L, new Latencies());
        for (var now = Stopwatch.GetTimestamp(); now < until && goesOn() && next(number) is { } target;)
        {
            var answer = connections[number].Send(target.Bytes);
            if (Array.IndexOf(allowed, answer.Status) < 0)
                throw new IOException($"{target.Path} was answered with {answer.Status}.");

            var after = Stopwatch.GetTimestamp();
            requests++;
            bytes += answer.Bytes;
            latencies.Add(Stopwatch.GetElapsedTime(now, after).TotalMilliseconds);
            now = after;
        }

        return (requests, bytes, latencies);
    }
}

/// <summary>Who the generator says it is: on Linux all of 127.0.0.0/8 is this machine, so that each connection is a visitor of its own.</summary>
static class Visitors
{
    /// <summary>The address a connection comes from; null where there is only one.</summary>
    public static IPAddress? Address(int number) =>
        OperatingSystem.IsLinux() ? new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + number % 250)]) : null;
}
