using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Departures;

/// <summary>What would change if somebody's account ended, for moderators. Rules: docs/rules/departures.md.</summary>
/// <param name="Id">Whose.</param>
/// <param name="IntoId">Of a merge: the account that would stay, as far as one was named.</param>
/// <exception cref="NotFoundException">There is no such person.</exception>
[For(Who.Moderator)]
public sealed record ShowDeparture(long Id, long? IntoId = null) : IRequest<ShowDeparture.View>
{
    /// <param name="Plan">What would change.</param>
    /// <param name="Open">What waits already, or is under way.</param>
    /// <param name="KeepsVotes">Whether so much hangs on their votes that they would stay.</param>
    /// <param name="WhyNotDelete">Why it cannot be deleted.</param>
    /// <param name="WhyNotDestroy">Why it cannot be destroyed.</param>
    /// <param name="Into">Of a merge: the account that would stay.</param>
    /// <param name="WhyNotMerge">Why it cannot be merged into that; null also when none was named.</param>
    /// <param name="Doubles">Votes of the two that would go: on the same posts, and for each other.</param>
    public sealed record View(
        DeparturePlan Plan, Departure? Open, bool KeepsVotes, Refusal? WhyNotDelete, Refusal? WhyNotDestroy, DeparturePlan? Into, Refusal? WhyNotMerge, int Doubles);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowDeparture, View>
    {
        public async Task<View> Handle(ShowDeparture show, CancellationToken token)
        {
            var (rules, me) = (settings.Departures, People.Seen(user));
            var plan = await db.Plan(show.Id, rules, token) ?? throw new NotFoundException();
            var open = await db.OpenDeparture(show.Id, token);
            var target = show.IntoId ?? open?.IntoId;
            var into = target is { } id ? await db.Plan(id, rules, token) : null;
            return new View(
                plan, open, DepartureRules.KeepsVotes(plan, rules), DepartureRules.WhyNot(me, plan), DepartureRules.WhyNotDestroy(me, user.IsAdministrator, plan, rules),
                into, target is null ? DepartureRules.WhyNot(me, plan) : DepartureRules.WhyNotMerge(me, plan, into), into is null ? 0 : await Doubles(plan.Id, into.Id, token));
        }

        private Task<int> Doubles(long id, long into, CancellationToken token) =>
            db.Get<int>(
                """
                select (select count(*) from votes v join posts p on p.id = v.post_id
                        where v.user_id = @id and (p.author_id in (@id, @into) or exists (select 1 from votes o where o.post_id = v.post_id and o.user_id = @into)))
                     + (select count(*) from votes v join posts p on p.id = v.post_id where v.user_id = @into and p.author_id = @id)
                """, new { id, into }, token);
    }
}

/// <summary>Accounts that are about to end, are ending, or ended, newest first, for moderators. Rules: docs/rules/departures.md.</summary>
[For(Who.Moderator)]
public sealed record ListDepartures : IRequest<ListDepartures.View>
{
    /// <param name="Open">Those that wait or are under way.</param>
    /// <param name="Ended">The last that ended.</param>
    public sealed record View(IReadOnlyList<Departure> Open, IReadOnlyList<Departure> Ended);

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ListDepartures, View>
    {
        public async Task<View> Handle(ListDepartures list, CancellationToken token)
        {
            var most = new { settings.Departures.Listed };
            return new View(
                await db.Query<Departure>(
                    $"select {Departure.Columns} from {Departure.From} where d.finished_at is null and d.called_off_at is null order by d.due_at limit @Listed", most, token),
                await db.Query<Departure>(
                    $"select {Departure.Columns} from {Departure.From} where d.finished_at > 0 order by d.finished_at desc, d.id desc limit @Listed", most, token));
        }
    }
}
