using System.Globalization;

namespace Forum.Core.Closing;

/// <summary>Why a question is closed: a key. Pages word it (docs/rules/closing.md); a reason of the site's own has its words in a table.</summary>
public static class CloseReason
{
    /// <summary>Other questions have its answer.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A reason that whoever votes words themselves; the words become a comment.</summary>
    public const string Own = "other";

    private const string SitePrefix = "site-";

    /// <summary>Those that need nothing more, as every community has them.</summary>
    public static readonly IReadOnlyList<string> General = ["needs-details", "needs-focus", "opinion-based"];

    /// <summary>Those that nobody chooses here, and that imported questions were closed for.</summary>
    public static readonly IReadOnlyList<string> Former = ["off-topic", "not-a-question", "too-localized", "general-reference", "noise"];

    /// <summary>The key of a reason of the site's own.</summary>
    public static string OfSite(long id) => SitePrefix + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which reason of the site's own a key names; null when it names none.</summary>
    public static long? SiteId(string? reason) =>
        reason is not null && reason.StartsWith(SitePrefix, StringComparison.Ordinal)
        && long.TryParse(reason.AsSpan(SitePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Whether a key can be one that is chosen.</summary>
    public static bool IsKnown(string? reason) => reason is Duplicate or Own || General.Contains(reason) || SiteId(reason) is not null;
}
