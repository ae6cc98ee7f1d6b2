using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Redactions;

/// <summary>
/// Proposes to hide a revision from everybody, because it says what must not be known, and returns the proposal's id. Where one moderator is
/// enough, or an administrator proposes it, it is hidden at once. Rules: docs/rules/editing.md.
/// </summary>
/// <param name="PostId">The post.</param>
/// <param name="Number">The revision; those with the same text are hidden with it.</param>
/// <param name="Reason">Why, for moderators. It does not repeat what is hidden.</param>
[For(Who.Moderator)]
public sealed record ProposeRedaction(long PostId, int Number, string Reason) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<ProposeRedaction>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.Reason).HasLength(new LengthRange(1, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ProposeRedaction, long>
    {
        public async Task<long> Handle(ProposeRedaction propose, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisibleText(propose.PostId, user, settings, token);
            var revisions = await db.RevisionsOf(post.Id, token);
            var revision = revisions.FirstOrDefault(known => known.Number == propose.Number) ?? throw new NotFoundException();
            RedactionRules.WhyNotPropose(
                me, revision.RedactionId is not null, await db.IsOneWaiting(post.Id, token), RedactionRules.IsCurrent(revisions, revision.Number))?.Throw();

            var named = RedactionRules.Named(revisions, revision.Number);
            var reason = TextLength.Line(propose.Reason);
            var id = await db.Get<long>(
                "insert into redactions (post_id, reason, proposed_by, proposed_at) values (@Id, @reason, @me, @now) returning id", new { post.Id, reason, me = me.Id, now }, token);
            await db.Execute("insert into redaction_supports (redaction_id, user_id, at) values (@id, @me, @now)", new { id, me = me.Id, now }, token);
            foreach (var number in named)
                await db.Execute("insert into redacted_revisions (redaction_id, number) values (@id, @number)", new { id, number }, token);
            await log.Record(
                new Act("propose-redaction", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Redaction = id, Revisions = named }, Reason = reason }, token);
            if (!RedactionRules.IsCarried(me, 1, settings.Redaction.Moderators))
                return id;

            await db.Hide(new Redaction { Id = id, PostId = post.Id }, revisions, named, me.Id, now, token);
            await log.Record(new Act("redact", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Redaction = id, Revisions = named }, Reason = reason }, token);
            happened.Note(RevisionsRedacted.Of(post));
            return id;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "propose-redaction";

        public IBaseRequest? Command(LoggedAct act) => act.Value("Redaction") is { } id ? new DropRedaction(id) : null;
    }
}

/// <summary>What proposing asks.</summary>
internal static class Proposing
{
    public static Task<bool> IsOneWaiting(this Db db, long postId, CancellationToken token) =>
        db.Get<bool>("select exists (select 1 from redactions where post_id = @postId and state = 0)", new { postId }, token);
}
