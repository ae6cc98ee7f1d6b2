using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>
/// A person's reputation: day by day, for a chart, and the newest lines of the ledger. Nobody but the person is told what
/// would give away how they voted.
/// </summary>
/// <param name="UserId">Whose.</param>
/// <param name="Lines">How many lines of the ledger, at most.</param>
public sealed record ShowReputation(long UserId, int Lines = 30) : IRequest<ShowReputation.View>
{
    /// <summary>What there is to show.</summary>
    /// <param name="Reputation">Now.</param>
    /// <param name="Since">When the person came.</param>
    /// <param name="Days">The balance at the end of each UTC day on which something counted, oldest first.</param>
    /// <param name="Lines">Newest first.</param>
    public sealed record View(int Reputation, DateTimeOffset Since, IReadOnlyList<Day> Days, IReadOnlyList<Line> Lines);

    /// <summary>A day's end.</summary>
    public sealed record Day
    {
        internal long Number { get; init; }
        public DateOnly Date => DateOnly.FromDateTime(DayBalance.Start(Number).UtcDateTime);
        public int Balance { get; init; }
    }

    /// <summary>A line of the ledger: an event, or the adjustment that followed when events stopped or started to count.</summary>
    public sealed record Line
    {
        public DateTimeOffset At { get; init; }
        public ReputationKind Kind { get; init; }
        public AdjustmentReason Reason { get; init; }

        /// <summary>What it changed; less than the event is worth where cap or floor stood in the way.</summary>
        public int Change { get; init; }

        /// <summary>Whether the event no longer counts; an adjustment made up for it.</summary>
        public bool IsReversed { get; init; }

        /// <summary>The question or answer it was about; null when there is none, or it is deleted.</summary>
        public long? PostId { get; init; }

        /// <summary>Whether that is an answer.</summary>
        public bool IsAnswer { get; init; }

        /// <summary>The title of the question; null as <see cref="PostId"/> is.</summary>
        public string? Title { get; init; }

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
            },
            ReputationKind.Opening => "reputations.opening",
            ReputationKind.QuestionUpvoted => "reputations.question-upvoted",
            ReputationKind.AnswerUpvoted => "reputations.answer-upvoted",
            ReputationKind.PostDownvoted => "reputations.post-downvoted",
            ReputationKind.AnswerDownvoteCast => "reputations.answer-downvote-cast",
            ReputationKind.AnswerAccepted => "reputations.answer-accepted",
            ReputationKind.AcceptedAnswer => "reputations.accepted-answer",
            ReputationKind.BountyStarted => "reputations.bounty-started",
            ReputationKind.BountyAwarded => "reputations.bounty-awarded",
            ReputationKind.BountyAwardedByItself => "reputations.bounty-awarded-by-itself",
        };
    }

    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ShowReputation, View>
    {
        public async Task<View> Handle(ShowReputation show, CancellationToken token)
        {
            var person = await db.Find<Owner>(
                "select reputation as Reputation, created_at as Since from users where id = @UserId", new { show.UserId }, token) ?? throw new NotFoundException();
            var days = await db.Query<Day>(
                "select day as Number, balance as Balance from reputation_days where user_id = @UserId order by day", new { show.UserId }, token);
            var lines = await db.Query<Line>(
                $"""
                select e.at as At, e.kind as Kind, e.reason as Reason, e.applied as Change, e.state <> 0 as IsReversed,
                       case when q.deleted_at is null and p.deleted_at is null then p.id end as PostId,
                       p.kind = 2 as IsAnswer,
                       case when q.deleted_at is null and p.deleted_at is null then coalesce(q.title, p.title) end as Title
                from reputation_events e
                left join posts p on p.id = e.post_id
                left join posts q on q.id = p.question_id
                where e.user_id = @UserId
                  and (@isOwn = 1
                       or e.kind not in ({(int)ReputationKind.Adjustment}, {(int)ReputationKind.AnswerDownvoteCast})
                       or e.kind = {(int)ReputationKind.Adjustment}
                          and (p.author_id = e.user_id or q.author_id = e.user_id and e.reason = {(int)AdjustmentReason.AcceptUndone} or e.post_id is null))
                order by e.at desc, e.id desc
                limit @Lines
                """,
                new { show.UserId, show.Lines, isOwn = user.Id == show.UserId }, token);
            return new View(person.Reputation, person.Since, days, lines);
        }
    }

    private sealed record Owner
    {
        public int Reputation { get; init; }
        public DateTimeOffset Since { get; init; }
    }
}
