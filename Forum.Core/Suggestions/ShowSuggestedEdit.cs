using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Suggestions;

/// <summary>A suggested edit beside the text it began from, and what the one who asks may do about it.</summary>
/// <exception cref="NotFoundException">There is none, or its post is not the reader's to see.</exception>
public sealed record ShowSuggestedEdit(long Id) : IRequest<ShowSuggestedEdit.View>
{
    /// <param name="Edit">The suggested edit.</param>
    /// <param name="Post">The post it is for.</param>
    /// <param name="Title">The title it began from, of a question.</param>
    /// <param name="Body">The text it began from.</param>
    /// <param name="Tags">The tags it began from.</param>
    /// <param name="WhyNotReview">Why the one who asks may not decide, or null.</param>
    /// <param name="MayWithdraw">Whether it is theirs to take back.</param>
    /// <param name="MayImprove">Whether they may decide by a better edit of their own.</param>
    /// <param name="MaySkip">Whether they review such edits and may leave it to others.</param>
    public sealed record View(Suggestion Edit, PostFacts Post, string? Title, string Body, string Tags, Refusal? WhyNotReview, bool MayWithdraw, bool MayImprove, bool MaySkip);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowSuggestedEdit, View>
    {
        public async Task<View> Handle(ShowSuggestedEdit show, CancellationToken token)
        {
            var edit = await db.Suggestion(show.Id, token);
            var post = await db.VisibleText(edit.PostId, user, settings, token);
            var text = await db.TextAt(edit.PostId, edit.Revision, token);
            var whyNot = user.IsSignedIn
                ? SuggestionRules.WhyNotReview(
                    await db.Me(user, token), post, edit.Outcome, edit.AuthorId, await db.HasReviewed(edit.Id, user.Required, token), settings)
                : Refusals.SignIn;
            return new View(
                edit, post, text.Title, text.Body, text.Tags ?? "", whyNot,
                edit.Outcome is null && edit.AuthorId is not null && edit.AuthorId == user.Id,
                whyNot is null && (post.TagPart is null || EditingRules.WhyNotEdit(People.Seen(user), post, settings) is null),
                whyNot is null && settings.WhyNot(Privilege.EditFreely, People.Seen(user)) is null);
        }
    }
}

/// <summary>The newest edit that was suggested for a post.</summary>
/// <exception cref="NotFoundException">There is none, or the post is not the reader's to see.</exception>
public sealed record FindSuggestedEdit(long PostId) : IRequest<long>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<FindSuggestedEdit, long>
    {
        public async Task<long> Handle(FindSuggestedEdit find, CancellationToken token)
        {
            var post = await db.VisibleText(find.PostId, user, settings, token);
            return await db.Find<long?>("select max(id) from suggested_edits where post_id = @Id", new { post.Id }, token) ?? throw new NotFoundException();
        }
    }
}
