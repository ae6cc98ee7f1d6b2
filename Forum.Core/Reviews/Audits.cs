using FluentValidation;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Reviews;

/// <summary>What marks a review of a test as contested.</summary>
internal static class AuditVeto
{
    public const string Contested = "veto";
}

/// <summary>In which order tests come, for the statements that look for one: good ones among bad ones, each reviewer's otherwise.</summary>
internal static class AuditOrder
{
    public const string Mixed = "(t.id * 7919 + @me * 31) % 1009, t.id";
}

/// <summary>
/// Says that a test was wrong: by who took it, or a moderator, whose word is enough. So many drop it, and then nobody's failing it counts. Rules:
/// docs/rules/reviews.md, section 5.
/// </summary>
public sealed record VetoAudit(long TaskId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<VetoAudit>
    {
        public async Task Handle(VetoAudit veto, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var task = await db.ReviewTask(veto.TaskId, user.Required, token);
            if (!task.IsAudit || !task.IsTaken && !user.IsModerator)
                throw new NotFoundException();
            if (task.Outcome is not null)
                throw new ConflictException(new Refusal("reviews.dropped-already"));

            await db.Execute(
                $"update reviews set note = '{AuditVeto.Contested}' where task_id = @Id and user_id = @me and outcome <> {(int)ReviewOutcome.Skipped}",
                new { task.Id, me = user.Required }, token);
            if (user.IsModerator)
                await db.Close(task.Id, ReviewOutcome.Dropped, now, token);
            else
                await db.DropIfBad(task.Id, settings.Reviews, now, token);
            await log.Record(new Act("contest-audit", ActSubject.Post, task.PostId) { After = new { Task = task.Id } }, token);
            happened.Note(new ReviewsEnded([task.Id]));
        }
    }
}

/// <summary>
/// Keeps tests ready for each queue: posts that are known to be good, because many voted them up, and known to be bad, because they were
/// deleted as spam or by reviewers; questions that were closed, left closed or reopened, and suggested edits that were approved or rejected, by reviewers of
/// whom none disagreed. One that is no longer what it was is dropped. A singleton.
/// </summary>
public sealed class ChooseAudits(IServiceScopeFactory scopes, ILogger<ChooseAudits> log)
    : Recurring(Interval, "Tests of reviewers could not be chosen; it is tried again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Chooses what is missing.</summary>
    public async Task Choose(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new KeepAudits(), token);
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Choose(token);
}

/// <summary>Keeps tests of reviewers ready. The server asks for it.</summary>
[For(Who.Anyone), EachTime]
public sealed record KeepAudits : IRequest, ICommand
{
    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<KeepAudits>
    {
        // Which kinds of posts a queue is tested with.
        private static readonly (ReviewQueue Queue, int Kind)[] Tested =
        [
            (ReviewQueue.FirstQuestions, 1), (ReviewQueue.FirstAnswers, 2), (ReviewQueue.LateAnswers, 2), (ReviewQueue.LowQuality, 2), (ReviewQueue.CloseVotes, 1), (ReviewQueue.ReopenVotes, 1),
        ];

        // Nobody touched the question since it was judged: what the judgement was of can still be read.
        private static string UnchangedSince(string moment) => $"not exists (select 1 from revisions r where r.post_id = p.id and r.created_at > {moment})";

        public async Task Handle(KeepAudits keep, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var dropped = await db.Query<long>(
                $"""
                update review_tasks
                set outcome = {(int)ReviewOutcome.Dropped}, closed_at = @now
                where id in (
                    select t.id
                    from review_tasks t
                    join posts p on p.id = t.post_id
                    where t.queue in (1, 2, 3, 5, 6, 7) and t.outcome is null and t.audit is not null
                      and case when t.queue not in (5, 6) then t.audit = 1 and (p.is_listed = 0 or p.score < @GoodScore) or t.audit = -1 and p.deleted_at is null
                               when t.audit = 1 then p.is_listed = 0 or p.closed_at is not null or p.score < case t.queue when 5 then @GoodScore else 1 end
                               else p.closed_at is null or p.score > 0 or not ({UnchangedSince("t.opened_at")}) end)
                returning id
                """, new { now, settings.Reviews.GoodScore }, token);
            var edits = await db.DropEditTests(now, token);
            foreach (var (queue, kind) in Tested)
            {
                await Fill(queue, +1, kind, now, token);
                await Fill(queue, -1, kind, now, token);
            }

            await db.ChooseEditTests(+1, settings.Reviews.AuditsReady, now, token);
            await db.ChooseEditTests(-1, settings.Reviews.AuditsReady, now, token);
            happened.Note(new ReviewsEnded([.. dropped, .. edits]));
        }

        private async Task Fill(ReviewQueue queue, int audit, int kind, DateTimeOffset now, CancellationToken token)
        {
            var ready = await db.ReadyTests(queue, audit, token);
            if (ready >= settings.Reviews.AuditsReady)
                return;

            await db.Execute(
                $"""
                insert into review_tasks (queue, post_id, reason, opened_at, audit)
                select @queue, found.id, '', @now, @audit
                from ({Known(queue, audit, kind)}) found
                where not exists (select 1 from review_tasks t where t.post_id = found.id and t.queue = @queue and (t.audit is not null or t.outcome is null))
                limit @missing
                """, new { queue = (int)queue, audit, now, settings.Reviews.GoodScore, missing = settings.Reviews.AuditsReady - ready }, token);
        }

        // Good ones are taken from the questions with the highest scores and their answers, bad ones from the newest that were deleted so; of closing and
        // reopening, from what reviewers decided without one who disagreed.
        private static string Known(ReviewQueue queue, int audit, int kind) => queue switch
        {
            ReviewQueue.CloseVotes when audit < 0 => Decided(queue, ReviewOutcome.Close, [ReviewOutcome.LeaveOpen, ReviewOutcome.Edited], isClosed: true),
            ReviewQueue.CloseVotes =>
                """
                select q.id
                from (select id from posts where kind = 1 and is_listed = 1 and score >= @GoodScore order by score desc, id desc limit 200) q
                join posts p on p.id = q.id and p.closed_at is null
                where not exists (select 1 from moderation_votes m where m.post_id = q.id and m.kind = 1)
                  and not exists (select 1 from flags f where f.post_id = q.id and f.comment_id is null)
                """,
            ReviewQueue.ReopenVotes when audit < 0 => Decided(queue, ReviewOutcome.LeaveClosed, [ReviewOutcome.Reopen, ReviewOutcome.Edited], isClosed: true),
            ReviewQueue.ReopenVotes => Decided(queue, ReviewOutcome.Reopen, [ReviewOutcome.LeaveClosed], isClosed: false),
            _ => Posts(audit, kind),
        };

        private static string Decided(ReviewQueue queue, ReviewOutcome outcome, ReviewOutcome[] disagreeing, bool isClosed) =>
            $"""
            select p.id
            from (
                select id, post_id, closed_at
                from review_tasks
                where queue = {(int)queue} and outcome is not null and outcome = {(int)outcome} and audit is null
                order by closed_at desc
                limit 200) d
            join posts p on p.id = d.post_id and p.deletion is not {(int)DeletionKind.Spam} and p.close_reason is not '{CloseReason.Duplicate}'
            where not exists (select 1 from reviews r where r.task_id = d.id and r.outcome in ({string.Join(", ", disagreeing.Select(said => (int)said))}))
              and exists (select 1 from reviews r where r.task_id = d.id and r.outcome = {(int)outcome})
              and {(isClosed ? "p.closed_at is not null and p.score <= 0 and " + UnchangedSince("d.closed_at") : "p.closed_at is null and p.deleted_at is null and p.score > 0")}
            group by p.id
            """;

        private static string Posts(int audit, int kind) =>
            audit > 0
                ? kind == 1
                    ? "select id from posts where kind = 1 and is_listed = 1 and score >= @GoodScore order by score desc, id desc limit 200"
                    : "select a.id from (select id from posts where kind = 1 and is_listed = 1 order by score desc, id desc limit 200) q join posts a on a.question_id = q.id and a.kind = 2 and a.deleted_at is null and a.score >= @GoodScore"
                : $"""
                  select id from (select id, kind from posts where deletion = {(int)DeletionKind.Spam} order by deleted_at desc limit 200) where kind = {kind}
                  union
                  select post_id from (
                      select t.post_id
                      from review_tasks t
                      where t.queue = {(int)ReviewQueue.LowQuality} and t.outcome in ({(int)ReviewOutcome.RecommendDeletion}, {(int)ReviewOutcome.Delete})
                      order by t.closed_at desc
                      limit 200) deleted
                  join posts p on p.id = deleted.post_id and p.deletion = {(int)DeletionKind.Review} and p.kind = {kind}
                  """;
    }
}

/// <summary>Keeps a person from reviewing for some days. Rules: docs/rules/reviews.md, section 5.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Days">How long.</param>
/// <param name="Reason">Why; they read it.</param>
[For(Who.Moderator)]
public sealed record SuspendReviewer(long UserId, int Days, string Reason) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<SuspendReviewer>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(s => s.Days).Must(days => days >= 1 && days <= settings.Reviews.SuspensionDays).WithErrorCode("reviews.no-days").WithState(_ => new object[] { settings.Reviews.SuspensionDays });
            RuleFor(s => s.Reason).HasLength(settings.Flags.Reply);
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<SuspendReviewer, long>
    {
        public async Task<long> Handle(SuspendReviewer suspend, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (!await db.Get<bool>("select exists (select 1 from users where id = @UserId and id > 0)", new { suspend.UserId }, token))
                throw new NotFoundException();
            if (suspend.UserId == user.Required)
                new Refusal("reviews.own-suspension").Throw();
            var id = await db.Suspend(suspend.UserId, now + TimeSpan.FromDays(suspend.Days), user.Required, TextLength.Clean(suspend.Reason), log, now, token);
            happened.Note(new ReviewerSuspended(suspend.UserId));
            return id;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "suspend-reviewer";

        public IBaseRequest? Command(LoggedAct act) => act.Value("Suspension") is { } id ? new LiftReviewSuspension(id) : null;
    }
}

/// <summary>Lets somebody review again before their time.</summary>
[For(Who.Moderator)]
public sealed record LiftReviewSuspension(long SuspensionId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<LiftReviewSuspension>
    {
        public async Task Handle(LiftReviewSuspension lift, CancellationToken token)
        {
            var whose = await db.Find<long?>(
                "update review_suspensions set lifted_at = @now, lifted_by = @me where id = @SuspensionId and lifted_at is null and ends_at > @now and user_id <> @me returning user_id",
                new { lift.SuspensionId, me = user.Required, now = clock.GetUtcNow() }, token) ?? throw new ConflictException(new Refusal("reviews.not-suspended"));
            await log.Record(new Act("unsuspend-reviewer", ActSubject.User, whose) { ConcernsId = whose, Before = new { Suspension = lift.SuspensionId } }, token);
            happened.Note(new ReviewerSuspended(whose));
        }
    }
}

/// <summary>Whether somebody may review is otherwise now.</summary>
public sealed record ReviewerSuspended(long UserId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // Shown to that person and moderators alone.
    }
}
