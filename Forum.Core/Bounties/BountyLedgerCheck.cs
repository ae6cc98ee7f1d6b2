using Forum.Core.Reputations;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Bounties;

/// <summary>
/// Each bounty has its lines in the ledger, and no line is without its bounty. Imported ones have none: what they moved is in
/// the opening balances. Nor has one whose sponsor or answerer was removed.
/// </summary>
internal sealed class BountyLedgerCheck : ICheck
{
    public string Name => "bounties";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            with lines as (
                select b.id as bounty, b.sponsor_id as user_id, {(int)ReputationKind.BountyStarted} as kind, b.question_id as post_id, -b.amount as nominal,
                       b.started_at as at, b.outcome is {(int)BountyOutcome.Refunded} as is_undone
                from bounties b
                where b.legacy_id is null and b.sponsor_id > 0
                union all
                select b.id, a.author_id,
                       case b.outcome when {(int)BountyOutcome.Awarded} then {(int)ReputationKind.BountyAwarded} else {(int)ReputationKind.BountyAwardedByItself} end,
                       a.id, b.awarded_amount, b.ended_at, 0
                from bounties b
                join posts a on a.id = b.awarded_answer_id
                where b.legacy_id is null and a.author_id > 0)
            select 'bounty ' || l.bounty || ' has no line of kind ' || l.kind || ' for user ' || l.user_id
            from lines l
            where not exists (
                select 1 from reputation_events e
                where e.user_id = l.user_id and e.kind = l.kind and e.post_id = l.post_id and e.nominal = l.nominal and e.at = l.at and (e.state = 1) = l.is_undone)
            union all
            select 'event ' || e.id || ' of user ' || e.user_id || ' is of no bounty'
            from reputation_events e
            where e.kind between {(int)ReputationKind.BountyStarted} and {(int)ReputationKind.BountyAwardedByItself}
              and not exists (select 1 from lines l where l.user_id = e.user_id and l.kind = e.kind and l.post_id = e.post_id and l.nominal = e.nominal and l.at = e.at)
            union all
            select 'bounty ' || b.id || ' has outcome ' || coalesce(b.outcome, 'none') || ' and answer ' || coalesce(b.awarded_answer_id, 'none') || case when b.ended_at is null then ' and runs' else ' and ended' end
            from bounties b
            where (b.ended_at is null) <> (b.outcome is null)
               or (b.awarded_answer_id is not null) <> coalesce(b.outcome in ({(int)BountyOutcome.Awarded}, {(int)BountyOutcome.AwardedByItself}), 0)
               or b.ended_at is null and b.legacy_id is not null
            """, token: token);
}
