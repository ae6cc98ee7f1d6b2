using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Redactions;

/// <summary>Agrees to hiding revisions; when enough do, they are hidden. Rules: docs/rules/editing.md.</summary>
/// <exception cref="NotFoundException">There is no such proposal, or its post is not theirs to see.</exception>
[For(Who.Moderator)]
public sealed record AgreeToRedaction(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<AgreeToRedaction>
    {
        public async Task Handle(AgreeToRedaction agree, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var (redaction, post) = await db.VisibleRedaction(agree.Id, user, settings, token);
            RedactionRules.WhyNotAgree(me, redaction.State, redaction.IsMine)?.Throw();

            // Somebody may have brought the text back since it was proposed.
            var (revisions, named) = (await db.RevisionsOf(post.Id, token), await db.NamedBy(redaction.Id, token));
            if (named.Any(number => RedactionRules.IsCurrent(revisions, number)))
                new Refusal("redactions.current").Throw();

            await db.Execute(
                "insert into redaction_supports (redaction_id, user_id, at) values (@Id, @me, @now) on conflict do nothing", new { redaction.Id, me = me.Id, now }, token);
            var isCarried = RedactionRules.IsCarried(me, redaction.Supporters + (redaction.IsMine ? 0 : 1), settings.Redaction.Moderators);
            await log.Record(
                new Act(isCarried ? "redact" : "agree-to-redaction", ActSubject.Post, post.Id)
                {
                    ConcernsId = post.AuthorId, After = new { Redaction = redaction.Id, Revisions = named }, Reason = redaction.Reason,
                }, token);
            if (!isCarried)
                return;

            await db.Hide(redaction, revisions, named, me.Id, now, token);
            happened.Note(RevisionsRedacted.Of(post));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "redact";

        public IBaseRequest? Command(LoggedAct act) => act.Value("Redaction") is { } id ? new RestoreRedacted(id) : null;
    }
}

/// <summary>Drops a proposal to hide revisions: whoever made it takes it back, or another moderator sees no need. Rules: docs/rules/editing.md.</summary>
[For(Who.Moderator)]
public sealed record DropRedaction(long Id, string Reason = "") : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<DropRedaction>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, TimeProvider clock) : IRequestHandler<DropRedaction>
    {
        public async Task Handle(DropRedaction drop, CancellationToken token)
        {
            var (redaction, post) = await db.VisibleRedaction(drop.Id, user, settings, token);
            RedactionRules.WhyNotDrop(redaction.State)?.Throw();

            await db.Decide(redaction.Id, RedactionState.Dropped, clock.GetUtcNow(), token);
            await log.Record(
                new Act("drop-redaction", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, Before = new { Redaction = redaction.Id }, Reason = TextLength.Line(drop.Reason) }, token);
        }
    }
}

/// <summary>Shows again what was hidden. Rules: docs/rules/editing.md.</summary>
[For(Who.Moderator)]
public sealed record RestoreRedacted(long Id, string Reason = "") : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<RestoreRedacted>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RestoreRedacted>
    {
        public async Task Handle(RestoreRedacted restore, CancellationToken token)
        {
            var (redaction, post) = await db.VisibleRedaction(restore.Id, user, settings, token);
            RedactionRules.WhyNotOpen(redaction.State)?.Throw();

            await db.Show(redaction, user.Required, clock.GetUtcNow(), token);
            await log.Record(
                new Act("restore-redacted", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, Before = new { Redaction = redaction.Id }, Reason = TextLength.Line(restore.Reason) }, token);
            happened.Note(RevisionsRedacted.Of(post));
        }
    }
}
