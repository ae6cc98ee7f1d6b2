using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Fairness;

/// <summary>What suspicious pairs are ordered by.</summary>
public enum PairOrder
{
    /// <summary>Those whose votes for the author are most of all their votes.</summary>
    Share,

    /// <summary>Those with most votes.</summary>
    Count,
}

/// <summary>
/// A page of those who vote unusually often for one person, as they were counted last night. Pairs with a moderator are shown to administrators
/// alone, and nobody sees their own. Rules: docs/rules/fairness.md, "Suspicious votes".
/// </summary>
[For(Who.Moderator)]
public sealed record ListVotePairs(PairOrder Order = PairOrder.Share, int Page = 1) : IRequest<PageOf<ListVotePairs.Item>>
{
    /// <summary>A pair.</summary>
    public sealed record Item
    {
        public long VoterId { get; init; }
        public string Voter { get; init; } = "";
        public long AuthorId { get; init; }
        public string Author { get; init; } = "";
        public int Up { get; init; }
        public int Down { get; init; }

        /// <summary>Of all votes that the voter cast meanwhile.</summary>
        public int Total { get; init; }
        public DateTimeOffset First { get; init; }
        public DateTimeOffset Last { get; init; }

        /// <summary>Whether the author votes for the voter as unusually often.</summary>
        public bool IsMutual { get; init; }

        /// <summary>Whether votes of one for the other were taken out before.</summary>
        public bool WasTakenOut { get; init; }

        /// <summary>The part of all votes, in percent.</summary>
        public int Share => (int)(100L * (Up + Down) / Math.Max(1, Total));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListVotePairs, PageOf<Item>>
    {
        private const string Seen =
            """
            p.voter_id <> @me and p.author_id <> @me
            and (@isAll or v.is_moderator = 0 and v.is_administrator = 0 and a.is_moderator = 0 and a.is_administrator = 0)
            """;

        public async Task<PageOf<Item>> Handle(ListVotePairs list, CancellationToken token)
        {
            var (size, isAll, me) = (settings.Pages.Revisions, user.IsAdministrator, user.Required);
            var total = await db.Get<long>(
                $"select count(*) from vote_pairs p left join users v on v.id = p.voter_id left join users a on a.id = p.author_id where {Seen}", new { isAll, me }, token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            // Whoever is joined is there; left joins begin with the pairs, which are few.
            var items = await db.Query<Item>(
                $"""
                select p.voter_id as VoterId, v.name as Voter, p.author_id as AuthorId, a.name as Author, p.up as Up, p.down as Down, p.total as Total,
                       p.first_at as First, p.last_at as Last,
                       exists (select 1 from vote_pairs b where b.voter_id = p.author_id and b.author_id = p.voter_id) as IsMutual,
                       exists (select 1 from vote_cancellations c where c.voter_id = p.voter_id and c.author_id = p.author_id) as WasTakenOut
                from vote_pairs p
                left join users v on v.id = p.voter_id
                left join users a on a.id = p.author_id
                where {Seen}
                order by {(list.Order == PairOrder.Share ? "1.0 * (p.up + p.down) / p.total desc, p.up + p.down desc" : "p.up + p.down desc, p.total")}, p.voter_id, p.author_id
                limit @size offset @skip
                """,
                new { isAll, me, size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(items, number, size, total);
        }
    }
}
