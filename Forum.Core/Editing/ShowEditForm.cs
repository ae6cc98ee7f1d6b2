using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
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
    /// <param name="WhyNotSuggest">Why no edit may be suggested by who may not edit, or null.</param>
    /// <param name="Waiting">The suggested edit that waits for the post, or null.</param>
    public sealed record View(PostFacts Post, string Title, string Body, string Tags, string Basis, Refusal? WhyNot, Refusal? WhyNotSuggest, long? Waiting)
    {
        public string Slug => Questions.Slug.Of(Post.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowEditForm, View>
    {
        public async Task<View> Handle(ShowEditForm show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var text = await db.TextOf(post.Id, token);
            var me = await db.Me(user, token);
            var whyNot = EditingRules.WhyNotEdit(me, post, settings);
            var waiting = await db.Find<long?>("select id from suggested_edits where post_id = @Id and outcome is null", new { post.Id }, token);
            var now = clock.GetUtcNow();
            var whyNotSuggest = whyNot is null
                ? null
                : SuggestionRules.WhyNotSuggest(me, post, await db.SuggestionFacts(me.Id, post.Id, settings, now, token), settings, now);
            return new View(post, text.Title ?? "", text.Body, text.Tags, text.Basis, whyNot, whyNotSuggest, waiting);
        }
    }
}
