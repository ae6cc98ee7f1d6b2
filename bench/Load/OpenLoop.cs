using System.Diagnostics;
using System.Net;

namespace Forum.Bench.Load;

/// <summary>A request of an open loop.</summary>
/// <param name="Kind">Which of the kinds it is, from 0.</param>
/// <param name="Target">What is sent.</param>
/// <param name="Expected">The status it must be answered with.</param>
sealed record Planned(int Kind, Target Target, int Expected = 200);

/// <summary>What an open loop measured.</summary>
/// <param name="Latencies">By kind, counted from when each request was due.</param>
/// <param name="All">The same, of all kinds together.</param>
/// <param name="Lag">How late the generator itself was: from when a request was due, or a connection free for it, until it was sent.</param>
/// <param name="Rate">Requests a second that were answered, from the first's due time to the last answer.</param>
sealed record Observed(Latencies[] Latencies, Latencies All, Latencies Lag, double Rate);

/// <summary>
/// Requests at the times they are due, whether or not earlier ones are answered, as visitors come: a slow answer makes those
/// behind it late, and their latency says so. They come at random (a Poisson process), the same way each time.
/// </summary>
sealed class OpenLoop : IDisposable
{
    readonly HttpConnection[] connections;

    /// <summary>As many requests as there are connections can be under way.</summary>
    public OpenLoop(IPEndPoint server, int connections) =>
        this.connections = [.. Enumerable.Range(0, connections).Select(i => new HttpConnection(server, Visitors.Address(i)))];

    /// <summary>Sends at a rate for so long. <paramref name="next"/> is asked from many threads, ahead of time.</summary>
    /// <exception cref="IOException">An answer was not the one expected.</exception>
    public Observed Run(double rate, TimeSpan time, int kinds, Func<int, Planned> next, CancellationToken token)
    {
        var due = Due(rate, time);
        Worker[] workers = [.. connections.Select(_ => new Worker(kinds))];
        var taken = -1;
        var from = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 100;
        Crew.Run(connections.Length, (number, goesOn) =>
        {
            while (goesOn() && !token.IsCancellationRequested && Interlocked.Increment(ref taken) is var at && at < due.Length)
                workers[number].Send(connections[number], next(at), from + due[at]);
        });
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        token.ThrowIfCancellationRequested();
        return Worker.Together(workers, kinds, due.Length / seconds);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    static long[] Due(double rate, TimeSpan time)
    {
        var random = new Random(3);
        var due = new List<long>();
        for (var at = 0.0; at < time.TotalSeconds; at -= Math.Log(1 - random.NextDouble()) / rate)
            due.Add((long)(at * Stopwatch.Frequency));
        return [.. due];
    }

    sealed class Worker(int kinds)
    {
        readonly Latencies[] latencies = [.. Enumerable.Range(0, kinds).Select(_ => new Latencies())];
        readonly Latencies lag = new();

        public void Send(HttpConnection connection, Planned planned, long due)
        {
            var free = Stopwatch.GetTimestamp();
            if (free < due)
                Pause.Until(due);
            lag.Add(Stopwatch.GetElapsedTime(Math.Max(free, due)).TotalMilliseconds);
            var answer = connection.Send(planned.Target.Bytes);
            latencies[planned.Kind].Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            if (answer.Status != planned.Expected)
                throw new IOException($"{planned.Target.Path} was answered with {answer.Status}.");
        }

        public static Observed Together(Worker[] workers, int kinds, double rate)
        {
            Latencies[] byKind = [.. Enumerable.Range(0, kinds).Select(_ => new Latencies())];
            var (all, lag) = (new Latencies(), new Latencies());
            foreach (var worker in workers)
            {
                lag.Add(worker.lag);
                for (var kind = 0; kind < kinds; kind++)
                {
                    byKind[kind].Add(worker.latencies[kind]);
                    all.Add(worker.latencies[kind]);
                }
            }

            return new Observed(byKind, all, lag, rate);
        }
    }
}
