namespace Forum.Core.Settings;

/// <summary>How accounts end (docs/rules/departures.md).</summary>
public sealed record DepartureSettings
{
    /// <summary>How long somebody can still keep an account that they asked to have deleted.</summary>
    public TimeSpan Waits { get; init; } = TimeSpan.FromHours(24);
    /// <summary>What a moderator says of it, in the log.</summary>
    public LengthRange Reason { get; init; } = new(3, 500);
    /// <summary>From so many votes on, a deleted account's votes stay…</summary>
    [Allowed(1, 1_000_000)]
    public int KeepsVotesFrom { get; init; } = 500;
    /// <summary>…or when so many people…</summary>
    [Allowed(1, 1_000_000)]
    public int KeepsVotesFromPeople { get; init; } = 10;
    /// <summary>…would lose or win so much reputation.</summary>
    [Allowed(1, 1_000_000)]
    public int Significant { get; init; } = 50;
    /// <summary>Nobody with more reputation than this is destroyed…</summary>
    [Allowed(1, 1_000_000)]
    public int DestroysUpToReputation { get; init; } = 100;
    /// <summary>…or with more posts, by moderators…</summary>
    [Allowed(0, 1_000_000)]
    public int DestroysUpToPosts { get; init; } = 20;
    /// <summary>…or by administrators.</summary>
    [Allowed(0, 1_000_000)]
    public int AdministratorsDestroyUpToPosts { get; init; } = 1_000;
    /// <summary>How long somebody who comes back is known by their address.</summary>
    public TimeSpan Remembers { get; init; } = TimeSpan.FromDays(365);
    /// <summary>Whether accounts go by themselves that nobody ever did anything with…</summary>
    public bool PurgesIdle { get; init; }
    /// <summary>…once they were not seen for so long…</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromDays(183);
    /// <summary>…so many in a night at most.</summary>
    [Allowed(1, 100_000)]
    public int MostANight { get; init; } = 500;
    /// <summary>Lines of the list of accounts that ended.</summary>
    [Allowed(1, 500)]
    public int Listed { get; init; } = 50;
}
