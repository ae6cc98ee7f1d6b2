using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Departures;

/// <summary>Asks for two accounts of one person to become one, when an administrator agrees. Rules: docs/rules/departures.md, section 4.</summary>
/// <param name="UserId">The account that ends.</param>
/// <param name="IntoId">The one that stays.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="IsSure">Whether the moderator said so a second time.</param>
[For(Who.Moderator)]
public sealed record AskForMerge(long UserId, long? IntoId, string Reason, bool IsSure) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<AskForMerge>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(m => m.Reason).HasLength(settings.Departures.Reason);
            RuleFor(m => m.IsSure).Equal(true).WithErrorCode("departures.not-sure");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<AskForMerge>
    {
        public async Task Handle(AskForMerge ask, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var plan = await db.Plan(ask.UserId, settings.Departures, token) ?? throw new NotFoundException();
            var into = ask.IntoId is { } target ? await db.Plan(target, settings.Departures, token) : null;
            DepartureRules.WhyNot(People.Seen(user), plan)?.Throw();
            // What was typed is wrong: it is said where it was typed.
            if (DepartureRules.WhyNotMerge(People.Seen(user), plan, into) is { } wrong)
                throw new ValidationException([new ValidationFailure(nameof(IntoId), "") { ErrorCode = wrong.Code, CustomState = wrong.Arguments }]);

            if (await db.OpenDeparture(plan.Id, token) is not null)
                throw new ConflictException(new Refusal("departures.open-already"));
            await db.Add(new Departure { UserId = plan.Id, Kind = DepartureKind.Merged, IntoId = into!.Id, AskedBy = user.Required, AskedAt = now, Reason = TextLength.Clean(ask.Reason) }, token);
            await log.Record(new Act("ask-merge-accounts", ActSubject.User, plan.Id) { ConcernsId = into.Id, Reason = TextLength.Clean(ask.Reason) }, token);
            happened.Note(new DepartureAsked(plan.Id));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "ask-merge-accounts";

        public IBaseRequest Command(LoggedAct act) => new DeclineMerge(act.SubjectId);
    }
}

/// <summary>Agrees to a merge that a moderator asked for: it begins. Cannot be undone. Rules: docs/rules/departures.md, section 4.</summary>
/// <param name="UserId">The account that ends.</param>
/// <param name="IsSure">Whether the administrator said so a second time.</param>
/// <exception cref="ConflictException">Nobody asked for it, or it is under way.</exception>
[For(Who.Administrator)]
public sealed record AgreeToMerge(long UserId, bool IsSure) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<AgreeToMerge>
    {
        public Rules() => RuleFor(m => m.IsSure).Equal(true).WithErrorCode("departures.not-sure");
    }

    internal sealed class Handler(Db db, CurrentUser user, Leaving leaving, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<AgreeToMerge>
    {
        public async Task Handle(AgreeToMerge agree, CancellationToken token)
        {
            ArgumentNullException.ThrowIfNull(log);
            ArgumentNullException.ThrowIfNull(happened);
            var now = clock.GetUtcNow();
            if (await db.OpenDeparture(agree.UserId, token) is not { Kind: DepartureKind.Merged, IsWaiting: true, IntoId: { } into } open)
                throw new ConflictException(new Refusal("departures.no-merge"));
            var plan = await db.Plan(open.UserId, settings.Departures, token) ?? throw new NotFoundException();
            DepartureRules.WhyNotMerge(People.Seen(user), plan, await db.Plan(into, settings.Departures, token))?.Throw();
            if (await db.OpenDeparture(into, token) is { IsWaiting: false })
                throw new ConflictException(new Refusal("departures.under-way"));

            await db.Execute("update departures set agreed_by = @me, due_at = @now where id = @Id", new { open.Id, me = user.Required, now }, token);
            await leaving.Begin(open, token);
        }
    }
}

/// <summary>Calls off a merge that a moderator asked for. Rules: docs/rules/departures.md, section 4.</summary>
/// <exception cref="ConflictException">Nobody asked for it, or it is under way.</exception>
[For(Who.Moderator)]
public sealed record DeclineMerge(long UserId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<DeclineMerge>
    {
        public async Task Handle(DeclineMerge decline, CancellationToken token)
        {
            if (await db.OpenDeparture(decline.UserId, token) is not { Kind: DepartureKind.Merged, IsWaiting: true } open)
                throw new ConflictException(new Refusal("departures.no-merge"));
            await db.Execute("update departures set called_off_at = @now where id = @Id", new { open.Id, now = clock.GetUtcNow() }, token);
            await log.Record(new Act("decline-merge-accounts", ActSubject.User, open.UserId) { ConcernsId = open.IntoId }, token);
            happened.Note(new DepartureAsked(open.UserId));
        }
    }
}
