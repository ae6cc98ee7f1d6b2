using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Fairness;

/// <summary>A page of the times that votes were taken out, newest first.</summary>
[For(Who.Moderator)]
public sealed record ListCancellations(int Page = 1) : IRequest<PageOf<ListCancellations.Item>>
{
    /// <summary>Votes of one person for another that were taken out.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public long VoterId { get; init; }
        public string Voter { get; init; } = "";
        public long AuthorId { get; init; }
        public string Author { get; init; } = "";
        public AdjustmentReason Reason { get; init; }
        public int Votes { get; init; }
        public string Note { get; init; } = "";
        public DateTimeOffset At { get; init; }

        /// <summary>The moderator; null when the nightly search did.</summary>
        public string? By { get; init; }
        public DateTimeOffset? UndoneAt { get; init; }
        public string? UndoneBy { get; init; }

        /// <summary>Whether the one who asks may put them back.</summary>
        public bool MayRestore { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListCancellations, PageOf<Item>>
    {
        public async Task<PageOf<Item>> Handle(ListCancellations list, CancellationToken token)
        {
            var size = settings.Pages.Revisions;
            var total = await db.Get<long>("select count(*) from (select 1 from vote_cancellations limit @MostCounted)", new { settings.Pages.MostCounted }, token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            // Whoever is joined is there; left joins keep to the order of the list.
            var items = await db.Query<Item>(
                """
                select c.id as Id, c.voter_id as VoterId, v.name as Voter, c.author_id as AuthorId, a.name as Author, c.reason as Reason, c.votes as Votes,
                       c.note as Note, c.cancelled_at as At, m.name as By, c.undone_at as UndoneAt, u.name as UndoneBy
                from vote_cancellations c
                left join users v on v.id = c.voter_id
                left join users a on a.id = c.author_id
                left join users m on m.id = c.cancelled_by
                left join users u on u.id = c.undone_by
                order by c.cancelled_at desc, c.id
                limit @size offset @skip
                """,
                new { size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(
                [.. items.Select(item => item with { MayRestore = item.UndoneAt is null && FairnessRules.WhyNotJudge(user.Required, item.VoterId, item.AuthorId) is null })],
                number, size, total);
        }
    }
}
