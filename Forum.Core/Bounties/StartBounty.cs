using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Bounties;

/// <summary>
/// Offers reputation of one's own for an answer to a question, anybody's. It is taken at once, whatever becomes of the
/// bounty. Returns the bounty's id. Rules: docs/rules/bounties.md.
/// </summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">A key of <see cref="BountyReason.All"/>.</param>
/// <param name="Note">What one adds to it, plain text, or empty.</param>
public sealed record StartBounty(long QuestionId, int Amount, string Reason, string Note = "") : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<StartBounty>
    {
        public Rules(ForumSettings settings)
        {
            var bounties = settings.Bounties;
            RuleFor(b => b.Amount).Must(amount => BountyRules.IsAmount(amount, bounties))
                .WithErrorCode("bounties.no-amount").WithState(_ => new object[] { bounties.Least, bounties.Most, bounties.Step });
            RuleFor(b => b.Reason).Must(BountyReason.All.Contains).WithErrorCode("bounties.no-reason").WithState(_ => Array.Empty<object>());
            RuleFor(b => b.Note).HasLength(new LengthRange(0, bounties.Note));
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<StartBounty, long>
    {
        public async Task<long> Handle(StartBounty start, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var sponsor = await db.Me(user, token);
            var post = await db.VisiblePost(start.QuestionId, user, settings, token);
            if (!post.IsQuestion)
                throw new NotFoundException();

            var question = await db.BountyTarget(post.Id, sponsor.Id, token);
            if (question is { HasBounty: true, IsDeleted: false })
                throw new ConflictException(new Refusal("bounties.running-already"));
            BountyRules.WhyNotStart(sponsor, question, start.Amount, now, settings)?.Throw();

            var id = await db.Offer(new NewBounty(post.Id, sponsor.Id, start.Amount, start.Reason, TextLength.Clean(start.Note), now), settings, token);
            happened.Note(new BountyStarted(id, post.Id, sponsor.Id));
            return id;
        }
    }
}

/// <summary>Somebody offered a bounty on a question.</summary>
public sealed record BountyStarted(long BountyId, long QuestionId, long SponsorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(SponsorId).People();
}
