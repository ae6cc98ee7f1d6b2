using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>A comment to be edited or deleted, and why the one who asks may not.</summary>
/// <exception cref="NotFoundException">There is none, it is deleted, or its post is not theirs to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowComment(long CommentId) : IRequest<ShowComment.View>
{
    /// <param name="Comment">The comment.</param>
    /// <param name="Post">What it is on.</param>
    /// <param name="Html">What it says, as it is sent to the browser.</param>
    /// <param name="WhyNotEdit">Why it may not be changed, or null.</param>
    /// <param name="WhyNotDelete">Why it may not be deleted, or null.</param>
    public sealed record View(CommentFacts Comment, PostFacts Post, string Html, Refusal? WhyNotEdit, Refusal? WhyNotDelete);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowComment, View>
    {
        public async Task<View> Handle(ShowComment show, CancellationToken token)
        {
            var (comment, post) = await db.VisibleComment(show.CommentId, user, settings, token);
            var person = await db.Me(user, token);
            return new View(
                comment,
                post,
                await db.Shown(comment.Html, $"c{comment.Id}-", settings, token),
                CommentRules.WhyNotEdit(person, comment, post, clock.GetUtcNow(), settings.Windows),
                CommentRules.WhyNotDelete(person, comment, 0, settings.Limits));
        }
    }
}
