using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Closing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
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
/// <param name="AsksReopening">Of a closed question: that its asker says the edit mends it.</param>
/// <exception cref="ConflictException">The text has changed since.</exception>
public sealed record EditPost(
    long PostId, string Body, string? Title = null, string? Tags = null, string Comment = "", string? Basis = null, int? RollbackTo = null, bool AsksReopening = false)
    : IRequest<int>, ICommand, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Title), Title, WrittenKind.Line), new(nameof(Body), Body, WrittenKind.Text), new(nameof(Comment), Comment, WrittenKind.Line)];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) => db.TextBefore(PostId, token);

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

    internal sealed class Rendering(PostRendering text) : IPrepare<EditPost>
    {
        public Task Prepare(EditPost request, CancellationToken token) => text.Prepare(request.PostId, request.Body, nameof(request.Body), token);
    }

    internal sealed class Handler(Db db, CurrentUser user, PostRendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<EditPost, int>
    {
        public async Task<int> Handle(EditPost edit, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var editor = await db.Me(user, token);
            var post = await db.VisiblePost(edit.PostId, user, settings, token);
            EditingRules.WhyNotEdit(editor, post, settings)?.Throw();
            (await db.WhyNotBringBack(post.Id, edit.RollbackTo, token))?.Throw();

            var was = await db.TextOf(post.Id, token);
            if (edit.Basis is not null && edit.Basis != was.Basis)
                throw new ConflictException(new("editing.changed-meanwhile"));

            var becomes = text.Apply(post, was, edit.Title, await db.Masters(edit.Tags, now, token));
            if (becomes == was)
                new Refusal("editing.nothing-changed").Throw();
            if (edit.AsksReopening)
                ReopenRequests.WhyNot(post, editor.Id, becomes.Body != was.Body, await db.HasAsked(post, token))?.Throw();
            if (becomes.Body != was.Body)
                QuestionRules.WhyNotLink(editor, text.Body.Links, settings)?.Throw();

            var edited = await db.Rewrite(new TextChange(post, was, becomes, editor.Id, editor, edit.Comment, edit.RollbackTo), text, settings, now, token);
            foreach (var overtaken in await db.Overtake(post, editor.Id, isDeleted: false, now, token))
                happened.Note(overtaken);
            happened.Note(edited);
            if (edit.AsksReopening)
                happened.Note(await db.AskToReopen(post, editor.Id, edited.Revision, now, token));
            return edited.Revision;
        }
    }
}

/// <summary>A post's text was changed.</summary>
/// <param name="PostId">Which post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="EditorId">Who changed it.</param>
/// <param name="Revision">The number of the revision that holds the change.</param>
/// <param name="IsNewRevision">False when it joined the editor's own revision of a moment ago.</param>
/// <param name="Untagged">Names of the tags the question had, when it has others now.</param>
/// <param name="Relinked">Questions that the text names since, or no longer does.</param>
public sealed record PostEdited(long PostId, long QuestionId, long EditorId, int Revision, bool IsNewRevision, string[] Untagged, long[]? Relinked = null) : IChangePages, IMovePosts
{
    /// <summary>The tag whose excerpt or wiki it is; null of a question or an answer.</summary>
    public string? Tag { get; init; }

    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId);
        if (Tag is not null)
        {
            pages.Tagged(Tag).Tags();
            return;
        }

        pages.Title(QuestionId).Relisted(QuestionId);
        foreach (var name in Untagged ?? [])
            pages.Tagged(name).Tags();
        foreach (var question in Relinked ?? [])
            pages.Question(question);
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        if (Untagged is { Length: > 0 })
            posts.Thread(QuestionId);
    }
}
