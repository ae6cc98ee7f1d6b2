using Forum.Core.Discipline;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Connections;

/// <summary>
/// How a person's account is connected with others: addresses, mailboxes, votes. To the moderator who just said why, and to nobody later. Moderators
/// among the others are shown to administrators alone, and nobody sees votes of or for themselves. Rules: docs/rules/insight.md, section 4.
/// </summary>
/// <param name="LookId">What <see cref="LookAtConnections"/> returned.</param>
/// <exception cref="NotFoundException">There is no such look, it was somebody else's, or it was too long ago.</exception>
[For(Who.Moderator)]
public sealed record ShowConnections(long LookId) : IRequest<ShowConnections.View>
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    /// <param name="UserId">Whose.</param>
    /// <param name="Addresses">From where they signed in and wrote, newest first.</param>
    /// <param name="OnAddress">Others at the same addresses.</param>
    /// <param name="OnNetwork">Others nearby: at other addresses of the same networks.</param>
    /// <param name="OnMailbox">Others whose mail arrives in the same mailbox.</param>
    /// <param name="VotesFor">For whom they vote most.</param>
    /// <param name="VotesOf">Who votes for them most.</param>
    public sealed record View(
        long UserId, IReadOnlyList<Sighting> Addresses, IReadOnlyList<Neighbour> OnAddress, IReadOnlyList<Neighbour> OnNetwork, IReadOnlyList<Neighbour> OnMailbox,
        IReadOnlyList<Votes> VotesFor, IReadOnlyList<Votes> VotesOf);

    /// <summary>An address somebody was at.</summary>
    public sealed record Sighting
    {
        public string Address { get; init; } = "";
        public string Network { get; init; } = "";
        public DateTimeOffset FirstAt { get; init; }
        public DateTimeOffset LastAt { get; init; }
        public int Times { get; init; }

        /// <summary>Other accounts at it.</summary>
        public int Others { get; init; }
    }

    /// <summary>Another account.</summary>
    public sealed record Neighbour
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }

        /// <summary>The address or the network it shares; of a mailbox, empty.</summary>
        public string At { get; init; } = "";
        public DateTimeOffset FirstAt { get; init; }
        public DateTimeOffset LastAt { get; init; }
        public int Times { get; init; }
    }

    /// <summary>Votes between the person and another.</summary>
    public sealed record Votes
    {
        /// <summary>The other.</summary>
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Up { get; init; }
        public int Down { get; init; }

        /// <summary>Of all votes that the voter cast, those for anybody.</summary>
        public int Total { get; init; }
        public DateTimeOffset First { get; init; }
        public DateTimeOffset Last { get; init; }

        /// <summary>The part that these are of them, in percent.</summary>
        public int Share => Total == 0 ? 0 : (int)(100L * (Up + Down) / Total);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowConnections, View>
    {
        private const string Neighbours = "u.id as Id, u.name as Name, u.reputation as Reputation, u.created_at as CreatedAt, u.suspended_until as SuspendedUntil";

        // Of moderators only administrators see anything.
        private const string Seen = "(@isAll or u.is_moderator = 0 and u.is_administrator = 0)";

        public async Task<View> Handle(ShowConnections show, CancellationToken token)
        {
            var since = clock.GetUtcNow() - Lasts;
            var id = await db.Find<long?>(
                $"select subject_id from moderation_acts where id = @LookId and action = '{LookAtConnections.Action}' and actor_id = @me and at >= @since",
                new { show.LookId, me = user.Required, since }, token) ?? throw new NotFoundException();
            ConnectionRules.WhyNotLook(user.IsAdministrator, await db.Subject(id, token))?.Throw();

            var (insight, isAll, me) = (settings.Insight, user.IsAdministrator, user.Required);
            var asked = new { id, isAll, me, most = insight.ConnectionsShown, insight.VotesLookedAt };
            return new View(
                id, await Addresses(asked, token), await OnAddress(asked, token), await OnNetwork(asked, token), await OnMailbox(asked, token),
                await VotesFor(asked, token), await VotesOf(asked, token));
        }

        private Task<IReadOnlyList<Sighting>> Addresses(object asked, CancellationToken token) =>
            db.Query<Sighting>(
                $"""
                select s.address as Address, s.network as Network, s.first_at as FirstAt, s.last_at as LastAt, s.times as Times,
                       (select count(*)
                        from address_sightings o
                        join users u on u.id = o.user_id
                        where o.address = s.address and o.user_id <> s.user_id and {Seen}) as Others
                from address_sightings s
                where s.user_id = @id
                order by s.last_at desc, s.address
                limit @most
                """, asked, token);

        private Task<IReadOnlyList<Neighbour>> OnAddress(object asked, CancellationToken token) =>
            db.Query<Neighbour>(
                $"""
                select {Neighbours}, o.address as At, o.first_at as FirstAt, o.last_at as LastAt, o.times as Times
                from address_sightings s
                join address_sightings o on o.address = s.address and o.user_id <> s.user_id
                join users u on u.id = o.user_id
                where s.user_id = @id and {Seen}
                order by o.last_at desc, u.id
                limit @most
                """, asked, token);

        private Task<IReadOnlyList<Neighbour>> OnNetwork(object asked, CancellationToken token) =>
            db.Query<Neighbour>(
                $"""
                select {Neighbours}, o.network as At, min(o.first_at) as FirstAt, max(o.last_at) as LastAt, sum(o.times) as Times
                from (select distinct network from address_sightings where user_id = @id) s
                join address_sightings o on o.network = s.network and o.user_id <> @id
                join users u on u.id = o.user_id
                where {Seen} and not exists (select 1 from address_sightings e where e.user_id = @id and e.address = o.address)
                group by u.id, o.network
                order by max(o.last_at) desc, u.id
                limit @most
                """, asked, token);

        private Task<IReadOnlyList<Neighbour>> OnMailbox(object asked, CancellationToken token) =>
            db.Query<Neighbour>(
                $"""
                select {Neighbours}, u.created_at as FirstAt, u.seen_at as LastAt
                from accounts o
                join users u on u.id = o.user_id
                where o.mailbox = (select a.mailbox from accounts a where a.user_id = @id) and o.user_id <> @id and {Seen}
                order by u.id
                limit @most
                """, asked, token);

        private Task<IReadOnlyList<Votes>> VotesFor(object asked, CancellationToken token) =>
            db.Query<Votes>(
                $"""
                with cast_votes as (
                    select post_id, direction, cast_at from votes where user_id = @id order by cast_at desc limit @VotesLookedAt)
                select u.id as Id, u.name as Name, count(*) filter (where v.direction = 1) as Up, count(*) filter (where v.direction = -1) as Down,
                       (select count(*) from cast_votes) as Total, min(v.cast_at) as First, max(v.cast_at) as Last
                from cast_votes v
                join posts p on p.id = v.post_id
                join users u on u.id = p.author_id
                where u.id <> @me and {Seen}
                group by u.id
                order by count(*) desc, u.id
                limit @most
                """, asked, token);

        private Task<IReadOnlyList<Votes>> VotesOf(object asked, CancellationToken token) =>
            db.Query<Votes>(
                $"""
                select b.id as Id, b.name as Name, b.up as Up, b.down as Down, (select count(*) from votes t where t.user_id = b.id) as Total, b.first_at as First, b.last_at as Last
                from (
                    select u.id, u.name, count(*) filter (where v.direction = 1) as up, count(*) filter (where v.direction = -1) as down, min(v.cast_at) as first_at, max(v.cast_at) as last_at
                    from (select id from posts where author_id = @id and kind in (1, 2) order by id desc limit @VotesLookedAt) p
                    join votes v on v.post_id = p.id
                    join users u on u.id = v.user_id
                    where u.id <> @me and {Seen}
                    group by u.id
                    order by count(*) desc, u.id
                    limit @most) b
                order by b.up + b.down desc, b.id
                """, asked, token);
    }
}
