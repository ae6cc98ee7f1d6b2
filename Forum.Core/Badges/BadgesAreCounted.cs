using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Badges;

/// <summary>How many badges of each class a person holds, and how often each badge was awarded.</summary>
internal sealed class BadgesAreCounted : ICheck
{
    public string Name => "badge counts";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            with held as (
                select user_id, count(*) filter (where class = 1) as gold, count(*) filter (where class = 2) as silver, count(*) filter (where class = 3) as bronze
                from user_badges
                group by user_id)
            select 'user ' || u.id || ' has ' || u.gold || '/' || u.silver || '/' || u.bronze || ' badges counted, holds '
                || coalesce(h.gold, 0) || '/' || coalesce(h.silver, 0) || '/' || coalesce(h.bronze, 0)
            from users u
            left join held h on h.user_id = u.id
            where u.gold <> coalesce(h.gold, 0) or u.silver <> coalesce(h.silver, 0) or u.bronze <> coalesce(h.bronze, 0)
            union all
            select 'badge ' || b.id || ' has ' || b.award_count || ' awards counted, ' || (select count(*) from user_badges h where h.badge_id = b.id) || ' are there'
            from badges b
            where b.award_count <> (select count(*) from user_badges h where h.badge_id = b.id)
            """, token: token);
}
