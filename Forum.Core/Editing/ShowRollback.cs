using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>An older state of a post's text that is to be brought back, and why the one who asks may not. It is an edit like any other.</summary>
/// <exception cref="NotFoundException">There is no such post or revision, or it is not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowRollback(long PostId, int Number) : IRequest<ShowRollback.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Edit">What brings the old text back.</param>
    /// <param name="TextNow">The text as it is.</param>
    /// <param name="WhyNot">Why it may not be edited, or null.</param>
    public sealed record View(PostFacts Post, EditPost Edit, string TextNow, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowRollback, View>
    {
        public async Task<View> Handle(ShowRollback show, CancellationToken token)
        {
            var post = await db.VisibleText(show.PostId, user, settings, token);
            (await db.WhyNotBringBack(post.Id, show.Number, token))?.Throw();
            var now = await db.TextOf(post.Id, token);
            var old = await db.TextAt(post.Id, show.Number, token);
            var edit = new EditPost(post.Id, old.Body, old.Title, old.Tags, "", now.Basis, show.Number);
            return new View(post, edit, now.Body, EditingRules.WhyNotEdit(await db.Me(user, token), post, settings));
        }
    }
}
