using System.Buffers;
using System.Globalization;
using System.Text;

namespace Forum.Core.Search;

/// <summary>
/// One word of a text as search knows it. <see cref="Start"/> and <see cref="End"/> are its place in the text it was read from.
/// </summary>
/// <param name="Text">The word in lower case without diacritics: <c>c#</c>, <c>node.js</c>, a pair of Chinese characters.</param>
/// <param name="Stem">What the word shares with its inflections, marked with <see cref="SearchTerms.StemMark"/>; null where it has none.</param>
/// <param name="Parts">Shorter words inside a compound one: <c>get</c>, <c>user</c>, <c>name</c> for <c>getUserName</c>.</param>
/// <param name="Alias">Another way to write a hyphenated compound: <c>utf8</c> for <c>utf-8</c>.</param>
/// <param name="IsPair">Whether it is a pair out of a run of text without spaces (Chinese, Japanese, Korean, Thai…).</param>
public readonly record struct SearchTerm(
    string Text, string? Stem, IReadOnlyList<string> Parts, string? Alias, bool IsPair, int Start, int End);

/// <summary>
/// Turns text into the terms of the index, and a query into the terms looked for: the same on every engine, so that an
/// engine only has to split at spaces. See docs/rules/search.md, "Words".
/// </summary>
public static class SearchTerms
{
    /// <summary>A term is cut after this many characters; nobody searches for more, and a base64 blob is one term.</summary>
    public const int MaxLength = 64;

    /// <summary>Begins the stem of a word, so that it is never taken for a word itself.</summary>
    public const char StemMark = '~';

    /// <summary>What people drop between words when they elide in French: l'index, d'abord, qu'il.</summary>
    static readonly HashSet<string> Elisions = new(StringComparer.OrdinalIgnoreCase) { "l", "d", "j", "m", "n", "s", "t", "c", "qu" };

    static readonly SearchValues<char> AsciiWord = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // What follows a word without being, or beginning, any more of it.
    static readonly SearchValues<char> Partings = SearchValues.Create(" \n,;:?!()\"/");

    // Texts say the same words over and over. A place remembers the latest word that fell on it, whichever thread wrote it.
    static readonly Stemmed?[] LatestStems = new Stemmed?[8192];

    /// <summary>
    /// The text as the index stores it: its words in their order, a lone mark, then the stems, parts and aliases in no
    /// order that matters. So a phrase is adjacency of words as written, and a word also finds its inflections.
    /// </summary>
    public static string ForIndex(string text)
    {
        var words = new StringBuilder(text.Length);
        var tail = new StringBuilder(text.Length);
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var lastOfRun = default(SearchTerm);
        foreach (var term in Of(text))
        {
            words.Append(term.Text).Append(' ');
            if (term.Stem is { } stem)
                tail.Append(stem).Append(' ');
            foreach (var part in term.Parts)
                if (parts.Add(part))
                {
                    tail.Append(part).Append(' ');
                    if (StemOf(part) is { } partStem)
                        tail.Append(partStem).Append(' ');
                }
            if (term.Alias is { } alias && parts.Add(alias))
                tail.Append(alias).Append(' ');
            // The last character of a run begins no pair, yet a look for that one character must find it.
            if (lastOfRun.IsPair && !(term.IsPair && term.Start < lastOfRun.End))
                AppendLast(lastOfRun);
            lastOfRun = term;
        }
        if (lastOfRun.IsPair)
            AppendLast(lastOfRun);
        return words.Append(StemMark).Append(' ').Append(tail).ToString();

        void AppendLast(SearchTerm pair)
        {
            var last = pair.Text.EnumerateRunes().Last().ToString();
            if (last.Length < pair.Text.Length && parts.Add(last))
                tail.Append(last).Append(' ');
        }
    }

    /// <summary>The words of <paramref name="text"/> in their order.</summary>
    public static IReadOnlyList<SearchTerm> Of(string text) => Of(text, null);

    /// <summary>
    /// The words of <paramref name="text"/> in their order; of plain English ones only those that begin with one of these letters, or all.
    /// A word and its stem begin alike.
    /// </summary>
    internal static IReadOnlyList<SearchTerm> Of(string text, SearchValues<char>? beginnings)
    {
        var folded = FoldedText.From(text);
        var s = folded.Text;
        var terms = new List<SearchTerm>(beginnings is null ? s.Length / 5 : 16);
        for (var i = 0; i < s.Length;)
        {
            var rune = RuneAt(s, i);
            if (IsUnspaced(rune))
                i = ReadPairs(folded, i, terms);
            else if (beginnings is not null && PlainEnd(s, i) is var end && end > i && !beginnings.Contains(s[i]))
                i = end;
            else if (IsWord(rune) || StartsWithDot(s, i))
                i = ReadWord(folded, i, terms);
            else
                i += rune.Utf16SequenceLength;
        }
        return terms;
    }

    /// <summary>The marked stem of a word in the form of <see cref="SearchTerm.Text"/>; null for what is not a plain English word.</summary>
    public static string? StemOf(string word)
    {
        if (word.Length <= 2 || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            return null;

        ref var place = ref LatestStems[(uint)word.GetHashCode(StringComparison.Ordinal) % LatestStems.Length];
        if (place is { } latest && latest.Word == word)
            return latest.Marked;

        var marked = StemMark + EnglishStemmer.Stem(word);
        place = new Stemmed(word, marked);
        return marked;
    }

    /// <summary>Where the word that begins here ends, when it is of small letters but maybe for the first, and nothing clings to it; else here.</summary>
    static int PlainEnd(string s, int start)
    {
        if (!char.IsAsciiLetter(s[start]))
            return start;
        var length = s.AsSpan(start + 1).IndexOfAnyExceptInRange('a', 'z');
        var end = length < 0 ? s.Length : start + 1 + length;
        return end == s.Length || Partings.Contains(s[end]) || (s[end] == '.' && At(s, end + 1) == ' ') ? end : start;
    }

    static int ReadPairs(FoldedText folded, int start, List<SearchTerm> terms)
    {
        var s = folded.Text;
        var end = start;
        var first = start;
        var second = start;
        while (end < s.Length && RuneAt(s, end) is var rune && IsUnspaced(rune))
        {
            var next = end + rune.Utf16SequenceLength;
            if (end > start)
            {
                Add(first, next);
                first = second = end;
            }
            end = next;
        }
        if (second == start)
            Add(start, end);
        return end;

        void Add(int from, int to) => terms.Add(new(s[from..to], null, [], null, IsPair: true, folded.Start(from), folded.End(to)));
    }

    /// <summary>Reads one word with what belongs to it: dots and hyphens inside, an apostrophe, a trailing # or ++.</summary>
    static int ReadWord(FoldedText folded, int start, List<SearchTerm> terms)
    {
        var s = folded.Text;
        var hasDot = s[start] == '.';
        var hasHyphen = false;
        var segment = hasDot ? start + 1 : start;
        var end = WordEnd(s, segment);
        while (end + 1 < s.Length && IsPlainWord(s, end + 1))
        {
            if (s[end] == '.')
            {
                hasDot = true;
            }
            else if (s[end] == '-' && BelongTogether(s.AsSpan(segment, end - segment), s.AsSpan(end + 1, WordEnd(s, end + 1) - end - 1)))
            {
                hasHyphen = true;
            }
            else if (s[end] == '\'' && char.IsLetter(s[end - 1]) && char.IsLetter(s[end + 1]))
            {
                if (segment == start && Elisions.Contains(s[segment..end]) && WordEnd(s, end + 1) - end > 2)
                    return end + 1;
                var tail = WordEnd(s, end + 1);
                if (tail == end + 2 && s[end + 1] is 's' or 'S')
                {
                    Add(end);
                    return tail;
                }
            }
            else
            {
                break;
            }
            segment = end + 1;
            end = WordEnd(s, segment);
        }
        if (!hasDot && !hasHyphen)
            end = SuffixEnd(s, start, end);
        Add(end);
        return end;

        void Add(int to)
        {
            var written = s[start..to].Replace("'", "", StringComparison.Ordinal);
            var text = Cut(written.ToLowerInvariant());
            var parts = PartsOf(written, text);
            var alias = hasHyphen ? Cut(text.Replace("-", "", StringComparison.Ordinal)) : null;
            terms.Add(new(text, StemOf(text), parts, alias, IsPair: false, folded.Start(start), folded.End(to)));
        }
    }

    /// <summary>Hyphenated words are several words, but objective-c, e-mail, utf-8 and sha-256 are one.</summary>
    static bool BelongTogether(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        (left.Length == 1 && char.IsLetter(left[0]) && char.IsLetter(right[0]))
        || (right.Length == 1 && char.IsLetter(right[0]) && char.IsLetter(left[^1]))
        || (right.Length <= 4 && !right.ContainsAnyExceptInRange('0', '9') && char.IsLetter(left[^1]));

    /// <summary>c#, f#, c++, notepad++: not a#b, not a++b, but c++11 and c#9.</summary>
    static int SuffixEnd(string s, int start, int end)
    {
        var length = end - start;
        if (length is 0 or > 12 || !char.IsAsciiLetter(s[end - 1]))
            return end;
        var suffixed = length <= 3 && At(s, end) == '#' ? end + 1
            : At(s, end) == '+' && At(s, end + 1) == '+' ? end + 2
            : end;
        if (suffixed == end || At(s, suffixed) is '#' or '+')
            return end;
        var next = At(s, suffixed);
        return char.IsAsciiDigit(next) ? (length == 1 ? suffixed : end) : char.IsLetter(next) || next == '_' ? end : suffixed;
    }

    static string[] PartsOf(string written, string text)
    {
        if (ReferenceEquals(written, text) && !written.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            return [];

        var simple = true;
        for (var i = 0; i < written.Length && simple; i++)
            simple = char.IsLetter(written[i]) && (i == 0 || char.IsUpper(written[i]) == char.IsUpper(written[i - 1]) || (i == 1 && char.IsLower(written[1])));
        if (simple)
            return [];

        var parts = new List<string>();
        var segments = written.Split(['.', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length > 1 && written.Contains('.', StringComparison.Ordinal) && char.IsAsciiDigit(written[0]))
        {
            // A version is found by its beginning: 3.11 finds 3.11.2.
            for (var dot = text.IndexOf('.', StringComparison.Ordinal); (dot = text.IndexOf('.', dot + 1)) > 0;)
                parts.Add(text[..dot]);
            return [.. parts];
        }
        foreach (var segment in segments)
        {
            if (segment.Length > 1 && segment.Length < written.Length)
                parts.Add(Cut(segment.ToLowerInvariant()));
            parts.AddRange(Humps(segment));
        }
        return [.. parts.Where(p => !string.Equals(p, text, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The words of camelCase; JavaScript and GitHub stay whole, or java would find JavaScript.</summary>
    static List<string> Humps(string segment)
    {
        var humps = new List<string>();
        var start = 0;
        for (var i = 1; i <= segment.Length; i++)
        {
            var atBoundary = i == segment.Length
                || (char.IsUpper(segment[i]) && (!char.IsUpper(segment[i - 1]) || (i + 1 < segment.Length && char.IsLower(segment[i + 1]))));
            if (!atBoundary)
                continue;
            humps.Add(Cut(segment[start..i].ToLowerInvariant()));
            start = i;
        }
        var isCompound = humps.Count > 2 || (humps.Count == 2 && char.IsLower(segment[0]));
        return isCompound ? humps.FindAll(h => h.Length > 1) : [];
    }

    static int WordEnd(string s, int from)
    {
        while (true)
        {
            var ascii = s.AsSpan(from).IndexOfAnyExcept(AsciiWord);
            if (ascii < 0)
                return s.Length;
            from += ascii;
            if (char.IsAscii(s[from]) || RuneAt(s, from) is var rune && (!IsWord(rune) || IsUnspaced(rune)))
                return from;
            from += rune.Utf16SequenceLength;
        }
    }

    static string Cut(string term) =>
        term.Length <= MaxLength ? term : term[..(char.IsHighSurrogate(term[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    static char At(string s, int i) => i < s.Length ? s[i] : ' ';

    static Rune RuneAt(string s, int i)
    {
        if (char.IsAscii(s[i]))
            return new Rune(s[i]);

        Rune.DecodeFromUtf16(s.AsSpan(i), out var rune, out _);
        return rune;
    }

    static bool StartsWithDot(string s, int i) =>
        s[i] == '.' && i + 1 < s.Length && char.IsAsciiLetter(s[i + 1]) && (i == 0 || !(s[i - 1] is '.' || char.IsLetterOrDigit(s[i - 1])));

    static bool IsPlainWord(string s, int i) => RuneAt(s, i) is var rune && IsWord(rune) && !IsUnspaced(rune);

    static bool IsWord(Rune rune) =>
        rune.IsAscii
            ? Rune.IsLetterOrDigit(rune) || rune.Value == '_'
            : Rune.GetUnicodeCategory(rune) is
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts whose words are not told apart by spaces, or (Korean) where particles cling to them.</summary>
    static bool IsUnspaced(Rune rune) =>
        rune.Value >= 0x0E00 && IsWord(rune) && rune.Value is
            (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF)
            or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x31FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    sealed record Stemmed(string Word, string Marked);
}
