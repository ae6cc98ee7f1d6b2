using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Bounties;

/// <summary>
/// A moderator ends the bounty that runs on a question as if it had never been: its sponsor has the reputation back. Why is
/// kept, and shown to whoever looks at the question's bounties.
/// </summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Reason">Why, plain text.</param>
[For(Who.Moderator)]
public sealed record RefundBounty(long QuestionId, string Reason) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<RefundBounty>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.Reason).HasLength(settings.Bounties.RefundReason);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RefundBounty>
    {
        public async Task Handle(RefundBounty refund, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var question = await db.VisiblePost(refund.QuestionId, user, settings, token);
            if (!question.IsQuestion)
                throw new NotFoundException();

            var bounty = await db.BountyOn(question.Id, token) ?? throw new ConflictException(new Refusal("bounties.not-running"));
            if (bounty.SponsorId == user.Required)
                new Refusal("bounties.own-refund").Throw();
            await db.End(bounty, BountyOutcome.Refunded, null, settings.Reputation, now, token);
            await db.Execute(
                "update bounties set refunded_by = @me, refund_reason = @reason where id = @Id",
                new { bounty.Id, me = user.Required, reason = TextLength.Clean(refund.Reason) }, token);
            if (bounty.SponsorId is { } sponsor)
                await db.UndoOne(sponsor, ReputationKind.BountyStarted, bounty.QuestionId, bounty.StartedAt, AdjustmentReason.BountyRefunded, settings.Reputation, now, token);
            await log.Record(
                new Act("refund-bounty", ActSubject.Post, question.Id)
                {
                    ConcernsId = bounty.SponsorId, After = new { BountyId = bounty.Id, bounty.Amount }, Reason = TextLength.Clean(refund.Reason),
                }, token);
            happened.Note(new BountyRefunded(bounty.Id, bounty.QuestionId, bounty.SponsorId, user.Required, bounty.Amount));
        }
    }
}

/// <summary>A moderator gave a bounty back to its sponsor.</summary>
public sealed record BountyRefunded(long BountyId, long QuestionId, long? SponsorId, long ModeratorId, int Amount) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(SponsorId).People();
}
