namespace Forum.Core.Settings;

/// <summary>Notes about people, messages to them, warnings and suspensions (docs/rules/discipline.md).</summary>
public sealed record DisciplineSettings
{
    /// <summary>Characters of a message between moderators and a person.</summary>
    public LengthRange Message { get; init; } = new(10, 5_000);
    /// <summary>Characters of a note about a person.</summary>
    public LengthRange Note { get; init; } = new(1, 2_000);
    /// <summary>Days of the longest suspension.</summary>
    [Allowed(1, 3_650)]
    public int LongestSuspension { get; init; } = 365;
    /// <summary>Answers that a person may write to the moderators in a UTC day.</summary>
    [Allowed(1, 1_000)]
    public int AnswersPerDay { get; init; } = 10;
    /// <summary>Messages of a thread that are shown.</summary>
    [Allowed(1, 1_000)]
    public int MessagesShown { get; init; } = 100;
    /// <summary>Lines of the log on a page.</summary>
    [Allowed(1, 500)]
    public int ActsListed { get; init; } = 50;
}
