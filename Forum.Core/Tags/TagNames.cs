using System.Globalization;
using System.Text;

namespace Forum.Core.Tags;

/// <summary>Names of tags as people write them and as they are kept.</summary>
public static class TagNames
{
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\n', '\r', '，', '；', '、', '　'];

    /// <summary>The names in a text, separated by blanks or commas, lower case, each once, in their order.</summary>
    public static IReadOnlyList<string> Parse(string? text) =>
    [
        .. TextLength.Clean(text)
            .ToLower(CultureInfo.InvariantCulture)
            .Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether a tag may be called so: letters and digits of any script and <c>+ # - .</c>, and one letter or digit at least.</summary>
    public static bool IsValid(string name, int mostCharacters)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TextLength.Of(name) is var length && length >= 1 && length <= mostCharacters
            && name.EnumerateRunes().All(r => Rune.IsLetterOrDigit(r) || IsMark(r) || r.Value is '+' or '#' or '-' or '.')
            && name.EnumerateRunes().Any(Rune.IsLetterOrDigit);
    }

    // Some scripts write vowels as marks on letters.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
