using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Bounties;

/// <summary>What a person who would offer a bounty on a question has to know: what they may offer, or why nothing, and the bounties it has had.</summary>
/// <exception cref="NotFoundException">There is no such question, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowBounties(long QuestionId) : IRequest<ShowBounties.View>
{
    /// <param name="Question">The question.</param>
    /// <param name="Reputation">What the person has.</param>
    /// <param name="Amounts">What they may choose from.</param>
    /// <param name="WhyNot">Why they may offer nothing, or null.</param>
    /// <param name="Bounties">What was offered on it, newest first.</param>
    public sealed record View(PostFacts Question, int Reputation, IReadOnlyList<int> Amounts, Refusal? WhyNot, IReadOnlyList<Line> Bounties)
    {
        public string Slug => Questions.Slug.Of(Question.Title);

        /// <summary>Whether one of them runs.</summary>
        public bool IsRunning => Bounties.Any(b => b.EndedAt is null);
    }

    /// <summary>A bounty.</summary>
    public sealed record Line
    {
        public int Amount { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public BountyOutcome? Outcome { get; init; }
        public int AwardedAmount { get; init; }
        public long? SponsorId { get; init; }
        public string SponsorName { get; init; } = "";

        /// <summary>The answer it went to; null when it is deleted.</summary>
        public long? AnswerId { get; init; }

        /// <summary>Why a moderator gave it back.</summary>
        public string RefundReason { get; init; } = "";
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowBounties, View>
    {
        public async Task<View> Handle(ShowBounties show, CancellationToken token)
        {
            var question = await db.VisiblePost(show.QuestionId, user, settings, token);
            if (!question.IsQuestion)
                throw new NotFoundException();

            var me = await db.Me(user, token);
            var target = await db.BountyTarget(question.Id, me.Id, token);
            var bounties = await db.Query<Line>(
                """
                select b.amount as Amount, b.started_at as StartedAt, b.ended_at as EndedAt, b.outcome as Outcome, b.awarded_amount as AwardedAmount,
                       b.sponsor_id as SponsorId, coalesce(u.name, '') as SponsorName, a.id as AnswerId, b.refund_reason as RefundReason
                from bounties b
                left join users u on u.id = b.sponsor_id
                left join posts a on a.id = b.awarded_answer_id and a.deleted_at is null
                where b.question_id = @Id
                order by b.started_at desc, b.id desc
                """, new { question.Id }, token);
            return new View(
                question, me.Reputation, BountyRules.Amounts(me, target, settings.Bounties),
                BountyRules.WhyNotStart(me, target, clock.GetUtcNow(), settings), bounties);
        }
    }
}
