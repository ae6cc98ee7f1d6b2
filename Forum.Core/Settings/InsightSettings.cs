namespace Forum.Core.Settings;

/// <summary>Figures of the site, and what moderators compare accounts by (docs/rules/insight.md).</summary>
public sealed record InsightSettings
{
    /// <summary>Whether figures of the site are counted every night.</summary>
    public bool Counts { get; init; } = true;
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int Hour { get; init; } = 2;
    /// <summary>Days that are counted again each night, because answers come late.</summary>
    [Allowed(0, 3_650)]
    public int RecountDays { get; init; } = 90;
    /// <summary>Days that are shown at a time…</summary>
    [Allowed(7, 366)]
    public int DaysShown { get; init; } = 30;
    /// <summary>…or weeks…</summary>
    [Allowed(4, 260)]
    public int WeeksShown { get; init; } = 26;
    /// <summary>…or months.</summary>
    [Allowed(3, 240)]
    public int MonthsShown { get; init; } = 24;
    /// <summary>Days for which the network addresses are kept from which somebody signed in or wrote; 0: none is.</summary>
    [Allowed(0, 3_650)]
    public int AddressDays { get; init; } = 90;
    /// <summary>Characters of a moderator's reason to look at how accounts are connected.</summary>
    public LengthRange Reason { get; init; } = new(10, 300);
    /// <summary>Addresses, accounts and people voted for that such a look shows of each kind.</summary>
    [Allowed(1, 500)]
    public int ConnectionsShown { get; init; } = 30;
    /// <summary>Votes that such a look goes through, the newest.</summary>
    [Allowed(100, 1_000_000)]
    public int VotesLookedAt { get; init; } = 10_000;
}
