using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Answers;

/// <summary>Answers a question in the signed-in user's name and returns the answer's id. Rules: docs/rules/answers.md.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Body">Markdown.</param>
/// <param name="IsWiki">Whether it is community wiki from the start; the answer to one is in any case.</param>
/// <param name="BegunAt">When they began to write it, as far as that is known: a question that was closed meanwhile still takes it for a while.</param>
[Paced(PacedAct.Answer)]
public sealed record PostAnswer(long QuestionId, string Body, bool IsWiki = false, DateTimeOffset? BegunAt = null) : IRequest<long>, ICommand, IBringPost
{
    /// <inheritdoc />
    public bool Anyway { get; init; }

    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Body), Body, WrittenKind.Answer)];

    internal sealed class Rules : AbstractValidator<PostAnswer>
    {
        public Rules(ForumSettings settings) => RuleFor(a => a.Body).HasLength(settings.Limits.Body);
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<PostAnswer>
    {
        public PostText Body { get; private set; } = PostText.Empty;

        public Task Prepare(PostAnswer request, CancellationToken token)
        {
            Body = markdown.Post(request.Body, nameof(request.Body));
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<PostAnswer, long>
    {
        public async Task<long> Handle(PostAnswer post, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var author = await db.Me(user, token);
            var question = await db.VisiblePost(post.QuestionId, user, settings, token);
            if (!question.IsQuestion)
                throw new NotFoundException();

            var record = await Record(author.Id, question.Id, now, token);
            AnswerRules.WhyNotPost(author, question, record, now, settings, post.BegunAt)?.Throw();
            QuestionRules.WhyNotLink(author, text.Body.Links, settings)?.Throw();
            if (BanRules.IsJudged(author, settings.Abuse))
                BanRules.WhyNotAnswer(author, await db.PostingRecord(author.Id, 2, token), now, settings.Abuse)?.Throw();

            var isWiki = question.WikiAt is not null;
            if (post.IsWiki && !isWiki)
                settings.WhyNot(Privilege.CreateWiki, author)?.Throw();

            var id = await db.Publish(new NewPost(2, question.Id, author.Id, null, text.Body, settings.License, now), token);
            await db.Bump(question.Id, now, token);
            await db.Relist(question.Id, token);
            happened.Note(new AnswerPosted(id, question.Id, author.Id));
            if (isWiki || post.IsWiki)
            {
                await db.SetWiki(id, isWiki: true, author.Id, now, token);
                happened.Note(new WikiChanged(id, question.Id, author.Id, author.Id, IsWiki: true));
            }

            happened.NoteLinks(id, question.Id, await db.LinkNew(id, text.Body, now, token));
            return id;
        }

        // Only first revisions of late are looked at elsewhere: a person may have written ten thousand answers.
        private Task<AnsweringRecord> Record(long author, long question, DateTimeOffset now, CancellationToken token) =>
            db.Get<AnsweringRecord>(
                """
                select (select max(r.created_at)
                        from revisions r
                        join posts p on p.id = r.post_id
                        where r.author_id = @author and r.created_at > @paced and r.number = 1 and p.kind = 2) as LastAt,
                       exists (
                           select 1 from posts p
                           where p.question_id = @question and p.kind = 2 and p.deleted_at is null and p.author_id = @author and p.body = @Body)
                       or exists (
                           select 1
                           from revisions r
                           join posts p on p.id = r.post_id
                           where r.author_id = @author and r.created_at > @repeated and r.number = 1
                             and p.kind = 2 and p.deleted_at is null and p.body = @Body) as HasSaidSo
                """,
                new
                {
                    author, question, text.Body.Body,
                    paced = now - settings.Windows.BetweenAnswers,
                    repeated = now - settings.Windows.SameAnswer,
                }, token);
    }
}

/// <summary>A question was answered.</summary>
public sealed record AnswerPosted(long AnswerId, long QuestionId, long AuthorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AuthorId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Post(AnswerId);
}
