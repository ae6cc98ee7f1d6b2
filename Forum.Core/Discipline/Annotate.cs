using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Discipline;

/// <summary>Notes something about a person that only moderators read. Rules: docs/rules/discipline.md, section 4.</summary>
[For(Who.Moderator)]
public sealed record Annotate(long UserId, string Body) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<Annotate>
    {
        public Rules(ForumSettings settings) => RuleFor(a => a.Body).HasLength(settings.Discipline.Note);
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, TimeProvider clock) : IRequestHandler<Annotate, long>
    {
        public async Task<long> Handle(Annotate annotate, CancellationToken token)
        {
            var who = await db.Subject(annotate.UserId, token);
            if (who.Id <= 0 || who.RemovedAt is not null)
                new Refusal(who.Id <= 0 ? "discipline.nobody" : "discipline.removed").Throw();
            var id = await db.Get<long>(
                "insert into user_notes (user_id, author_id, body, at) values (@UserId, @me, @body, @now) returning id",
                new { annotate.UserId, me = user.Required, body = TextLength.Clean(annotate.Body), now = clock.GetUtcNow() }, token);
            await log.Record(new Act("annotate", ActSubject.User, who.Id) { ConcernsId = who.Id, After = new { NoteId = id } }, token);
            return id;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "annotate";

        public IBaseRequest? Command(LoggedAct act) => act.Value("NoteId") is { } id ? new KeepNote(id, IsKept: false) : null;
    }
}

/// <summary>Takes a note about a person away, or puts it back. Rules: docs/rules/discipline.md, section 4.</summary>
/// <exception cref="NotFoundException">There is no such note.</exception>
/// <exception cref="ConflictException">It is so already.</exception>
[For(Who.Moderator)]
public sealed record KeepNote(long Id, bool IsKept) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, TimeProvider clock) : IRequestHandler<KeepNote>
    {
        public async Task Handle(KeepNote keep, CancellationToken token)
        {
            var note = await db.Find<Row>("select user_id as UserId, deleted_at is null as IsKept from user_notes where id = @Id", new { keep.Id }, token) ?? throw new NotFoundException();
            if (note.IsKept == keep.IsKept)
                throw new ConflictException(new Refusal("discipline.note-so-already"));
            await db.Execute(
                "update user_notes set deleted_at = @at where id = @Id", new { keep.Id, at = keep.IsKept ? (DateTimeOffset?)null : clock.GetUtcNow() }, token);
            await log.Record(
                new Act(keep.IsKept ? "restore-note" : "remove-note", ActSubject.User, note.UserId) { ConcernsId = note.UserId, After = new { NoteId = keep.Id } }, token);
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "remove-note";

        public IBaseRequest? Command(LoggedAct act) => act.Value("NoteId") is { } id ? new KeepNote(id, IsKept: true) : null;
    }

    private sealed record Row
    {
        public long UserId { get; init; }
        public bool IsKept { get; init; }
    }
}

/// <summary>Says that what a person answered needs no other answer. Rules: docs/rules/discipline.md, section 1.</summary>
[For(Who.Moderator)]
public sealed record SettleThread(long UserId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, TimeProvider clock) : IRequestHandler<SettleThread>
    {
        public async Task Handle(SettleThread settle, CancellationToken token)
        {
            if (await db.Handle(settle.UserId, clock.GetUtcNow(), token) > 0)
                await log.Record(new Act("settle-thread", ActSubject.User, settle.UserId) { ConcernsId = settle.UserId }, token);
        }
    }
}
