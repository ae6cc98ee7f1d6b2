using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Discipline;

/// <summary>
/// Writes to a person in the moderators' name, or warns them: a warning is acknowledged before the person writes anything else. Returns the message's
/// number. Rules: docs/rules/discipline.md, sections 1 and 2.
/// </summary>
/// <param name="UserId">To whom.</param>
/// <param name="IsWarning">Whether it is a warning.</param>
/// <param name="Template">What it is about: one of <see cref="Templates.All"/>.</param>
/// <param name="Body">Plain text.</param>
[For(Who.Moderator)]
public sealed record WriteToPerson(long UserId, bool IsWarning, string? Template, string Body) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<WriteToPerson>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(w => w.Template).Must(template => Templates.All.Contains(template)).WithErrorCode("discipline.no-template");
            RuleFor(w => w.Body).HasLength(settings.Discipline.Message);
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<WriteToPerson, long>
    {
        public async Task<long> Handle(WriteToPerson write, CancellationToken token)
        {
            var me = await db.Me(user, token);
            var who = await db.Subject(write.UserId, token);
            DisciplineRules.WhyNot(me, user.IsAdministrator, who)?.Throw();

            var kind = write.IsWarning ? MessageKind.Warning : MessageKind.Message;
            var id = await db.Write(new NewMessage(who.Id, kind, write.Template!, write.Body), me.Id, happened, clock.GetUtcNow(), token);
            await log.Record(
                new Act(write.IsWarning ? "warn" : "message", ActSubject.User, who.Id) { ConcernsId = who.Id, After = new { MessageId = id, Template = write.Template } }, token);
            return id;
        }
    }
}

/// <summary>
/// Suspends a person for some days, with a message that says why: until then they only read, and answer the moderators. One who is suspended already is
/// so anew from now on. Returns the suspension's number. Rules: docs/rules/discipline.md, section 3.
/// </summary>
/// <param name="UserId">Whom.</param>
/// <param name="Days">For how long.</param>
/// <param name="Template">Why: one of <see cref="Templates.All"/>.</param>
/// <param name="Body">Plain text, to the person.</param>
[For(Who.Moderator)]
public sealed record SuspendPerson(long UserId, int Days, string? Template, string Body) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<SuspendPerson>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(s => s.Days).Must(days => days >= 1 && days <= settings.Discipline.LongestSuspension)
                .WithErrorCode("discipline.days").WithState(_ => new object[] { settings.Discipline.LongestSuspension });
            RuleFor(s => s.Template).Must(template => Templates.All.Contains(template)).WithErrorCode("discipline.no-template");
            RuleFor(s => s.Body).HasLength(settings.Discipline.Message);
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<SuspendPerson, long>
    {
        public async Task<long> Handle(SuspendPerson suspend, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var who = await db.Subject(suspend.UserId, token);
            DisciplineRules.WhyNot(me, user.IsAdministrator, who)?.Throw();

            var until = now.AddDays(suspend.Days);
            var message = await db.Write(new NewMessage(who.Id, MessageKind.Suspension, suspend.Template!, suspend.Body, suspend.Days), me.Id, happened, now, token);
            var id = await db.Get<long>(
                """
                insert into suspensions (user_id, by_id, message_id, begins_at, ends_at) values (@UserId, @me, @message, @now, @until) returning id
                """,
                new { suspend.UserId, me = me.Id, message, now, until }, token);
            await db.Execute("update users set suspended_until = @until where id = @UserId", new { suspend.UserId, until }, token);
            await log.Record(
                new Act("suspend", ActSubject.User, who.Id)
                {
                    ConcernsId = who.Id,
                    Before = who.SuspendedUntil > now ? new { Until = who.SuspendedUntil } : null,
                    After = new { SuspensionId = id, suspend.Days, Until = until, MessageId = message, suspend.Template },
                }, token);
            return id;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "suspend";

        public IBaseRequest? Command(LoggedAct act) => new LiftSuspension(act.SubjectId, "");
    }
}

/// <summary>Ends a suspension before its time; the person is told. Rules: docs/rules/discipline.md, section 3.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Body">What the person is told besides; may be empty.</param>
/// <exception cref="ConflictException">They are not suspended.</exception>
[For(Who.Moderator)]
public sealed record LiftSuspension(long UserId, string Body) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<LiftSuspension>
    {
        public Rules(ForumSettings settings) => RuleFor(l => l.Body).HasLength(new LengthRange(0, settings.Discipline.Message.Max));
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<LiftSuspension>
    {
        public async Task Handle(LiftSuspension lift, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var who = await db.Subject(lift.UserId, token);
            DisciplineRules.WhyNot(me, user.IsAdministrator, who)?.Throw();
            if (DisciplineRules.WhyNotLift(who, now) is { } none)
                throw new ConflictException(none);

            await db.Execute(
                "update suspensions set lifted_at = @now, lifted_by = @me where user_id = @UserId and lifted_at is null and ends_at > @now", new { lift.UserId, me = me.Id, now }, token);
            await db.Execute("update users set suspended_until = null where id = @UserId", new { lift.UserId }, token);
            await db.Write(new NewMessage(who.Id, MessageKind.Lifting, "", lift.Body), me.Id, happened, now, token);
            await log.Record(new Act("lift-suspension", ActSubject.User, who.Id) { ConcernsId = who.Id, Before = new { Until = who.SuspendedUntil } }, token);
        }
    }
}
