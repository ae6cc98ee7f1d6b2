using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Forum.Core.Abuse;

/// <summary>
/// Texts as they look, so that what is blocked is found however it is spelt: without case, accents, width, invisible characters and letters of other
/// scripts that look the same (docs/rules/abuse.md, section 2).
/// </summary>
public static partial class Folding
{
    private static readonly SearchValues<char> MarksAndTags = SearchValues.Create("<*_`~\\");
    private static readonly Dictionary<int, char> Lookalikes = MakeLookalikes();

    /// <summary>A text as it is compared: runs of white space are one blank.</summary>
    public static string Fold(string? text)
    {
        var clean = TextLength.Clean(text).Normalize(NormalizationForm.FormKD);
        var folded = new StringBuilder(clean.Length);
        foreach (var rune in clean.EnumerateRunes())
        {
            if (IsUnseen(rune))
                continue;
            if (Rune.IsWhiteSpace(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
            }
            else if (Lookalikes.TryGetValue(rune.Value, out var plain))
                folded.Append(plain);
            else
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        return folded.ToString().Trim();
    }

    /// <summary>
    /// What is looked through of a Markdown text: its source with entities decoded, and the same without marks and tags, in which no phrase can be hidden.
    /// </summary>
    public static IReadOnlyList<string> Readings(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return [];

        var decoded = WebUtility.HtmlDecode(markdown);
        var source = Fold(decoded);
        var readings = new List<string>(3) { source };
        if (decoded.AsSpan().ContainsAny(MarksAndTags) && Fold(Marks().Replace(Tags().Replace(decoded, ""), "")) is var bare && bare != source)
            readings.Add(bare);
        if (decoded.Contains('%', StringComparison.Ordinal) && Fold(Uri.UnescapeDataString(decoded)) is var unescaped && unescaped != source)
            readings.Add(unescaped);
        return readings;
    }

    /// <summary>Names of hosts in a folded text, with a dot in them.</summary>
    public static IEnumerable<string> Hosts(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        for (var at = folded.IndexOf('.', StringComparison.Ordinal); at >= 0 && at < folded.Length; at = at < folded.Length ? folded.IndexOf('.', at) : -1)
        {
            var (from, to) = (at, at);
            while (from > 0 && IsOfHost(folded[from - 1]))
                from--;
            while (to < folded.Length && IsOfHost(folded[to]))
                to++;
            var host = folded[from..to].Trim('.', '-');
            if (host.Contains('.', StringComparison.Ordinal))
                yield return host.Contains("xn--", StringComparison.Ordinal) ? Unicode(host) : host;
            at = to;
        }
    }

    /// <summary>Whether a character stands within words that blanks part.</summary>
    public static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && !TextLength.IsCjk(new Rune(char.IsSurrogate(c) ? 'x' : c));

    private static bool IsOfHost(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';

    private static string Unicode(string host)
    {
        try
        {
            return Fold(new IdnMapping().GetUnicode(host));
        }
        catch (ArgumentException)
        {
            // It looks like such a name and is none.
            return host;
        }
    }

    // Accents of the alphabets that have lookalikes; marks of other scripts are part of their words.
    private static bool IsUnseen(Rune rune) =>
        rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE2F)
            or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control && !Rune.IsWhiteSpace(rune);

    private static Dictionary<int, char> MakeLookalikes()
    {
        var known = new Dictionary<int, char>();
        Add("аАɑαΑ", 'a');
        Add("вВΒʙ", 'b');
        Add("сСϲᴄ", 'c');
        Add("ԁᴅđĐ", 'd');
        Add("еЕεΕᴇ", 'e');
        Add("ꜰ", 'f');
        Add("ɡɢ", 'g');
        Add("һнНΗʜ", 'h');
        Add("іІıιΙɪ", 'i');
        Add("јЈᴊ", 'j');
        Add("кКκΚᴋ", 'k');
        Add("łŁʟӏӀ", 'l');
        Add("мМΜᴍ", 'm');
        Add("пηɴΝ", 'n');
        Add("оОοΟøØᴏσ", 'o');
        Add("рРρΡᴘ", 'p');
        Add("ԛ", 'q');
        Add("ʀ", 'r');
        Add("ѕЅꜱ", 's');
        Add("тТτΤᴛ", 't');
        Add("υᴜ", 'u');
        Add("νᴠѵ", 'v');
        Add("ԝᴡ", 'w');
        Add("хХχΧ", 'x');
        Add("уУΥʏγ", 'y');
        Add("ΖᴢƶƵ", 'z');
        Add("。", '.');
        // Letters in black circles and squares, which no form of Unicode takes apart.
        for (var i = 0; i < 26; i++)
            known[0x1F150 + i] = known[0x1F170 + i] = (char)('a' + i);
        return known;

        void Add(string alike, char plain)
        {
            foreach (var rune in alike.EnumerateRunes())
                known[rune.Value] = plain;
        }
    }

    [GeneratedRegex(@"<!--.*?-->|</?[a-zA-Z][^<>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[*_`~\\]", RegexOptions.None, 1000)]
    private static partial Regex Marks();
}
