using Forum.Core.Settings;

namespace Forum.Core.Reputations;

/// <summary>What moves reputation; the numbers are the rows of the table in docs/rules/reputation.md.</summary>
public enum ReputationKind
{
    /// <summary>Not an event but the difference that follows when events stop or start to count.</summary>
    Adjustment = 0,

    /// <summary>What a person brought along from an imported community, above the 1 everybody has. Never reversed.</summary>
    Opening = 1,

    /// <summary>To the asker.</summary>
    QuestionUpvoted = 2,

    /// <summary>To the answerer.</summary>
    AnswerUpvoted = 3,

    /// <summary>To the author of a question or an answer.</summary>
    PostDownvoted = 4,

    /// <summary>To the one who voted an answer down.</summary>
    AnswerDownvoteCast = 5,

    /// <summary>To the answerer, from somebody else's accept.</summary>
    AnswerAccepted = 7,

    /// <summary>To the asker who accepted somebody else's answer.</summary>
    AcceptedAnswer = 8,

    /// <summary>To whoever suggested an edit that was approved.</summary>
    SuggestedEditApproved = 10,

    /// <summary>From the sponsor, the whole amount, when a bounty starts. It is gone whatever becomes of the question.</summary>
    BountyStarted = 11,

    /// <summary>To the answerer who is given a bounty by hand.</summary>
    BountyAwarded = 12,

    /// <summary>To the answerer whom a bounty goes to by itself.</summary>
    BountyAwardedByItself = 13,

    /// <summary>From the author of a post that was deleted as spam or rude.</summary>
    PostIsSpam = 15,

    /// <summary>To the author of a post that somebody called spam or rude: a vote down in nobody's name.</summary>
    PostFlagged = 20,
}

/// <summary>Why an adjustment was made; stored, so numbers never change.</summary>
public enum AdjustmentReason
{
    /// <summary>The row is an event.</summary>
    None = 0,

    /// <summary>A vote was taken back or changed.</summary>
    VoteUndone = 1,

    /// <summary>An answer lost its accept, or the accept moved.</summary>
    AcceptUndone = 2,

    /// <summary>The post, or the question it answers, was deleted.</summary>
    PostDeleted = 3,

    /// <summary>It was undeleted.</summary>
    PostUndeleted = 4,

    /// <summary>The rules were changed and everything was computed anew.</summary>
    Recalculated = 5,

    /// <summary>Many votes of one person for another in a short time were taken out by the nightly search for them.</summary>
    SerialVoting = 6,

    /// <summary>A moderator took the votes of one person for another out.</summary>
    VotesInvalidated = 7,

    /// <summary>Votes that had been taken out count again.</summary>
    VotesRestored = 8,

    /// <summary>A moderator gave a bounty back.</summary>
    BountyRefunded = 9,

    /// <summary>Flags of spam or rudeness were not right, or nobody agreed.</summary>
    FlagsCleared = 10,

    /// <summary>Whoever voted has no account any more.</summary>
    VoterRemoved = 11,

    /// <summary>Two accounts of one person became one.</summary>
    AccountsMerged = 12,
}

/// <summary>What the kinds are worth, as data.</summary>
public static class ReputationKinds
{
    /// <summary>Points of an event of this kind that happens now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no fixed worth: an opening, an adjustment, a bounty.</exception>
    public static int Worth(this ReputationKind kind, ReputationSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return kind switch
        {
            ReputationKind.QuestionUpvoted => rules.QuestionUpvoted,
            ReputationKind.AnswerUpvoted => rules.AnswerUpvoted,
            ReputationKind.PostDownvoted => rules.PostDownvoted,
            ReputationKind.AnswerDownvoteCast => rules.AnswerDownvoteCast,
            ReputationKind.AnswerAccepted => rules.AnswerAccepted,
            ReputationKind.AcceptedAnswer => rules.AcceptedAnswer,
            ReputationKind.SuggestedEditApproved => rules.SuggestedEditApproved,
            ReputationKind.PostIsSpam => rules.PostIsSpam,
            ReputationKind.PostFlagged => rules.PostDownvoted,
            ReputationKind.Adjustment or ReputationKind.Opening or ReputationKind.BountyStarted or ReputationKind.BountyAwarded or ReputationKind.BountyAwardedByItself => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is worth what is said with it."),
        };
    }

    /// <summary>What can happen, in the order of the table in docs/rules/reputation.md: all that is an event here.</summary>
    public static IReadOnlyList<ReputationKind> All { get; } =
        [.. Enum.GetValues<ReputationKind>().Where(kind => kind is not (ReputationKind.Adjustment or ReputationKind.Opening))];

    /// <summary>Whether every event of the kind is worth the same; else it is worth what is said with it.</summary>
    public static bool HasFixedWorth(this ReputationKind kind) => kind switch
    {
        ReputationKind.QuestionUpvoted or ReputationKind.AnswerUpvoted or ReputationKind.PostDownvoted or ReputationKind.AnswerDownvoteCast => true,
        ReputationKind.AnswerAccepted or ReputationKind.AcceptedAnswer or ReputationKind.SuggestedEditApproved => true,
        ReputationKind.PostIsSpam or ReputationKind.PostFlagged => true,
        ReputationKind.BountyStarted or ReputationKind.BountyAwarded or ReputationKind.BountyAwardedByItself => false,
        ReputationKind.Adjustment or ReputationKind.Opening => false,
    };

    /// <summary>Whether the kind is part of the daily sum that the cap limits: gains fill it, losses free room in it.</summary>
    public static bool IsCapped(this ReputationKind kind) => kind switch
    {
        ReputationKind.QuestionUpvoted or ReputationKind.AnswerUpvoted or ReputationKind.PostDownvoted or ReputationKind.SuggestedEditApproved or ReputationKind.PostFlagged => true,
        ReputationKind.AnswerDownvoteCast or ReputationKind.AnswerAccepted or ReputationKind.AcceptedAnswer or ReputationKind.PostIsSpam => false,
        ReputationKind.BountyStarted or ReputationKind.BountyAwarded or ReputationKind.BountyAwardedByItself => false,
        ReputationKind.Adjustment or ReputationKind.Opening => false,
    };
}
