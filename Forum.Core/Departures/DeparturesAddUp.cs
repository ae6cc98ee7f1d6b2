using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>Of accounts that ended nothing is left but a number: no sign-in, no words about a person, nothing that others would see as theirs.</summary>
internal sealed class DeparturesAddUp : ICheck
{
    public string Name => "accounts that ended";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var lines = new List<string>(await db.Query<string>(
            """
            select 'user ' || u.id || ' was removed and ' || case
                when exists (select 1 from accounts a where a.user_id = u.id) then 'signs in'
                when u.reputation <> 1 then 'has reputation'
                else 'has a name' end
            from departures d
            join users u on u.id = d.user_id
            where d.finished_at is not null
              and (exists (select 1 from accounts a where a.user_id = u.id) or u.reputation <> 1 or u.name <> 'user' || u.id or u.about <> '' or u.location <> '' or u.website <> '' or u.picture <> '')
            union all
            select 'account ' || d.id || ' ended, and user ' || d.user_id || ' is not removed'
            from departures d
            join users u on u.id = d.user_id
            where d.begun_at is not null and u.removed_at is null
            """, token: token));
        foreach (var (table, column) in new[] { ("posts", "author_id"), ("revisions", "author_id"), ("comments", "author_id"), ("reputation_events", "user_id"), ("user_badges", "user_id"), ("saves", "user_id") })
        {
            lines.AddRange(await db.Query<string>(
                $"select 'user ' || d.user_id || ' was removed and still has {table}' from departures d where d.finished_at is not null and exists (select 1 from {table} t where t.{column} = d.user_id)",
                token: token));
        }

        lines.AddRange(await db.Query<string>(
            "select 'user ' || d.user_id || ' was removed and still votes' from departures d where d.finished_at is not null and d.keeps_votes = 0 and exists (select 1 from votes v where v.user_id = d.user_id)",
            token: token));
        return lines;
    }
}
