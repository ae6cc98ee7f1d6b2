using FluentValidation;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Voting;

/// <summary>
/// Votes a question or an answer up or down, or turns the vote one has there around. Voting again the same way changes
/// nothing, so its form needs no key to be kept. The vote of a new account waits before it counts. Rules: <see cref="VotingRules"/>, docs/rules/limits.md.
/// </summary>
[EachTime, Paced(PacedAct.Vote)]
public sealed record CastVote(long PostId, Direction Direction) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<CastVote>
    {
        public Rules() => RuleFor(v => v.Direction).IsInEnum().WithErrorCode("voting.no-direction");
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<CastVote>
    {
        public async Task Handle(CastVote vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var post = await db.VoteTarget(vote.PostId, user.Required, token);
            if (post.Mine == vote.Direction)
                return;

            var me = await db.Me(user, token);
            var voter = Voter.Of(me, (await db.Ballot(me, settings.Limits, now, token)).Today, post, settings.Limits);
            VotingRules.WhyNot(vote.Direction, voter, post, settings, now)?.Throw();

            if (post.Mine is not null)
                await db.UndoVote(post, me.Id, settings.Reputation, now, token);
            if (HoldingRules.Holds(me, now, settings))
                await Hold(vote, post, me.Id, now, token);
            else
                await Count(vote, post, me.Id, now, token);
        }

        private async Task Count(CastVote vote, VoteTarget post, long me, DateTimeOffset now, CancellationToken token)
        {
            await db.Execute(
                "insert into votes (post_id, user_id, direction, cast_at) values (@Id, @me, @direction, @now)",
                new { post.Id, me, direction = (int)vote.Direction, now }, token);
            await db.Record(VoteLedger.Changes(vote.Direction, me, post), settings.Reputation, now, token);
            await db.Rescore(post, (int)vote.Direction - post.Counted, token);
            happened.Note(new VoteCast(post.Id, post.QuestionId, post.AuthorId, me, vote.Direction));
        }

        private async Task Hold(CastVote vote, VoteTarget post, long me, DateTimeOffset now, CancellationToken token)
        {
            await db.Execute(
                "insert into held_votes (post_id, user_id, direction, cast_at, counts_at) values (@Id, @me, @direction, @now, @countsAt)",
                new { post.Id, me, direction = (int)vote.Direction, now, countsAt = now + settings.Fairness.HoldFor }, token);
            if (post.Counted == 0)
                return;

            // The site began to hold votes after this one had counted.
            await db.Rescore(post, -post.Counted, token);
            happened.Note(new VoteRetracted(post.Id, post.QuestionId, post.AuthorId, me));
        }
    }
}

/// <summary>Someone voted on a question or an answer.</summary>
public sealed record VoteCast(long PostId, long QuestionId, long? AuthorId, long VoterId, Direction Direction) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AuthorId).People();

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Post(PostId);
}
