namespace Forum.Core.Settings;

/// <summary>Who may not post for a while, because of what they posted (docs/rules/abuse.md).</summary>
public sealed record AbuseSettings
{
    /// <summary>Whether people are kept from posting at all.</summary>
    public bool Bans { get; init; } = true;
    /// <summary>Nobody is who has so much reputation.</summary>
    [Allowed(1, 1_000_000)]
    public int BanBelowReputation { get; init; } = 1_000;
    /// <summary>So many posts of a kind are written before they are judged…</summary>
    [Allowed(1, 1_000)]
    public int BanFromPosts { get; init; } = 5;
    /// <summary>…by the share of bad ones, in percent, from which no more are taken…</summary>
    [Allowed(1, 100)]
    public int BanFromShare { get; init; } = 60;
    /// <summary>…save one so long after the last.</summary>
    public TimeSpan BanProbe { get; init; } = TimeSpan.FromDays(182);
}
