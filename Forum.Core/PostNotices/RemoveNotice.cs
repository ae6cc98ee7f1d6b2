using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.PostNotices;

/// <summary>Takes a notice away from above a post. Rules: docs/rules/notices.md.</summary>
[For(Who.Moderator)]
public sealed record RemoveNotice(long PostId, NoticeKind Kind, string Reason = "") : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<RemoveNotice>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(n => n.Kind).IsInEnum().WithErrorCode("notices.no-kind");
            RuleFor(n => n.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RemoveNotice>
    {
        public async Task Handle(RemoveNotice remove, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(remove.PostId, user, settings, token);
            var notice = await db.Notice(post.Id, remove.Kind, now, token);
            NoticeRules.WhyNotRemove(me, notice is not null)?.Throw();

            await db.Remove(post.Id, remove.Kind, me.Id, now, token);
            await log.Record(Removed(post.Id, post.AuthorId, notice!) with { Reason = TextLength.Line(remove.Reason) }, token);
            happened.Note(new PostNoticeChanged(post.Id, post.QuestionId, remove.Kind, IsThere: false));
        }
    }

    internal static Act Removed(long postId, long? authorId, NoticeRow notice) => new("remove-notice", ActSubject.Post, postId)
    {
        ConcernsId = authorId, Before = new { Kind = (int)notice.Kind, Until = notice.EndsAt?.ToUnixTimeMilliseconds() },
    };

    internal sealed class Undo : IUndo
    {
        public string Action => "remove-notice";

        public IBaseRequest? Command(LoggedAct act) => act.FormerValue("Kind") is { } kind
            ? new PlaceNotice(act.SubjectId, (NoticeKind)kind, null, act.Reason)
            {
                Until = act.FormerValue("Until") is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
            }
            : null;
    }
}
