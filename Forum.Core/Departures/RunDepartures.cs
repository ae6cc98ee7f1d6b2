using System.Diagnostics;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Departures;

/// <summary>
/// Ends accounts whose time has come, and goes on where a server stopped, piece by piece, so that people's writes pass between
/// (docs/decisions/0037-an-account-ends-piece-by-piece.md).
/// </summary>
public sealed class RunDepartures(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunDepartures> log)
    : Recurring(Interval, "An account could not be taken out; it is tried again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Finishes everything whose time has come, and returns how many transactions that took.</summary>
    public async Task<int> Run(CancellationToken token)
    {
        var pieces = 0;
        foreach (var departure in await Due(token))
        {
            for (var isMore = true; isMore; pieces++)
            {
                var began = Stopwatch.GetTimestamp();
                await using var scope = scopes.CreateAsyncScope();
                isMore = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new TakeAccountOut(departure), token);
                await GiveWay(began, 1, token);
            }
        }

        return pieces;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Run(token);

    private async Task<IReadOnlyList<long>> Due(CancellationToken token)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.Get<bool>("select exists (select 1 from departed_addresses where forget_at <= @now)", new { now }, token))
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ForgetAddresses(), token);
        db.EndSnapshot();
        return await db.Query<long>("select id from departures where finished_at is null and called_off_at is null and due_at <= @now order by due_at, id", new { now }, token);
    }
}

/// <summary>Begins or goes on with the end of an account, as far as a moment allows, and says whether there is more to do. The background's.</summary>
[For(Who.Anyone)]
public sealed record TakeAccountOut(long DepartureId) : IRequest<bool>, ICommand
{
    // A vote waits for no longer than this and a piece.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(5);

    internal sealed class Handler(Db db, Leaving leaving, Happened happened, TimeProvider clock) : IRequestHandler<TakeAccountOut, bool>
    {
        public async Task<bool> Handle(TakeAccountOut take, CancellationToken token)
        {
            ArgumentNullException.ThrowIfNull(happened);
            var held = Stopwatch.StartNew();
            var isMore = true;
            do
            {
                var departure = await db.Departure(take.DepartureId, token);
                if (departure.FinishedAt is not null || departure.CalledOffAt is not null || departure.BegunAt is null && !(departure.DueAt <= clock.GetUtcNow()))
                    return false;

                if (departure.BegunAt is null)
                    await leaving.Begin(departure, token);
                else
                    isMore = await leaving.GoOn(departure, token);
            }
            while (isMore && held.Elapsed < Hold);

            return isMore;
        }
    }
}

/// <summary>Forgets the addresses of those who left long ago. The background's.</summary>
[For(Who.Anyone)]
public sealed record ForgetAddresses : IRequest, ICommand
{
    internal sealed class Handler(Db db, TimeProvider clock) : IRequestHandler<ForgetAddresses>
    {
        public Task Handle(ForgetAddresses forget, CancellationToken token) => db.Forget(clock.GetUtcNow(), token);
    }
}
