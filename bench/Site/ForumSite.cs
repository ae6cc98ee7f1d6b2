using System.Diagnostics;
using System.Globalization;

namespace Forum.Bench.Site;

/// <summary>Forum.Web in Release, in Production, on a database; and its commands.</summary>
static class ForumSite
{
    const string Unlimited = "100000000";

    /// <summary>
    /// The limits profile: what bounds one person's pace is off, because a few hundred members stand for a community here, and seeded posts count for nobody's ban.
    /// Nothing else differs from what a new site has.
    /// </summary>
    static readonly Dictionary<string, string> Limits = new(StringComparer.Ordinal)
    {
        ["Forum__Limits__WritesPerMinute"] = "0",
        ["Forum__Limits__SearchesPerMinute"] = "0",
        ["Forum__Paces__IsOn"] = "false",
        ["Forum__Fairness__Holds"] = "Never",
        ["Forum__Abuse__Bans"] = "false",
        ["Forum__Limits__SuggestionsPerMinute"] = "0",
        ["Forum__Limits__PreviewsPerMinute"] = "0",
        ["Forum__Limits__PostVotesPerDay"] = Unlimited,
        ["Forum__Limits__CommentVotesPerDay"] = Unlimited,
        ["Forum__Limits__QuestionsPerDay"] = Unlimited,
        ["Forum__Limits__QuestionsPer30Days"] = Unlimited,
        ["Forum__Limits__PacedBelowReputation"] = "0",
    };

    /// <summary>Serves a database. Without the page cache when <paramref name="isCold"/>.</summary>
    public static Task<ServerProcess> Serve(BenchOptions options, string name, string database, bool isCold, CancellationToken token)
    {
        var environment = new Dictionary<string, string>(Limits, StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
        };
        if (isCold)
            environment["Forum__PageCache__IsOn"] = "false";
        return ServerProcess.Start(name, [options.Server, "serve", "--database", database], environment, "/health/live", token);
    }

    /// <summary>Runs a command to its end and returns how long it took and the processor time it used.</summary>
    /// <exception cref="WrongUseException">It ended with another code than 0.</exception>
    public static async Task<(TimeSpan Time, TimeSpan Processor)> Run(BenchOptions options, string[] arguments, bool isQuiet, CancellationToken token)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(options.Server);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var since = Stopwatch.StartNew();
        try
        {
            var error = process.StandardError.ReadToEndAsync(token);
            var processor = Watch(process);
            while (await process.StandardOutput.ReadLineAsync(token) is { } line)
            {
                if (!isQuiet)
                    BenchOptions.Tell($"{arguments[0]}: {line}");
            }

            await process.WaitForExitAsync(token);
            var why = (await error).Trim().ReplaceLineEndings(" ");
            if (process.ExitCode != 0)
                throw new WrongUseException(string.Create(CultureInfo.InvariantCulture, $"'{arguments[0]}' ended with {process.ExitCode}: {why}"));
            return (since.Elapsed, await processor);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // Linux tells what a process used only while it is there.
    static async Task<TimeSpan> Watch(Process process)
    {
        var used = TimeSpan.Zero;
        try
        {
            for (; !process.HasExited; await Task.Delay(20))
            {
                process.Refresh();
                used = process.TotalProcessorTime;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended between the two questions.
        }

        return used;
    }
}
