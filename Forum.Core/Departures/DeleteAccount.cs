using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Departures;

/// <summary>
/// Deletes somebody's account at once; what follows from it is done soon after. Cannot be undone. Rules: docs/rules/departures.md, section 1.
/// </summary>
/// <param name="UserId">Whose.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="IsSure">Whether the moderator said so a second time.</param>
/// <param name="DropsVotes">Whether their votes go even when much hangs on them: an administrator's to say.</param>
[For(Who.Moderator)]
public sealed record DeleteAccount(long UserId, string Reason, bool IsSure, bool DropsVotes = false) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<DeleteAccount>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(d => d.Reason).HasLength(settings.Departures.Reason);
            RuleFor(d => d.IsSure).Equal(true).WithErrorCode("departures.not-sure");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Leaving leaving, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<DeleteAccount>
    {
        public async Task Handle(DeleteAccount delete, CancellationToken token)
        {
            var plan = await db.Plan(delete.UserId, settings.Departures, token) ?? throw new NotFoundException();
            DepartureRules.WhyNot(People.Seen(user), plan)?.Throw();
            if (delete.DropsVotes && !user.IsAdministrator)
                Refusals.AdministratorsOnly.Throw();
            await db.EndNow(DepartureKind.Deleted, delete.UserId, delete.Reason, !delete.DropsVotes, leaving, user, log, happened, clock, token);
        }
    }
}

/// <summary>
/// Deletes a spammer's account with everything they wrote, as spam. Cannot be undone. Rules: docs/rules/departures.md, section 3.
/// </summary>
/// <param name="UserId">Whose.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="IsSure">Whether the moderator said so a second time.</param>
[For(Who.Moderator)]
public sealed record DestroyAccount(long UserId, string Reason, bool IsSure) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<DestroyAccount>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(d => d.Reason).HasLength(settings.Departures.Reason);
            RuleFor(d => d.IsSure).Equal(true).WithErrorCode("departures.not-sure");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Leaving leaving, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<DestroyAccount>
    {
        public async Task Handle(DestroyAccount destroy, CancellationToken token)
        {
            var plan = await db.Plan(destroy.UserId, settings.Departures, token) ?? throw new NotFoundException();
            DepartureRules.WhyNotDestroy(People.Seen(user), user.IsAdministrator, plan, settings.Departures)?.Throw();
            await db.EndNow(DepartureKind.Destroyed, destroy.UserId, destroy.Reason, false, leaving, user, log, happened, clock, token);
        }
    }
}

/// <summary>Takes out the votes of a deleted account that were kept because much hangs on them. Rules: docs/rules/departures.md, section 1.</summary>
/// <exception cref="ConflictException">None were kept, or they are gone.</exception>
[For(Who.Administrator)]
public sealed record DropKeptVotes(long DepartureId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened) : IRequestHandler<DropKeptVotes>
    {
        public async Task Handle(DropKeptVotes drop, CancellationToken token)
        {
            var departure = await db.Departure(drop.DepartureId, token);
            // All steps are gone through again: those that find nothing do nothing.
            var dropped = await db.Execute(
                "update departures set keeps_votes = 0, step = 0, cursor = 0, finished_at = null where id = @Id and keeps_votes = 1 and begun_at is not null", new { departure.Id }, token);
            if (dropped == 0)
                throw new ConflictException(new Refusal("departures.no-kept-votes"));
            await log.Record(new Act("drop-kept-votes", ActSubject.User, departure.UserId) { ConcernsId = departure.UserId, After = new { Departure = departure.Id } }, token);
            happened.Note(new AccountEnded(departure.UserId, null));
        }
    }
}

/// <summary>What the commands that end accounts share.</summary>
internal static class Endings
{
    /// <summary>Ends an account in this transaction, instead of whatever was to end it later.</summary>
    public static async Task EndNow(
        this Db db, DepartureKind kind, long userId, string reason, bool keepsVotes, Leaving leaving, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(happened);
        var now = clock.GetUtcNow();
        await db.MakeWay(userId, now, token);
        var id = await db.Add(
            new Departure { UserId = userId, Kind = kind, AskedBy = user.Required, AskedAt = now, DueAt = now, Reason = TextLength.Clean(reason), KeepsVotes = keepsVotes }, token);
        await leaving.Begin(await db.Departure(id, token), token);
    }
}
