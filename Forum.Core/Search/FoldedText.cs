using System.Globalization;
using System.Text;

namespace Forum.Core.Search;

/// <summary>
/// A text without the differences that search does not care about: compatibility forms (full width, ligatures), diacritics of
/// Latin, Greek, Hebrew and Arabic letters, typographic apostrophes and hyphens, invisible characters. Case is kept, for
/// camelCase. Knows for each character where it stood in the original.
/// </summary>
sealed class FoldedText
{
    // Null: every character stands where it stood.
    readonly List<(int Start, int End)>? places;

    FoldedText(string text, List<(int Start, int End)>? places) => (Text, this.places) = (text, places);

    public string Text { get; }

    /// <summary>Where the folded character at <paramref name="index"/> began in the original.</summary>
    public int Start(int index) => places is null ? index : places[index].Start;

    /// <summary>Where what ends before the folded <paramref name="index"/> ended in the original, its combining marks included.</summary>
    public int End(int index) => places is null ? index : places[index - 1].End;

    public static FoldedText From(string original)
    {
        if (Ascii.IsValid(original))
            return new(original, null);

        var text = new StringBuilder(original.Length);
        var at = new List<(int Start, int End)>(original.Length);
        for (var i = 0; i < original.Length;)
        {
            var c = original[i];
            if (char.IsAscii(c))
            {
                text.Append(c);
                at.Add((i, i + 1));
                i++;
                continue;
            }
            // A lone surrogate decodes to U+FFFD, which is no part of any word.
            Rune.DecodeFromUtf16(original.AsSpan(i), out var rune, out var length);
            if (IsDropped(rune, text))
            {
                if (at.Count > 0)
                    at[^1] = (at[^1].Start, i + length);
            }
            else
            {
                foreach (var folded in Fold(rune))
                {
                    text.Append(folded);
                    at.Add((i, i + length));
                }
            }
            i += length;
        }
        return new(text.ToString(), at);
    }

    static bool IsDropped(Rune rune, StringBuilder before) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format => true,
        UnicodeCategory.NonSpacingMark => before.Length > 0 && LosesMarks(before[^1]),
        _ => false,
    };

    static bool LosesMarks(char c) =>
        char.IsAsciiLetter(c) || c is (>= '\u00C0' and <= '\u024F') or (>= '\u0370' and <= '\u03FF') or (>= '\u0591' and <= '\u06FF')
            or (>= '\u1E00' and <= '\u1FFF');

    static string Fold(Rune rune)
    {
        switch (rune.Value)
        {
            case 0x2019 or 0x02BC or 0x2018: return "'";
            case 0x2010 or 0x2011: return "-";
            case 'ß': return "ss";
            case 'ẞ': return "SS";
            case 'æ': return "ae";
            case 'Æ': return "AE";
            case 'œ': return "oe";
            case 'Œ': return "OE";
            case 'ø': return "o";
            case 'Ø': return "O";
            case 'ł': return "l";
            case 'Ł': return "L";
            case 'đ' or 'ð': return "d";
            case 'Đ' or 'Ð': return "D";
            case 'þ': return "th";
            case 'Þ': return "TH";
            case 'ı': return "i";
            case 'ς': return "σ";
            case (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0x3041 and <= 0x3096) or 0xFFFD: return rune.ToString();
            default: break;
        }
        var decomposed = rune.ToString().Normalize(NormalizationForm.FormKD);
        var kept = new StringBuilder(decomposed.Length);
        foreach (var part in decomposed.EnumerateRunes())
            if (!(Rune.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark && kept.Length > 0 && LosesMarks(kept[^1])))
                kept.Append(part.ToString());
        return kept.ToString().Normalize(NormalizationForm.FormC);
    }
}
