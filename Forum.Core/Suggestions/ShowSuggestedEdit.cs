using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Tags;
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

/// <summary>Which posts suggested edits are for.</summary>
public enum SuggestedFor
{
    Questions = 1,
    Answers = 2,
    TagTexts = 3,
}

/// <summary>Suggested edits that wait for the one who asks and that they did not skip, oldest first.</summary>
/// <param name="Tag">Of questions that carry this tag alone, of their answers, and of what is said of the tag itself.</param>
/// <param name="For">Of these posts alone.</param>
[For(Who.SignedIn)]
public sealed record ListSuggestedEdits(string? Tag = null, SuggestedFor? For = null) : IRequest<IReadOnlyList<ListSuggestedEdits.Item>>
{
    /// <summary>A suggested edit in the list.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public bool IsQuestion { get; init; }

        /// <summary>The tag's text that it is for; null of a question or an answer.</summary>
        public TagPart? TagPart { get; init; }
        public string Comment { get; init; } = "";
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListSuggestedEdits, IReadOnlyList<Item>>
    {
        public async Task<IReadOnlyList<Item>> Handle(ListSuggestedEdits list, CancellationToken token)
        {
            var me = await db.Me(user, token);
            settings.WhyNot(Privilege.EditFreely, me)?.Throw();
            return await db.Query<Item>(
                $"""
                select s.id as Id, {TagTexts.TitleOf("q")} as Title, p.kind = 1 as IsQuestion, case when p.kind > 2 then p.kind end as TagPart, s.comment as Comment, s.author_id as AuthorId, a.name as AuthorName, s.created_at as CreatedAt
                from suggested_edits s
                join posts p on p.id = s.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                left join users a on a.id = s.author_id
                where s.outcome is null and (p.kind in (1, 2) or @reviewsTags) and p.deleted_at is null and q.deleted_at is null and s.author_id is not @me
                  and not exists (select 1 from suggested_edit_reviews r where r.edit_id = s.id and r.user_id = @me)
                  and not exists (select 1 from suggested_edit_skips k where k.edit_id = s.id and k.user_id = @me)
                  {(list.For is { } only ? only switch { SuggestedFor.Questions => "and p.kind = 1", SuggestedFor.Answers => "and p.kind = 2", SuggestedFor.TagTexts => "and p.kind > 2" } : "")}
                  {(list.Tag is null ? "" : "and exists (select 1 from tags n where n.name = @Tag and (p.id in (n.excerpt_post_id, n.wiki_post_id) or exists (select 1 from question_tags x where x.tag_id = n.id and x.question_id = q.id)))")}
                order by s.created_at
                limit @Revisions
                """,
                new { settings.Pages.Revisions, list.Tag, me = me.Id, reviewsTags = settings.WhyNot(Privilege.ReviewTagTexts, me) is null }, token);
        }
    }
}
