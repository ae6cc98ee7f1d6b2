using FluentValidation;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>
/// Changes a question's or an answer's text and returns the number of the revision it is now. Every edit is a revision,
/// except that a person's further edits within the grace period join their last one. Rules: docs/rules/editing.md.
/// </summary>
/// <param name="PostId">Which post.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Title">Of a question; null leaves it.</param>
/// <param name="Tags">Of a question, names separated by blanks or commas; null leaves them.</param>
/// <param name="Comment">What was changed and why, in a few words.</param>
/// <param name="Basis"><see cref="EditingRules.Basis"/> of the text the edit began from; null edits whatever is there.</param>
/// <param name="RollbackTo">The number of the revision that this brings back, if it does.</param>
/// <exception cref="ConflictException">The text has changed since.</exception>
public sealed record EditPost(long PostId, string Body, string? Title = null, string? Tags = null, string Comment = "", string? Basis = null, int? RollbackTo = null)
    : IRequest<int>, ICommand
{
    internal sealed class Rules : AbstractValidator<EditPost>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(e => e.Body).HasLength(settings.Limits.Body);
            RuleFor(e => e.Title!).HasLength(settings.Limits.Title).When(e => e.Title is not null);
            RuleFor(e => e.Tags!).AreTags(settings.Limits).When(e => e.Tags is not null);
            RuleFor(e => e.Comment).HasLength(new LengthRange(0, settings.Limits.EditComment));
        }
    }

    internal sealed class Rendering(Db db, CommunityMarkdown markdown) : IPrepare<EditPost>
    {
        private string? keptHtml;
        private string keptWords = "";

        public PostText Body { get; private set; } = PostText.Empty;

        public async Task Prepare(EditPost request, CancellationToken token)
        {
            Body = markdown.Post(request.Body, nameof(request.Body));
            // A body that stays keeps its HTML, which may say it otherwise than today's renderer.
            keptHtml = await db.Find<string>(
                "select html from posts where id = @PostId and body = @Body and html <> @Html", new { request.PostId, Body.Body, Body.Html }, token);
            keptWords = keptHtml is null ? "" : SearchTerms.ForIndex(PlainText.Of(keptHtml));
        }

        /// <summary>The words of the HTML that the post will have.</summary>
        public string WordsOf(string html) =>
            html == Body.Html ? Body.Words : html == keptHtml ? keptWords : SearchTerms.ForIndex(PlainText.Of(html));
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<EditPost, int>
    {
        public async Task<int> Handle(EditPost edit, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var editor = await db.Me(user, token);
            var post = await db.VisiblePost(edit.PostId, user, settings, token);
            EditingRules.WhyNotEdit(editor, post, settings)?.Throw();

            var was = await db.TextOf(post.Id, token);
            if (edit.Basis is not null && edit.Basis != was.Basis)
                throw new ConflictException(new("editing.changed-meanwhile"));

            var becomes = Apply(edit, post, was);
            if (becomes == was)
                new Refusal("editing.nothing-changed").Throw();
            if (becomes.Body != was.Body)
                QuestionRules.WhyNotLink(editor, text.Body.Links, settings)?.Throw();

            var number = await db.Revise(becomes, editor.Id, TextLength.Clean(edit.Comment), edit.RollbackTo, now, settings, token);
            await Rewrite(was, becomes, number, editor.Id, now, token);
            if (becomes.Tags != was.Tags)
                await db.Tag(post.Id, TagNames.Parse(becomes.Tags), editor, settings, now, token);
            if (becomes.Title != was.Title || becomes.Html != was.Html)
                await db.Index(post.Id, IndexedWords.With(becomes.Title, text.WordsOf(becomes.Html)), token);
            if (number > 1)
                await db.Bump(post.QuestionId, now, token);
            await db.Relist(post.QuestionId, token);

            string[] untagged = becomes.Tags == was.Tags ? [] : was.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            happened.Note(new PostEdited(post.Id, post.QuestionId, editor.Id, number, IsNewRevision: number > was.RevisionCount, untagged));
            return number;
        }

        // A body that stays keeps its HTML: an imported one may have been rendered by other habits.
        private RevisedText Apply(EditPost edit, PostFacts post, RevisedText was) => was with
        {
            Title = post.IsQuestion && edit.Title is not null ? TextLength.Line(edit.Title) : was.Title,
            Tags = post.IsQuestion && edit.Tags is not null ? string.Join(' ', TagNames.Parse(edit.Tags)) : was.Tags,
            Body = Stays(was) ? was.Body : text.Body.Body,
            Html = Stays(was) ? was.Html : text.Body.Html,
        };

        private bool Stays(RevisedText was) => text.Body.Body == TextLength.Clean(was.Body);

        // The grace period of the first revision is no edit yet: nobody sees "edited", and votes stay as they are.
        private Task<int> Rewrite(RevisedText was, RevisedText becomes, int number, long editor, DateTimeOffset now, CancellationToken token) =>
            db.Execute(
                """
                update posts
                set title = @Title, body = @Body, html = @Html, revision_count = @number,
                    body_is_html = case when @stays then body_is_html else 0 end,
                    renderer = case when @stays then renderer else @renderer end,
                    edited_at = case when @number > 1 then @now else edited_at end,
                    editor_id = case when @number > 1 then @editor else editor_id end,
                    editor_name = case when @number > 1 then null else editor_name end,
                    active_at = case when @number > 1 then max(active_at, @now) else active_at end
                where id = @Id
                """,
                new { becomes.Id, becomes.Title, becomes.Body, becomes.Html, stays = Stays(was), renderer = MarkdownRenderer.Version, number, editor, now }, token);
    }
}

/// <summary>A post's text was changed.</summary>
/// <param name="PostId">Which post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="EditorId">Who changed it.</param>
/// <param name="Revision">The number of the revision that holds the change.</param>
/// <param name="IsNewRevision">False when it joined the editor's own revision of a moment ago.</param>
/// <param name="Untagged">Names of the tags the question had, when it has others now.</param>
public sealed record PostEdited(long PostId, long QuestionId, long EditorId, int Revision, bool IsNewRevision, string[] Untagged) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId).Title(QuestionId).Relisted(QuestionId);
        foreach (var name in Untagged ?? [])
            pages.Tagged(name).Tags();
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        if (Untagged is { Length: > 0 })
            posts.Thread(QuestionId);
    }
}
