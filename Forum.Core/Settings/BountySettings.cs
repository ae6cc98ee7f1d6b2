namespace Forum.Core.Settings;

/// <summary>Amounts and times of bounties (docs/rules/bounties.md).</summary>
public sealed record BountySettings
{
    /// <summary>The smallest bounty…</summary>
    [Allowed(1, 1_000_000)]
    public int Least { get; init; } = 50;
    /// <summary>…and the largest…</summary>
    [Allowed(1, 1_000_000)]
    public int Most { get; init; } = 500;
    /// <summary>…are multiples of this, as all are.</summary>
    [Allowed(5, 1_000_000)]
    public int Step { get; init; } = 50;
    /// <summary>The least that somebody may offer who has answered the question.</summary>
    public int LeastAfterAnswering { get; init; } = 100;
    /// <summary>How old a question must be.</summary>
    public TimeSpan QuestionAge { get; init; } = TimeSpan.FromHours(48);
    /// <summary>How long a bounty runs.</summary>
    public TimeSpan Runs { get; init; } = TimeSpan.FromDays(7);
    /// <summary>How long its sponsor can still give it after that.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How long answers are waited for before it can be given.</summary>
    public TimeSpan AwardAfter { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How long before its end its sponsor is reminded.</summary>
    public TimeSpan RemindBefore { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Bounties of one person that may run at a time.</summary>
    [Allowed(0, 1_000_000)]
    public int PerSponsor { get; init; } = 3;
    /// <summary>The score an answer needs for a bounty to go to it by itself…</summary>
    [Allowed(0, 1_000_000)]
    public int AutomaticScore { get; init; } = 2;
    /// <summary>…and how much of it goes there, in percent.</summary>
    [Allowed(0, 100)]
    public int AutomaticPercent { get; init; } = 50;
    /// <summary>Characters of what a sponsor adds.</summary>
    public int Note { get; init; } = 500;
    /// <summary>What a moderator says who gives a bounty back.</summary>
    public LengthRange RefundReason { get; init; } = new(10, 500);
}
