namespace Forum.Core.Settings;

/// <summary>How long posts are locked (docs/rules/locks.md).</summary>
public sealed record LockSettings
{
    /// <summary>The shortest lock that can be chosen.</summary>
    public TimeSpan Short { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A longer one.</summary>
    public TimeSpan Medium { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The longest that ends by itself.</summary>
    public TimeSpan Long { get; init; } = TimeSpan.FromDays(7);
}
