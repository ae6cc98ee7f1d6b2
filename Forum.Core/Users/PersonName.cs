using System.Globalization;
using System.Text;
using FluentValidation;
using Forum.Core.Settings;

namespace Forum.Core.Users;

/// <summary>Display names: what may be one, and how they are looked up. Not unique. See docs/rules/accounts.md.</summary>
public static class PersonName
{
    /// <summary>The name as it is looked up (<c>users.search_name</c>): without case, accents and width.</summary>
    public static string Fold(string? name)
    {
        var folded = new StringBuilder();
        foreach (var c in TextLength.Clean(name).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(c));
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    internal static IRuleBuilderOptions<T, string> IsDisplayName<T>(this IRuleBuilder<T, string> rule, LimitSettings limits) =>
        rule.HasLength(limits.DisplayName).Must(IsPlain).WithErrorCode("users.name-characters");

    // Control and direction characters could make a name read as somebody else's, or as a line of its own.
    internal static bool IsPlain(string? name) =>
        !TextLength.Clean(name).EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
