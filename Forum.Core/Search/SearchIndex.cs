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
    /// <summary>The tables of full text, each with what it keeps of a post.</summary>
    internal static readonly IReadOnlyList<string> Tables = ["title_search", "code_search", "link_search", "post_search"];

    /// <summary>Makes a visible post findable by these words, in place of those it had.</summary>
    public static async Task Index(this Db db, long postId, IndexedWords words, CancellationToken token)
    {
        await db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => "insert or replace into post_search (rowid, title, body) values (@postId, @Title, @Body)",
            },
            new { postId, words.Title, words.Body }, token);
        await db.Keep("code_search", "code", postId, words.Code, token);
        await db.Keep("link_search", "links", postId, words.Links, token);
        if (words.HasTitle)
        {
            await db.Keep("title_search", "title", postId, words.Title, token);
            await db.Execute(
                "insert into search_words (word) select value from json_each(@words) where true on conflict do nothing",
                new { words = db.Dialect.List(words.Spellings) }, token);
        }
    }

    // Most posts have no code and no links, and are in those tables not at all.
    private static Task<int> Keep(this Db db, string table, string column, long postId, string text, CancellationToken token) =>
        db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => text.Length == 0
                    ? $"delete from {table} where rowid = @postId"
                    : $"insert or replace into {table} (rowid, {column}) values (@postId, @text)",
            },
            new { postId, text }, token);

    /// <summary>Hides a post from search, with a question its answers.</summary>
    public static async Task Unindex(this Db db, long postId, CancellationToken token)
    {
        foreach (var table in Tables)
        {
            await db.Execute(
                db.Dialect switch
                {
                    SqlDialect.Sqlite =>
                        $"""
                        delete from {table}
                        where rowid in (select @postId
                                        union all
                                        select id from posts where question_id = @postId and kind = 2)
                        """,
                },
                new { postId }, token);
        }
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
/// <param name="Text">Of what readers see.</param>
/// <param name="HasTitle">Whether it is a question's.</param>
public sealed record IndexedWords(string Title, BodyWords Text, bool HasTitle)
{
    const int ShortestSpelling = 4;
    const int LongestSpelling = 24;

    /// <summary>The words of its body.</summary>
    public string Body => Text.Words;

    /// <summary>Its code.</summary>
    public string Code => Text.Code;

    /// <summary>Its links.</summary>
    public string Links => Text.Links;

    /// <summary>The words of its title that other people may have meant when they typed something like them.</summary>
    public IEnumerable<string> Spellings => Title.Split(' ').TakeWhile(word => word is not [SearchTerms.StemMark]).Where(IsSpelling).Distinct(StringComparer.Ordinal);

    /// <summary>The words of a title, or null, and of a body as HTML.</summary>
    public static IndexedWords Of(string? title, string html) => With(title, BodyWords.Of(html));

    /// <summary>The words of a title, or null, with those of a body.</summary>
    public static IndexedWords With(string? title, BodyWords body) => new(SearchTerms.ForIndex(title ?? ""), body, title is not null);

    /// <summary>Whether the site's spelling of a word says how it is spelt.</summary>
    internal static bool IsSpelling(string word) =>
        word.Length is >= ShortestSpelling and <= LongestSpelling && !word.AsSpan().ContainsAnyExceptInRange('a', 'z');
}

/// <summary>What the index takes of a body.</summary>
/// <param name="Words">Of the text, as <see cref="SearchTerms"/> makes them.</param>
/// <param name="Code">Of its code blocks, as <see cref="SearchedCode"/> has it.</param>
/// <param name="Links">Where its links lead, as <see cref="SearchedLinks"/> has it.</param>
public sealed record BodyWords(string Words, string Code, string Links)
{
    /// <summary>Of no text.</summary>
    public static readonly BodyWords None = new("", "", "");

    /// <summary>Of a body as HTML.</summary>
    public static BodyWords Of(string html) => Of(html, PlainText.Of(html));

    /// <summary>The same, where the plain text is known.</summary>
    public static BodyWords Of(string html, string plain) => new(SearchTerms.ForIndex(plain), SearchedCode.Of(html), SearchedLinks.Of(html));
}

/// <summary>The index while very many posts come at once, none of which it holds.</summary>
internal sealed class SearchLoad
{
    // Bytes of words that are gathered before they are sorted and written: fewer pieces to merge, while they fit a processor's cache.
    private const int Gathered = 4 << 20;

    // As schema.sql has it.
    private const int Pieces = 500;

    private readonly BulkLoad load;
    private readonly BulkStatement rows;
    private readonly BulkStatement titles;
    private readonly BulkStatement codes;
    private readonly BulkStatement links;
    private readonly HashSet<string> spellings = new(StringComparer.Ordinal);

    public SearchLoad(BulkLoad load)
    {
        this.load = load;
        rows = load.Prepare("insert into post_search (rowid, title, body) values (?, ?, ?)");
        titles = load.Prepare("insert into title_search (rowid, title) values (?, ?)");
        codes = load.Prepare("insert into code_search (rowid, code) values (?, ?)");
        links = load.Prepare("insert into link_search (rowid, links) values (?, ?)");
        foreach (var index in SearchIndex.Tables)
        {
            Set(index, "crisismerge", 1_999);
            Set(index, "hashsize", Gathered);
        }
    }

    /// <summary>Makes a visible post findable by these words.</summary>
    public void Add(long postId, IndexedWords words)
    {
        rows.Run(postId, words.Title, words.Body);
        if (words.Code.Length > 0)
            codes.Run(postId, words.Code);
        if (words.Links.Length > 0)
            links.Run(postId, words.Links);
        if (!words.HasTitle)
            return;
        titles.Run(postId, words.Title);
        spellings.UnionWith(words.Spellings);
    }

    /// <summary>Merges the pieces into one and lets the index be kept as usual again.</summary>
    public void Finish()
    {
        var word = load.Prepare("insert into search_words (word) values (?)");
        foreach (var spelling in spellings.Order(StringComparer.Ordinal))
            word.Run(spelling);
        foreach (var index in SearchIndex.Tables)
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

    public IndexedWords Words => IndexedWords.Of(Title, Html);
}
