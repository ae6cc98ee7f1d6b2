using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// Deleted posts that a query asks for and its reader may see: their own, and everything with the privilege. They are in no index, so the
/// newest of them are read and their text is looked at here.
/// </summary>
static class DeletedPosts
{
    /// <summary>Those that were found, as rows of what is looked at.</summary>
    public const string Listed = "select value as id, 0.0 as rank from json_each(@deleted)";

    /// <summary>What a query finds of them.</summary>
    /// <param name="Choice">Whether it asks for them, alone (yes) or besides (all).</param>
    /// <param name="Ids">Those with its words, code and links.</param>
    public sealed record Found(Choice Choice, IReadOnlyList<long> Ids)
    {
        /// <summary>Nobody asked.</summary>
        public static readonly Found None = new(Choice.No, []);
    }

    public static async Task<Found> Of(Db db, SearchQuery query, CurrentUser user, ForumSettings settings, CancellationToken token)
    {
        if (query.Deleted == Choice.No || !user.IsSignedIn)
            return new(query.Deleted, []);

        var seesAll = ShowQuestion.MaySeeDeleted(user, null, null, settings);
        var posts = await db.Query<IndexedPost>(
            $"""
            {IndexedPost.Select}
            where {(seesAll
                ? "p.id in (select id from posts indexed by posts_unlisted where is_listed = 0 order by id desc limit @MostLookedAt) and p.kind in (1, 2)" + (user.IsModerator ? "" : $" and (p.author_id = @me or (p.deletion is not {(int)DeletionKind.Spam} and q.deletion is not {(int)DeletionKind.Spam}))")
                : "p.author_id = @me and p.kind in (1, 2) and p.is_listed = 0 and (q.deleted_at is null or q.author_id = @me)")}
            order by p.id desc
            limit @MostLookedAt
            """,
            new { me = user.Id, settings.Search.MostLookedAt }, token);
        var clauses = query.Clauses.OfType<TextClause>().ToList();
        return new(query.Deleted, [.. posts.Where(post => clauses.TrueForAll(clause => Has(post, clause) != clause.IsNegated)).Select(post => post.Id)]);
    }

    static bool Has(IndexedPost post, TextClause clause) => clause.Field switch
    {
        SearchField.Code => SearchedCode.Of(post.Html).Contains(string.Join(' ', clause.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase),
        SearchField.Url => SearchedLinks.Match(clause.Text) is { } pattern && HasLink(SearchedLinks.Of(post.Html), pattern),
        SearchField.Title => HasWords(post.Title ?? "", clause),
        SearchField.Body => HasWords(PlainText.Of(post.Html), clause),
        SearchField.Anywhere => HasWords(post.Title ?? "", clause) || HasWords(PlainText.Of(post.Html), clause),
    };

    static bool HasLink(string links, string pattern)
    {
        var term = pattern.Split('"')[1];
        return links.Split(' ').Any(link => pattern.EndsWith('*') ? link.StartsWith(term, StringComparison.Ordinal) : link == term);
    }

    static bool HasWords(string text, TextClause clause)
    {
        var indexed = $" {SearchTerms.ForIndex(text)} ";
        if (clause.Form == TextForm.Wildcard)
        {
            var word = Wildcards.Pattern(clause.Text);
            return indexed.Split(' ').Any(term => word.IsMatch(term));
        }

        var terms = SearchTerms.Of(clause.Text);
        if (clause.Form == TextForm.Phrase)
            return indexed.Contains(string.Join(' ', terms.Select(t => t.Text).Prepend("").Append("")), StringComparison.Ordinal);
        return terms.All(term => indexed.Contains($" {term.Stem ?? term.Text} ", StringComparison.Ordinal));
    }
}
