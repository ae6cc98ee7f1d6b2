using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Voting;

/// <summary>Takes back the vote one has on a question or an answer; without one it changes nothing.</summary>
public sealed record RetractVote(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<RetractVote>
    {
        public async Task Handle(RetractVote retract, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var post = await db.VoteTarget(retract.PostId, user.Required, token);
            if (post.Mine is null)
                return;

            VotingRules.WhyNotRetract(post, settings, now)?.Throw();

            await db.UndoVote(post, user.Required, settings.Reputation, now, token);
            // Of a vote that waits nobody but its voter has seen anything.
            if (post.HeldUntil is not null)
                return;

            await db.Rescore(post, -post.Counted, token);
            happened.Note(new VoteRetracted(post.Id, post.QuestionId, post.AuthorId, user.Required));
        }
    }
}

/// <summary>Someone took their vote on a question or an answer back.</summary>
public sealed record VoteRetracted(long PostId, long QuestionId, long? AuthorId, long VoterId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AuthorId).People();

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Post(PostId);
}
