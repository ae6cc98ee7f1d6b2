using Forum.Core.Markdown;

namespace Forum.Core.Search;

/// <summary>
/// What stands in the code blocks of a post, as its index takes it: with all punctuation, white space drawn together. The engine
/// keeps runs of three characters. See docs/rules/search.md, "Code and links".
/// </summary>
public static class SearchedCode
{
    /// <summary>Characters of a post's code that are indexed: what is longer is a log or a listing that nobody quotes from its middle.</summary>
    public const int MaxLength = 4_000;

    // A run of the engine.
    const int Run = 3;

    /// <summary>The code of a post; empty when it has none.</summary>
    public static string Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (!html.Contains("<pre", StringComparison.Ordinal))
            return "";

        var code = PlainText.Apart(html).Code.Replace('\0', ' ');
        return code.Length <= MaxLength ? code : code[..(char.IsHighSurrogate(code[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>FTS5: posts with this in their code, whatever its case; null when it is too short to be looked for.</summary>
    public static string? Match(string code)
    {
        var looked = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Runs(looked) == 0 ? null : $"\"{looked.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>How many runs a text has.</summary>
    internal static int Runs(string code) => Math.Max(0, code.EnumerateRunes().Count() - Run + 1);
}
