using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>An answer with its source, for whoever would make it a comment.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ShowConversion(long AnswerId) : IRequest<ShowConversion.View>
{
    /// <param name="Post">The answer.</param>
    /// <param name="Body">Its Markdown.</param>
    /// <param name="Most">How many characters a comment holds.</param>
    /// <param name="WhyNot">Why the reader may not; null when they may.</param>
    public sealed record View(PostFacts Post, string Body, int Most, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowConversion, View>
    {
        public async Task<View> Handle(ShowConversion show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.AnswerId, user, settings, token);
            var body = await db.Get<string>("select body from posts where id = @Id", new { post.Id }, token);
            return new View(post, body, settings.Limits.Comment.Max, MergingRules.WhyNotConvert(People.Seen(user), post));
        }
    }
}
