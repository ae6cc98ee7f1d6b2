using Forum.Core.Editing;
using Forum.Core.Reputations;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Flags;

/// <summary>The log of moderation tells of each flag how it came to be as it is.</summary>
internal sealed class FlagsAreLogged : ICheck
{
    public string Name => "flags";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'flag ' || f.id || ' has state ' || f.state || ', the log says ' || coalesce(l.state, 'nothing')
            from flags f
            left join (
                select subject_id, json_extract(after, '$.State') as state, max(id)
                from moderation_acts
                where subject_kind = 6
                group by subject_id) l on l.subject_id = f.id
            where l.state is not f.state
            union all
            select 'flag ' || f.id || ' of a state ' || f.state || case f.is_downvote when 1 then ' votes down' else ' does not vote down' end
            from flags f
            where f.is_downvote = 1 and (f.kind not in ({(int)FlagKind.Spam}, {(int)FlagKind.Rude}, {(int)FlagKind.VeryLowQuality}) or f.state not in (0, {(int)FlagState.Helpful}))
            """, token: token);
}

/// <summary>Flags that vote down and posts that are spam have their lines in the ledger, and no such line is without them.</summary>
internal sealed class FlagReputationCheck : ICheck
{
    public string Name => "reputation of flagged posts";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'flag ' || f.id || ' cost user ' || p.author_id || ' nothing'
            from flags f
            join posts p on p.id = f.post_id
            where f.is_downvote = 1 and p.author_id is not null and p.wiki_at is null
              and not exists (
                  select 1 from reputation_events e
                  where e.user_id = p.author_id and e.kind = {(int)ReputationKind.PostFlagged} and e.post_id = p.id and e.cause_id = f.user_id and e.state in (0, 2))
            union all
            select 'event ' || e.id || ' of user ' || e.user_id || ' counts without a flag of post ' || e.post_id
            from reputation_events e
            where e.kind = {(int)ReputationKind.PostFlagged} and e.state in (0, 2)
              and not exists (select 1 from flags f where f.post_id = e.post_id and f.user_id = e.cause_id and f.is_downvote = 1)
            union all
            select 'post ' || p.id || ' is spam and ' || case when p.deleted_at is null then 'not deleted' else 'cost its author nothing' end
            from posts p
            where p.deletion = {(int)DeletionKind.Spam}
              and (p.deleted_at is null or p.author_id > 0 and not exists (
                  select 1 from reputation_events e
                  where e.user_id = p.author_id and e.kind = {(int)ReputationKind.PostIsSpam} and e.post_id = p.id and e.state = 0))
            union all
            select 'event ' || e.id || ' of user ' || e.user_id || ' counts, post ' || e.post_id || ' is no spam'
            from reputation_events e
            join posts p on p.id = e.post_id
            where e.kind = {(int)ReputationKind.PostIsSpam} and e.state in (0, 2) and p.deletion is not {(int)DeletionKind.Spam}
            """, token: token);
}
