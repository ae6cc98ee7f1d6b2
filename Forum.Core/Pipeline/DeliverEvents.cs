using System.Text.Json;
using Forum.Data;
using Forum.Data.Events;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>Wakes the delivery of events after a commit of this process.</summary>
public sealed class DeliverySignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    internal void Raise()
    {
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken token) => raised.WaitAsync(atMost, token);

    public void Dispose() => raised.Dispose();
}

/// <summary>Brings events to those who listen, each delivery in a scope of its own.</summary>
public sealed class DeliverEvents(IServiceScopeFactory scopes, Listeners listeners, DeliverySignal signal, TimeProvider clock, ILogger<DeliverEvents> log)
    : BackgroundService
{
    // Deliveries that failed, or that another process left behind, are looked for this often.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const int AtOnce = 50;

    /// <summary>Makes all deliveries that are due and returns how many.</summary>
    public async Task<int> DeliverAll(CancellationToken token)
    {
        var made = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (!await AnyDue(db, token))
                return made;

            var due = await db.Claim(AtOnce, clock.GetUtcNow(), token);
            var heard = new List<Delivery>(due.Count);
            foreach (var delivery in due)
            {
                if (await Deliver(delivery, token))
                    heard.Add(delivery);
            }

            // Together: a crash before this repeats them, which handlers bear.
            await db.Done(heard, token);
            made += due.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Try(stoppingToken);
                await signal.Wait(Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; what is left is delivered after the next start.
        }
    }

    private async Task Try(CancellationToken token)
    {
        try
        {
            await DeliverAll(token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Delivering events failed; it is tried again.");
        }
    }

    // Asked on a reader first, so that an idle server does not touch the writer.
    private async Task<bool> AnyDue(Db db, CancellationToken token)
    {
        var due = await db.Find<int?>(
            "select 1 from deliveries where is_parked = 0 and due_at <= @now limit 1", new { now = clock.GetUtcNow() }, token);
        db.EndSnapshot();
        return due is not null;
    }

    private async Task<bool> Deliver(Delivery delivery, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        try
        {
            if (listeners.Named(delivery.Handler) is var (handler, kind))
            {
                var what = JsonSerializer.Deserialize(delivery.Payload, kind)!;
                var heard = Activator.CreateInstance(typeof(Heard<>).MakeGenericType(kind), delivery.EventId, delivery.At, what)!;
                var hear = typeof(IHear<>).MakeGenericType(kind).GetMethod(nameof(IHear<INotification>.Hear))!;
                await (Task)hear.Invoke(scope.ServiceProvider.GetRequiredService(handler), [heard, token])!;
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Delivery of event {Event} to {Handler} failed.", delivery.EventId, delivery.Handler);
            await db.Failed(delivery, e.Message, clock.GetUtcNow(), token);
            return false;
        }
    }
}
