using System.Globalization;
using Spectre.Console;

namespace Forum.Web.Commands;

/// <summary>How far a long command is.</summary>
/// <param name="What">What is being done.</param>
/// <param name="Done">How much of it is done, in whatever unit <paramref name="Total"/> has.</param>
/// <param name="Total">How much there is, or 0 when nobody knows.</param>
public readonly record struct Step(string What, double Done, double Total);

/// <summary>Shows long work: a bar on a terminal, a line now and then otherwise.</summary>
static class LongWork
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>Runs work that cannot say how far it is.</summary>
    public static Task<T> Run<T>(TextWriter output, string what, Func<Task<T>> work) =>
        IsTerminal(output)
            ? AnsiConsole.Status().StartAsync(Markup.Escape(what), _ => work())
            : work();

    /// <summary>Runs work that reports each step of the way.</summary>
    public static Task<T> Run<T>(TextWriter output, Func<IProgress<Step>, Task<T>> work) =>
        IsTerminal(output)
            ? AnsiConsole.Progress()
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(bars => work(new Bars(bars)))
            : work(new Lines(output));

    /// <summary>Whether somebody looks at the output as it comes.</summary>
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    // Reports come from the work's own thread, in order: System.Progress would hand them to the pool.
    sealed class Bars(ProgressContext bars) : IProgress<Step>
    {
        readonly Dictionary<string, ProgressTask> tasks = new(StringComparer.Ordinal);

        public void Report(Step value)
        {
            if (!tasks.TryGetValue(value.What, out var task))
                tasks.Add(value.What, task = bars.AddTask(Markup.Escape(value.What)));
            task.IsIndeterminate = value.Total <= 0;
            task.MaxValue = Math.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }

    sealed class Lines(TextWriter output) : IProgress<Step>
    {
        long lastAt;
        string? last;

        public void Report(Step value)
        {
            var isNew = !string.Equals(last, value.What, StringComparison.Ordinal);
            if (!isNew && Environment.TickCount64 - lastAt < BetweenLines.TotalMilliseconds)
                return;

            (last, lastAt) = (value.What, Environment.TickCount64);
            output.WriteLine(value.Total > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{value.What}: {value.Done / value.Total:P0}")
                : string.Create(CultureInfo.InvariantCulture, $"{value.What}: {value.Done:N0}"));
        }
    }
}
