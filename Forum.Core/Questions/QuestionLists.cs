using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>What lists of questions are ordered and counted by, kept true in the transaction that changes it.</summary>
public static class QuestionLists
{
    /// <summary>
    /// Recomputes a question's answer count and whether it is answered, and copies what lists are ordered by to its tags.
    /// Called after anything that changes score, answers, accepted answer, activity or deletion in the thread.
    /// </summary>
    public static async Task Relist(this Db db, long questionId, CancellationToken token)
    {
        await db.Execute(
            """
            update posts
            set answer_count = (select count(*) from posts a where a.question_id = posts.id and a.kind = 2 and a.deleted_at is null),
                is_answered = exists (
                    select 1 from posts a
                    where a.question_id = posts.id and a.kind = 2 and a.deleted_at is null and (a.score > 0 or a.id = posts.accepted_answer_id))
            where id = @questionId
            """,
            new { questionId }, token);
        await db.Execute(
            """
            update question_tags
            set is_listed = q.deleted_at is null, is_answered = q.is_answered, created_at = q.created_at, active_at = q.active_at, score = q.score
            from (select id, deleted_at, is_answered, created_at, active_at, score from posts where id = @questionId) q
            where question_id = q.id
            """,
            new { questionId }, token);
    }

    /// <summary>Brings a question to the top of the list of active ones.</summary>
    public static Task Bump(this Db db, long questionId, DateTimeOffset now, CancellationToken token) =>
        db.Execute("update posts set active_at = max(active_at, @now) where id = @questionId", new { questionId, now }, token);
}
