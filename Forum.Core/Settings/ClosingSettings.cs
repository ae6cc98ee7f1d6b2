namespace Forum.Core.Settings;

/// <summary>Closing and reopening of questions, and protecting them (docs/rules/closing.md).</summary>
public sealed record ClosingSettings
{
    /// <summary>Votes that close a question…</summary>
    [Allowed(1, 100)]
    public int CloseVotes { get; init; } = 3;
    /// <summary>…and those that reopen it.</summary>
    [Allowed(1, 100)]
    public int ReopenVotes { get; init; } = 3;
    /// <summary>Votes to close that a person may cast a day…</summary>
    [Allowed(0, 10_000)]
    public int CloseVotesPerDay { get; init; } = 24;
    /// <summary>…and to reopen.</summary>
    [Allowed(0, 10_000)]
    public int ReopenVotesPerDay { get; init; } = 24;
    /// <summary>Votes lapse so long after the latest of them…</summary>
    public TimeSpan VotesLast { get; init; } = TimeSpan.FromDays(14);
    /// <summary>…and one that lapsed may be cast again after this.</summary>
    public TimeSpan VoteAgain { get; init; } = TimeSpan.FromDays(14);
    /// <summary>How long after a question was closed an answer is taken that was begun before.</summary>
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromHours(4);
    /// <summary>Questions that one may be a duplicate of.</summary>
    [Allowed(1, 20)]
    public int Targets { get; init; } = 5;
    /// <summary>Closings and reopenings as a duplicate, decided by a gold badge, after which moderators are called.</summary>
    [Allowed(1, 100)]
    public int ContestedAfter { get; init; } = 2;
    /// <summary>What is said of a question that is closed for a reason of one's own.</summary>
    public LengthRange OwnReason { get; init; } = new(20, 500);
    /// <summary>Reasons of the site's own that can be chosen.</summary>
    [Allowed(0, 50)]
    public int SiteReasons { get; init; } = 5;
    /// <summary>What such a reason is called…</summary>
    public LengthRange ReasonTitle { get; init; } = new(5, 100);
    /// <summary>…and what it says.</summary>
    public LengthRange ReasonText { get; init; } = new(20, 1_000);
    /// <summary>How old a question is before people may protect it.</summary>
    public TimeSpan ProtectAfter { get; init; } = TimeSpan.FromDays(1);
}
