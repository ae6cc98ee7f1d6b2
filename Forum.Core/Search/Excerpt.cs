using System.Buffers;

namespace Forum.Core.Search;

/// <summary>A stretch of text that is a hit or not; pages write it out encoded, hits inside <c>mark</c>.</summary>
public readonly record struct Piece(string Text, bool IsHit);

/// <summary>Knows which words of a text a query found.</summary>
public sealed class SearchHits
{
    readonly HashSet<string> terms = new(StringComparer.Ordinal);
    readonly HashSet<string> firsts = new(StringComparer.Ordinal);
    readonly HashSet<string> prefixes = new(StringComparer.Ordinal);
    readonly List<string> code = [];
    SearchValues<char>? beginnings;

    /// <summary>The hits of the words that <paramref name="query"/> asks for.</summary>
    public static SearchHits Of(SearchQuery query)
    {
        var hits = new SearchHits();
        hits.code.AddRange(query.Clauses.OfType<TextClause>().Where(c => c is { Field: SearchField.Code, IsNegated: false })
            .Select(c => string.Join(' ', c.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        foreach (var clause in SearchMatch.Wanted(query))
        {
            hits.terms.UnionWith(clause.Meant ?? []);
            foreach (var term in clause.Meant is null ? SearchTerms.Of(clause.Text) : [])
            {
                if (clause.Form != TextForm.Phrase && SearchMatch.IsFunctionWord(term.Text))
                    continue;
                if (term.IsPair && term.Text.EnumerateRunes().Count() == 1)
                    hits.firsts.Add(term.Text);
                if (clause.IsPrefix)
                    hits.prefixes.Add(term.Text);
                hits.terms.Add(term.Text);
                if (term.Stem is { } stem && clause.Form == TextForm.Word)
                    hits.terms.Add(stem);
                if (term.Alias is { } alias)
                    hits.terms.Add(alias);
            }
        }
        return hits;
    }

    /// <summary>The letters that what was found begins with: no other plain word need be looked at.</summary>
    internal SearchValues<char> Beginnings => beginnings ??= SearchValues.Create(
        [.. terms.Concat(prefixes).Select(term => term.TrimStart(SearchTerms.StemMark)).Where(term => term.Length > 0).SelectMany(term => (char[])[term[0], char.ToUpperInvariant(term[0])])]);

    /// <summary>The code that was looked for, as it stands in plain text.</summary>
    internal IReadOnlyList<string> Code => code;

    /// <summary>What was found by this term, so that two hits of one word count once.</summary>
    internal string? Key(SearchTerm term)
    {
        if (terms.Contains(term.Text))
            return term.Text;
        if (term.Stem is { } stem && terms.Contains(stem))
            return stem;
        if (term.Alias is { } alias && terms.Contains(alias))
            return alias;
        foreach (var part in term.Parts)
            if (terms.Contains(part) || (SearchTerms.StemOf(part) is { } partStem && terms.Contains(partStem)))
                return part;
        foreach (var first in firsts)
            if (term.IsPair && term.Text.Contains(first, StringComparison.Ordinal))
                return first;
        foreach (var prefix in prefixes)
            if (term.Text.StartsWith(prefix, StringComparison.Ordinal))
                return prefix;
        return null;
    }
}

/// <summary>Shows where a text was hit. Plain text in, plain pieces out: no markup here.</summary>
public static class Excerpt
{
    const string Ellipsis = "…";

    /// <summary>The whole text, its hits marked.</summary>
    public static IReadOnlyList<Piece> Whole(string text, SearchHits hits) => Cut(text, 0, text.Length, Spans(text, hits));

    /// <summary>
    /// About <paramref name="length"/> characters of <paramref name="text"/>, from where most different words are hit; its
    /// beginning when none is. White space is drawn together.
    /// </summary>
    public static IReadOnlyList<Piece> Around(string text, SearchHits hits, int length)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var spans = Spans(text, hits);
        if (text.Length <= length)
            return Cut(text, 0, text.Length, spans);

        var (best, bestCount) = (0, 0);
        var inside = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int first = 0, last = 0; first < spans.Count; first++)
        {
            for (; last < spans.Count && spans[last].End - spans[first].Start <= length; last++)
                inside[spans[last].Key] = inside.GetValueOrDefault(spans[last].Key) + 1;
            if (inside.Count > bestCount)
                (best, bestCount) = (first, inside.Count);
            if (last > first && --inside[spans[first].Key] == 0)
                inside.Remove(spans[first].Key);
            last = Math.Max(last, first + 1);
        }

        var start = bestCount == 0 ? 0 : WordStart(text, Math.Max(0, spans[best].Start - (length / 4)));
        if (start + length > text.Length)
            start = WordStart(text, Math.Max(0, text.Length - length));
        var end = WordEnd(text, start, Math.Min(text.Length, start + length));
        var pieces = Cut(text, start, end, spans).ToList();
        if (start > 0)
            pieces.Insert(0, new(Ellipsis, IsHit: false));
        if (end < text.Length)
            pieces.Add(new(Ellipsis, IsHit: false));
        return pieces;
    }

    static List<(int Start, int End, string Key)> Spans(string text, SearchHits hits)
    {
        var spans = new List<(int Start, int End, string Key)>();
        foreach (var term in SearchTerms.Of(text, hits.Beginnings))
        {
            if (hits.Key(term) is not { } key)
                continue;
            // Of a pair that was found by one of its characters, only that one is the hit.
            var inPair = term.IsPair && key.Length < term.Text.Length ? text.IndexOf(key, term.Start, term.End - term.Start, StringComparison.Ordinal) : -1;
            spans.Add(inPair < 0 ? (term.Start, term.End, key) : (inPair, inPair + key.Length, key));
        }
        if (hits.Code.Count == 0)
            return spans;

        foreach (var code in hits.Code)
            for (var at = text.IndexOf(code, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(code, at + code.Length, StringComparison.OrdinalIgnoreCase))
                spans.Add((at, at + code.Length, code));
        // A mark reaches as far as the longest of what begins in it.
        return [.. spans.OrderBy(span => span.Start).ThenByDescending(span => span.End)];
    }

    static List<Piece> Cut(string text, int start, int end, List<(int Start, int End, string Key)> spans)
    {
        var pieces = new List<Piece>();
        var at = start;
        var hitEnd = start;
        var hitStart = -1;
        foreach (var span in spans)
        {
            if (span.End <= start || span.Start >= end)
                continue;
            // Pairs of one run overlap, and make one mark.
            if (hitStart >= 0 && span.Start < hitEnd)
            {
                hitEnd = Math.Max(hitEnd, Math.Min(end, span.End));
                continue;
            }
            Close();
            (hitStart, hitEnd) = (Math.Max(start, span.Start), Math.Min(end, span.End));
        }
        Close();
        if (at < end)
            pieces.Add(new(text[at..end], IsHit: false));
        return pieces;

        void Close()
        {
            if (hitStart < 0)
                return;
            if (hitStart > at)
                pieces.Add(new(text[at..hitStart], IsHit: false));
            pieces.Add(new(text[hitStart..hitEnd], IsHit: true));
            at = hitEnd;
        }
    }

    /// <summary>Moves forward to where a word begins, but not far: a text without spaces begins anywhere.</summary>
    static int WordStart(string text, int from)
    {
        if (from == 0)
            return 0;
        for (var i = from; i < Math.Min(text.Length, from + 20); i++)
            if (text[i - 1] == ' ')
                return i;
        return char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    static int WordEnd(string text, int start, int to)
    {
        if (to == text.Length)
            return to;
        for (var i = to; i > Math.Max(start, to - 20); i--)
            if (text[i] == ' ')
                return i;
        return char.IsLowSurrogate(text[to]) ? to - 1 : to;
    }
}
