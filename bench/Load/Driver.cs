using System.Net;

namespace Forum.Bench.Load;

/// <summary>Drives one server in a closed loop, by <c>wrk</c> or by itself.</summary>
sealed class Driver : IDisposable
{
    readonly Uri server;
    readonly int connections;
    readonly bool withWrk;
    readonly ClosedLoop own;

    /// <summary>A driver of a server.</summary>
    public Driver(Uri server, int connections, bool withWrk)
    {
        (this.server, this.connections, this.withWrk) = (server, connections, withWrk);
        own = new ClosedLoop(new IPEndPoint(IPAddress.Loopback, server.Port), connections);
    }

    /// <summary>Asks for the targets in turn for so long.</summary>
    public Sample Run(TimeSpan time, IReadOnlyList<Target> targets)
    {
        return withWrk ? Wrk.Run(server, connections, time, targets) : RunOwn(time, targets);
    }

    /// <summary>The same by itself, whatever was chosen: samples may be of any length then.</summary>
    public Sample RunOwn(TimeSpan time, IReadOnlyList<Target> targets)
    {
        var i = -1;
        return own.Run(time, _ => targets[(Interlocked.Increment(ref i) & int.MaxValue) % targets.Count], 200);
    }

    /// <summary>Asks for each target once.</summary>
    public Sample Once(IReadOnlyList<Target> targets) => own.Once(targets);

    /// <inheritdoc />
    public void Dispose() => own.Dispose();
}
