using System.Globalization;
using System.Text;

namespace Forum.Core.Questions;

/// <summary>The readable end of an address: <c>how-do-i-read-a-file</c>.</summary>
public static class Slug
{
    private const int Longest = 80;

    // Below a question's number is an address of its own: /questions/5/bounty.
    private const string Taken = "bounty";

    /// <summary>Letters and digits of any script in lower case, everything else a hyphen, at most 80 characters; empty when nothing is left.</summary>
    public static string Of(string? text) => Made(text) is var slug && slug == Taken ? "" : slug;

    private static string Made(string? text)
    {
        if (text is null || Ascii.IsValid(text))
            return OfAscii(text);

        var slug = new StringBuilder(Longest);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                slug.Append(Rune.ToLower(rune, CultureInfo.InvariantCulture).ToString());
            else if (slug.Length > 0 && slug[^1] != '-' && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                slug.Append('-');
            if (slug.Length >= Longest)
                break;
        }

        return slug.ToString().Trim('-').Normalize(NormalizationForm.FormC);
    }

    // Most titles and names; a page has dozens.
    private static string OfAscii(ReadOnlySpan<char> text)
    {
        Span<char> slug = stackalloc char[Longest];
        var length = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug[length++] = char.ToLowerInvariant(letter);
            else if (length > 0 && slug[length - 1] != '-')
                slug[length++] = '-';
            if (length == Longest)
                break;
        }

        return slug[..length].TrimEnd('-').ToString();
    }
}
