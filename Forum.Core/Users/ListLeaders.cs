using Forum.Core.Settings;
using Forum.Core.Verification;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>A page of those who lead on a board in a period, as they were last counted.</summary>
public sealed record ListLeaders(Board Board, Period Period, int Page = 1) : IRequest<PageOf<ListUsers.Item>>
{
    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListLeaders, PageOf<ListUsers.Item>>
    {
        public async Task<PageOf<ListUsers.Item>> Handle(ListLeaders list, CancellationToken token)
        {
            var (board, period, size) = (Leaders.Word(list.Board), Leaders.Word(list.Period), settings.Pages.Users);
            var total = await db.Get<long>("select count(*) from leaders where board = @board and period = @period", new { board, period }, token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            // Who is suspended leads nobody meanwhile: their number would tell what is not shown.
            var items = await db.Query<ListUsers.Item>(
                """
                select l.value as Value, u.id as Id, u.name as Name, u.reputation as Reputation,
                       u.is_moderator | u.is_administrator as IsModerator, u.gold as Gold, u.silver as Silver, u.bronze as Bronze,
                       u.location as Location, u.picture as Picture, u.created_at as CreatedAt
                from leaders l
                join users u on u.id = l.user_id
                where l.board = @board and l.period = @period and l.rank > @skip and l.rank <= @skip + @size and u.removed_at is null
                  and coalesce(u.suspended_until, 0) <= @now
                order by l.rank
                """,
                new { board, period, size, skip = (number - 1) * size, now = clock.GetUtcNow() }, token);
            return new PageOf<ListUsers.Item>(items, number, size, total);
        }
    }
}

/// <summary>Each board is a ranking: from 1, without gaps, nobody twice, nobody ahead of who has more.</summary>
internal sealed class LeadersAreRanked : ICheck
{
    public string Name => "leaders";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with ranked as (
                select board, period, rank, user_id, value, row_number() over (partition by board, period order by rank) as place,
                       lag(value) over (partition by board, period order by rank) as ahead, count(*) over (partition by board, period, user_id) as times
                from leaders)
            select board || ' of ' || period || ': user ' || user_id || ' at ' || rank || ' with ' || value
            from ranked
            where rank <> place or value > ahead or times > 1 or value <= 0
            """, token: token);
}
