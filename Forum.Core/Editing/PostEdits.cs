using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>An edit that is to be written.</summary>
/// <param name="Post">What is edited.</param>
/// <param name="Was">Its text.</param>
/// <param name="Becomes">Its text afterwards.</param>
/// <param name="EditorId">Who is named as its editor.</param>
/// <param name="Tagger">Who answers for tags that do not exist yet.</param>
/// <param name="Comment">The summary.</param>
/// <param name="RollbackTo">The number of the revision that this brings back, if it does.</param>
internal sealed record TextChange(PostFacts Post, RevisedText Was, RevisedText Becomes, long EditorId, Person Tagger, string Comment, int? RollbackTo = null);

/// <summary>Gives posts another text, for whoever edits and whoever approves an edit.</summary>
internal static class PostEdits
{
    /// <summary>What a post says so far, in one text.</summary>
    public static Task<string?> TextBefore(this Db db, long postId, CancellationToken token) =>
        db.Find<string>("select coalesce(title, '') || char(10) || body from posts where id = @postId", new { postId }, token);

    /// <summary>Writes an edit with its revision and all that follows from it, and returns what to note.</summary>
    public static async Task<PostEdited> Rewrite(this Db db, TextChange change, PostRendering text, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var (post, was, becomes) = (change.Post, change.Was, change.Becomes);
        var number = await db.Revise(becomes, change.EditorId, TextLength.Clean(change.Comment), change.RollbackTo, now, settings, token);
        await db.Store(becomes, text.Stays(was), number, change.EditorId, now, token);
        if (becomes.Tags != was.Tags)
            await db.Tag(post.Id, TagNames.Parse(becomes.Tags), change.Tagger, settings, now, token);
        if (post.TagPart is not null)
            return new PostEdited(post.Id, post.QuestionId, change.EditorId, number, IsNewRevision: number > was.RevisionCount, []) { Tag = post.Title };
        if (becomes.Title != was.Title || becomes.Html != was.Html)
            await db.Index(post.Id, IndexedWords.With(becomes.Title, text.WordsOf(becomes.Html)), token);
        if (number > 1)
            await db.Bump(post.QuestionId, now, token);
        await db.Relist(post.QuestionId, token);

        var relinked = becomes.Html == was.Html
            ? []
            : await db.KeepLinks(post.Id, text.PostsNamedIn(was.Html), text.PostsNamedIn(becomes.Html), text.PostsNamedIn, now, token);
        string[] untagged = becomes.Tags == was.Tags ? [] : was.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new PostEdited(post.Id, post.QuestionId, change.EditorId, number, IsNewRevision: number > was.RevisionCount, untagged, [.. relinked]);
    }

    // The grace period of the first revision is no edit yet: nobody sees "edited", and votes stay as they are.
    private static Task<int> Store(this Db db, RevisedText becomes, bool stays, int number, long editor, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            """
            update posts
            set title = @Title, body = @Body, html = @Html, revision_count = @number,
                body_is_html = case when @stays then body_is_html else 0 end,
                renderer = case when @stays then renderer else @renderer end,
                edited_at = case when @number > 1 then @now else edited_at end,
                editor_id = case when @number > 1 then @editor else editor_id end,
                editor_name = case when @number > 1 then null else editor_name end,
                active_at = case when @number > 1 then max(active_at, @now) else active_at end
            where id = @Id
            """,
            new { becomes.Id, becomes.Title, becomes.Body, becomes.Html, stays, renderer = MarkdownRenderer.Version, number, editor, now }, token);
}
