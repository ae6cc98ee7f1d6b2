using Forum.Data;

namespace Forum.Core.Search;

/// <summary>The words of visible posts, kept true in the transaction that changes them.</summary>
public static class SearchIndex
{
    /// <summary>Makes a post findable by its title and text, in place of what it was findable by before.</summary>
    public static async Task Index(this Db db, long postId, string? title, string text, CancellationToken token)
    {
        await db.Unindex(postId, token);
        await db.Execute(
            "insert into post_search (rowid, title, body) values (@postId, @title, @text)", new { postId, title = title ?? "", text }, token);
    }

    /// <summary>Makes a post unfindable.</summary>
    public static Task Unindex(this Db db, long postId, CancellationToken token) =>
        db.Execute("delete from post_search where rowid = @postId", new { postId }, token);
}
