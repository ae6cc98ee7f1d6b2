using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Suggestions;

/// <summary>
/// Says in the queue what a reviewer thinks of a suggested edit: as <see cref="ReviewSuggestedEdit"/>, or, when it is a test, whether they are right. Rules:
/// docs/rules/suggested-edits.md; of tests docs/rules/reviews.md, section 5.
/// </summary>
/// <param name="Ticket">The task's.</param>
/// <param name="Verdict">What is thought of it.</param>
/// <param name="Reason">Of a rejection: one of <see cref="SuggestedEdits.Reasons"/>.</param>
/// <param name="Words">The reason in words, when it is another one.</param>
public sealed record DecideEditTask(long Ticket, Verdict Verdict, string? Reason = null, string? Words = null) : IRequest<DecideEditTask.Result>, ICommand, IVerdict
{
    /// <param name="Outcome">What became of the edit; null while it waits for another reviewer, and of a test.</param>
    /// <param name="IsRight">Of a test: whether the review was right; null of anything else.</param>
    public sealed record Result(SuggestionOutcome? Outcome, bool? IsRight);

    internal sealed class Rules : AbstractValidator<DecideEditTask>
    {
        public Rules(ForumSettings settings)
        {
            this.AreVerdicts(settings);
        }
    }

    internal sealed class Rendering(Db db, PostRendering text) : IPrepare<DecideEditTask>
    {
        public async Task Prepare(DecideEditTask request, CancellationToken token)
        {
            if (request.Verdict == Verdict.Approve && await db.EditTask(request.Ticket, null, token) is { EditId: { } id } && await db.Suggestion(id, token) is var edit)
                await text.Prepare(edit.PostId, edit.Body, "", token);
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, SuggestionDecisions decisions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<DecideEditTask, Result>
    {
        public async Task<Result> Handle(DecideEditTask decide, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var (task, edit, post, me) = await db.AskedEditTask(decide.Ticket, user, settings, now, token);
            return task.Audit is { } audit
                ? new Result(null, await db.TakeTest(task, post, me, SuggestionRules.Outcome(decide.Verdict, isEdited: false), audit, log, settings, happened, now, token))
                : new Result(await decisions.Review(edit.Id, decide.Verdict, decide.Reason, decide.Words, token), null);
        }
    }
}

/// <summary>Decides in the queue on a suggested edit by a better one: as <see cref="ImproveSuggestedEdit"/>. Of a test nothing is saved.</summary>
/// <param name="Ticket">The task's.</param>
/// <param name="Verdict">Whether the suggestion is of use.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Title">Of a question; null leaves it.</param>
/// <param name="Tags">Of a question; null leaves them.</param>
/// <param name="Comment">What the reviewer changed.</param>
public sealed record ImproveEditTask(long Ticket, Verdict Verdict, string Body, string? Title = null, string? Tags = null, string Comment = "") : IRequest<DecideEditTask.Result>, ICommand, IBetterEdit
{
    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) =>
        db.Find<string>("select coalesce(p.title, '') || char(10) || p.body from review_tasks t join posts p on p.id = t.post_id where t.ticket = @Ticket", new { Ticket }, token);

    internal sealed class Rules : AbstractValidator<ImproveEditTask>
    {
        public Rules(ForumSettings settings)
        {
            this.AreBetterEdits(settings);
        }
    }

    internal sealed class Rendering(Db db, PostRendering suggested, Markdown.CommunityMarkdown markdown) : IPrepare<ImproveEditTask>
    {
        public PostRendering Improved { get; } = new(db, markdown);

        public async Task Prepare(ImproveEditTask request, CancellationToken token)
        {
            if (await db.EditTask(request.Ticket, null, token) is not { EditId: { } id })
                return;
            var edit = await db.Suggestion(id, token);
            await suggested.Prepare(edit.PostId, edit.Body, "", token);
            await Improved.Prepare(edit.PostId, request.Body, nameof(request.Body), token);
        }
    }

    internal sealed class Handler(
        Db db, CurrentUser user, SuggestionDecisions decisions, Rendering rendering, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<ImproveEditTask, DecideEditTask.Result>
    {
        public async Task<DecideEditTask.Result> Handle(ImproveEditTask improve, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var (task, edit, post, me) = await db.AskedEditTask(improve.Ticket, user, settings, now, token);
            if (task.Audit is not { } audit)
                return new DecideEditTask.Result(await decisions.Improve(edit.Id, improve, rendering.Improved, token), null);

            // What is refused of an edit that waits is refused of this one.
            var text = await db.TextAt(edit.PostId, edit.Revision, token);
            var was = improve.Verdict == Verdict.Approve
                ? new RevisedText { Id = post.Id, Title = edit.Title, Body = edit.Body, Tags = edit.Tags }
                : new RevisedText { Id = post.Id, Title = text.Title, Body = text.Body, Tags = text.Tags ?? "" };
            await decisions.Improved(improve, rendering.Improved, was, post, me, now, token);
            return new DecideEditTask.Result(
                null, await db.TakeTest(task, post, me, SuggestionRules.Outcome(improve.Verdict, isEdited: true), audit, log, settings, happened, now, token));
        }
    }
}

/// <summary>Leaves a task of the queue to others: it is not shown to this person again. Rules: docs/rules/suggested-edits.md.</summary>
public sealed record SkipEditTask(long Ticket) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<SkipEditTask>
    {
        public async Task Handle(SkipEditTask skip, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var (task, edit, _, me) = await db.AskedEditTask(skip.Ticket, user, settings, now, token);
            if (task.IsAudit)
                await db.Say(task, me.Id, ReviewOutcome.Skipped, "", null, now, token);
            else
                await db.SkipEdit(edit.Id, me.Id, now, token);
            happened.Note(new SuggestionSkipped(edit.Id, me.Id));
        }
    }
}

/// <summary>What the handlers of the queue of suggested edits share.</summary>
internal static class EditTaskReviews
{
    /// <summary>The task, to be reviewed by the one who asks.</summary>
    /// <exception cref="RefusedException">They may not.</exception>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<(TaskFacts Task, Suggestion Edit, PostFacts Post, Person Me)> AskedEditTask(
        this Db db, long ticket, CurrentUser user, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var me = await db.Me(user, token);
        (await db.WhyNotReviewEditTasks(me, settings, now, token))?.Throw();
        var task = await db.EditTask(ticket, me.Id, token) ?? throw new NotFoundException();
        var edit = await db.Suggestion(task.EditId!.Value, token);
        var post = await db.VisibleText(edit.PostId, user, settings, token);
        (await db.WhyNotReview(task, edit, post, me, settings, token))?.Throw();
        return (task, edit, post, me);
    }

    /// <summary>Why somebody reviews nothing in the queue now.</summary>
    public static async Task<Refusal?> WhyNotReviewEditTasks(this Db db, Person me, ForumSettings settings, DateTimeOffset now, CancellationToken token) =>
        ReviewRules.WhyNotReview(ReviewQueue.SuggestedEdits, await db.Reviewer(me, ReviewQueue.SuggestedEdits, now, token), settings, now);

    /// <summary>Why somebody may not decide on the edit of a task. A test is held to what an edit that waits is held to.</summary>
    public static async Task<Refusal?> WhyNotReview(this Db db, TaskFacts task, Suggestion edit, PostFacts post, Person me, ForumSettings settings, CancellationToken token)
    {
        if (task.IsTaken)
            return new("suggestions.reviewed");
        var outcome = !task.IsAudit ? edit.Outcome : task.Outcome is null && await db.IsKnown(task, token) ? null : SuggestionOutcome.Overtaken;
        return SuggestionRules.WhyNotReview(me, post, outcome, edit.AuthorId, await db.HasReviewed(edit.Id, me.Id, token), settings);
    }

    /// <summary>Writes down what somebody said of a test, and what follows from it. Returns whether it was right.</summary>
    public static async Task<bool?> TakeTest(
        this Db db, TaskFacts task, PostFacts post, Person me, ReviewOutcome said, int audit, ModerationLog log, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        var isRight = AuditRules.IsRight(audit, said);
        await db.Review(task, post, me.Id, said, "", isRight, log, happened, now, token);
        await db.Judge(task.Id, me.Id, isRight, log, settings.Reviews, now, token);
        return isRight;
    }
}
