using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>Changes a comment: its author for some minutes, moderators any time. Rules: docs/rules/comments.md.</summary>
public sealed record EditComment(long CommentId, string Body) : IRequest, ICommand, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Body), Body, WrittenKind.Comment)];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) => db.Find<string>("select body from comments where id = @CommentId", new { CommentId }, token);

    internal sealed class Rules : AbstractValidator<EditComment>
    {
        public Rules(ForumSettings settings) => RuleFor(c => c.Body).HasLength(settings.Limits.Comment);
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<EditComment>
    {
        public string Html { get; private set; } = "";

        public Task Prepare(EditComment request, CancellationToken token)
        {
            Html = markdown.Comment(request.Body, nameof(request.Body));
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, CommunityMarkdown markdown, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<EditComment>
    {
        public async Task Handle(EditComment edit, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var editor = await db.Me(user, token);
            var (comment, post) = await db.VisibleComment(edit.CommentId, user, settings, token);
            CommentRules.WhyNotEdit(editor, comment, post, now, settings.Windows)?.Throw();

            await db.Execute(
                "update comments set body = @body, html = @Html, renderer = @renderer, edited_at = @now where id = @Id",
                new { comment.Id, body = TextLength.Clean(edit.Body), text.Html, renderer = MarkdownRenderer.Version, now }, token);
            if (comment.AuthorId != editor.Id)
                await log.Record(new Act("edit-comment", ActSubject.Comment, comment.Id) { ConcernsId = comment.AuthorId, After = new { PostId = post.Id } }, token);
            happened.Note(new CommentEdited(comment.Id, post.Id, post.QuestionId, editor.Id));
            happened.NoteLinks(post.Id, post.QuestionId, await db.KeepLinks(
                post.Id, markdown.PostsNamedIn(comment.Html), markdown.PostsNamedIn(text.Html), markdown.PostsNamedIn, now, token));
        }
    }
}

/// <summary>A comment was changed.</summary>
public sealed record CommentEdited(long CommentId, long PostId, long QuestionId, long EditorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
