using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Markdown;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>
/// Publishes a question in the signed-in user's name, with its first answer if the asker has one already, and returns
/// the question's id. Rules: docs/rules/questions.md.
/// </summary>
/// <param name="Title">One line.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Tags">Names separated by blanks or commas.</param>
/// <param name="Answer">The asker's own answer in Markdown, or empty.</param>
[Paced(PacedAct.Ask)]
public sealed record AskQuestion(string Title, string Body, string Tags, string Answer = "") : IRequest<long>, IDailyPaced, IBringPost
{
    /// <inheritdoc />
    public bool Anyway { get; init; }

    /// <inheritdoc />
    public IEnumerable<Written> Brings() =>
    [
        new(nameof(Title), Title, WrittenKind.Title), new(nameof(Body), Body, WrittenKind.Question), new(nameof(Tags), Tags, WrittenKind.Line),
        new(nameof(Answer), Answer, WrittenKind.Answer),
    ];

    internal sealed class Rules : AbstractValidator<AskQuestion>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(q => q.Title).HasLength(settings.Limits.Title);
            RuleFor(q => q.Body).HasLength(settings.Limits.Body);
            RuleFor(q => q.Tags).AreTags(settings.Limits);
            RuleFor(q => q.Answer).HasLength(settings.Limits.Body).When(q => TextLength.Of(q.Answer) > 0);
        }
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<AskQuestion>
    {
        public PostText Body { get; private set; } = PostText.Empty;
        public PostText Answer { get; private set; } = PostText.Empty;

        public Task Prepare(AskQuestion request, CancellationToken token)
        {
            Body = markdown.Post(request.Body, nameof(request.Body));
            Answer = markdown.Post(request.Answer, nameof(request.Answer));
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering texts, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<AskQuestion, long>
    {
        private static readonly TimeSpan SentTwice = TimeSpan.FromMinutes(5);

        public async Task<long> Handle(AskQuestion ask, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var asker = await db.Me(user, token);
            var answers = texts.Answer != PostText.Empty;
            QuestionRules.WhyNotAsk(asker, await Record(asker.Id, now, token), answers, texts.Body.Links + texts.Answer.Links, now, settings)?.Throw();

            if (BanRules.IsJudged(asker, settings.Abuse))
                BanRules.WhyNotAsk(asker, await db.PostingRecord(asker.Id, 1, token), now, settings.Abuse)?.Throw();

            var title = TextLength.Line(ask.Title);
            if (settings.Abuse.Gate && !ask.Anyway && await HasAsked(asker.Id, title, now, token))
                throw new ValidationException([new(nameof(Title), "abuse.gate-same-title") { ErrorCode = "abuse.gate-same-title", Severity = Severity.Warning }]);

            var id = await db.Publish(new NewPost(1, null, asker.Id, title, texts.Body, settings.License, now), token);
            await db.Tag(id, TagNames.Parse(await db.Masters(ask.Tags, now, token)), asker, settings, now, token);
            await db.Execute(
                "update revisions set tags = (select tags from posts where id = @id) where post_id = @id and number = 1", new { id }, token);
            var linked = await db.LinkNew(id, texts.Body, now, token);
            if (answers)
            {
                var answer = await db.Publish(new NewPost(2, id, asker.Id, null, texts.Answer, settings.License, now), token);
                linked = [.. linked, .. await db.LinkNew(answer, texts.Answer, now, token)];
            }

            await db.Relist(id, token);
            happened.Note(new QuestionAsked(id, asker.Id));
            happened.NoteLinks(id, id, linked);
            return id;
        }

        // One that was sent twice is not its own double.
        private Task<bool> HasAsked(long asker, string title, DateTimeOffset now, CancellationToken token) =>
            db.Get<bool>(
                """
                select exists (
                    select 1 from posts p
                    where p.author_id = @asker and p.kind = 1 and p.is_listed = 1 and p.created_at < @sent and p.title = @title collate nocase)
                """, new { asker, title, sent = now - SentTwice }, token);

        private Task<AskingRecord> Record(long asker, DateTimeOffset now, CancellationToken token) =>
            db.Get<AskingRecord>(
                """
                select max(created_at) as LastAt,
                       count(*) filter (where created_at >= @today) as Today,
                       count(*) filter (where created_at >= @monthAgo) as Last30Days
                from posts
                where author_id = @asker and kind = 1 and created_at >= @monthAgo
                """,
                new { asker, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), monthAgo = now.AddDays(-30) }, token);
    }
}

/// <summary>A question was published.</summary>
public sealed record QuestionAsked(long QuestionId, long AuthorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Relisted(QuestionId).Tags().Profile(AuthorId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Thread(QuestionId);
}
