using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>Work that a server does again and again beside its requests. What fails is said in the log and tried again.</summary>
/// <param name="interval">How long it rests; it never overlaps itself.</param>
/// <param name="failure">What the log says when it fails, for whoever runs the server.</param>
public abstract class Recurring(TimeSpan interval, string failure, ILogger log) : BackgroundService
{
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(2);

    /// <summary>Does it once.</summary>
    protected abstract Task Once(CancellationToken token);

    /// <summary>Between two pieces of long work: rests as long as the last one took, or so many times as long, so that requests have their processors.</summary>
    /// <param name="began">When the piece began, of <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="times">How many times as long.</param>
    protected static Task GiveWay(long began, int times, CancellationToken token)
    {
        var rest = times * Stopwatch.GetElapsedTime(began);
        return rest < ShortestRest ? Task.CompletedTask : Task.Delay(rest, token);
    }

    /// <summary>What is left to do when the server stops: nothing, unless somebody says so.</summary>
    protected virtual Task AtTheEnd() => Task.CompletedTask;

    /// <summary>Whether requests depend on it being done in time; else it gives way to them.</summary>
    protected virtual bool IsUrgent => false;

    /// <inheritdoc />
    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        IsUrgent ? AgainAndAgain(stoppingToken) : BesideRequests.Scheduler.Start(() => AgainAndAgain(stoppingToken));

    private async Task AgainAndAgain(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Try(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await AtTheEnd();
        }
    }

    private async Task Try(CancellationToken token)
    {
        try
        {
            await Once(token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "{Failure}", failure);
        }
    }
}
