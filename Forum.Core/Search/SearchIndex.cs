using Forum.Core.Markdown;
using Forum.Data;
using Forum.Data.Sqlite;

namespace Forum.Core.Search;

/// <summary>
/// Keeps the index true: called in the transaction that writes, so that search finds exactly what is visible at commit.
/// What is deleted is not in the index at all. See docs/rules/search.md, "The index".
/// </summary>
public static class SearchIndex
{
    /// <summary>Makes a visible post findable by these words, in place of those it had.</summary>
    public static async Task Index(this Db db, long postId, IndexedWords words, CancellationToken token)
    {
        await db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => "insert or replace into post_search (rowid, title, body) values (@postId, @Title, @Body)",
            },
            new { postId, words.Title, words.Body }, token);
        if (words.HasTitle)
        {
            await db.Execute(
                db.Dialect switch
                {
                    SqlDialect.Sqlite => "insert or replace into title_search (rowid, title) values (@postId, @Title)",
                },
                new { postId, words.Title }, token);
        }
    }

    /// <summary>Hides a post from search, with a question its answers.</summary>
    public static async Task Unindex(this Db db, long postId, CancellationToken token)
    {
        await db.Execute(
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
        await db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => "delete from title_search where rowid = @postId",
            },
            new { postId }, token);
    }

    /// <summary>
    /// Indexes a post as the database has it, with a question its answers; what may not be seen leaves the index. For acts that
    /// change what is visible: undeleting, merging.
    /// </summary>
    /// <param name="prepared">What <see cref="ThreadWords"/> found before the writer was held; what has changed since is read again.</param>
    public static async Task Reindex(this Db db, long postId, IReadOnlyDictionary<string, IndexedWords>? prepared, CancellationToken token)
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
            await db.Index(post.Id, prepared?.GetValueOrDefault(post.Text) ?? post.Words, token);
    }

    /// <summary>The words of a post and, of a question, its answers, by <see cref="IndexedPost.Text"/>: for <see cref="Reindex"/>, outside the writer.</summary>
    public static async Task<IReadOnlyDictionary<string, IndexedWords>> ThreadWords(this Db db, long postId, CancellationToken token)
    {
        var posts = await db.Query<IndexedPost>(
            $"""
            {IndexedPost.Select}
            where p.id = @postId
            union all
            {IndexedPost.Select}
            where p.question_id = @postId and p.kind = 2
            """,
            new { postId }, token);
        return posts.DistinctBy(post => post.Text, StringComparer.Ordinal).ToDictionary(post => post.Text, post => post.Words, StringComparer.Ordinal);
    }
}

/// <summary>The words of a post as the index takes them. Making them is work for before the writer is held.</summary>
/// <param name="Title">Of a question; an answer has none: it is found by its own words.</param>
/// <param name="Body">Of what readers see.</param>
/// <param name="HasTitle">Whether it is a question's.</param>
public sealed record IndexedWords(string Title, string Body, bool HasTitle)
{
    /// <summary>The words of a title, or null, and of a body as plain text.</summary>
    public static IndexedWords Of(string? title, string bodyText) => With(title, SearchTerms.ForIndex(bodyText));

    /// <summary>The words of a title, or null, with those of a body.</summary>
    public static IndexedWords With(string? title, string bodyWords) => new(SearchTerms.ForIndex(title ?? ""), bodyWords, title is not null);
}

/// <summary>The index while very many posts come at once, none of which it holds.</summary>
internal sealed class SearchLoad
{
    // Bytes of words that are gathered before they are sorted and written: fewer pieces to merge, while they fit a processor's cache.
    private const int Gathered = 4 << 20;

    // As schema.sql has it.
    private const int Pieces = 500;

    private static readonly string[] Indexes = ["post_search", "title_search"];

    private readonly BulkLoad load;
    private readonly BulkStatement rows;
    private readonly BulkStatement titles;

    public SearchLoad(BulkLoad load)
    {
        this.load = load;
        rows = load.Prepare("insert into post_search (rowid, title, body) values (?, ?, ?)");
        titles = load.Prepare("insert into title_search (rowid, title) values (?, ?)");
        foreach (var index in Indexes)
        {
            Set(index, "crisismerge", 1_999);
            Set(index, "hashsize", Gathered);
        }
    }

    /// <summary>Makes a visible post findable by these words.</summary>
    public void Add(long postId, IndexedWords words)
    {
        rows.Run(postId, words.Title, words.Body);
        if (words.HasTitle)
            titles.Run(postId, words.Title);
    }

    /// <summary>Merges the pieces into one and lets the index be kept as usual again.</summary>
    public void Finish()
    {
        foreach (var index in Indexes)
        {
            load.Execute($"insert into {index} ({index}) values ('optimize')");
            Set(index, "crisismerge", Pieces);
            load.Execute($"delete from {index}_config where k = 'hashsize'");
        }
    }

    private void Set(string index, string option, int value) => load.Execute($"insert into {index} ({index}, rank) values ('{option}', {value})");
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

    /// <summary>All that its words follow from.</summary>
    public string Text => $"{Title}\0{Html}";

    public IndexedWords Words => IndexedWords.Of(Title, PlainText.Of(Html));
}
