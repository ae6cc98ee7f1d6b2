using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Saves;

/// <summary>Posts say how many people saved them.</summary>
internal sealed class SaveCountCheck : ICheck
{
    public string Name => "save counts";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'post ' || p.id || ' says ' || p.save_count || ', has ' || coalesce(s.saves, 0)
            from posts p
            left join (select post_id, count(*) as saves from saves group by post_id) s on s.post_id = p.id
            where p.save_count <> coalesce(s.saves, 0)
            """, token: token);
}
