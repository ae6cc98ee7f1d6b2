using Forum.Core.Answers;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Core.Reviews;

/// <summary>
/// Opens tasks for what was posted: somebody's first question or answer, a late answer, a text that looks poor. Ends those of what is gone, and counts
/// an edit as a review. Rules: docs/rules/reviews.md, section 2.
/// </summary>
internal sealed class OpenReviews(Db db, IServiceScopeFactory scopes, SettingsStore settings)
    : IHear<QuestionAsked>, IHear<AnswerPosted>, IHear<PostDeleted>, IHear<PostEdited>, IHear<EditSuggested>, IHear<PostReviewed>,
    IHear<CloseVoteCast>, IHear<ReopenVoteCast>, IHear<ReopenAsked>, IHear<QuestionClosed>, IHear<QuestionReopened>
{
    public async Task Hear(Heard<QuestionAsked> heard, CancellationToken token)
    {
        var post = await Posted(heard.What.QuestionId, 1, token);
        await Open(post, heard.What.QuestionId, post?.Earlier < settings.Current.Reviews.FirstPosts, ReviewQueue.FirstQuestions, heard.At, token);
    }

    public async Task Hear(Heard<AnswerPosted> heard, CancellationToken token)
    {
        var rules = settings.Current.Reviews;
        var post = await Posted(heard.What.AnswerId, 2, token);
        var isFirst = post?.Earlier < rules.FirstPosts;
        var isLate = !isFirst && post is not null && post.AskerId != heard.What.AuthorId && ReviewRules.IsLate(post.Reputation, heard.At - post.AskedAt, rules);
        await Open(post, heard.What.AnswerId, isFirst || isLate, isLate ? ReviewQueue.LateAnswers : ReviewQueue.FirstAnswers, heard.At, token);
    }

    public Task Hear(Heard<PostDeleted> heard, CancellationToken token) => Send(new EndTasks(heard.What.PostId), token);

    public Task Hear(Heard<PostEdited> heard, CancellationToken token) =>
        heard.What.Tag is null ? Send(new FinishEditing(heard.What.PostId, heard.What.EditorId), token) : Task.CompletedTask;

    public Task Hear(Heard<EditSuggested> heard, CancellationToken token) => Send(new FinishEditing(heard.What.PostId, heard.What.AuthorId), token);

    public Task Hear(Heard<PostReviewed> heard, CancellationToken token) =>
        heard.What is not { Outcome: ReviewOutcome.Feedback, IsAudit: false }
            ? Task.CompletedTask
            : db.InTransaction(
                () => db.Execute(
                    """
                    insert into inbox (user_id, kind, post_id, question_id, at, event_id)
                    select p.author_id, 'review-feedback', p.id, coalesce(p.question_id, p.id), @At, @Id
                    from posts p
                    where p.id = @PostId and p.author_id > 0 and p.deleted_at is null
                    on conflict do nothing
                    """, new { heard.What.PostId, heard.At, heard.Id }, token), token);

    public Task Hear(Heard<CloseVoteCast> heard, CancellationToken token) =>
        heard.What.Closed ? Task.CompletedTask : Ask(ReviewQueue.CloseVotes, heard.What.QuestionId, "vote", heard.At, token);

    public Task Hear(Heard<ReopenVoteCast> heard, CancellationToken token) =>
        heard.What.Reopened ? Task.CompletedTask : Ask(ReviewQueue.ReopenVotes, heard.What.QuestionId, "vote", heard.At, token);

    public Task Hear(Heard<ReopenAsked> heard, CancellationToken token) => Ask(ReviewQueue.ReopenVotes, heard.What.QuestionId, "edited", heard.At, token);

    public Task Hear(Heard<QuestionClosed> heard, CancellationToken token) => Send(new EndTasks(heard.What.QuestionId), token);

    public Task Hear(Heard<QuestionReopened> heard, CancellationToken token) => Send(new EndTasks(heard.What.QuestionId), token);

    // What was decided before this was heard is no task; asked late, it is none that waits for long.
    private Task Ask(ReviewQueue queue, long question, string reason, DateTimeOffset at, CancellationToken token) =>
        db.InTransaction(
            async () =>
            {
                var isClosed = await db.Find<bool?>("select closed_at is not null from posts where id = @question and deleted_at is null", new { question }, token);
                if (isClosed == (queue == ReviewQueue.ReopenVotes))
                    await db.OpenTask(queue, question, reason, at, token);
            }, token);

    private async Task Open(NewPost? post, long id, bool isListed, ReviewQueue queue, DateTimeOffset at, CancellationToken token)
    {
        if (post is null || post.IsGone)
            return;

        var suspicion = ReviewRules.Suspicion(
            queue == ReviewQueue.FirstQuestions, PlainText.Of(post.Html), Count(post.Html, "<a "), post.Html.Contains("<code", StringComparison.Ordinal), settings.Current.Reviews);
        if (!isListed && suspicion is null)
            return;
        db.EndSnapshot();
        await db.InTransaction(async () =>
        {
            if (isListed)
                await db.OpenTask(queue, id, queue == ReviewQueue.LateAnswers ? "late" : "first", at, token);
            if (suspicion is not null)
                await db.OpenTask(ReviewQueue.LowQuality, id, suspicion, at, token);
        }, token);
    }

    private static int Count(string html, string what) => html.Split(what).Length - 1;

    private Task<NewPost?> Posted(long id, int kind, CancellationToken token) =>
        db.Find<NewPost>(
            """
            select p.html as Html, q.created_at as AskedAt, q.author_id as AskerId, u.reputation as Reputation, p.deleted_at is not null or q.deleted_at is not null as IsGone,
                   (select count(*) from (select 1 from posts o where o.author_id = p.author_id and o.kind = @kind and o.id < p.id limit 100)) as Earlier
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            join users u on u.id = p.author_id and u.id > 0
            where p.id = @id
            """, new { id, kind }, token);

    private async Task Send(IRequest request, CancellationToken token)
    {
        db.EndSnapshot();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, token);
    }

    private sealed record NewPost
    {
        public string Html { get; init; } = "";
        public DateTimeOffset AskedAt { get; init; }
        public long? AskerId { get; init; }
        public int Reputation { get; init; }
        public bool IsGone { get; init; }
        public int Earlier { get; init; }
    }
}
