using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Bounties;

/// <summary>The sponsor gives the bounty that runs on a question to one of its answers, all of it, for good. Rules: docs/rules/bounties.md.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AnswerId">One of its answers.</param>
public sealed record AwardBounty(long QuestionId, long AnswerId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AwardBounty>
    {
        public async Task Handle(AwardBounty award, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var answer = await db.BountyAnswer(award.AnswerId, token);
            if (answer.QuestionId != award.QuestionId)
                throw new NotFoundException();

            if (await db.BountyOn(award.QuestionId, token) is not { } bounty || BountyRules.IsOver(bounty, now, settings.Bounties))
                throw new ConflictException(new Refusal("bounties.not-running"));
            BountyRules.WhyNotAward(user.Required, bounty, answer, now, settings.Bounties)?.Throw();

            await db.End(bounty, BountyOutcome.Awarded, new BountyAward(answer, bounty.Amount), settings.Reputation, now, token);
            happened.Note(new BountyAwarded(bounty.Id, bounty.QuestionId, answer.Id, answer.AuthorId, bounty.SponsorId, bounty.Amount, ByItself: false));
        }
    }
}

/// <summary>An answer got a bounty, or a part of it.</summary>
/// <param name="BountyId">The bounty.</param>
/// <param name="QuestionId">Its question.</param>
/// <param name="AnswerId">The answer.</param>
/// <param name="AnswererId">Who wrote it.</param>
/// <param name="SponsorId">Whose bounty it was.</param>
/// <param name="Amount">What the answerer got.</param>
/// <param name="ByItself">Whether nobody gave it.</param>
public sealed record BountyAwarded(long BountyId, long QuestionId, long AnswerId, long? AnswererId, long? SponsorId, int Amount, bool ByItself) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AnswererId).Profile(SponsorId).People();
}

/// <summary>The answer a sponsor is about to give a bounty to, and why they may not.</summary>
/// <exception cref="NotFoundException">There is no such answer, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowAward(long AnswerId) : IRequest<ShowAward.View>
{
    /// <param name="Answer">The answer.</param>
    /// <param name="Excerpt">How it begins.</param>
    /// <param name="Amount">What it would get; 0 when no bounty runs.</param>
    /// <param name="WhyNot">Why this person may not give it, or null.</param>
    public sealed record View(PostFacts Answer, string Excerpt, int Amount, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowAward, View>
    {
        private const int ExcerptLength = 300;

        public async Task<View> Handle(ShowAward show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.AnswerId, user, settings, token);
            var text = await db.TextOf(post.Id, token);
            var answer = await db.BountyAnswer(post.Id, token);
            var bounty = await db.BountyOn(answer.QuestionId, token);
            return new View(
                post,
                Markdown.PlainText.Excerpt(text.Html, ExcerptLength),
                bounty?.Amount ?? 0,
                bounty is null ? new Refusal("bounties.not-running") : BountyRules.WhyNotAward(user.Required, bounty, answer, clock.GetUtcNow(), settings.Bounties));
        }
    }
}
