using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Discipline;

/// <summary>Until when a person may only read is what the newest of their suspensions says, for those that were suspended here.</summary>
internal sealed class SuspensionsAddUp : ICheck
{
    public string Name => "suspensions";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            select 'user ' || u.id || ' is suspended until ' || coalesce(u.suspended_until, 'never') || ', not ' || coalesce(case when s.lifted_at is null then s.ends_at end, 'never')
            from users u
            join suspensions s on s.id = (select max(n.id) from suspensions n where n.user_id = u.id)
            where u.suspended_until is not case when s.lifted_at is null then s.ends_at end
            """, token: token);
}
