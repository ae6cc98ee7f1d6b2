using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Voting;

/// <summary>What the one asking sees beside one question or answer: what a page shows again after a vote.</summary>
public sealed record ShowVotes(long PostId) : IRequest<PostVotes>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowVotes, PostVotes>
    {
        public async Task<PostVotes> Handle(ShowVotes show, CancellationToken token)
        {
            var post = (await db.VoteTargets([show.PostId], user.Id, token)).SingleOrDefault() ?? throw new NotFoundException();
            if (post.IsDeleted && !ShowQuestion.MaySeeDeleted(user, post.AuthorId, post.Deletion, settings))
                throw new NotFoundException(wasDeleted: true);

            return await db.VotesOn(post, user, settings, clock.GetUtcNow(), token);
        }
    }
}

/// <summary>What the one asking sees beside one comment.</summary>
public sealed record ShowCommentVotes(long CommentId) : IRequest<CommentVotes>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowCommentVotes, CommentVotes>
    {
        public async Task<CommentVotes> Handle(ShowCommentVotes show, CancellationToken token)
        {
            var comment = (await db.CommentTargets([show.CommentId], user.Id, token)).SingleOrDefault() ?? throw new NotFoundException();
            if (comment.IsDeleted)
                throw new NotFoundException(wasDeleted: true);

            return (await db.VotesOnComments([show.CommentId], user, settings, clock.GetUtcNow(), token))[show.CommentId];
        }
    }
}
