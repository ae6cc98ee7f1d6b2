using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>What lists of questions and answers are ordered and counted by, kept true in the transaction that changes it.</summary>
public static class QuestionLists
{
    /// <summary>
    /// Makes a question's answer count, whether it is answered, and what its tags' lists are ordered by true again, with
    /// the counts of unanswered questions. Called after anything that changes score, answers, accepted answer, activity or
    /// deletion in the thread; writes only what is another now, which after most votes is nothing.
    /// </summary>
    public static async Task Relist(this Db db, long questionId, CancellationToken token)
    {
        var question = await db.Find<Standing>(
            """
            select q.is_listed as IsListed, q.answer_count as AnswerCount, q.is_answered as IsAnswered, q.created_at as CreatedAt,
                   q.active_at as ActiveAt, q.score as Score,
                   count(a.id) as Answers, coalesce(max(a.score > 0 or a.id = q.accepted_answer_id), 0) as HasAnswer
            from posts q
            left join posts a on a.question_id = q.id and a.kind = 2 and a.deleted_at is null
            where q.id = @questionId
            group by q.id
            """,
            new { questionId }, token);
        if (question is null)
            return;

        if (question.Answers != question.AnswerCount || question.HasAnswer != question.IsAnswered)
        {
            await db.Execute(
                "update posts set answer_count = @Answers, is_answered = @HasAnswer where id = @questionId",
                new { questionId, question.Answers, question.HasAnswer }, token);
        }

        if (question.IsListed && question.HasAnswer != question.IsAnswered)
            await db.CountUnanswered(questionId, question.HasAnswer ? -1 : +1, token);
        await db.Execute(
            """
            update question_tags
            set is_listed = @IsListed, is_answered = @HasAnswer, created_at = @CreatedAt, active_at = @ActiveAt, score = @Score
            where question_id = @questionId
              and (is_listed <> @IsListed or is_answered <> @HasAnswer or created_at <> @CreatedAt or active_at <> @ActiveAt or score <> @Score)
            """,
            new { questionId, question.IsListed, question.HasAnswer, question.CreatedAt, question.ActiveAt, question.Score }, token);
    }

    /// <summary>Brings a question to the top of the list of active ones.</summary>
    public static Task Bump(this Db db, long questionId, DateTimeOffset now, CancellationToken token) =>
        db.Execute("update posts set active_at = max(active_at, @now) where id = @questionId", new { questionId, now }, token);

    /// <summary>Counts a new question or answer among those of the site and of its author. Its tags count it when it gets them.</summary>
    internal static async Task CountNew(this Db db, NewPost post, CancellationToken token)
    {
        if (post.Kind == 1)
            await db.Execute("update totals set questions = questions + 1, unanswered = unanswered + 1", token: token);
        await db.Execute(
            post.Kind == 1
                ? "update users set question_count = question_count + 1 where id = @AuthorId"
                : "update users set answer_count = answer_count + 1 where id = @AuthorId",
            new { post.AuthorId }, token);
    }

    /// <summary>
    /// Makes lists and counts follow the deletion or undeletion of a question or answer; <see cref="Relist"/> comes after.
    /// A question takes its answers along.
    /// </summary>
    public static async Task FollowDeletion(this Db db, long postId, CancellationToken token)
    {
        var moved = await db.Query<Moved>(
            """
            update posts
            set is_listed = not is_listed
            from (select p.id as moved_id, p.deleted_at is null and (q.id is null or q.deleted_at is null) as is_visible
                  from posts p
                  left join posts q on q.id = p.question_id
                  where p.id = @postId
                  union all
                  select a.id, a.deleted_at is null and p.deleted_at is null
                  from posts p
                  join posts a on a.question_id = p.id and a.kind = 2
                  where p.id = @postId) thread
            where id = moved_id and is_listed <> is_visible
            returning kind as Kind, author_id as AuthorId, is_listed as IsListed, is_answered as IsAnswered
            """,
            new { postId }, token);
        foreach (var author in moved.Where(post => post.AuthorId is not null).GroupBy(post => post.AuthorId).OrderBy(of => of.Key))
        {
            await db.Execute(
                "update users set question_count = question_count + @questions, answer_count = answer_count + @answers where id = @id",
                new { id = author.Key, questions = author.Sum(post => post.Kind == 1 ? post.By : 0), answers = author.Sum(post => post.Kind == 2 ? post.By : 0) }, token);
        }

        if (moved.FirstOrDefault(post => post.Kind == 1) is not { } question)
            return;

        var parameters = new { postId, by = question.By, unanswered = question.IsAnswered ? 0 : question.By };
        await db.Execute("update totals set questions = questions + @by, unanswered = unanswered + @unanswered", parameters, token);
        await db.Execute(
            """
            update tags
            set question_count = question_count + @by, unanswered_count = unanswered_count + @unanswered
            where id in (select tag_id from question_tags where question_id = @postId)
            """,
            parameters, token);
    }

    private static async Task CountUnanswered(this Db db, long questionId, int by, CancellationToken token)
    {
        await db.Execute("update totals set unanswered = unanswered + @by", new { by }, token);
        await db.Execute(
            "update tags set unanswered_count = unanswered_count + @by where id in (select tag_id from question_tags where question_id = @questionId)",
            new { questionId, by }, token);
    }

    private sealed record Standing
    {
        public bool IsListed { get; init; }
        public int AnswerCount { get; init; }
        public bool IsAnswered { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
        public int Score { get; init; }
        public int Answers { get; init; }
        public bool HasAnswer { get; init; }
    }

    private sealed record Moved
    {
        public int Kind { get; init; }
        public long? AuthorId { get; init; }
        public bool IsListed { get; init; }
        public bool IsAnswered { get; init; }
        public int By => IsListed ? 1 : -1;
    }
}
