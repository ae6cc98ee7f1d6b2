using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>A post that is to become community wiki, or to be its author's own again, and why the one who asks may not do that.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowWiki(long PostId) : IRequest<ShowWiki.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="WhyNot">Why it cannot be changed by them, or null.</param>
    public sealed record View(PostFacts Post, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowWiki, View>
    {
        public async Task<View> Handle(ShowWiki show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var person = People.Seen(user);
            return new View(post, post.WikiAt is null ? WikiRules.WhyNotMake(person, post, settings) : WikiRules.WhyNotEnd(person, post));
        }
    }
}
