namespace Forum.Core.Settings;

/// <summary>Deleting and undeleting by votes (docs/rules/deleting.md).</summary>
public sealed record DeletionSettings
{
    /// <summary>How long a question has been closed before it can be deleted by votes, or by its author.</summary>
    public TimeSpan ClosedFor { get; init; } = TimeSpan.FromHours(48);
    /// <summary>Votes that delete a post…</summary>
    [Allowed(1, 100)]
    public int Votes { get; init; } = 3;
    /// <summary>…one more for each so many points that it, or the best answer to it, has…</summary>
    [Allowed(1, 1_000)]
    public int ScorePerVote { get; init; } = 5;
    /// <summary>…and no more than these.</summary>
    [Allowed(1, 100)]
    public int MostVotes { get; init; } = 10;
    /// <summary>Votes that bring it back.</summary>
    [Allowed(1, 100)]
    public int UndeleteVotes { get; init; } = 3;
    /// <summary>A closed question with this score or less can be voted on at once, by trusted users.</summary>
    [Allowed(-1_000, 0)]
    public int QuestionScore { get; init; } = -3;
    /// <summary>An answer with this score or less can be voted on, by trusted users.</summary>
    [Allowed(-1_000, 0)]
    public int AnswerScore { get; init; } = -1;
    /// <summary>Votes to delete that a person may cast a day, and as many to undelete…</summary>
    [Allowed(0, 10_000)]
    public int VotesPerDay { get; init; } = 5;
    /// <summary>…one more for each so much reputation above what the moderator tools need…</summary>
    [Allowed(1, 1_000_000)]
    public int ReputationPerVote { get; init; } = 1_000;
    /// <summary>…and no more than these.</summary>
    [Allowed(0, 10_000)]
    public int MostVotesPerDay { get; init; } = 30;
}
