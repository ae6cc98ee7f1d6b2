using FluentValidation;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>
/// Makes an answer a comment on its question, in its author's name and of its time, and returns the comment's id. The answer is deleted,
/// with what it brought. Rules: docs/rules/merging.md.
/// </summary>
/// <param name="AnswerId">The answer.</param>
/// <param name="Body">What the comment says: the answer's text, or as much of it as a comment holds.</param>
[For(Who.Moderator)]
public sealed record ConvertAnswer(long AnswerId, string Body) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<ConvertAnswer>
    {
        public Rules(ForumSettings settings) => RuleFor(c => c.Body).HasLength(settings.Limits.Comment);
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<ConvertAnswer>
    {
        public string Html { get; private set; } = "";
        public IReadOnlyCollection<long> Named { get; private set; } = [];

        public Task Prepare(ConvertAnswer request, CancellationToken token)
        {
            Html = markdown.Comment(request.Body, nameof(request.Body));
            Named = markdown.PostsNamedIn(Html);
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, Deletions deletions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<ConvertAnswer, long>
    {
        public async Task<long> Handle(ConvertAnswer convert, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var answer = await db.VisiblePost(convert.AnswerId, user, settings, token);
            MergingRules.WhyNotConvert(me, answer)?.Throw();

            var id = await db.Get<long>(
                """
                insert into comments (post_id, author_id, author_name, body, html, renderer, created_at, license)
                select question_id, author_id, author_name, @body, @Html, @renderer, created_at, license from posts where id = @Id
                returning id
                """,
                new { answer.Id, body = TextLength.Clean(convert.Body), text.Html, renderer = MarkdownRenderer.Version }, token);
            await db.CountComments(answer.QuestionId, token);

            await db.Log(answer.Id, Merges.Converted, me.Id, now, token);
            await deletions.Hide(answer, DeletionKind.Moderator, me.Id, token);

            await log.Record(
                new Act("convert-answer", ActSubject.Post, answer.Id) { ConcernsId = answer.AuthorId, After = new { Comment = id, Question = answer.QuestionId } }, token);
            happened.Note(new PostDeleted(answer.Id, answer.QuestionId, answer.AuthorId, me.Id));
            happened.Note(new AnswerConverted(answer.Id, id, answer.QuestionId, answer.AuthorId, me.Id));
            happened.NoteLinks(answer.QuestionId, answer.QuestionId, await db.KeepLinks(answer.QuestionId, [], text.Named, _ => [], now, token));
            return id;
        }
    }
}

/// <summary>Brings back an answer that was made a comment, and takes the comment away. Rules: docs/rules/merging.md.</summary>
[For(Who.Moderator)]
public sealed record RestoreAnswer(long AnswerId, long CommentId) : IRequest, ICommand
{
    internal sealed class Words(Db db) : IPrepare<RestoreAnswer>
    {
        public IReadOnlyDictionary<string, IndexedWords> Thread { get; private set; } = new Dictionary<string, IndexedWords>();

        public async Task Prepare(RestoreAnswer request, CancellationToken token) => Thread = await db.ThreadWords(request.AnswerId, token);
    }

    internal sealed class Handler(
        Db db, CurrentUser user, Words words, CommunityMarkdown markdown, Deletions deletions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RestoreAnswer>
    {
        public async Task Handle(RestoreAnswer restore, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var answer = await db.VisiblePost(restore.AnswerId, user, settings, token);
            EditingRules.WhyNotUndelete(me, answer)?.Throw();

            await db.Log(answer.Id, Deletion.Undeleted, me.Id, now, token);
            await deletions.Show(answer, words.Thread, token);
            happened.Note(new PostUndeleted(answer.Id, answer.QuestionId, answer.AuthorId, me.Id));

            // Somebody may have deleted it before.
            var gone = await db.Query<string>(
                "update comments set deleted_at = @now, deleted_by = @me where id = @CommentId and post_id = @QuestionId and deleted_at is null returning html",
                new { restore.CommentId, answer.QuestionId, me = me.Id, now }, token);
            if (gone.Count > 0)
            {
                await db.CountComments(answer.QuestionId, token);
                happened.Note(new CommentDeleted(restore.CommentId, answer.QuestionId, answer.QuestionId, me.Id));
                happened.NoteLinks(answer.QuestionId, answer.QuestionId, await db.KeepLinks(
                    answer.QuestionId, markdown.PostsNamedIn(gone[0]), [], markdown.PostsNamedIn, now, token));
            }

            await log.Record(
                new Act("restore-answer", ActSubject.Post, answer.Id) { ConcernsId = answer.AuthorId, Before = new { Comment = restore.CommentId, Question = answer.QuestionId } }, token);
        }
    }
}

/// <summary>An answer became a comment on its question.</summary>
public sealed record AnswerConverted(long AnswerId, long CommentId, long QuestionId, long? AuthorId, long ModeratorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>An answer that was made a comment is brought back.</summary>
internal sealed class UndoConversion : IUndo
{
    public string Action => "convert-answer";

    public IBaseRequest? Command(LoggedAct act) => act.Value("Comment") is { } comment ? new RestoreAnswer(act.SubjectId, comment) : null;
}
