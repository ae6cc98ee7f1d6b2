using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Voting;

/// <summary>What the one asking sees beside one question or answer: what a page shows again after a vote.</summary>
public sealed record ShowVotes(long PostId) : IRequest<PostVotes>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowVotes, PostVotes>
    {
        public async Task<PostVotes> Handle(ShowVotes show, CancellationToken token) =>
            (await db.VotesOn([show.PostId], user, settings, clock.GetUtcNow(), token)).GetValueOrDefault(show.PostId) ?? throw new NotFoundException();
    }
}

/// <summary>What the one asking sees beside one comment.</summary>
public sealed record ShowCommentVotes(long CommentId) : IRequest<CommentVotes>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowCommentVotes, CommentVotes>
    {
        public async Task<CommentVotes> Handle(ShowCommentVotes show, CancellationToken token) =>
            (await db.VotesOnComments([show.CommentId], user, settings, clock.GetUtcNow(), token)).GetValueOrDefault(show.CommentId) ?? throw new NotFoundException();
    }
}
