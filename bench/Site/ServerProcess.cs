using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Forum.Bench.Site;

/// <summary>A server as a process of its own on a free port of this machine, with what it uses of it. It ends when it is disposed, and with the bench.</summary>
sealed partial class ServerProcess : IDisposable
{
    static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(5);
    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);
    static readonly ConcurrentDictionary<int, Process> Running = new();

    readonly Process process;
    readonly ConcurrentQueue<string> said = new();

    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Values)
            Kill(left);
    };

    ServerProcess(string name, Uri address, ProcessStartInfo start)
    {
        (Name, Address) = (name, address);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Running[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to its first answer to <c>/health/live</c>.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of memory it holds now.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts <c>dotnet …</c> with <c>--urls</c> and waits until it answers.</summary>
    public static async Task<ServerProcess> Start(
        string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string health, CancellationToken token)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(address.ToString());
        foreach (var (key, value) in environment)
            start.Environment[key] = value;

        var server = new ServerProcess(name, address, start);
        try
        {
            await server.Answers(health, token);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Lets it end what it is doing, and ends it.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            if (OperatingSystem.IsWindows() || Signal(process.Id, Terminate) != 0 || !process.WaitForExit(EndsWithin))
                Kill(process);
        }

        Running.TryRemove(process.Id, out _);
        process.Dispose();
    }

    async Task Answers(string health, CancellationToken token)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var since = Stopwatch.StartNew(); ;)
        {
            if (process.HasExited)
                throw new WrongUseException($"{Name} did not start: {string.Join(" ", said.Take(3))}");
            try
            {
                using var answer = await client.GetAsync(health, token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    StartUp = since.Elapsed;
                    return;
                }
            }
            catch (HttpRequestException) when (since.Elapsed < StartsWithin)
            {
                // Not yet.
            }

            await Task.Delay(5, token);
        }
    }

    void Keep(string? line)
    {
        if (line is null)
            return;
        said.Enqueue(line);
        while (said.Count > 200)
            said.TryDequeue(out _);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(EndsWithin);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    const int Terminate = 15;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
