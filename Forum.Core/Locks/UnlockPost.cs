using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Locks;

/// <summary>Unlocks a post. Rules: docs/rules/locks.md.</summary>
[For(Who.Moderator)]
public sealed record UnlockPost(long PostId, string Reason = "") : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<UnlockPost>
    {
        public Rules(ForumSettings settings) => RuleFor(l => l.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<UnlockPost>
    {
        public async Task Handle(UnlockPost unlock, CancellationToken token)
        {
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(unlock.PostId, user, settings, token);
            LockRules.WhyNotUnlock(me, post)?.Throw();

            var locked = await db.Get<Row>("select locked_until as Until from posts where id = @Id", new { post.Id }, token);
            await db.Unlock(post.Id, token);
            await db.Log(post.Id, Locks.Unlocked, me.Id, clock.GetUtcNow(), token);
            await log.Record(Unlocked(post, locked.Until) with { Reason = TextLength.Line(unlock.Reason) }, token);
            happened.Note(new PostLockChanged(post.Id, post.QuestionId, Kind: null));
        }
    }

    private sealed record Row
    {
        public DateTimeOffset? Until { get; init; }
    }

    internal static Act Unlocked(PostFacts post, DateTimeOffset? until) => new("unlock", ActSubject.Post, post.Id)
    {
        ConcernsId = post.AuthorId, Before = new { Kind = (int?)post.Lock, Until = until?.ToUnixTimeMilliseconds() },
    };
}

/// <summary>What was unlocked is locked again as it was, for the rest of its time.</summary>
internal sealed class UndoUnlock : IUndo
{
    public string Action => "unlock";

    public IBaseRequest? Command(LoggedAct act) => act.FormerValue("Kind") is { } kind
        ? new LockPost(act.SubjectId, (LockKind)kind, LockLength.Permanent, act.Reason)
        {
            Until = act.FormerValue("Until") is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        }
        : null;
}
