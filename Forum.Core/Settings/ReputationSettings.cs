namespace Forum.Core.Settings;

/// <summary>Points for each kind of event (docs/rules/reputation.md, section 1).</summary>
public sealed record ReputationSettings
{
    /// <summary>What everybody starts with and never falls below. Not to be tuned: the schema says it too.</summary>
    public const int Start = 1;
    [Allowed(0, 1_000)]
    public int QuestionUpvoted { get; init; } = 10;
    [Allowed(0, 1_000)]
    public int AnswerUpvoted { get; init; } = 10;
    [Allowed(-1_000, 0)]
    public int PostDownvoted { get; init; } = -2;
    /// <summary>To the voter, for voting an answer down.</summary>
    [Allowed(-1_000, 0)]
    public int AnswerDownvoteCast { get; init; } = -1;
    [Allowed(0, 1_000)]
    public int AnswerAccepted { get; init; } = 15;
    /// <summary>To the asker, for accepting someone else's answer.</summary>
    [Allowed(0, 1_000)]
    public int AcceptedAnswer { get; init; } = 2;
    /// <summary>To whoever suggested an edit that was approved…</summary>
    public int SuggestedEditApproved { get; init; } = 2;
    /// <summary>…until a person has so much from it.</summary>
    public int SuggestedEditsAtMost { get; init; } = 1_000;
    /// <summary>To the author of a post that was deleted as spam or rude.</summary>
    [Allowed(-100_000, 0)]
    public int PostIsSpam { get; init; } = -100;
    /// <summary>Most that capped events may add up to in a UTC day.</summary>
    [Allowed(0, 1_000_000)]
    public int DailyCap { get; init; } = 200;
    /// <summary>A deleted post's author keeps its reputation from this score…</summary>
    [Allowed(0, 1_000_000)]
    public int KeptFromScore { get; init; } = 3;
    /// <summary>…and after this many days of being visible.</summary>
    [Allowed(0, 36_500)]
    public int KeptAfterDays { get; init; } = 60;
}
