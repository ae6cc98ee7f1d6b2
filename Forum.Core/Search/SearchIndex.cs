using Forum.Core.Markdown;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// Keeps the index true: called in the transaction that writes, so that search finds exactly what is visible at commit.
/// What is deleted is not in the index at all. See docs/rules/search.md, "The index".
/// </summary>
public static class SearchIndex
{
    /// <summary>Makes a visible post findable by these words, in place of those it had.</summary>
    /// <param name="title">Of a question; null for an answer, which is found by its own words.</param>
    /// <param name="bodyText">What readers see, as plain text.</param>
    public static Task Index(this Db db, long postId, string? title, string bodyText, CancellationToken token) =>
        db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => "insert or replace into post_search (rowid, title, body) values (@postId, @title, @body)",
            },
            new { postId, title = SearchTerms.ForIndex(title ?? ""), body = SearchTerms.ForIndex(bodyText) }, token);

    /// <summary>Hides a post from search, with a question its answers.</summary>
    public static Task Unindex(this Db db, long postId, CancellationToken token) =>
        db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite =>
                    """
                    delete from post_search
                    where rowid in (select @postId
                                    union all
                                    select id from posts where question_id = @postId and kind = 2)
                    """,
            },
            new { postId }, token);

    /// <summary>
    /// Indexes a post as the database has it, with a question its answers; what may not be seen leaves the index. For acts that
    /// change what is visible: undeleting, merging.
    /// </summary>
    public static async Task Reindex(this Db db, long postId, CancellationToken token)
    {
        await db.Unindex(postId, token);
        foreach (var post in await db.Query<IndexedPost>(
            $"""
            {IndexedPost.Select}
            where p.id = @postId and {IndexedPost.IsVisible}
            union all
            {IndexedPost.Select}
            where p.question_id = @postId and p.kind = 2 and {IndexedPost.IsVisible}
            """,
            new { postId }, token))
            await db.Index(post.Id, post.Title, PlainText.Of(post.Html), token);
    }
}

/// <summary>A post as the index sees it.</summary>
sealed record IndexedPost
{
    /// <summary>What the index holds: questions and answers, neither deleted nor in a deleted question.</summary>
    public const string IsVisible = "p.kind in (1, 2) and p.deleted_at is null and q.deleted_at is null";

    /// <summary>The beginning of a statement that reads some; <c>p</c> is the post, <c>q</c> its question.</summary>
    public const string Select =
        """
        select p.id as Id, p.title as Title, p.html as Html
        from posts p
        join posts q on q.id = coalesce(p.question_id, p.id)
        """;

    public long Id { get; init; }
    public string? Title { get; init; }
    public string Html { get; init; } = "";
}
