using System.Globalization;
using System.Text;
using FluentValidation;
using Forum.Core.Settings;

namespace Forum.Core;

/// <summary>How long a text is to a person: runes that can be seen after trimming, and a CJK character counts as two towards a minimum.</summary>
public static class TextLength
{
    /// <summary>Runes of the trimmed text.</summary>
    public static int Of(string? text) => Count(text, cjk: 1);

    /// <summary>Runes of the trimmed text, each CJK character as two: what a minimum is compared with.</summary>
    public static int Weight(string? text) => Count(text, cjk: 2);

    /// <summary>Whether a character carries about a word's worth of meaning (Han, kana, Hangul).</summary>
    public static bool IsCjk(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Text as it is kept: trimmed, in Unicode form C, with line feeds alone.</summary>
    public static string Clean(string? text) =>
        Valid(text ?? "").Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();

    /// <summary>One line as it is kept, such as a title: without what is not seen or turns the reading direction.</summary>
    public static string Line(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in Clean(text).ReplaceLineEndings(" ").EnumerateRunes())
        {
            if (!IsInvisible(rune) || rune.Value is Joiner or NonJoiner)
                line.Append(rune.ToString());
        }

        return line.ToString().Trim();
    }

    // Parts of words in some scripts, and of emoji.
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // Format and control characters, and blanks that look like nothing (Hangul filler, Braille blank).
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    // A lone surrogate cannot be stored or normalised; the replacement character says that something was there.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static int Count(string? text, int cjk)
    {
        var length = 0;
        foreach (var rune in text.AsSpan().Trim().EnumerateRunes())
            length += IsInvisible(rune) ? 0 : IsCjk(rune) ? cjk : 1;
        return length;
    }

    /// <summary>A text no shorter and no longer than <paramref name="range"/> says.</summary>
    public static IRuleBuilderOptions<T, string> HasLength<T>(this IRuleBuilder<T, string> rule, LengthRange range) =>
        rule
            .Must(text => Weight(text) >= range.Min || range.Min == 0)
            .WithErrorCode(range.Min == 1 ? "limits.nothing" : "limits.too-short").WithState(_ => new object[] { range.Min })
            .Must(text => Of(text) <= range.Max)
            .WithErrorCode("limits.too-long").WithState(_ => new object[] { range.Max });
}
