using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Suggestions;

/// <summary>
/// Says what a reviewer thinks of a suggested edit. The post's author and moderators decide alone; of others so many must agree. Returns
/// what became of it, or null while it waits for another.
/// </summary>
/// <param name="Id">The suggested edit.</param>
/// <param name="Verdict">What is thought of it.</param>
/// <param name="Reason">Of a rejection: one of <see cref="SuggestedEdits.Reasons"/>.</param>
/// <param name="Words">The reason in words, when it is another one.</param>
/// <exception cref="ConflictException">It is decided already, or the post has another text by now.</exception>
public sealed record ReviewSuggestedEdit(long Id, Verdict Verdict, string? Reason = null, string? Words = null) : IRequest<SuggestionOutcome?>, ICommand, IVerdict
{
    internal sealed class Rules : AbstractValidator<ReviewSuggestedEdit>
    {
        public Rules(ForumSettings settings)
        {
            this.AreVerdicts(settings);
        }
    }

    internal sealed class Rendering(Db db, PostRendering text) : IPrepare<ReviewSuggestedEdit>
    {
        public async Task Prepare(ReviewSuggestedEdit request, CancellationToken token)
        {
            if (request.Verdict == Verdict.Approve && await db.Suggestion(request.Id, token) is var edit)
                await text.Prepare(edit.PostId, edit.Body, "", token);
        }
    }

    internal sealed class Handler(SuggestionDecisions decisions) : IRequestHandler<ReviewSuggestedEdit, SuggestionOutcome?>
    {
        public Task<SuggestionOutcome?> Handle(ReviewSuggestedEdit review, CancellationToken token) => decisions.Review(review.Id, review.Verdict, review.Reason, review.Words, token);
    }
}

/// <summary>
/// Decides on a suggested edit by a better one: it is approved, or rejected, and the reviewer's own edit follows. Whoever may review may.
/// </summary>
/// <param name="Id">The suggested edit.</param>
/// <param name="Verdict">Whether it is of use.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Title">Of a question; null leaves it.</param>
/// <param name="Tags">Of a question; null leaves them.</param>
/// <param name="Comment">What the reviewer changed.</param>
public sealed record ImproveSuggestedEdit(long Id, Verdict Verdict, string Body, string? Title = null, string? Tags = null, string Comment = "") : IRequest<SuggestionOutcome>, ICommand, IBetterEdit
{
    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) =>
        db.Find<string>("select coalesce(p.title, '') || char(10) || p.body from suggested_edits e join posts p on p.id = e.post_id where e.id = @Id", new { Id }, token);

    internal sealed class Rules : AbstractValidator<ImproveSuggestedEdit>
    {
        public Rules(ForumSettings settings)
        {
            this.AreBetterEdits(settings);
        }
    }

    internal sealed class Rendering(Db db, PostRendering suggested, Markdown.CommunityMarkdown markdown) : IPrepare<ImproveSuggestedEdit>
    {
        public PostRendering Improved { get; } = new(db, markdown);

        public async Task Prepare(ImproveSuggestedEdit request, CancellationToken token)
        {
            var edit = await db.Suggestion(request.Id, token);
            await suggested.Prepare(edit.PostId, edit.Body, "", token);
            await Improved.Prepare(edit.PostId, request.Body, nameof(request.Body), token);
        }
    }

    internal sealed class Handler(SuggestionDecisions decisions, Rendering rendering) : IRequestHandler<ImproveSuggestedEdit, SuggestionOutcome>
    {
        public Task<SuggestionOutcome> Handle(ImproveSuggestedEdit improve, CancellationToken token) => decisions.Improve(improve.Id, improve, rendering.Improved, token);
    }
}

/// <summary>Leaves a suggested edit to others: the queue does not show it to this person again. Rules: docs/rules/suggested-edits.md.</summary>
public sealed record SkipSuggestedEdit(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<SkipSuggestedEdit>
    {
        public async Task Handle(SkipSuggestedEdit skip, CancellationToken token)
        {
            var me = await db.Me(user, token);
            var edit = await db.Suggestion(skip.Id, token);
            var post = await db.VisibleText(edit.PostId, user, settings, token);
            settings.WhyNot(Privilege.EditFreely, me)?.Throw();
            SuggestionRules.WhyNotReview(me, post, edit.Outcome, edit.AuthorId, await db.HasReviewed(edit.Id, me.Id, token), settings)?.Throw();
            await db.SkipEdit(edit.Id, me.Id, clock.GetUtcNow(), token);
            happened.Note(new SuggestionSkipped(edit.Id, me.Id));
        }
    }
}

/// <summary>Somebody left a suggested edit to others.</summary>
public sealed record SuggestionSkipped(long EditId, long ReviewerId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // Only their own list is another.
    }
}

/// <summary>A reviewer said what they think of a suggested edit, which waits for another.</summary>
public sealed record SuggestionReviewed(long EditId, long QuestionId, long ReviewerId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>A suggested edit is decided.</summary>
public sealed record SuggestionDecided(long EditId, long PostId, long QuestionId, long? AuthorId, long DeciderId, SuggestionOutcome Outcome) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Profile(AuthorId);
}

/// <summary>Reviewers' verdicts.</summary>
internal static class SuggestionReviews
{
    /// <summary>Why somebody reviews no suggested edits now: their day is full, or they are kept from reviewing. The queue's own privilege is not asked.</summary>
    public static async Task<Refusal?> WhyNotReviewEdits(this Db db, Person person, ForumSettings settings, DateTimeOffset now, CancellationToken token) =>
        ReviewRules.WhyNotReview(await db.Reviewer(person, ReviewQueue.SuggestedEdits, now, token), settings.Reviews, now);

    /// <summary>Whether somebody has given theirs on an edit.</summary>
    public static Task<bool> HasReviewed(this Db db, long editId, long userId, CancellationToken token) =>
        db.Get<bool>("select exists (select 1 from suggested_edit_reviews where edit_id = @editId and user_id = @userId)", new { editId, userId }, token);

    /// <summary>Leaves an edit to others.</summary>
    public static Task<int> SkipEdit(this Db db, long editId, long userId, DateTimeOffset now, CancellationToken token) =>
        db.Execute("insert into suggested_edit_skips (edit_id, user_id, skipped_at) values (@editId, @userId, @now) on conflict do nothing", new { editId, userId, now }, token);

    /// <summary>Writes one down.</summary>
    public static Task<int> Review(this Db db, long editId, long userId, Verdict verdict, string reason, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            """
            insert into suggested_edit_reviews (edit_id, user_id, verdict, reason, given_at) values (@editId, @userId, @verdict, @reason, @now)
            on conflict (edit_id, user_id) do update set verdict = excluded.verdict, reason = excluded.reason, given_at = excluded.given_at
            """,
            new { editId, userId, verdict = (int)verdict, reason, now }, token);
}
