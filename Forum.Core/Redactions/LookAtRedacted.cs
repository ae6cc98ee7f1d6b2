using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Redactions;

/// <summary>What was hidden, for a moderator who says why they must see it; each look is in the log. Rules: docs/rules/editing.md.</summary>
[For(Who.Moderator)]
public sealed record LookAtRedacted(long Id, string Reason) : IRequest<IReadOnlyList<RedactedText>>, ICommand
{
    internal sealed class Rules : AbstractValidator<LookAtRedacted>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.Reason).HasLength(new LengthRange(1, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log) : IRequestHandler<LookAtRedacted, IReadOnlyList<RedactedText>>
    {
        public async Task<IReadOnlyList<RedactedText>> Handle(LookAtRedacted look, CancellationToken token)
        {
            var (redaction, post) = await db.VisibleRedaction(look.Id, user, settings, token);
            RedactionRules.WhyNotOpen(redaction.State)?.Throw();

            await log.Record(
                new Act("look-at-redacted", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Redaction = redaction.Id }, Reason = TextLength.Line(look.Reason) }, token);
            return await db.Query<RedactedText>(
                "select number as Number, title as Title, body as Body, tags as Tags, coalesce(comment, '') as Comment from redacted_revisions where redaction_id = @Id order by number desc",
                new { redaction.Id }, token);
        }
    }
}

/// <summary>A proposal to hide revisions, and what is before its reader to decide.</summary>
/// <exception cref="NotFoundException">There is no such proposal, or its post is not theirs to see.</exception>
[For(Who.Moderator)]
public sealed record ShowRedaction(long Id) : IRequest<ShowRedaction.View>
{
    /// <param name="Redaction">The proposal.</param>
    /// <param name="Post">The post.</param>
    /// <param name="Numbers">The revisions that it names.</param>
    /// <param name="Needed">How many moderators it takes.</param>
    /// <param name="WhyNotAgree">Why the reader may not agree; null when they may.</param>
    /// <param name="Body">While it waits: what the newest of them says.</param>
    /// <param name="BodyNow">What the post says now.</param>
    public sealed record View(Redaction Redaction, PostFacts Post, IReadOnlyList<int> Numbers, int Needed, Refusal? WhyNotAgree, string? Body, string BodyNow);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowRedaction, View>
    {
        public async Task<View> Handle(ShowRedaction show, CancellationToken token)
        {
            var (redaction, post) = await db.VisibleRedaction(show.Id, user, settings, token);
            var numbers = await db.NamedBy(redaction.Id, token);
            return new View(
                redaction, post, numbers, settings.Redaction.Moderators, RedactionRules.WhyNotAgree(People.Seen(user), redaction.State, redaction.IsMine),
                redaction.State == RedactionState.Waiting ? (await db.TextAt(post.Id, numbers[^1], token)).Body : null, (await db.TextOf(post.Id, token)).Body);
        }
    }
}

/// <summary>A revision that somebody would hide, and why they may not.</summary>
/// <exception cref="NotFoundException">There is no such post or revision, or it is not theirs to see.</exception>
[For(Who.Moderator)]
public sealed record ShowRedactionForm(long PostId, int Number) : IRequest<ShowRedactionForm.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Numbers">The revisions that would be hidden.</param>
    /// <param name="Body">What they say.</param>
    /// <param name="BodyNow">What the post says now.</param>
    /// <param name="IsAtOnce">Whether they would be hidden at once.</param>
    /// <param name="WhyNot">Why the reader may not propose it; null when they may.</param>
    public sealed record View(PostFacts Post, IReadOnlyList<int> Numbers, string Body, string BodyNow, bool IsAtOnce, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowRedactionForm, View>
    {
        public async Task<View> Handle(ShowRedactionForm show, CancellationToken token)
        {
            var post = await db.VisibleText(show.PostId, user, settings, token);
            var revisions = await db.RevisionsOf(post.Id, token);
            var revision = revisions.FirstOrDefault(known => known.Number == show.Number) ?? throw new NotFoundException();
            var (me, isHidden) = (People.Seen(user), revision.RedactionId is not null);
            var whyNot = RedactionRules.WhyNotPropose(me, isHidden, await db.IsOneWaiting(post.Id, token), RedactionRules.IsCurrent(revisions, revision.Number));
            return new View(
                post, RedactionRules.Named(revisions, revision.Number), isHidden ? "" : (await db.TextAt(post.Id, revision.Number, token)).Body, (await db.TextOf(post.Id, token)).Body,
                RedactionRules.IsCarried(me, 1, settings.Redaction.Moderators), whyNot);
        }
    }
}
