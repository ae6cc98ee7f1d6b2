using FluentValidation;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.PostNotices;

/// <summary>Puts a notice above a post. Rules: docs/rules/notices.md.</summary>
/// <param name="PostId">The question or answer.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Days">After how many days it goes by itself; null: somebody takes it away.</param>
/// <param name="Reason">What to say of it in the log, plain text.</param>
[For(Who.Moderator)]
public sealed record PlaceNotice(long PostId, NoticeKind Kind, int? Days = null, string Reason = "") : IRequest, ICommand
{
    /// <summary>When it goes, of a notice that is put back; else <see cref="Days"/> says so.</summary>
    public DateTimeOffset? Until { get; init; }

    internal sealed class Rules : AbstractValidator<PlaceNotice>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(n => n.Kind).IsInEnum().WithErrorCode("notices.no-kind");
            RuleFor(n => n.Days).InclusiveBetween(1, settings.Notices.MostDays).WithErrorCode("notices.days-range").WithState(_ => new object[] { settings.Notices.MostDays });
            RuleFor(n => n.Reason).HasLength(new LengthRange(0, settings.Limits.EditComment));
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<PlaceNotice>
    {
        public async Task Handle(PlaceNotice place, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(place.PostId, user, settings, token);
            NoticeRules.WhyNotPlace(me, post, await db.Notice(post.Id, place.Kind, now, token) is not null)?.Throw();
            if (place.Until <= now)
                new Refusal("notices.over").Throw();

            var until = place.Until ?? (place.Days is { } days ? now.AddDays(days) : null);
            // One whose time is over may still be there, until it is ended.
            await db.Execute(
                """
                insert into post_notices (post_id, kind, by_id, at, ends_at)
                values (@Id, @Kind, @me, @now, @until)
                on conflict (post_id, kind) do update set by_id = excluded.by_id, at = excluded.at, ends_at = excluded.ends_at
                """,
                new { post.Id, place.Kind, me = me.Id, now, until }, token);
            await db.Event(post.Id, NoticeRows.Added, me.Id, new { Kind = NoticeRules.KeyOf(place.Kind) }, now, token);
            await log.Record(
                new Act("place-notice", ActSubject.Post, post.Id)
                {
                    ConcernsId = post.AuthorId, After = new { Kind = (int)place.Kind, Until = until?.ToUnixTimeMilliseconds() }, Reason = TextLength.Line(place.Reason),
                }, token);
            happened.Note(new PostNoticeChanged(post.Id, post.QuestionId, place.Kind, IsThere: true));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "place-notice";

        public IBaseRequest? Command(LoggedAct act) => act.Value("Kind") is { } kind ? new RemoveNotice(act.SubjectId, (NoticeKind)kind) : null;
    }
}
