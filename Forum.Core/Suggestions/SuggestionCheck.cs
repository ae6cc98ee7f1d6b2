using Forum.Core.Reputations;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Suggestions;

/// <summary>Nobody has reputation for a suggested edit that was not approved.</summary>
internal sealed class SuggestionCheck : ICheck
{
    public string Name => "suggested edits";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'event ' || e.id || ' of user ' || e.user_id || ' counts without an approved edit of post ' || e.post_id
            from reputation_events e
            where e.kind = {(int)ReputationKind.SuggestedEditApproved} and e.state in (0, 2)
              and not exists (
                  select 1 from suggested_edits s
                  where s.post_id = e.post_id and s.author_id = e.user_id and s.outcome in ({(int)SuggestionOutcome.Approved}, {(int)SuggestionOutcome.Improved}))
            order by e.id
            """, token: token);
}

/// <summary>A suggested edit waits exactly while its task does.</summary>
internal sealed class EditTaskCheck : ICheck
{
    public string Name => "tasks of suggested edits";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'suggested edit ' || s.id || ' waits and no task does'
            from suggested_edits s
            where s.outcome is null and not exists (select 1 from review_tasks t where t.edit_id = s.id and t.audit is null and t.outcome is null)
            union all
            select 'task ' || t.id || ' waits for suggested edit ' || t.edit_id || ', which does not'
            from review_tasks t
            join suggested_edits s on s.id = t.edit_id
            where t.queue = 4 and t.audit is null and t.outcome is null and s.outcome is not null
            order by 1
            """, token: token);
}
