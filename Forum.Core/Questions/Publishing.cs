using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>A question or an answer about to appear.</summary>
/// <param name="Kind">1 question, 2 answer.</param>
/// <param name="QuestionId">Of an answer.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Title">Of a question.</param>
/// <param name="Text">What it says.</param>
/// <param name="License">What it is licensed under.</param>
/// <param name="Now">When it appears.</param>
internal sealed record NewPost(int Kind, long? QuestionId, long AuthorId, string? Title, PostText Text, string License, DateTimeOffset Now);

/// <summary>Writes new posts, for the handlers that ask and answer.</summary>
internal static class Publishing
{
    /// <summary>Writes a post, its first revision and its words for search, puts an answer under its question's tags, and counts it; <see cref="QuestionLists.Relist"/> follows.</summary>
    public static async Task<long> Publish(this Db db, NewPost post, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into posts (kind, question_id, author_id, title, body, html, renderer, created_at, active_at, license)
            values (@Kind, @QuestionId, @AuthorId, @Title, @Body, @Html, @renderer, @Now, @Now, @License)
            returning id
            """,
            new { post.Kind, post.QuestionId, post.AuthorId, post.Title, post.Text.Body, post.Text.Html, renderer = MarkdownRenderer.Version, post.Now, post.License }, token);
        await db.Execute(
            """
            insert into revisions (post_id, number, author_id, title, body, created_at, license)
            values (@id, 1, @AuthorId, @Title, @Body, @Now, @License)
            """,
            new { id, post.AuthorId, post.Title, post.Text.Body, post.Now, post.License }, token);
        await db.Index(id, IndexedWords.With(post.Title, post.Text.Words), token);
        if (post.QuestionId is { } questionId)
            await db.PutAnswersUnderTags(questionId, [id], token);
        await db.CountNew(post, token);
        return id;
    }
}
