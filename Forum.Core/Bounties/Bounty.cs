namespace Forum.Core.Bounties;

/// <summary>How a bounty ended; stored, so numbers never change.</summary>
public enum BountyOutcome
{
    /// <summary>Its sponsor gave it to an answer.</summary>
    Awarded = 1,

    /// <summary>Nobody gave it, and it went to an answer by itself.</summary>
    AwardedByItself = 2,

    /// <summary>It went to nobody.</summary>
    Expired = 3,

    /// <summary>A moderator gave it back to its sponsor.</summary>
    Refunded = 4,

    /// <summary>It came with an imported community whose dump does not say.</summary>
    Unrecorded = 5,
}

/// <summary>What a sponsor hopes for. A list, so that the form, the notice on the question and the rules read the same.</summary>
public static class BountyReason
{
    /// <summary>The reasons by their keys: <c>bounties.reason-{key}</c> is what the form says, <c>bounties.notice-{key}</c> what the question does.</summary>
    public static readonly IReadOnlyList<string> All =
        ["authoritative-reference", "canonical-answer", "outdated-answers", "draw-attention", "improve-details", "reward-answer"];
}

/// <summary>A question, as the rules of bounties see it for one person.</summary>
public sealed record BountyTarget
{
    public long QuestionId { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public bool IsDeleted { get; init; }
    public bool IsClosed { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>Whether a bounty runs on it, whoever offered it.</summary>
    public bool HasBounty { get; init; }

    /// <summary>Whether the person has an answer to it.</summary>
    public bool HasAnswered { get; init; }

    /// <summary>How many bounties the person has offered on it before; those given back do not count.</summary>
    public int Earlier { get; init; }

    /// <summary>How many bounties of the person run now, on all questions.</summary>
    public int Running { get; init; }
}

/// <summary>A bounty that has not ended. One that was imported never is: what the former site had running ended with it.</summary>
public sealed record RunningBounty
{
    public long Id { get; init; }
    public long QuestionId { get; init; }

    /// <summary>Who offered it.</summary>
    public long? SponsorId { get; init; }

    /// <summary>Whose question it is.</summary>
    public long? AskerId { get; init; }
    public int Amount { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When its time is over; the grace follows.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>How often its sponsor was reminded.</summary>
    public int Reminders { get; init; }
}

/// <summary>An answer, as the rules of bounties see it.</summary>
public sealed record BountyAnswer
{
    public long Id { get; init; }
    public long QuestionId { get; init; }
    public long? AuthorId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Score { get; init; }

    /// <summary>Whether it is out of sight: deleted itself, or with its question.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether the asker accepted it.</summary>
    public bool IsAccepted { get; init; }
}
