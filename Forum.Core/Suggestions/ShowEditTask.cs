using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Suggestions;

/// <summary>Which posts suggested edits are for.</summary>
public enum SuggestedFor
{
    Questions = 1,
    Answers = 2,
    TagTexts = 3,
}

/// <summary>
/// The suggested edit that the one who asks should look at next, by the ticket of its task: the oldest that they neither suggested nor reviewed nor
/// skipped; now and then a test. Null when there is none. Rules: docs/rules/reviews.md, sections 3 and 5.
/// </summary>
/// <param name="Tag">Of questions that carry this tag alone, of their answers, and of what is said of the tag itself.</param>
/// <param name="For">Of these posts alone.</param>
[For(Who.SignedIn)]
public sealed record FindEditTask(string? Tag = null, SuggestedFor? For = null) : IRequest<long?>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<FindEditTask, long?>
    {
        public async Task<long?> Handle(FindEditTask find, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var reviewer = await db.Reviewer(me, ReviewQueue.SuggestedEdits, now, token);
            ReviewRules.WhyNotReview(ReviewQueue.SuggestedEdits, reviewer, settings, now)?.Throw();

            var live = await Next(
                find,
                $"""
                t.audit is null and s.outcome is null and p.deleted_at is null and q.deleted_at is null {(settings.WhyNot(Privilege.ReviewTagTexts, me) is null ? "" : "and p.kind in (1, 2)")}
                  and not exists (select 1 from suggested_edit_skips k where k.edit_id = s.id and k.user_id = @me)
                """, "t.opened_at, t.id", me.Id, token);
            if (live is null || find.Tag is not null || !AuditRules.IsDue(me.Id, ReviewQueue.SuggestedEdits, reviewer.Today, settings.Reviews.AuditEvery))
                return live;
            // Whoever wrote on the post, or took a test of the edit before, knows what became of it.
            return await Next(
                find,
                $"""
                t.audit is not null and p.author_id is not @me and s.decided_by is not @me and {KnownEdits.OfTest}
                  and not exists (select 1 from revisions w where w.post_id = p.id and w.author_id = @me)
                  and not exists (select 1 from review_tasks o join reviews d on d.task_id = o.id and d.user_id = @me where o.edit_id = s.id)
                """, AuditOrder.Mixed, me.Id, token) ?? live;
        }

        private Task<long?> Next(FindEditTask find, string condition, string order, long me, CancellationToken token) =>
            db.Find<long?>(
                $"""
                select t.ticket
                from review_tasks t
                join suggested_edits s on s.id = t.edit_id
                join posts p on p.id = t.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where t.queue = {(int)ReviewQueue.SuggestedEdits} and t.outcome is null and {condition} and s.author_id is not @me
                  and not exists (select 1 from suggested_edit_reviews r where r.edit_id = s.id and r.user_id = @me)
                  {(find.For is { } only ? only switch { SuggestedFor.Questions => "and p.kind = 1", SuggestedFor.Answers => "and p.kind = 2", SuggestedFor.TagTexts => "and p.kind > 2" } : "")}
                  {(find.Tag is null ? "" : "and exists (select 1 from tags n where n.name = @Tag and (p.id in (n.excerpt_post_id, n.wiki_post_id) or exists (select 1 from question_tags x where x.tag_id = n.id and x.question_id = q.id)))")}
                order by {order}
                limit 1
                """, new { find.Tag, me }, token);
    }
}

/// <summary>
/// A suggested edit as reviewers see it in the queue: what it changes and why, and neither when nor by whom. A test is shown as it was suggested; who took
/// it is told. Rules: docs/rules/reviews.md, section 5.
/// </summary>
/// <exception cref="NotFoundException">There is none for the one who asks.</exception>
[For(Who.SignedIn)]
public sealed record ShowEditTask(long Ticket) : IRequest<ShowEditTask.View>
{
    /// <param name="Task">The task.</param>
    /// <param name="Edit">The suggested edit.</param>
    /// <param name="Post">The post it is for.</param>
    /// <param name="PostTitle">What that was called when the edit was suggested.</param>
    /// <param name="Title">The title it began from, of a question.</param>
    /// <param name="Body">The text it began from.</param>
    /// <param name="Tags">The tags it began from.</param>
    /// <param name="WhyNot">Why the one who asks may not decide, or null.</param>
    /// <param name="MayImprove">Whether they may decide by a better edit of their own.</param>
    public sealed record View(
        TaskFacts Task, Suggestion Edit, PostFacts Post, string PostTitle, string? Title, string Body, string Tags, Refusal? WhyNot, bool MayImprove)
    {
        /// <summary>Whether the reader took it and it was a test: then they are told.</summary>
        public bool IsRevealed => Task.IsTaken;

        /// <summary>Whether they contest it.</summary>
        public bool IsContested => Task.Note == AuditVeto.Contested;

        /// <summary>Whether it is decided, and no test: then its own page says what became of it.</summary>
        public bool IsDecided => !Task.IsAudit && Edit.Outcome is not null;
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowEditTask, View>
    {
        public async Task<View> Handle(ShowEditTask show, CancellationToken token)
        {
            var me = await db.Me(user, token);
            var task = await db.EditTask(show.Ticket, me.Id, token);
            if (task is not { IsTaken: true })
                (await db.WhyNotReviewEditTasks(me, settings, clock.GetUtcNow(), token))?.Throw();
            if (task is null)
                throw new NotFoundException();

            var edit = await db.Suggestion(task.EditId!.Value, token);
            var post = await db.VisibleText(edit.PostId, user, settings, token);
            var whyNot = await db.WhyNotReview(task, edit, post, me, settings, token);
            // What is known as a test to nobody is to who may not take it no task at all; what is hidden since is nobody's to read.
            if (task is { IsAudit: true, IsTaken: false } && whyNot is not null || task.IsAudit && edit.RedactionId is not null)
                throw new NotFoundException();

            var text = await db.TextAt(edit.PostId, edit.Revision, token);
            return new View(
                task, edit, post, post.IsQuestion ? text.Title ?? post.Title : post.Title, text.Title, text.Body, text.Tags ?? "", whyNot,
                whyNot is null && (post.TagPart is null || EditingRules.WhyNotEdit(me, post, settings) is null));
        }
    }
}
