using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Suggestions;

/// <summary>
/// Suggests an edit of a question or an answer to those who may edit freely, and returns its id. Whoever is not signed in may where the
/// settings say so; the Community user stands for them. Rules: <see cref="SuggestionRules"/>, docs/rules/suggested-edits.md.
/// </summary>
/// <param name="PostId">Which post.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Title">Of a question; null leaves it.</param>
/// <param name="Tags">Of a question, names separated by blanks or commas; null leaves them.</param>
/// <param name="Comment">What was changed and why: reviewers read it.</param>
/// <param name="Basis"><see cref="EditingRules.Basis"/> of the text the edit began from; null: whatever is there.</param>
/// <exception cref="ConflictException">The text has changed since.</exception>
[For(Who.Anyone)]
public sealed record SuggestEdit(long PostId, string Body, string? Title = null, string? Tags = null, string Comment = "", string? Basis = null) : IRequest<long>, ICommand, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Title), Title, WrittenKind.Line), new(nameof(Body), Body, WrittenKind.Text), new(nameof(Comment), Comment, WrittenKind.Line)];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) => db.TextBefore(PostId, token);

    internal sealed class Rules : AbstractValidator<SuggestEdit>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(e => e.Body).HasLength(settings.Limits.Body);
            RuleFor(e => e.Title!).HasLength(settings.Limits.Title).When(e => e.Title is not null);
            RuleFor(e => e.Tags!).AreTags(settings.Limits).When(e => e.Tags is not null);
            RuleFor(e => e.Comment).HasLength(settings.Limits.SuggestionComment);
        }
    }

    internal sealed class Rendering(PostRendering text) : IPrepare<SuggestEdit>
    {
        public Task Prepare(SuggestEdit request, CancellationToken token) => text.Prepare(request.PostId, request.Body, nameof(request.Body), token);
    }

    internal sealed class Handler(Db db, CurrentUser user, PostRendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<SuggestEdit, long>
    {
        public async Task<long> Handle(SuggestEdit suggest, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            WhyNotTry(user, now, settings)?.Throw();
            var me = user.IsSignedIn ? await db.Me(user, token) : Strangers.Anybody;
            var post = await db.VisiblePost(suggest.PostId, user, settings, token);
            SuggestionRules.WhyNotSuggest(me, post, await db.SuggestionFacts(me.Id, post.Id, settings, now, token), settings, now)?.Throw();

            var was = await db.TextOf(post.Id, token);
            if (suggest.Basis is not null && suggest.Basis != was.Basis)
                throw new ConflictException(new("editing.changed-meanwhile"));

            var becomes = text.Apply(post, was, suggest.Title, await db.Masters(suggest.Tags, now, token));
            if (becomes == was)
                new Refusal("editing.nothing-changed").Throw();
            if (!SuggestionRules.IsEnough(was, becomes, settings.Limits))
                new Refusal("suggestions.too-small", settings.Limits.SuggestedChange).Throw();
            if (becomes.Body != was.Body)
                QuestionRules.WhyNotLink(me, text.Body.Links, settings)?.Throw();
            if (becomes.Tags != was.Tags)
                await db.MayTag(TagNames.Parse(was.Tags), TagNames.Parse(becomes.Tags), me, settings, token);

            var author = user.Id ?? Strangers.Owner;
            var id = await db.Suggest(was, becomes, author, suggest.Comment, now, token);
            happened.Note(new EditSuggested(id, post.Id, post.QuestionId, author));
            return id;
        }

        private static Refusal? WhyNotTry(CurrentUser user, DateTimeOffset now, ForumSettings settings) => user switch
        {
            { IsSignedIn: false } when !settings.Limits.AnonymousSuggestions => Refusals.SignIn,
            { SuspendedUntil: { } until } when until > now => new Refusal("moderation.suspended", until),
            _ => null,
        };
    }
}

/// <summary>An edit was suggested for a post.</summary>
public sealed record EditSuggested(long EditId, long PostId, long QuestionId, long AuthorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>Takes back an edit that one suggested and that still waits.</summary>
public sealed record WithdrawSuggestedEdit(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<WithdrawSuggestedEdit>
    {
        public async Task Handle(WithdrawSuggestedEdit withdraw, CancellationToken token)
        {
            var edit = await db.Suggestion(withdraw.Id, token);
            var post = await db.VisibleText(edit.PostId, user, settings, token);
            if (edit.AuthorId != user.Required)
                new Refusal("suggestions.not-yours").Throw();

            await db.Decide(edit.Id, SuggestionOutcome.Withdrawn, "", user.Required, clock.GetUtcNow(), token);
            happened.Note(new SuggestionDecided(edit.Id, post.Id, post.QuestionId, edit.AuthorId, user.Required, SuggestionOutcome.Withdrawn));
        }
    }
}
