using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>The id of the post that a comment is on, for whoever may see both.</summary>
/// <exception cref="NotFoundException">There is none, it is deleted, or its post is not the reader's to see.</exception>
public sealed record FindComment(long CommentId) : IRequest<long>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<FindComment, long>
    {
        public async Task<long> Handle(FindComment find, CancellationToken token) =>
            (await db.VisibleComment(find.CommentId, user, settings, token)).Post.Id;
    }
}
