namespace Forum.Core.Settings;

/// <summary>Items on a page of each list.</summary>
[Allowed(1, 500)]
public sealed record PageSettings
{
    public int Questions { get; init; } = 15;
    public int Answers { get; init; } = 30;
    public int Tags { get; init; } = 36;
    public int Users { get; init; } = 36;
    public int Inbox { get; init; } = 30;
    public int SearchResults { get; init; } = 15;
    public int Revisions { get; init; } = 50;
    public int Timeline { get; init; } = 100;
    /// <summary>Lines of somebody's ledger of reputation.</summary>
    public int Ledger { get; init; } = 50;
    /// <summary>Acts in what somebody did.</summary>
    public int Activity { get; init; } = 30;
    /// <summary>People who are kept for each board and period of the leaders.</summary>
    public int Leaders { get; init; } = 180;
    /// <summary>People who were awarded a badge, on its page…</summary>
    public int Awards { get; init; } = 60;
    /// <summary>…and newest awards beside the list of badges.</summary>
    public int RecentAwards { get; init; } = 15;
    /// <summary>People on each list of a tag's top users.</summary>
    public int TopUsers { get; init; } = 20;
    /// <summary>Questions that are looked at to count those with several tags; "and more" beyond.</summary>
    [Allowed(100, 1_000_000)]
    public int MostCounted { get; init; } = 10_000;
}
