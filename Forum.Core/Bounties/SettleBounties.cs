using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Bounties;

/// <summary>Reminds sponsors of their bounties and ends those that nobody gave in time, one transaction each.</summary>
public sealed class SettleBounties(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<SettleBounties> log)
    : OneByOne<RunningBounty>(Interval, "Bounties could not be ended; it is tried again.", scopes, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Does what is due now and returns for how many bounties.</summary>
    public Task<int> Settle(CancellationToken token) => Each(token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Settle(token);

    /// <inheritdoc />
    protected override async Task<IReadOnlyList<RunningBounty>> Due(Db db, CancellationToken token)
    {
        var (now, rules) = (clock.GetUtcNow(), settings.Current.Bounties);
        var ending = await db.BountiesThatEndBy(now + rules.RemindBefore, token);
        return [.. ending.Where(bounty => BountyRules.Due(bounty, now, rules) != BountyStep.Nothing)];
    }

    /// <inheritdoc />
    protected override IRequest Command(RunningBounty due) => new SettleBounty(due.Id);
}
