using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>
/// The ledger of a person by UTC days, newest first, some lines at a time. Nobody but the person is told what would give away how
/// they voted: what that comes to is one number. 1, that number and all lines add up to the reputation.
/// </summary>
/// <param name="UserId">Whose.</param>
/// <param name="Before">Where to go on, of an earlier view's <see cref="View.Next"/>.</param>
public sealed record ListReputation(long UserId, string? Before = null) : IRequest<ListReputation.View>
{
    /// <param name="Reputation">Now.</param>
    /// <param name="Unshown">What the lines come to that the reader may not see.</param>
    /// <param name="Days">Newest first.</param>
    /// <param name="Next">Where older lines begin, or null.</param>
    public sealed record View(int Reputation, int Unshown, IReadOnlyList<Day> Days, string? Next)
    {
        /// <summary>What the lines come to that the reader may see, on all pages.</summary>
        public int Shown => Reputation - ReputationSettings.Start - Unshown;
    }

    /// <summary>A UTC day.</summary>
    /// <param name="Start">When it began.</param>
    /// <param name="Total">What all its lines come to that the reader may see; also of those on the page before or after.</param>
    /// <param name="Lines">Those on this page, newest first.</param>
    public sealed record Day(DateTimeOffset Start, int Total, IReadOnlyList<LedgerLine> Lines);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListReputation, View>
    {
        private const long DayLength = 86_400_000;

        public async Task<View> Handle(ListReputation list, CancellationToken token)
        {
            var person = await db.LedgerOwner(list.UserId, user, clock.GetUtcNow(), token);
            if (person.IsHidden)
                return new View(person.Reputation, 0, [], null);

            var isOwn = user.Id == list.UserId;
            var size = settings.Pages.Ledger;
            var place = PlaceInList.Parse(list.Before, 2);
            var lines = await db.Query<LedgerLine>(
                $"""
                select e.id as Id, e.at as At, e.kind as Kind, e.reason as Reason, e.nominal as Nominal, e.applied as Change, e.state as State,
                       case when q.deleted_at is null and p.deleted_at is null then p.id end as PostId,
                       p.kind = 2 as IsAnswer,
                       case when q.deleted_at is null and p.deleted_at is null then coalesce(q.title, {TagTexts.TitleOf("p")}) end as Title
                from reputation_events e
                left join posts p on p.id = e.post_id
                left join posts q on q.id = p.question_id
                where e.user_id = @UserId and {LedgerLines.IsShown} {(place is null ? "" : "and (e.at, e.id) < (@at, @id)")}
                order by e.at desc, e.id desc
                limit @size
                """,
                new { list.UserId, isOwn, size = size + 1, at = place?[0], id = place?[1] }, token);
            var page = lines.Take(size).ToList();
            var totals = await Totals(list.UserId, isOwn, page, token);
            return new View(
                person.Reputation,
                await db.Unshown(list.UserId, isOwn, token),
                [.. page.GroupBy(line => line.Day).Select(day => new Day(DayBalance.Start(day.Key), totals[day.Key], [.. day]))],
                lines.Count > size ? PlaceInList.Of(page[^1].At.ToUnixTimeMilliseconds(), page[^1].Id) : null);
        }

        // Between the first and the last day of a page all lines are on it: no more is read than it shows, and what those two have besides.
        private async Task<Dictionary<long, int>> Totals(long userId, bool isOwn, List<LedgerLine> page, CancellationToken token)
        {
            if (page.Count == 0)
                return [];

            var totals = await db.Query<Total>(
                $"""
                select e.at / {DayLength} as Day, sum(e.applied) as Change
                from reputation_events e
                left join posts p on p.id = e.post_id
                left join posts q on q.id = p.question_id
                where e.user_id = @userId and e.at >= @from and e.at < @to and {LedgerLines.IsShown}
                group by e.at / {DayLength}
                """,
                new { userId, isOwn, from = DayBalance.Start(page[^1].Day), to = DayBalance.Start(page[0].Day + 1) }, token);
            return totals.ToDictionary(total => total.Day, total => total.Change);
        }
    }

    private sealed record Total
    {
        public long Day { get; init; }
        public int Change { get; init; }
    }
}
