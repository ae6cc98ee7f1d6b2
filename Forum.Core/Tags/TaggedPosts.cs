using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>
/// Keeps <c>tagged_posts</c>: a question and its answers, deleted ones too, stand under each of the question's tags, so that search
/// tells from one place whether a hit has a tag. Called in the transaction that changes tags or answers of a question.
/// </summary>
internal static class TaggedPosts
{
    private const string Thread = "select @questionId as id union all select id from posts where question_id = @questionId and kind = 2";

    /// <summary>Puts a thread under a tag that its question got, or under all it has.</summary>
    public static Task<int> PutUnderTags(this Db db, long questionId, long? tagId, CancellationToken token) =>
        db.Execute(
            $"""
            insert into tagged_posts (tag_id, post_id)
            select t.tag_id, p.id
            from question_tags t, ({Thread}) p
            where t.question_id = @questionId and (@tagId is null or t.tag_id = @tagId)
            on conflict do nothing
            """,
            new { questionId, tagId }, token);

    /// <summary>Takes a thread from a tag that its question loses, or from all it has; called while it has them.</summary>
    public static Task<int> TakeFromTags(this Db db, long questionId, long? tagId, CancellationToken token) =>
        db.Execute(
            $"""
            delete from tagged_posts
            where tag_id in (select tag_id from question_tags where question_id = @questionId and (@tagId is null or tag_id = @tagId))
              and post_id in (select id from ({Thread}))
            """,
            new { questionId, tagId }, token);

    /// <summary>Puts answers under the tags of the question that they answer, a new one or where it went.</summary>
    public static Task<int> PutAnswersUnderTags(this Db db, long questionId, IEnumerable<long> answers, CancellationToken token) =>
        db.Execute(
            """
            insert into tagged_posts (tag_id, post_id)
            select t.tag_id, a.value
            from question_tags t, json_each(@answers) a
            where t.question_id = @questionId
            on conflict do nothing
            """,
            new { questionId, answers = db.Dialect.List(answers) }, token);

    /// <summary>Takes answers from the tags of a question that they answer no longer.</summary>
    public static Task<int> TakeAnswersFromTags(this Db db, long questionId, IEnumerable<long> answers, CancellationToken token) =>
        db.Execute(
            $"""
            delete from tagged_posts
            where tag_id in (select tag_id from question_tags where question_id = @questionId) and {db.Dialect.InList("post_id", "@answers")}
            """,
            new { questionId, answers = db.Dialect.List(answers) }, token);
}
