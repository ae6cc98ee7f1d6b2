using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Locks;

/// <summary>Locks a post against what its kind of lock is against. Rules: docs/rules/locks.md.</summary>
/// <param name="PostId">The question or answer.</param>
/// <param name="Kind">Why, which says against what.</param>
/// <param name="Length">How long.</param>
/// <param name="Reason">What to say of it in the log, plain text.</param>
[For(Who.Moderator)]
public sealed record LockPost(long PostId, LockKind Kind, LockLength Length, string Reason = "") : IRequest, ICommand
{
    /// <summary>When it ends, of a lock that is put back; else <see cref="Length"/> says so.</summary>
    public DateTimeOffset? Until { get; init; }

    internal sealed class Rules : AbstractValidator<LockPost>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(l => l.Kind).IsInEnum().WithErrorCode("locks.no-kind");
            RuleFor(l => l.Length).IsInEnum().WithErrorCode("locks.no-length");
            RuleFor(l => l.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<LockPost>
    {
        public async Task Handle(LockPost request, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(request.PostId, user, settings, token);
            LockRules.WhyNotLock(me, post, request.Kind, request.Until is null ? request.Length : LockLength.Permanent)?.Throw();
            if (request.Until <= now)
                new Refusal("locks.over").Throw();

            var until = request.Until ?? LockRules.End(request.Length, now, settings.Locks);
            await db.Lock(post.Id, request.Kind, now, until, me.Id, token);
            await db.Log(post.Id, Locks.Locked, me.Id, now, token);
            await log.Record(
                new Act("lock", ActSubject.Post, post.Id)
                {
                    ConcernsId = post.AuthorId, After = new { Kind = (int)request.Kind, Until = until?.ToUnixTimeMilliseconds() }, Reason = TextLength.Line(request.Reason),
                }, token);
            happened.Note(new PostLockChanged(post.Id, post.QuestionId, request.Kind));
        }
    }
}

/// <summary>A post was locked, or unlocked.</summary>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="Kind">Why; null: it is locked no more.</param>
public sealed record PostLockChanged(long PostId, long QuestionId, LockKind? Kind) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>The kinds of the timeline's rows, as a dump calls them.</summary>
internal static class Locks
{
    public const string Locked = "locked";
    public const string Unlocked = "unlocked";
}

/// <summary>A lock is undone by unlocking.</summary>
internal sealed class UndoLock : IUndo
{
    public string Action => "lock";

    public IBaseRequest Command(LoggedAct act) => new UnlockPost(act.SubjectId);
}
