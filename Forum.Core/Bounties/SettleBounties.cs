using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Bounties;

/// <summary>Reminds sponsors of their bounties and ends those that nobody gave in time, one transaction each.</summary>
public sealed class SettleBounties(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<SettleBounties> log)
    : Recurring(Interval, "Bounties could not be ended; it is tried again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Does what is due now and returns for how many bounties.</summary>
    public async Task<int> Settle(CancellationToken token)
    {
        var due = await Due(token);
        foreach (var bounty in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SettleBounty(bounty.Id), token);
        }

        return due.Count;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Settle(token);

    // On a reader: mostly there is nothing to write.
    private async Task<IReadOnlyList<RunningBounty>> Due(CancellationToken token)
    {
        var (now, rules) = (clock.GetUtcNow(), settings.Current.Bounties);
        await using var scope = scopes.CreateAsyncScope();
        var ending = await scope.ServiceProvider.GetRequiredService<Db>().BountiesThatEndBy(now + rules.RemindBefore, token);
        return [.. ending.Where(bounty => BountyRules.Due(bounty, now, rules) != BountyStep.Nothing)];
    }
}
