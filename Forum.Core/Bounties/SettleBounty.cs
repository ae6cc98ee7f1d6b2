using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Bounties;

/// <summary>
/// Does what is due about a bounty: reminds its sponsor, or ends it by itself. The server asks for it, again and again; what
/// is due is looked up in the transaction that does it, so that asking twice, late or after a crash does it once.
/// </summary>
[For(Who.Anyone), EachTime]
public sealed record SettleBounty(long BountyId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<SettleBounty>
    {
        public async Task Handle(SettleBounty settle, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (await db.Bounty(settle.BountyId, token) is not { } bounty)
                return;

            switch (BountyRules.Due(bounty, now, settings.Bounties))
            {
                case BountyStep.RemindOfEnd:
                    await Remind(bounty, 1, isOver: false, token);
                    break;
                case BountyStep.RemindOfGrace:
                    await Remind(bounty, 2, isOver: true, token);
                    break;
                case BountyStep.End:
                    await End(bounty, now, token);
                    break;
                case BountyStep.Nothing:
                    break;
            }
        }

        private async Task Remind(RunningBounty bounty, int reminders, bool isOver, CancellationToken token)
        {
            await db.Execute("update bounties set reminders = @reminders where id = @Id", new { bounty.Id, reminders }, token);
            happened.Note(new BountyReminded(bounty.Id, bounty.QuestionId, bounty.SponsorId, bounty.Amount, isOver));
        }

        private async Task End(RunningBounty bounty, DateTimeOffset now, CancellationToken token)
        {
            var award = BountyRules.Automatic(bounty, await db.BountyAnswers(bounty.QuestionId, token), settings.Bounties);
            await db.End(bounty, award is null ? BountyOutcome.Expired : BountyOutcome.AwardedByItself, award, settings.Reputation, now, token);
            if (award is null)
                happened.Note(new BountyExpired(bounty.Id, bounty.QuestionId, bounty.SponsorId, bounty.Amount));
            else
                happened.Note(new BountyAwarded(bounty.Id, bounty.QuestionId, award.Answer.Id, award.Answer.AuthorId, bounty.SponsorId, award.Amount, ByItself: true));
        }
    }
}

/// <summary>A sponsor is to be reminded of a bounty whose time runs out, or has.</summary>
/// <param name="BountyId">The bounty.</param>
/// <param name="QuestionId">Its question.</param>
/// <param name="SponsorId">Whom.</param>
/// <param name="Amount">How much it is.</param>
/// <param name="IsOver">Whether its time is over and the grace has begun.</param>
public sealed record BountyReminded(long BountyId, long QuestionId, long? SponsorId, int Amount, bool IsOver) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>A bounty ended and went to nobody.</summary>
public sealed record BountyExpired(long BountyId, long QuestionId, long? SponsorId, int Amount) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId);
}
