using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>What waits is for what can be done, only what is deleted says who deleted it, and nobody is asked whether their question is a duplicate unless votes say so.</summary>
internal sealed class ClosingsAddUp : ICheck
{
    public string Name => "closing";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            $"""
            select 'vote ' || v.id || ' waits to ' || case v.kind when 1 then 'close a closed' else 'reopen an open' end || ' question'
            from moderation_votes v
            join posts p on p.id = v.post_id
            where v.outcome is null
              and ((v.kind = {(int)ModerationVoteKind.Close} and p.closed_at is not null) or (v.kind = {(int)ModerationVoteKind.Reopen} and p.closed_at is null))
            union all
            select 'vote ' || v.id || ' waits to ' || case v.kind when 3 then 'delete a deleted' else 'undelete a visible' end || ' post'
            from moderation_votes v
            join posts p on p.id = v.post_id
            where v.outcome is null
              and ((v.kind = {(int)ModerationVoteKind.Delete} and p.deleted_at is not null) or (v.kind = {(int)ModerationVoteKind.Undelete} and p.deleted_at is null))
            union all
            select 'the asker of question ' || r.question_id || ' waits for it to be reopened, and it is open'
            from reopen_requests r
            join posts p on p.id = r.question_id
            where r.ended_at is null and p.closed_at is null
            union all
            select 'post ' || id || ' says who deleted it but is not deleted'
            from posts
            where deletion is not null and deleted_at is null
            union all
            select 'comment ' || c.id || ' asks whether question ' || c.post_id || ' is a duplicate, and no vote says so'
            from comments c
            where c.is_proposal = 1 and c.deleted_at is null
              and not exists (
                  select 1 from moderation_votes v
                  join close_vote_targets t on t.vote_id = v.id
                  where v.post_id = c.post_id and v.kind = {(int)ModerationVoteKind.Close} and v.outcome is null)
            """, token: token);
}
