using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>What somebody wants a tag's excerpt or wiki to say.</summary>
public interface ITagText
{
    /// <summary>The tag's name.</summary>
    string Tag { get; }

    /// <summary>Which text.</summary>
    TagPart Part { get; }

    /// <summary>Markdown.</summary>
    string Body { get; }

    /// <summary>What was changed and why.</summary>
    string Comment { get; }
}

/// <summary>
/// Changes a tag's excerpt or wiki at once and returns the number of the revision it is now: the tag's gold badge or the privilege
/// <c>trusted-user</c> allows it. Rules: <see cref="TagRules"/>, docs/rules/tags.md.
/// </summary>
/// <param name="Tag">The tag's name.</param>
/// <param name="Part">Which text.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Comment">What was changed and why, in a few words.</param>
/// <param name="Basis"><see cref="EditingRules.Basis"/> of the text the edit began from; null: whatever is there.</param>
/// <param name="RollbackTo">The number of the revision that this brings back, if it does.</param>
/// <exception cref="ConflictException">The text has changed since.</exception>
public sealed record EditTagText(string Tag, TagPart Part, string Body, string Comment = "", string? Basis = null, int? RollbackTo = null) : IRequest<int>, ICommand, ITagText, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Body), Body, WrittenKind.Text), new(nameof(Comment), Comment, WrittenKind.Line)];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) => db.TagTextBefore(this, token);

    internal sealed class Rules : AbstractValidator<EditTagText>
    {
        public Rules(ForumSettings settings)
        {
            this.HasTagText(settings.Tags);
            RuleFor(e => e.Comment).HasLength(new LengthRange(0, settings.Limits.EditComment));
        }
    }

    internal sealed class Rendering(Db db, PostRendering text) : IPrepare<EditTagText>
    {
        public Task Prepare(EditTagText request, CancellationToken token) => text.PrepareTag(db, request, token);
    }

    internal sealed class Handler(Db db, CurrentUser user, PostRendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<EditTagText, int>
    {
        public async Task<int> Handle(EditTagText edit, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var tag = await db.TagNamed(edit.Tag, me.Id, token);
            TagRules.WhyNotEdit(me, tag.HasGold, settings)?.Throw();

            var (post, was) = await db.TagText(tag, edit.Part, edit.Basis, user, settings, now, token);
            EditingRules.WhyNotEdit(me, post, settings)?.Throw();
            (await db.WhyNotBringBack(post.Id, edit.RollbackTo, token))?.Throw();
            var becomes = text.Apply(post, was, null, null);
            if (becomes == was)
                new Refusal("editing.nothing-changed").Throw();

            var edited = await db.Rewrite(new TextChange(post, was, becomes, me.Id, me, edit.Comment, edit.RollbackTo), text, settings, now, token);
            foreach (var overtaken in await db.Overtake(post, me.Id, isDeleted: false, now, token))
                happened.Note(overtaken);
            happened.Note(edited);
            return edited.Revision;
        }
    }
}

/// <summary>
/// Suggests a change of a tag's excerpt or wiki to reviewers and returns its id; from there on it goes the way of every suggested edit.
/// </summary>
/// <param name="Tag">The tag's name.</param>
/// <param name="Part">Which text.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Comment">What was changed and why: reviewers read it.</param>
/// <param name="Basis"><see cref="EditingRules.Basis"/> of the text the edit began from; null: whatever is there.</param>
/// <exception cref="ConflictException">The text has changed since.</exception>
public sealed record SuggestTagText(string Tag, TagPart Part, string Body, string Comment, string? Basis = null) : IRequest<long>, ICommand, ITagText, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Body), Body, WrittenKind.Text), new(nameof(Comment), Comment, WrittenKind.Line)];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) => db.TagTextBefore(this, token);

    internal sealed class Rules : AbstractValidator<SuggestTagText>
    {
        public Rules(ForumSettings settings)
        {
            this.HasTagText(settings.Tags);
            RuleFor(e => e.Comment).HasLength(settings.Limits.SuggestionComment);
        }
    }

    internal sealed class Rendering(Db db, PostRendering text) : IPrepare<SuggestTagText>
    {
        public Task Prepare(SuggestTagText request, CancellationToken token) => text.PrepareTag(db, request, token);
    }

    internal sealed class Handler(Db db, CurrentUser user, PostRendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<SuggestTagText, long>
    {
        public async Task<long> Handle(SuggestTagText suggest, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var tag = await db.TagNamed(suggest.Tag, me.Id, token);
            var (post, was) = await db.TagText(tag, suggest.Part, suggest.Basis, user, settings, now, token);
            SuggestionRules.WhyNotSuggest(me, post, await db.SuggestionFacts(me.Id, post.Id, settings, now, token), settings, now)?.Throw();

            var becomes = text.Apply(post, was, null, null);
            if (becomes == was)
                new Refusal("editing.nothing-changed").Throw();
            if (!SuggestionRules.IsEnough(was, becomes, settings.Limits))
                new Refusal("suggestions.too-small", settings.Limits.SuggestedChange).Throw();
            QuestionRules.WhyNotLink(me, text.Body.Links, settings)?.Throw();

            var id = await db.Suggest(was, becomes, me.Id, suggest.Comment, now, token);
            happened.Note(new EditSuggested(id, post.Id, post.QuestionId, me.Id));
            return id;
        }
    }
}

/// <summary>A tag's excerpt and wiki as they are, to be edited, and why the one who asks may not.</summary>
/// <exception cref="NotFoundException">There is no such tag.</exception>
[For(Who.SignedIn)]
public sealed record ShowTagForm(string Tag) : IRequest<ShowTagForm.View>
{
    /// <param name="Tag">The tag's name.</param>
    /// <param name="WhyNot">Why changes do not apply at once, or null.</param>
    /// <param name="Texts">Both texts.</param>
    public sealed record View(string Tag, Refusal? WhyNot, IReadOnlyList<Text> Texts);

    /// <param name="Part">Which text.</param>
    /// <param name="Body">Its source.</param>
    /// <param name="Basis">What an edit that begins from it says.</param>
    /// <param name="Limits">How long it may be.</param>
    /// <param name="Waiting">The suggested edit that waits for it, or null.</param>
    /// <param name="WhyNotSuggest">Why no edit may be suggested by who may not edit, or null.</param>
    public sealed record Text(TagPart Part, string Body, string Basis, LengthRange Limits, long? Waiting, Refusal? WhyNotSuggest);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowTagForm, View>
    {
        public async Task<View> Handle(ShowTagForm show, CancellationToken token)
        {
            var tag = await db.TagNamed(show.Tag, user.Required, token);
            var me = await db.Me(user, token);
            var whyNot = TagRules.WhyNotEdit(me, tag.HasGold, settings);
            return new View(tag.Name, whyNot, [await Text(tag, TagPart.Excerpt, me, whyNot, token), await Text(tag, TagPart.Wiki, me, whyNot, token)]);
        }

        private async Task<Text> Text(FoundTag tag, TagPart part, Person me, Refusal? whyNot, CancellationToken token)
        {
            var (id, now) = (tag.TextOf(part) ?? 0, clock.GetUtcNow());
            var text = id == 0 ? new RevisedText() : await db.TextOf(id, token);
            var waiting = await db.Find<long?>("select id from suggested_edits where post_id = @id and outcome is null", new { id }, token);
            var whyNotSuggest = whyNot is null
                ? null
                : SuggestionRules.WhyNotSuggest(
                    me, new PostFacts { Kind = (int)part, Title = tag.Name }, await db.SuggestionFacts(me.Id, id, settings, now, token), settings, now);
            return new Text(part, text.Body, text.Basis, TagTextRules.Limits(part, settings.Tags), waiting, whyNotSuggest);
        }
    }
}

/// <summary>How long texts of tags may be.</summary>
internal static class TagTextRules
{
    public static LengthRange Limits(TagPart part, TagSettings settings) => part == TagPart.Excerpt ? settings.Excerpt : settings.Wiki;

    /// <summary>A text of a tag no shorter and no longer than its part may be.</summary>
    public static void HasTagText<T>(this AbstractValidator<T> rules, TagSettings settings) where T : ITagText
    {
        rules.RuleFor(e => e.Part).IsInEnum().WithErrorCode("tags.no-part");
        rules.RuleFor(e => e.Body).HasLength(settings.Excerpt).When(e => e.Part == TagPart.Excerpt);
        rules.RuleFor(e => e.Body).HasLength(settings.Wiki).When(e => e.Part == TagPart.Wiki);
    }
}

/// <summary>Texts of tags, for the handlers that change them.</summary>
internal static class TagTextEdits
{
    /// <summary>What a text of a tag says so far; null when it says nothing.</summary>
    public static async Task<string?> TagTextBefore(this Db db, ITagText wanted, CancellationToken token) =>
        (await db.TagNamed(wanted.Tag, null, token)).TextOf(wanted.Part) is { } post ? await db.TextBefore(post, token) : null;

    /// <summary>Renders a text for a tag.</summary>
    /// <exception cref="ValidationException">It cannot be rendered.</exception>
    public static async Task PrepareTag(this PostRendering text, Db db, ITagText wanted, CancellationToken token)
    {
        var tag = await db.TagNamed(wanted.Tag, null, token);
        await text.Prepare(tag.TextOf(wanted.Part) ?? 0, wanted.Body, nameof(wanted.Body), token);
    }

    /// <summary>A tag's text, made if need be, as it is before an edit that began from a basis.</summary>
    /// <exception cref="ConflictException">It has changed since.</exception>
    public static async Task<(PostFacts Post, RevisedText Was)> TagText(
        this Db db, FoundTag tag, TagPart part, string? basis, CurrentUser user, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var post = await db.VisibleText(await db.TextFor(tag, part, settings.License, now, token), user, settings, token);
        var was = await db.TextOf(post.Id, token);
        return basis is null || basis == was.Basis ? (post, was) : throw new ConflictException(new("editing.changed-meanwhile"));
    }
}
