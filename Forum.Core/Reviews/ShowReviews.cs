using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reviews;

/// <summary>The queues, how much waits in each, and why the one who asks may not review there. Rules: docs/rules/reviews.md, section 1.</summary>
public sealed record ListQueues : IRequest<IReadOnlyList<ListQueues.Item>>
{
    /// <param name="Queue">The queue.</param>
    /// <param name="Waiting">Tasks that wait; counted up to a hundred.</param>
    /// <param name="Today">What the reader reviewed there today.</param>
    /// <param name="WhyNot">Why the reader may not review there, or null.</param>
    public sealed record Item(ReviewQueue Queue, int Waiting, int Today, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListQueues, IReadOnlyList<Item>>
    {
        private const int CountedTo = 100;

        public async Task<IReadOnlyList<Item>> Handle(ListQueues list, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var items = new List<Item>();
            foreach (var (queue, waiting) in await db.WaitingByQueue(CountedTo, token))
            {
                if (!user.IsSignedIn)
                {
                    items.Add(new Item(queue, waiting, 0, Refusals.SignIn));
                    continue;
                }

                var reviewer = await db.Reviewer(People.Seen(user), queue, now, token);
                items.Add(new Item(queue, waiting, reviewer.Today, ReviewRules.WhyNotReview(queue, reviewer, settings, now)));
            }

            return items;
        }
    }
}

/// <summary>What waits in the queues.</summary>
internal static class WaitingReviews
{
    private static readonly string Counts = string.Join(
        "\nunion all\n",
        ReviewQueues.All.Select(queue =>
            $"select {(int)queue} as Queue, count(*) as Waiting from (select 1 from "
            + (queue == ReviewQueue.SuggestedEdits ? "suggested_edits where outcome is null" : $"review_tasks where queue = {(int)queue} and outcome is null and audit is null")
            + " limit @upTo)"));

    /// <summary>How much waits in each, in their order, counted up to so many. One statement.</summary>
    public static async Task<IReadOnlyList<(ReviewQueue Queue, int Waiting)>> WaitingByQueue(this Db db, int upTo, CancellationToken token) =>
        [.. (await db.Query<Count>(Counts, new { upTo }, token)).OrderBy(count => count.Queue).Select(count => (count.Queue, count.Waiting))];

    private sealed record Count
    {
        public ReviewQueue Queue { get; init; }
        public int Waiting { get; init; }
    }
}

/// <summary>
/// The task that the one who asks should look at next: the oldest that they have not seen, of no post of theirs or that they voted on; now and then a test.
/// Null when there is none. Rules: docs/rules/reviews.md, section 3.
/// </summary>
/// <param name="Queue">The queue; that of suggested edits has <see cref="Suggestions.FindEditTask"/>.</param>
/// <param name="Tag">Of questions that carry this tag alone.</param>
/// <param name="IsQuestion">Questions alone, or answers.</param>
[For(Who.SignedIn)]
public sealed record FindTask(ReviewQueue Queue, string? Tag = null, bool? IsQuestion = null) : IRequest<long?>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<FindTask, long?>
    {
        public async Task<long?> Handle(FindTask find, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var reviewer = await db.Reviewer(await db.Me(user, token), find.Queue, now, token);
            ReviewRules.WhyNotReview(find.Queue, reviewer, settings, now)?.Throw();
            if (find.Queue == ReviewQueue.SuggestedEdits)
                throw new NotFoundException();

            var live = await Next(find, "t.audit is null and p.deleted_at is null and q.deleted_at is null", "t.opened_at, t.id", reviewer.Person.Id, token);
            // Whoever had a part in what a test is known by would only say it again.
            if (live is null || find.Tag is not null || !AuditRules.IsDue(reviewer.Person.Id, find.Queue, reviewer.Today, settings.Reviews.AuditEvery))
                return live;
            return await Next(
                find,
                """
                t.audit is not null
                  and not exists (select 1 from moderation_votes w where w.post_id = t.post_id and w.user_id = @me)
                  and not exists (select 1 from review_tasks o join reviews d on d.task_id = o.id and d.user_id = @me where o.post_id = t.post_id and o.queue = t.queue)
                """, AuditOrder.Mixed, reviewer.Person.Id, token) ?? live;
        }

        private Task<long?> Next(FindTask find, string condition, string order, long me, CancellationToken token) =>
            db.Find<long?>(
                $"""
                select t.id
                from review_tasks t
                join posts p on p.id = t.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where t.queue = @queue and t.outcome is null and {condition} and p.author_id is not @me
                  and not exists (select 1 from reviews r where r.task_id = t.id and r.user_id = @me)
                  and not exists ({(find.Queue is ReviewQueue.CloseVotes or ReviewQueue.ReopenVotes
                      ? "select 1 from moderation_votes m where m.post_id = p.id and m.user_id = @me and m.kind = @queue - 4 and m.outcome is null"
                      : "select 1 from votes v where v.post_id = p.id and v.user_id = @me union all select 1 from held_votes h where h.post_id = p.id and h.user_id = @me")})
                  {(find.IsQuestion is null ? "" : "and p.kind = @kind")}
                  {(find.Tag is null ? "" : "and exists (select 1 from question_tags x join tags n on n.id = x.tag_id where x.question_id = q.id and n.name = @Tag)")}
                order by {order}
                limit 1
                """, new { queue = (int)find.Queue, me, find.Tag, kind = find.IsQuestion == true ? 1 : 2 }, token);
    }
}

/// <summary>
/// A task with what it is about, what was said of it, and why the one who asks may not review it. While it waits, those may look who may review it or did;
/// once it is done anybody, of a test only who took it.
/// </summary>
/// <exception cref="NotFoundException">There is none, or its post is not the reader's to see.</exception>
public sealed record ShowTask(long TaskId) : IRequest<ShowTask.View>
{
    /// <param name="Task">The task.</param>
    /// <param name="Post">What it is about.</param>
    /// <param name="Html">The post's text, as it is sent to the browser.</param>
    /// <param name="QuestionHtml">Of an answer: the question's.</param>
    /// <param name="TagNames">The question's tags.</param>
    /// <param name="AuthorName">Who wrote the post.</param>
    /// <param name="CreatedAt">When.</param>
    /// <param name="Reviews">What was said of it: to those who have reviewed it, and to all when it is done.</param>
    /// <param name="WhyNot">Why the reader may not review it, or null.</param>
    /// <param name="Outcomes">What they may say, each with why not.</param>
    /// <param name="IsRight">Of a test the reader took: whether they were right.</param>
    /// <param name="IsContested">Whether they contest it.</param>
    public sealed record View(
        TaskFacts Task, PostFacts Post, string Html, string QuestionHtml, IReadOnlyList<string> TagNames, string AuthorName, DateTimeOffset CreatedAt, IReadOnlyList<Said> Reviews,
        Refusal? WhyNot, IReadOnlyList<(ReviewOutcome Outcome, Refusal? WhyNot)> Outcomes, bool? IsRight, bool IsContested)
    {
        /// <summary>Whether the reader took it and it was a test: then they are told.</summary>
        public bool IsRevealed => Task is { IsAudit: true, Mine: not null };
    }

    /// <summary>A review.</summary>
    public sealed record Said
    {
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public ReviewOutcome Outcome { get; init; }
        public string Note { get; init; } = "";
        public DateTimeOffset At { get; init; }
        internal bool? IsRight { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowTask, View>
    {
        public async Task<View> Handle(ShowTask show, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var task = await db.ReviewTask(show.TaskId, user.Id, token);
            var post = await db.AnyPost(task.PostId, token);
            var whyNot = user.IsSignedIn ? ReviewRules.WhyNotReview(task, post, await db.Reviewer(await db.Me(user, token), task.Queue, now, token), settings, now) : Refusals.SignIn;
            // A test is known as one to those who took it. Until then it is shown to whom a task that waits is shown: who may review it.
            var isForReviewers = task.Mine is null && !user.IsModerator && (task.IsAudit || task.Outcome is null);
            if (task.EditId is not null || isForReviewers && whyNot is not null)
                throw new NotFoundException();
            if (!task.IsAudit && !Posts.IsVisible(post, user, settings))
                throw new NotFoundException(wasDeleted: true);

            var text = await db.Get<Text>(
                """
                select p.html as Html, p.score as Score, p.created_at as CreatedAt, q.html as QuestionHtml, q.tags as Tags, coalesce(u.name, p.author_name, '') as AuthorName
                from posts p
                join posts q on q.id = coalesce(p.question_id, p.id)
                left join users u on u.id = p.author_id
                where p.id = @PostId
                """, new { task.PostId }, token);
            var said = await db.Query<Said>(
                $"""
                select r.user_id as UserId, u.name as Name, r.outcome as Outcome, r.note as Note, r.reviewed_at as At, r.is_right as IsRight
                from reviews r
                join users u on u.id = r.user_id
                where r.task_id = @Id and r.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing})
                order by r.reviewed_at
                """, new { task.Id }, token);
            var mine = said.FirstOrDefault(review => review.UserId == user.Id);
            return new View(
                task, post, await db.Shown(text.Html, $"p{post.Id}-", settings, token), post.IsQuestion ? "" : await db.Shown(text.QuestionHtml, $"p{post.QuestionId}-", settings, token),
                text.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), text.AuthorName, text.CreatedAt,
                task.Outcome is not null || task.Mine is not null && !task.IsAudit || user.IsModerator ? said : [],
                whyNot,
                whyNot is null ? [.. task.Queue.Outcomes().Select(outcome => (outcome, WhyNot(outcome, task, post, text.Score)))] : [],
                task.IsAudit ? mine?.IsRight : null, mine?.Note == AuditVeto.Contested);
        }

        private Refusal? WhyNot(ReviewOutcome outcome, TaskFacts task, PostFacts post, int score) =>
            ReviewRules.WhyNot(outcome == ReviewOutcome.Edited ? ReviewOutcome.Editing : outcome, task, post, score, People.Seen(user), settings);

        private sealed record Text
        {
            public string Html { get; init; } = "";
            public string QuestionHtml { get; init; } = "";
            public string Tags { get; init; } = "";
            public string AuthorName { get; init; } = "";
            public int Score { get; init; }
            public DateTimeOffset CreatedAt { get; init; }
        }
    }
}

/// <summary>What was done in a queue, newest first: for anybody. Of suggested edits, those that were decided.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Page">From 1 on.</param>
public sealed record ListReviewed(ReviewQueue Queue, int Page = 1) : IRequest<ListReviewed.View>
{
    /// <param name="Tasks">The tasks of the page.</param>
    /// <param name="Number">The page's number.</param>
    /// <param name="IsMore">Whether there are more.</param>
    public sealed record View(IReadOnlyList<Item> Tasks, int Number, bool IsMore);

    /// <summary>A task that is done.</summary>
    public sealed record Item
    {
        /// <summary>The task, or the suggested edit.</summary>
        public long Id { get; init; }
        public long PostId { get; init; }
        public bool IsQuestion { get; init; }

        /// <summary>The question's title; empty when the post is deleted and not the reader's to see.</summary>
        public string Title { get; init; } = "";

        /// <summary>What became of it.</summary>
        public ReviewOutcome? Outcome { get; init; }

        /// <summary>What became of a suggested edit.</summary>
        public Suggestions.SuggestionOutcome? Decision { get; init; }
        public DateTimeOffset ClosedAt { get; init; }

        /// <summary>Names of those who reviewed it.</summary>
        public string Reviewers { get; init; } = "";
        internal DateTimeOffset? DeletedAt { get; init; }
        internal DeletionKind? Deletion { get; init; }
        internal long? AuthorId { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListReviewed, View>
    {
        public async Task<View> Handle(ListReviewed list, CancellationToken token)
        {
            var size = settings.Reviews.Listed;
            var number = Math.Clamp(list.Page, 1, int.MaxValue / size);
            var rows = await db.Query<Item>(
                $"""
                select t.id as Id, p.id as PostId, p.kind = 1 as IsQuestion, {Tags.TagTexts.TitleOf("q")} as Title, t.outcome as Outcome, t.decision as Decision, t.closed_at as ClosedAt,
                       {(list.Queue == ReviewQueue.SuggestedEdits
                           ? "(select group_concat(u.name, ', ') from suggested_edit_reviews r join users u on u.id = r.user_id where r.edit_id = t.id)"
                           : $"(select group_concat(u.name, ', ') from reviews r join users u on u.id = r.user_id where r.task_id = t.id and r.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing}))")} as Reviewers,
                       coalesce(p.deleted_at, q.deleted_at) as DeletedAt, coalesce(p.deletion, q.deletion) as Deletion, p.author_id as AuthorId
                from (
                    {(list.Queue == ReviewQueue.SuggestedEdits
                        ? "select id, post_id, null as outcome, outcome as decision, decided_at as closed_at from suggested_edits where outcome is not null order by id desc"
                        : "select id, post_id, outcome, null as decision, closed_at from review_tasks where queue = @queue and outcome is not null and audit is null order by closed_at desc, id desc")}
                    limit @size offset @skip) t
                join posts p on p.id = t.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                order by t.closed_at desc, t.id desc
                """, new { queue = (int)list.Queue, size = size + 1, skip = (number - 1L) * size }, token);
            return new View(
                [.. rows.Take(size).Select(row => row.DeletedAt is not null && !ShowQuestion.MaySeeDeleted(user, row.AuthorId, row.Deletion, settings) ? row with { Title = "" } : row)],
                number, rows.Count > size);
        }
    }
}

/// <summary>What reviewers told the author of a post: to the author and to moderators.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is not theirs.</exception>
[For(Who.SignedIn)]
public sealed record ListFeedback(long PostId) : IRequest<ListFeedback.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Feedback">Keys of <see cref="ReviewQueues.Feedback"/>, newest first.</param>
    public sealed record View(PostFacts Post, IReadOnlyList<string> Feedback);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListFeedback, View>
    {
        public async Task<View> Handle(ListFeedback list, CancellationToken token)
        {
            var post = await db.VisiblePost(list.PostId, user, settings, token);
            if (post.AuthorId != user.Id && !user.IsModerator)
                throw new NotFoundException();
            return new View(post, await db.Query<string>(
                $"""
                select r.note
                from review_tasks t
                join reviews r on r.task_id = t.id
                where t.post_id = @Id and t.audit is null and r.outcome = {(int)ReviewOutcome.Feedback}
                order by r.reviewed_at desc
                """, new { post.Id }, token));
        }
    }
}

/// <summary>How a person has reviewed, and when they may not: to that person and moderators.</summary>
/// <exception cref="NotFoundException">There is no such person, or it is not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowReviewer(long UserId) : IRequest<ShowReviewer.View>
{
    /// <param name="UserId">Who.</param>
    /// <param name="Name">Their name.</param>
    /// <param name="Queues">How often they reviewed in each queue.</param>
    /// <param name="Tests">Tests they took.</param>
    /// <param name="Failed">Tests they failed.</param>
    /// <param name="Suspensions">When they could not review, newest first.</param>
    public sealed record View(long UserId, string Name, IReadOnlyDictionary<ReviewQueue, int> Queues, int Tests, int Failed, IReadOnlyList<Suspension> Suspensions);

    /// <summary>A time in which somebody may not review.</summary>
    public sealed record Suspension
    {
        public long Id { get; init; }
        public DateTimeOffset StartsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }

        /// <summary>The moderator; null: failed tests.</summary>
        public long? ImposedBy { get; init; }
        public string Reason { get; init; } = "";
        public DateTimeOffset? LiftedAt { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ShowReviewer, View>
    {
        public async Task<View> Handle(ShowReviewer show, CancellationToken token)
        {
            if (user.Id != show.UserId && !user.IsModerator)
                throw new NotFoundException();
            var name = await db.Find<string>("select name from users where id = @UserId and id > 0", new { show.UserId }, token) ?? throw new NotFoundException();
            var queues = await db.Query<Count>(
                $"""
                select t.queue as Queue, count(*) as Number, count(r.is_right) as Tests, count(*) filter (where r.is_right = 0 and t.outcome is not {(int)ReviewOutcome.Dropped}) as Failed
                from reviews r
                join review_tasks t on t.id = r.task_id
                where r.user_id = @UserId and r.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing})
                group by t.queue
                union all
                select {(int)ReviewQueue.SuggestedEdits}, count(*), 0, 0 from suggested_edit_reviews where user_id = @UserId
                """, new { show.UserId }, token);
            var suspensions = await db.Query<Suspension>(
                """
                select id as Id, starts_at as StartsAt, ends_at as EndsAt, imposed_by as ImposedBy, reason as Reason, lifted_at as LiftedAt
                from review_suspensions
                where user_id = @UserId
                order by starts_at desc
                """, new { show.UserId }, token);
            return new View(show.UserId, name, queues.GroupBy(c => c.Queue).ToDictionary(same => same.Key, same => same.Sum(c => c.Number)), queues.Sum(c => c.Tests), queues.Sum(c => c.Failed), suspensions);
        }

        private sealed record Count
        {
            public ReviewQueue Queue { get; init; }
            public int Number { get; init; }
            public int Tests { get; init; }
            public int Failed { get; init; }
        }
    }
}
