using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Redactions;

/// <summary>What is hidden is sealed, what is sealed is hidden, and no post says now what stands in a sealed text's place.</summary>
internal sealed class RedactionsAddUp : ICheck
{
    public string Name => "redactions";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'revision ' || x.number || ' of post ' || d.post_id || ' is ' || case when d.state = {(int)RedactionState.Done} then 'not hidden' else 'sealed and not to be' end
            from redactions d
            join redacted_revisions x on x.redaction_id = d.id
            left join revisions r on r.post_id = d.post_id and r.number = x.number and r.redaction_id = d.id
            where (d.state = {(int)RedactionState.Done}) <> (r.post_id is not null) or (d.state = {(int)RedactionState.Done}) <> (x.comment is not null)
            union all
            select 'revision ' || r.number || ' of post ' || r.post_id || ' is hidden by nothing'
            from revisions r
            where r.redaction_id is not null and not exists (select 1 from redacted_revisions x where x.redaction_id = r.redaction_id and x.number = r.number)
            union all
            select 'suggested edit ' || s.id || ' is hidden by nothing'
            from suggested_edits s
            where s.redaction_id is not null and not exists (select 1 from redacted_suggestions x where x.edit_id = s.id and x.redaction_id = s.redaction_id)
            """, token: token);
}
