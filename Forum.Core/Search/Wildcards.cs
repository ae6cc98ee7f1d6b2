using System.Text.RegularExpressions;
using Forum.Core.Markdown;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// Finds the words that a star inside a word stands for: among all words of titles, and those of the newest posts with a word that
/// begins so. The engine itself only knows beginnings.
/// </summary>
static class Wildcards
{
    // So many words are asked for in place of one.
    const int MostMeant = 60;

    public static async Task<SearchQuery> Look(Db db, SearchQuery query, SearchSettings settings, CancellationToken token)
    {
        if (!query.Clauses.Any(IsOne))
            return query;

        var clauses = new List<SearchClause>();
        foreach (var clause in query.Clauses)
            clauses.Add(IsOne(clause) && clause is TextClause text ? text with { Meant = await Meant(db, text.Text, settings, token) } : clause);
        return query with { Clauses = clauses };
    }

    /// <summary>What words such a pattern stands for, in the form of <see cref="SearchTerm.Text"/>.</summary>
    public static Regex Pattern(string wildcard) =>
        new("^" + string.Join(".*", wildcard.Split('*').Select(part => Regex.Escape(Folded(part)))) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    static bool IsOne(SearchClause clause) => clause is TextClause { Form: TextForm.Wildcard, IsPrefix: false, IsOfWords: true };

    static string Folded(string part) => FoldedText.From(part).Text.ToLowerInvariant();

    static async Task<IReadOnlyList<string>> Meant(Db db, string wildcard, SearchSettings settings, CancellationToken token)
    {
        var begin = Folded(wildcard[..wildcard.IndexOf('*', StringComparison.Ordinal)]);
        var pattern = Pattern(wildcard);
        var meant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in await db.Query<string>(
            "select word from search_words where word >= @begin and word < @end and word glob @glob limit @MostMeant",
            new { begin, end = begin + '\uFFFF', glob = string.Join('*', wildcard.Split('*').Select(Folded)), MostMeant }, token))
            meant.Add(word);

        foreach (var post in await db.Query<IndexedPost>(
            db.Dialect switch
            {
                SqlDialect.Sqlite =>
                    $"""
                    {IndexedPost.Select}
                    where p.id in (select rowid from post_search where post_search match @match order by rowid desc limit @MostLookedAt)
                    """,
            },
            new { match = $"\"{begin}\" *", settings.MostLookedAt }, token))
            meant.UnionWith(SearchTerms.Of($"{post.Title} {PlainText.Of(post.Html)}").Select(term => term.Text).Where(term => pattern.IsMatch(term)));

        return [.. meant.Order(StringComparer.Ordinal).Take(MostMeant)];
    }
}
