using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// What somebody may have meant whose words nothing has: the nearest words of titles and names of tags. What is offered stands in a title
/// or on a question that can be seen now. See docs/rules/search.md, "Did you mean".
/// </summary>
static class Spelling
{
    // Of a query, so many words at most…
    const int MostWords = 3;

    // …for each of which so many words that begin alike are compared…
    const int MostCompared = 20_000;

    // …and so many of the nearest asked how common they are, which is counted so far.
    const int MostCounted = 5;
    const int MostHits = 50;

    // A word of so many letters may differ in two places, a shorter one in one.
    const int Long = 6;

    /// <summary>The query with other words; null when there is none to suggest.</summary>
    public static async Task<string?> Better(Db db, SearchQuery query, CancellationToken token)
    {
        var better = new Dictionary<SearchClause, string>();
        foreach (var clause in query.Clauses.OfType<TextClause>().Where(IsWord).Take(MostWords))
        {
            var word = SearchTerms.Of(clause.Text)[0];
            if (await db.Get<int>(Exists("post_search"), new { match = $"\"{word.Stem}\"" }, token) == 0 && await Nearest(db, word.Text, token) is { } nearest)
                better[clause] = nearest;
        }

        return better.Count == 0 ? null : query.With(clause => better.GetValueOrDefault(clause, clause.Source));
    }

    /// <summary>How many letters must be put in, left out, replaced or changed places with their neighbour to make one word of another.</summary>
    public static int Distance(string one, string other)
    {
        var (before, last, current) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray(), new int[other.Length + 1]);
        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, last, current) = (last, current, before);
        }

        return last[other.Length];
    }

    static bool IsWord(TextClause clause) =>
        clause is { IsNegated: false, Field: SearchField.Anywhere, Form: TextForm.Word }
        && SearchTerms.Of(clause.Text) is [var word] && IndexedWords.IsSpelling(word.Text) && !SearchMatch.IsFunctionWord(word.Text);

    static async Task<string?> Nearest(Db db, string word, CancellationToken token)
    {
        var most = word.Length < Long ? 1 : 2;
        // The first letter is seldom wrong, unless it changed places with the second.
        var known = new List<string>();
        foreach (var first in new[] { word[0], word[1] }.Distinct())
            known.AddRange(await db.Query<string>(
                """
                select word from search_words where word >= @begin and word < @end and length(word) between @least and @most
                union
                select name from tags where name >= @begin and name < @end and question_count > 0 and length(name) between @least and @most
                limit @MostCompared
                """,
                new { begin = $"{first}", end = $"{(char)(first + 1)}", least = word.Length - most, most = word.Length + most, MostCompared }, token));

        var nearest = known.Distinct(StringComparer.Ordinal).Select(other => (Word: other, Distance: Distance(word, other)))
            .Where(other => other.Distance <= most)
            .OrderBy(other => other.Distance).ThenBy(other => other.Word, StringComparer.Ordinal)
            .Take(MostCounted).ToList();
        var counted = new List<(string Word, int Distance, int Hits)>();
        foreach (var (other, distance) in nearest)
            counted.Add((other, distance, await db.Get<int>(Exists("title_search"), new { match = $"\"{other}\"" }, token) + await db.Get<int>(
                "select count(*) from tags where name = @other and question_count > 0", new { other }, token)));
        return counted.Where(other => other.Hits > 0).OrderBy(other => other.Distance).ThenByDescending(other => other.Hits).Select(other => other.Word).FirstOrDefault();
    }

    // How many rows match, as far as it matters.
    static string Exists(string index) => $"select count(*) from (select 1 from {index} where {index} match @match limit {MostHits})";
}
