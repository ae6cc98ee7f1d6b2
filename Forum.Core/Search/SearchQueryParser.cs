using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Forum.Core.Settings;

namespace Forum.Core.Search;

/// <summary>
/// Reads the search language of docs/rules/search.md. Tolerant: every string is a query, an unknown <c>name:</c> is plain text,
/// and what looks like an operator but cannot be read is text with a hint.
/// </summary>
public static partial class SearchQueryParser
{
    const long Furthest = 1_000_000_000_000;

    delegate SearchClause? ReadValue(string source, string value);

    static readonly Dictionary<string, ReadValue> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = (source, value) => Owner(value, "me") is var (ok, id) && ok ? new AuthorClause(source, id) : null,
        ["author"] = (source, value) => Owner(value, "me") is var (ok, id) && ok ? new AuthorClause(source, id) : null,
        ["score"] = (source, value) => Number(source, Measure.Score, value),
        ["votes"] = (source, value) => Number(source, Measure.Score, value),
        ["answers"] = (source, value) => Number(source, Measure.Answers, value),
        ["views"] = (source, value) => Number(source, Measure.Views, value),
        ["is"] = Kind,
        ["title"] = (source, value) => Text(source, SearchField.Title, value),
        ["body"] = (source, value) => Text(source, SearchField.Body, value),
        ["code"] = (source, value) => Text(source, SearchField.Code, value),
        ["url"] = (source, value) => Text(source, SearchField.Url, value),
        ["created"] = (source, value) => Dates(source, Moment.Created, value),
        ["lastactive"] = (source, value) => Dates(source, Moment.LastActive, value),
        ["lastedit"] = (source, value) => Dates(source, Moment.LastEdit, value),
        ["hascode"] = (source, value) => State(source, PostState.HasCode, value),
        ["isaccepted"] = (source, value) => State(source, PostState.IsAccepted, value),
        ["hasaccepted"] = (source, value) => State(source, PostState.HasAccepted, value),
        ["isanswered"] = (source, value) => State(source, PostState.IsAnswered, value),
        ["closed"] = (source, value) => State(source, PostState.Closed, value),
        ["duplicate"] = (source, value) => State(source, PostState.Duplicate, value),
        ["locked"] = (source, value) => State(source, PostState.Locked, value),
        ["wiki"] = (source, value) => State(source, PostState.Wiki, value),
        ["deleted"] = (source, value) => State(source, PostState.Deleted, value),
        ["inquestion"] = (source, value) => Owner(value, "this") is var (ok, id) && ok ? new ThreadClause(source, id) : null,
        ["insaves"] = (source, value) => Owner(value, "mine") is var (ok, id) && ok ? new SavesClause(source, id) : null,
        ["infavorites"] = (source, value) => Owner(value, "mine") is var (ok, id) && ok ? new SavesClause(source, id) : null,
        ["inbookmarks"] = (source, value) => Owner(value, "mine") is var (ok, id) && ok ? new SavesClause(source, id) : null,
        ["intags"] = (source, value) => Is(value, "mine") ? new WatchedTagsClause(source) : null,
    };

    // Of what nobody keeps here: collectives, moves between sites, notices on posts.
    static readonly HashSet<string> WithoutData = new(StringComparer.OrdinalIgnoreCase) { "collective", "migrated", "hasnotice" };

    /// <summary>
    /// The query in <paramref name="text"/>; null counts as empty. What goes beyond the length and the number of conditions in
    /// <paramref name="limits"/> is not read, and a hint says so.
    /// </summary>
    public static SearchQuery Parse(string? text, SearchSettings limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var hints = new List<SearchHint>();
        var query = Clean(text ?? "", limits.QueryLength);
        if (query.Length > limits.QueryLength)
        {
            query = query[..(limits.QueryLength - (char.IsHighSurrogate(query[limits.QueryLength - 1]) ? 1 : 0))].TrimEnd();
            hints.Add(new("search.too-long", query));
        }

        var clauses = new List<SearchClause>();
        for (var at = 0; at < query.Length;)
        {
            if (clauses.Count == limits.QueryConditions)
            {
                hints.Add(new("search.too-long", query[..at].TrimEnd()));
                break;
            }
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }
            var clause = ReadClause(query, ref at, hints);
            if (clause is not null)
                clauses.Add(clause);
        }
        return new(query, clauses, hints);
    }

    static string Clean(string text, int enough)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length > 2 * enough)
                break;
            clean.Append(rune.Value switch
            {
                '“' or '”' or '„' or '＂' => "\"",
                _ => Rune.IsControl(rune) || rune == Rune.ReplacementChar ? " " : rune.ToString(),
            });
        }
        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    static SearchClause? ReadClause(string query, ref int at, List<SearchHint> hints)
    {
        var start = at;
        // "-1" in "exit code -1" is a number, "--force" an option, "- " a dash.
        var isNegated = query[at] == '-' && at + 1 < query.Length && !char.IsWhiteSpace(query[at + 1])
            && query[at + 1] != '-' && !NumberAlone().IsMatch(query, at + 1);
        if (isNegated)
            at++;

        var clause = query[at] switch
        {
            '"' => ReadPhrase(query, start, ref at),
            '[' => ReadTags(query, start, isNegated, ref at),
            _ => ReadOperator(query, start, ref at, hints),
        };
        clause ??= ReadWord(query, start, ref at);
        return clause is null ? null : clause with { IsNegated = isNegated };
    }

    static TextClause? ReadPhrase(string query, int start, ref int at)
    {
        var close = query.IndexOf('"', at + 1);
        var end = close < 0 ? query.Length : close;
        var phrase = query[(at + 1)..end].Trim();
        at = Math.Min(end + 1, query.Length);
        return HasWords(phrase) ? new(query[start..at], SearchField.Anywhere, TextForm.Phrase, phrase) : null;
    }

    static TagsClause? ReadTags(string query, int start, bool isNegated, ref int at)
    {
        var tags = new List<string>();
        var first = Tag().Match(query, at);
        if (!first.Success)
            return null;
        tags.Add(first.Groups["tag"].Value.ToLowerInvariant());
        at += first.Length;
        while (!isNegated && OrTag().Match(query, at) is { Success: true } other)
        {
            tags.Add(other.Groups["tag"].Value.ToLowerInvariant());
            at += other.Length;
        }
        return new(query[start..at], [.. tags.Distinct(StringComparer.Ordinal)]);
    }

    static SearchClause? ReadOperator(string query, int start, ref int at, List<SearchHint> hints)
    {
        var match = NameAndValue().Match(query, at);
        if (!match.Success)
            return null;
        var name = match.Groups["name"].Value;
        var quoted = match.Groups["quoted"];
        var value = (quoted.Success ? quoted.Value : match.Groups["bare"].Value).Trim();
        var end = at + match.Length;
        var source = query[start..end];
        if (value.Length == 0)
            return null;
        if (WithoutData.Contains(name) || (Is(name, "is") && Is(value, "article")))
        {
            hints.Add(new("search.no-data", source));
            return null;
        }

        if (!Operators.TryGetValue(name, out var read))
            return null;
        if (read(source, value) is not { } clause)
        {
            hints.Add(new("search.not-understood", source));
            return null;
        }

        at = end;
        return clause;
    }

    static TextClause? ReadWord(string query, int start, ref int at)
    {
        var end = at;
        while (end < query.Length && !char.IsWhiteSpace(query[end]))
            end++;
        var word = query[at..end];
        at = end;
        if (!HasWords(word))
            return null;
        return new(query[start..end], SearchField.Anywhere, Wildcard().IsMatch(word) ? TextForm.Wildcard : TextForm.Word, word);
    }

    static bool HasWords(string text) => SearchTerms.Of(text).Count > 0;

    static TextClause? Text(string source, SearchField field, string value) => field switch
    {
        // What stands in code is looked for as it is written, whatever it is made of.
        SearchField.Code => SearchedCode.Match(value) is null ? null : new(source, field, TextForm.Phrase, value),
        SearchField.Url => SearchedLinks.Match(value) is null ? null : new(source, field, TextForm.Phrase, value),
        SearchField.Anywhere or SearchField.Title or SearchField.Body when HasWords(value) =>
            new(source, field, source.Contains('"', StringComparison.Ordinal) ? TextForm.Phrase : Wildcard().IsMatch(value) ? TextForm.Wildcard : TextForm.Word, value),
        _ => null,
    };

    static KindClause? Kind(string source, string value) => value.ToUpperInvariant() switch
    {
        "QUESTION" or "Q" => new(source, SearchedKind.Question),
        "ANSWER" or "A" => new(source, SearchedKind.Answer),
        _ => null,
    };

    static StateClause? State(string source, PostState state, string value) => value.ToUpperInvariant() switch
    {
        "YES" or "1" or "TRUE" => new(source, state, Choice.Yes),
        "NO" or "0" or "FALSE" => new(source, state, Choice.No),
        "ALL" when state == PostState.Deleted => new(source, state, Choice.All),
        _ => null,
    };

    static (bool IsOwner, long? Id) Owner(string value, string self) =>
        Is(value, self) ? (true, null)
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (true, id)
        : (false, null);

    static NumberClause? Number(string source, Measure measure, string value)
    {
        var dots = value.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            var (from, to) = (value[..dots], value[(dots + 2)..]);
            long? least = null, most = null;
            if (from.Length > 0 && (least = Integer(from)) is null)
                return null;
            if (to.Length > 0 && (most = Integer(to)) is null)
                return null;
            return least is null && most is null ? null : new(source, measure, least, most);
        }
        var digits = value.TrimStart('<', '>', '=');
        if (Integer(digits) is not { } number)
            return null;
        return value[..^digits.Length] switch
        {
            "" when measure == Measure.Answers && number == 0 => new(source, measure, 0, 0),
            "" or ">=" => new(source, measure, number, null),
            ">" => new(source, measure, number + 1, null),
            "<" => new(source, measure, null, number - 1),
            "<=" => new(source, measure, null, number),
            "=" => new(source, measure, number, number),
            _ => null,
        };
    }

    static long? Integer(string digits) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, -Furthest, Furthest)
            : null;

    static DateClause? Dates(string source, Moment moment, string value)
    {
        var dots = value.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            var (from, to) = (value[..dots], value[(dots + 2)..]);
            DatePoint? first = null, last = null;
            if (from.Length > 0 && (first = Point(from)) is null)
                return null;
            if (to.Length > 0 && (last = Point(to)) is null)
                return null;
            return first is null && last is null ? null : new(source, moment, first, last);
        }
        var bare = value.TrimStart('<', '>', '=');
        if (Point(bare) is not { } point)
            return null;
        // "<1w" is younger than a week: from a week ago on. For dates the signs read as they look.
        return (value[..^bare.Length], point) switch
        {
            ("", AgePoint) => new(source, moment, point, null),
            ("", _) => new(source, moment, point, point),
            ("<" or "<=", AgePoint) or (">" or ">=", CalendarPoint) => new(source, moment, point, null),
            (">" or ">=", AgePoint) or ("<" or "<=", CalendarPoint) => new(source, moment, null, point),
            _ => null,
        };
    }

    static DatePoint? Point(string value)
    {
        var age = Age().Match(value);
        if (age.Success && int.TryParse(age.Groups["amount"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return new AgePoint(amount, age.Groups["unit"].Value.ToUpperInvariant() switch
            {
                "H" => AgeUnit.Hour,
                "D" => AgeUnit.Day,
                "W" => AgeUnit.Week,
                "M" or "MO" => AgeUnit.Month,
                _ => AgeUnit.Year,
            });
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new CalendarPoint(day, day);
        if (DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new CalendarPoint(month, new(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month)));
        return DateOnly.TryParseExact(value, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year)
            ? new CalendarPoint(year, new(year.Year, 12, 31))
            : null;
    }

    static bool Is(string value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""\G(?<name>[A-Za-z]+):(?:"(?<quoted>[^"]*)"?|(?<bare>\S*))""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameAndValue();

    [GeneratedRegex("""\G\[(?<tag>[^\s\[\]]{1,50})\]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("""\G\s+or\s+\[(?<tag>[^\s\[\]]{1,50})\]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OrTag();

    [GeneratedRegex("""^[\p{L}\p{Nd}_.#+-]+\*[\p{L}\p{Nd}_*]*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Wildcard();

    [GeneratedRegex("""\G[0-9][0-9.]*(?=\s|$)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberAlone();

    [GeneratedRegex("""^(?<amount>[0-9]{1,5})(?<unit>h|d|w|m|mo|y)$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Age();
}
