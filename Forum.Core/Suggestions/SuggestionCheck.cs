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
