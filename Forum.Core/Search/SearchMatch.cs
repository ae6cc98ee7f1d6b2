namespace Forum.Core.Search;

/// <summary>
/// The words of a query as a full-text expression. Every term stands in quotes and holds none, so nothing typed is ever
/// read as the engine's own syntax.
/// </summary>
static class SearchMatch
{
    /// <summary>Function words: looked for only in phrases, or when a query has nothing else.</summary>
    static readonly HashSet<string> Function = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "for", "from", "by", "with", "as", "is", "are", "was", "were",
        "be", "been", "do", "does", "did", "how", "what", "why", "when", "which", "who", "can", "could", "should", "would", "will",
        "i", "my", "me", "we", "you", "your", "it", "its", "this", "that", "there", "im", "dont", "cant",
    };

    // A term that no text has: the mark stands alone, or before a stem.
    const string NoTerm = "\"~~\"";

    /// <summary>FTS5: what every post must have; null when the query names no word.</summary>
    public static string? Sqlite(SearchQuery query) => Join(" AND ", Wanted(query).Select(Sqlite));

    /// <summary>FTS5: posts with any of the words; null when there is only one word, which would change nothing.</summary>
    public static string? SqliteAny(SearchQuery query) =>
        Wanted(query).SelectMany(Loose).Distinct(StringComparer.Ordinal).ToList() is { Count: > 1 } any ? string.Join(" OR ", any) : null;

    /// <summary>FTS5: posts with every word just as it was typed; null when that is what they all have.</summary>
    public static string? SqliteExact(SearchQuery query)
    {
        var words = Wanted(query).Where(c => c.Form == TextForm.Word).SelectMany(c => SearchTerms.Of(c.Text)).Where(t => !Function.Contains(t.Text)).ToList();
        return words.Exists(t => t.Stem is not null) ? string.Join(" AND ", words.Select(t => $"\"{t.Text}\"").Distinct(StringComparer.Ordinal)) : null;
    }

    /// <summary>FTS5: posts to leave out; null when the query excludes no word.</summary>
    public static string? SqliteExcluded(SearchQuery query) =>
        Join(" OR ", query.Clauses.OfType<TextClause>().Where(c => c is { IsNegated: true, IsOfWords: true }).Select(Sqlite));

    /// <summary>FTS5: code that every post must have, or must not have; null when the query names none.</summary>
    public static string? SqliteCode(SearchQuery query, bool isNegated) => Of(query, SearchField.Code, isNegated, SearchedCode.Match);

    /// <summary>FTS5: links that every post must have, or must not have; null when the query names none.</summary>
    public static string? SqliteLinks(SearchQuery query, bool isNegated) => Of(query, SearchField.Url, isNegated, SearchedLinks.Match);

    /// <summary>FTS5: an expression for each word of a text that says anything, in their order, with how often the word comes.</summary>
    public static OrderedDictionary<string, int> Telling(string text)
    {
        var words = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in SearchTerms.Of(text).Where(t => !Function.Contains(t.Text)))
        {
            var match = Sqlite(term);
            words[match] = words.GetValueOrDefault(match) + 1;
        }

        return words;
    }

    /// <summary>Whether a post must have every term that an expression names. Terms hold no capitals.</summary>
    public static bool HasAll(string match) => !match.Contains(" OR ", StringComparison.Ordinal) && !match.Contains(" NOT ", StringComparison.Ordinal);

    /// <summary>The terms that an expression names, each once; one that stands for its endings too ends in <c>*</c>.</summary>
    public static IReadOnlyList<string> Terms(string match)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        for (var begin = match.IndexOf('"', StringComparison.Ordinal); begin >= 0;)
        {
            var end = match.IndexOf('"', begin + 1);
            var words = match[(begin + 1)..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && match.AsSpan(end + 1).StartsWith(" *"))
                words[^1] += "*";
            terms.UnionWith(words);
            begin = match.IndexOf('"', end + 1);
        }

        return [.. terms];
    }

    /// <summary>Whether the word says anything by itself.</summary>
    public static bool IsFunctionWord(string term) => Function.Contains(term);

    /// <summary>The words and phrases that count towards a hit, function words left out where others remain.</summary>
    public static IReadOnlyList<TextClause> Wanted(SearchQuery query)
    {
        var all = query.Clauses.OfType<TextClause>()
            .Where(c => c is { IsNegated: false, IsOfWords: true }).ToList();
        var telling = all.FindAll(c => c.Form != TextForm.Word || SearchTerms.Of(c.Text).Any(t => !Function.Contains(t.Text)));
        return telling.Count > 0 ? telling : all;
    }

    static string? Join(string between, IEnumerable<string> expressions)
    {
        var joined = string.Join(between, expressions.Where(e => e.Length > 0).Select(e => $"({e})"));
        return joined.Length > 0 ? joined : null;
    }

    static string? Of(SearchQuery query, SearchField field, bool isNegated, Func<string, string?> match) =>
        Join(isNegated ? " OR " : " AND ", query.Clauses.OfType<TextClause>().Where(c => c.Field == field && c.IsNegated == isNegated).Select(c => match(c.Text) ?? ""));

    static string Sqlite(TextClause clause) => In(clause.Field, Anywhere(clause));

    // The engine's own columns; everywhere is both.
    static string In(SearchField field, string expression) => expression.Length == 0 ? "" : field switch
    {
        SearchField.Title => $"title : ({expression})",
        SearchField.Body => $"body : ({expression})",
        _ => expression,
    };

    static string Anywhere(TextClause clause)
    {
        if (clause.Meant is { } meant)
            return meant.Count == 0 ? NoTerm : string.Join(" OR ", meant.Select(word => $"\"{word}\""));
        var terms = SearchTerms.Of(clause.Text);
        var phrase = "\"" + string.Join(' ', terms.Select(t => t.Text)) + "\"";
        if (terms.Count == 0)
            return "";
        if (clause.IsPrefix)
            return phrase + " *";
        if (terms.Count == 1)
            return clause.Form == TextForm.Phrase && !terms[0].IsPair ? phrase : Sqlite(terms[0]);
        return clause.Form == TextForm.Phrase || clause.IsNegated
            ? phrase
            : $"{phrase} OR ({string.Join(" AND ", terms.Select(t => $"({Sqlite(t)})"))})";
    }

    static IEnumerable<string> Loose(TextClause clause) =>
        clause.Form != TextForm.Word ? [Sqlite(clause)] : SearchTerms.Of(clause.Text).Where(t => !Function.Contains(t.Text)).Select(t => In(clause.Field, Sqlite(t)));

    static string Sqlite(SearchTerm term)
    {
        // A single character of a script without spaces begins every pair it is in, or is the last of its run.
        if (term.IsPair && term.Text.EnumerateRunes().Count() == 1)
            return $"\"{term.Text}\" *";
        // Whatever has a word has its stem too, so that the stem alone finds both.
        var ways = new List<string> { $"\"{term.Stem ?? term.Text}\"" };
        if (term.Alias is { } alias)
            ways.Add($"\"{alias}\"");
        if (term.Alias is not null && term.Text.Split('-') is var written)
            ways.Add($"\"{string.Join(' ', written)}\"");
        else if (term.Parts.Count > 1 && !char.IsAsciiDigit(term.Text[0]))
            ways.Add($"({string.Join(" AND ", term.Parts.Select(p => $"\"{p}\""))})");
        return string.Join(" OR ", ways);
    }
}
