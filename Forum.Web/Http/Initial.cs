using System.Globalization;

namespace Forum.Web.Http;

/// <summary>What stands in for a picture of somebody who gave none.</summary>
public static class Initial
{
    /// <summary>The first letter of a name as people see it (a grapheme, upper case), or "?".</summary>
    public static string Of(string name) =>
        string.IsNullOrWhiteSpace(name) ? "?" : StringInfo.GetNextTextElement(name.Trim()).ToUpperInvariant();
}
