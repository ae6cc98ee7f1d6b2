using FluentValidation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Departures;

/// <summary>
/// Asks for one's own account to be deleted, after a while in which one can still keep it. Whoever sends it has seen the password. Also for
/// those who are suspended. Rules: docs/rules/departures.md, section 1.
/// </summary>
/// <param name="IsSure">Whether the person said so a second time.</param>
/// <exception cref="ConflictException">It is asked for already.</exception>
[For(Who.Anyone)]
public sealed record LeaveForum(bool IsSure) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<LeaveForum>
    {
        public Rules() => RuleFor(l => l.IsSure).Equal(true).WithErrorCode("departures.not-sure");
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<LeaveForum>
    {
        public async Task Handle(LeaveForum leave, CancellationToken token)
        {
            var (me, now) = (user.Required, clock.GetUtcNow());
            var plan = await db.Plan(me, settings.Departures, token) ?? throw new NotFoundException();
            DepartureRules.WhyNotLeave(plan)?.Throw();
            if (await db.OpenDeparture(me, token) is { DueAt: not null })
                throw new ConflictException(new Refusal("departures.asked-already"));

            // Whoever leaves need not be merged first.
            await db.MakeWay(me, now, token);
            await db.Add(
                new Departure { UserId = me, Kind = DepartureKind.Deleted, AskedBy = me, AskedAt = now, DueAt = now + settings.Departures.Waits, KeepsVotes = true }, token);
            happened.Note(new DepartureAsked(me));
        }
    }
}

/// <summary>Keeps one's account after all. Rules: docs/rules/departures.md, section 1.</summary>
/// <exception cref="ConflictException">It was not to be deleted, or not by oneself.</exception>
[For(Who.Anyone)]
public sealed record KeepMyAccount : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Happened happened, TimeProvider clock) : IRequestHandler<KeepMyAccount>
    {
        public async Task Handle(KeepMyAccount keep, CancellationToken token)
        {
            var me = user.Required;
            var kept = await db.Execute(
                "update departures set called_off_at = @now where user_id = @me and asked_by = @me and finished_at is null and called_off_at is null and begun_at is null",
                new { me, now = clock.GetUtcNow() }, token);
            if (kept == 0)
                throw new ConflictException(new Refusal("departures.not-asked"));
            happened.Note(new DepartureAsked(me));
        }
    }
}

/// <summary>Somebody asked for an account to end, or not to.</summary>
public sealed record DepartureAsked(long UserId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(UserId);
}

/// <summary>What would change for the one who asks if they left, and whether they are about to.</summary>
public sealed record ShowMyDeparture : IRequest<ShowMyDeparture.View>
{
    /// <param name="Plan">What would change.</param>
    /// <param name="KeepsVotes">Whether their votes would stay.</param>
    /// <param name="Open">What they asked for already.</param>
    /// <param name="Waits">How long they could still keep it.</param>
    /// <param name="WhyNot">Why it is not to be had.</param>
    public sealed record View(DeparturePlan Plan, bool KeepsVotes, Departure? Open, TimeSpan Waits, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowMyDeparture, View>
    {
        public async Task<View> Handle(ShowMyDeparture show, CancellationToken token)
        {
            var plan = await db.Plan(user.Required, settings.Departures, token) ?? throw new NotFoundException();
            var open = await db.OpenDeparture(plan.Id, token);
            return new View(
                plan, DepartureRules.KeepsVotes(plan, settings.Departures), open?.AskedBy == plan.Id ? open : null, settings.Departures.Waits, DepartureRules.WhyNotLeave(plan));
        }
    }
}
