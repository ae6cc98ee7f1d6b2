using System.Threading.RateLimiting;
using Forum.Core.Settings;

namespace Forum.Web.Http;

/// <summary>How often a person may have a text rendered that is not kept. A node counts for itself: what is bounded is its own work.</summary>
public sealed class PreviewPace(SettingsStore settings) : IDisposable
{
    private readonly PartitionedRateLimiter<long> people = PartitionedRateLimiter.Create<long, long>(person =>
        settings.Current.Limits.PreviewsPerMinute <= 0 ? RateLimitPartition.GetNoLimiter(person) : RateLimitPartition.GetTokenBucketLimiter(person, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.Current.Limits.PreviewsPerMinute,
            TokensPerPeriod = settings.Current.Limits.PreviewsPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Whether another preview is within the pace; it counts as one.</summary>
    public bool Allows(long userId)
    {
        using var lease = people.AttemptAcquire(userId);
        return lease.IsAcquired;
    }

    /// <inheritdoc />
    public void Dispose() => people.Dispose();
}
