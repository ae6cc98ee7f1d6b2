using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Fairness;

/// <summary>
/// Takes out all votes of one person for another, because they were no judgement of posts; returns how many. Their reputation goes with
/// them on both sides. Comments' votes stay: they move none. Rules: docs/rules/fairness.md.
/// </summary>
[For(Who.Moderator)]
public sealed record InvalidateVotes(long VoterId, long AuthorId, string Note) : IRequest<int>, ICommand
{
    internal sealed class Rules : AbstractValidator<InvalidateVotes>
    {
        public Rules(ForumSettings settings) => RuleFor(v => v.Note).HasLength(new LengthRange(0, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<InvalidateVotes, int>
    {
        public async Task<int> Handle(InvalidateVotes invalidate, CancellationToken token)
        {
            FairnessRules.WhyNotJudge(user.Required, invalidate.VoterId, invalidate.AuthorId)?.Throw();

            var posts = await db.Query<long>(
                "select v.post_id from votes v join posts p on p.id = v.post_id where v.user_id = @VoterId and p.author_id = @AuthorId",
                new { invalidate.VoterId, invalidate.AuthorId }, token);
            var cancelled = await db.Cancel(
                new Cancellation(invalidate.VoterId, invalidate.AuthorId, posts, AdjustmentReason.VotesInvalidated, user.Required, TextLength.Line(invalidate.Note)),
                happened, settings.Reputation, clock.GetUtcNow(), token) ?? throw new ConflictException(new Refusal("moderation.no-votes"));
            await log.Record(
                new Act("invalidate-votes", ActSubject.User, invalidate.VoterId)
                {
                    ConcernsId = invalidate.AuthorId, After = new { cancelled.CancellationId, cancelled.Votes }, Reason = TextLength.Line(invalidate.Note),
                }, token);
            return cancelled.Votes;
        }
    }
}
