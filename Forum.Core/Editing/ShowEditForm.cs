using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>A post's text as it is now, to be edited, and why the one who asks may not.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowEditForm(long PostId) : IRequest<ShowEditForm.View>
{
    /// <param name="Post">What is edited.</param>
    /// <param name="Title">Of a question.</param>
    /// <param name="Body">Its source.</param>
    /// <param name="Tags">Of a question.</param>
    /// <param name="Basis">What an <see cref="EditPost"/> that begins from this text says.</param>
    /// <param name="WhyNot">Why it may not be edited, or null.</param>
    public sealed record View(PostFacts Post, string Title, string Body, string Tags, string Basis, Refusal? WhyNot)
    {
        public string Slug => Questions.Slug.Of(Post.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowEditForm, View>
    {
        public async Task<View> Handle(ShowEditForm show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var text = await db.TextOf(post.Id, token);
            var whyNot = EditingRules.WhyNotEdit(await db.Me(user, token), post, settings);
            return new View(post, text.Title ?? "", text.Body, text.Tags, text.Basis, whyNot);
        }
    }
}
