namespace Forum.Core.Settings;

/// <summary>
/// What counts as serial voting (docs/rules/fairness.md). Whoever knows a site's own numbers can stay below them: they are for its
/// administrators alone.
/// </summary>
public sealed record FairnessSettings
{
    /// <summary>Whether serial votes are looked for every night and taken out.</summary>
    public bool IsOn { get; init; } = true;
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int Hour { get; init; } = 3;
    /// <summary>So many votes of one person for another, all up or all down…</summary>
    [Allowed(2, 1_000)]
    public int Votes { get; init; } = 8;
    /// <summary>…within this time are too many…</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(3);
    /// <summary>…if they are this share, in percent, of all votes the person cast meanwhile.</summary>
    [Allowed(1, 100)]
    public int Share { get; init; } = 60;
    /// <summary>From this part of <see cref="Votes"/> on, in percent, moderators are told of them instead; 0: never.</summary>
    [Allowed(0, 100)]
    public int NoticePercent { get; init; } = 50;
    /// <summary>Suspicious votes are looked for among those of so many days:</summary>
    [Allowed(1, 3_650)]
    public int PairDays { get; init; } = 90;
    /// <summary>so many of one person for another…</summary>
    [Allowed(2, 1_000)]
    public int PairVotes { get; init; } = 5;
    /// <summary>…that are this share, in percent, of all their votes…</summary>
    [Allowed(1, 100)]
    public int PairShare { get; init; } = 20;
    /// <summary>…of which so many pairs are listed, by share and by number.</summary>
    [Allowed(1, 10_000)]
    public int PairsKept { get; init; } = 200;
    /// <summary>When votes of new accounts wait before they count…</summary>
    public VoteHolding Holds { get; init; } = VoteHolding.OnceOpen;
    /// <summary>…of accounts younger than this…</summary>
    public TimeSpan YoungFor { get; init; } = TimeSpan.FromDays(1);
    /// <summary>…for so long.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>When votes of new accounts wait before they count.</summary>
public enum VoteHolding
{
    /// <summary>They count at once.</summary>
    Never,

    /// <summary>Except in a private beta, where people know each other.</summary>
    OnceOpen,

    /// <summary>Everywhere.</summary>
    Always,
}
