using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Fairness;

/// <summary>A cancellation says how many votes it took out.</summary>
internal sealed class CancellationsAddUp : ICheck
{
    public string Name => "cancelled votes";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'cancellation ' || c.id || ' says ' || c.votes || ' votes, there are ' || count(v.post_id)
            from vote_cancellations c
            left join cancelled_votes v on v.cancellation_id = c.id
            group by c.id
            having c.votes <> count(v.post_id)
            """, token: token);
}
