using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Reputations;

/// <summary>A line of the ledger as it is shown: an event, or the adjustment that followed when events stopped or started to count.</summary>
public sealed record LedgerLine
{
    /// <summary>Its number, for whoever goes on after it.</summary>
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public ReputationKind Kind { get; init; }
    public AdjustmentReason Reason { get; init; }

    /// <summary>What the event was worth before cap and floor.</summary>
    public int Nominal { get; init; }

    /// <summary>What it changed.</summary>
    public int Change { get; init; }

    internal int State { get; init; }

    /// <summary>The question or answer it was about; null when there is none, or it is deleted.</summary>
    public long? PostId { get; init; }

    /// <summary>Whether that is an answer.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The title of the question; null as <see cref="PostId"/> is.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the event no longer counts; an adjustment made up for it.</summary>
    public bool IsReversed => State != 0;

    /// <summary>The UTC day it counts for, in days since 1970.</summary>
    internal long Day => DayBalance.Of(At);

    /// <summary>The key of the words for what happened: <c>reputations.answer-upvoted</c>, <c>reputations.vote-undone</c> …</summary>
    public string Key => Kind switch
    {
        ReputationKind.Adjustment => Reason switch
        {
            AdjustmentReason.VoteUndone => "reputations.vote-undone",
            AdjustmentReason.AcceptUndone => "reputations.accept-undone",
            AdjustmentReason.PostDeleted => "reputations.post-deleted",
            AdjustmentReason.PostUndeleted => "reputations.post-undeleted",
            AdjustmentReason.Recalculated or AdjustmentReason.None => "reputations.recalculated",
            AdjustmentReason.SerialVoting => "reputations.serial-voting",
            AdjustmentReason.VotesInvalidated => "reputations.votes-invalidated",
            AdjustmentReason.VotesRestored => "reputations.votes-restored",
            AdjustmentReason.BountyRefunded => "reputations.bounty-refunded",
            AdjustmentReason.FlagsCleared => "reputations.flags-cleared",
            AdjustmentReason.VoterRemoved => "reputations.voter-removed",
            AdjustmentReason.AccountsMerged => "reputations.accounts-merged",
        },
        ReputationKind.Opening => "reputations.opening",
        ReputationKind.QuestionUpvoted => "reputations.question-upvoted",
        ReputationKind.AnswerUpvoted => "reputations.answer-upvoted",
        ReputationKind.PostDownvoted => "reputations.post-downvoted",
        ReputationKind.AnswerDownvoteCast => "reputations.answer-downvote-cast",
        ReputationKind.AnswerAccepted => "reputations.answer-accepted",
        ReputationKind.AcceptedAnswer => "reputations.accepted-answer",
        ReputationKind.SuggestedEditApproved => "reputations.suggested-edit-approved",
        ReputationKind.BountyStarted => "reputations.bounty-started",
        ReputationKind.BountyAwarded => "reputations.bounty-awarded",
        ReputationKind.BountyAwardedByItself => "reputations.bounty-awarded-by-itself",
        ReputationKind.PostIsSpam => "reputations.post-is-spam",
        ReputationKind.PostFlagged => "reputations.post-flagged",
    };

    /// <summary>The key of the words for what became of it since, or null.</summary>
    public string? ReversalKey => State switch
    {
        1 => "reputations.reversed",
        2 => "reputations.reversed-post-deleted",
        _ => null,
    };

    /// <summary>
    /// The key of the words for why it changed less than it was worth, or null: <c>reputations.cap-reached</c> or
    /// <c>reputations.floor-reached</c>, with <see cref="Change"/> and <see cref="Nominal"/> in their places.
    /// </summary>
    public string? LimitKey => (Kind, Nominal, Change) switch
    {
        (ReputationKind.Adjustment or ReputationKind.Opening, _, _) => null,
        (_, > 0, var change) when change < Nominal => "reputations.cap-reached",
        (_, < 0, var change) when change > Nominal => "reputations.floor-reached",
        _ => null,
    };
}

/// <summary>What requests that show the ledger share.</summary>
internal static class LedgerLines
{
    /// <summary>
    /// Whether a line (e, about post p of question q) may be seen: all by the person whose it is (@isOwn), none by others that would give
    /// away how the person voted (docs/rules/reputation.md, section 4).
    /// </summary>
    internal static readonly string IsShown =
        $"""
        (@isOwn = 1
         or e.kind not in ({(int)ReputationKind.Adjustment}, {(int)ReputationKind.AnswerDownvoteCast})
         or e.kind = {(int)ReputationKind.Adjustment}
            and (e.post_id is null or e.reason = {(int)AdjustmentReason.BountyRefunded} or coalesce(p.author_id = e.user_id, 0)
                 or e.reason = {(int)AdjustmentReason.AcceptUndone} and coalesce(q.author_id = e.user_id, 0)))
        """;

    /// <summary>What all lines that may not be seen come to. Nothing for the person whose they are.</summary>
    internal static Task<int> Unshown(this Db db, long userId, bool isOwn, CancellationToken token) =>
        isOwn ? Task.FromResult(0) : db.Get<int>(
            $"""
            select coalesce(sum(e.applied), 0)
            from reputation_events e
            left join posts p on p.id = e.post_id
            left join posts q on q.id = p.question_id
            where e.user_id = @userId and e.kind in ({(int)ReputationKind.Adjustment}, {(int)ReputationKind.AnswerDownvoteCast}) and not {IsShown}
            """,
            new { userId, isOwn }, token);

    /// <summary>Whose ledger it is, as the one asking sees them.</summary>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    internal static async Task<Owner> LedgerOwner(this Db db, long userId, CurrentUser user, DateTimeOffset now, CancellationToken token)
    {
        var owner = await db.Find<Owner>(
            "select reputation as Reputation, created_at as Since, suspended_until as SuspendedUntil from users where id = @userId", new { userId }, token)
            ?? throw new NotFoundException();
        return owner.SuspendedUntil > now && user.Id != userId ? owner with { Reputation = ReputationSettings.Start, IsHidden = true } : owner;
    }

    internal sealed record Owner
    {
        public int Reputation { get; init; }
        public DateTimeOffset Since { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }

        /// <summary>Whether the person is suspended and others ask: then there is nothing to see but a reputation of 1.</summary>
        public bool IsHidden { get; init; }
    }
}
