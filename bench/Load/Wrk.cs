using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Forum.Bench.Load;

/// <summary><c>wrk</c>, where it is installed: one thread, so many connections, the targets in turn.</summary>
static partial class Wrk
{
    /// <summary>Where it is, or null.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .Select(folder => System.IO.Path.Combine(folder, "wrk"))
        .FirstOrDefault(File.Exists);

    /// <summary>Drives a server for whole seconds.</summary>
    /// <exception cref="IOException">It could not, or not every answer was good.</exception>
    public static Sample Run(Uri server, int connections, TimeSpan time, IReadOnlyList<Target> targets)
    {
        var script = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, Script(targets));
            var start = new ProcessStartInfo(Path ?? throw new IOException("wrk is not installed."))
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    "-t1", $"-c{connections.ToString(CultureInfo.InvariantCulture)}",
                    $"-d{Math.Max(1, (int)Math.Round(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture)}s", "--latency", "-s", script, server.ToString(),
                },
            };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Read(output);
        }
        finally
        {
            File.Delete(script);
        }
    }

    static Sample Read(string output)
    {
        var found = Done().Match(output);
        if (!found.Success)
            throw new IOException("wrk did not say what it did: " + output.ReplaceLineEndings(" "));
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
            throw new IOException("Some answers to wrk were not good.");

        double Value(string group) => double.Parse(found.Groups[group].Value, CultureInfo.InvariantCulture);
        return new Sample((long)Value("requests"), Value("time") / 1_000_000, 0, Value("half") / 1_000, Value("most") / 1_000);
    }

    static string Script(IReadOnlyList<Target> targets)
    {
        var lua = new StringBuilder("local all = {\n");
        foreach (var target in targets)
            lua.Append("  ").Append(Quoted(Encoding.UTF8.GetString(target.Bytes))).Append(",\n");
        return lua.Append(
            """
            }
            local i = 0
            request = function()
              i = i % #all + 1
              return all[i]
            end
            done = function(summary, latency, requests)
              io.write(string.format("forum-bench %d %d %f %f\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99)))
            end

            """).ToString();
    }

    static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    [GeneratedRegex(@"forum-bench (?<requests>\d+) (?<time>\d+) (?<half>[\d.]+) (?<most>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Done();
}
