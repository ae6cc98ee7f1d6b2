using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Tests.Markdown;

/// <summary>The list of what may come out, written a second time and read by a browser's rules.</summary>
internal static partial class AllowList
{
    private static readonly Dictionary<string, string[]> Permitted = new(StringComparer.Ordinal)
    {
        ["a"] = ["href", "title", "rel", "class", "id", "data-post"], ["img"] = ["src", "alt", "title", "width", "height"],
        ["ol"] = ["start"], ["li"] = ["id", "class"], ["code"] = ["class"], ["blockquote"] = ["class", "tabindex"],
        ["td"] = ["class"], ["th"] = ["class"], ["table"] = ["class"], ["div"] = ["class"], ["input"] = ["type", "checked", "disabled", "aria-label"],
        ["b"] = [], ["br"] = [], ["dd"] = [], ["del"] = [], ["dl"] = [], ["dt"] = [], ["em"] = [], ["h1"] = [], ["h2"] = [], ["h3"] = [],
        ["h4"] = [], ["h5"] = [], ["h6"] = [], ["hr"] = [], ["i"] = [], ["kbd"] = [], ["p"] = [], ["pre"] = [], ["s"] = [], ["strike"] = [],
        ["strong"] = [], ["sub"] = [], ["sup"] = [], ["ul"] = [], ["thead"] = [], ["tbody"] = [], ["tr"] = [],
    };

    /// <summary>What is not permitted in this HTML, or null.</summary>
    public static string? Violation(string html)
    {
        var body = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html).Body!;
        foreach (var node in body.Descendants())
        {
            if (node is IComment)
                return "a comment";
            if (node is not IElement element)
                continue;
            if (!Permitted.TryGetValue(element.LocalName, out var attributes))
                return $"<{element.LocalName}>";
            foreach (var attribute in element.Attributes)
                if (!attributes.Contains(attribute.Name) || !IsValue(element.LocalName, attribute.Name, attribute.Value))
                    return $"{attribute.Name}=\"{attribute.Value}\" in <{element.LocalName}>";
        }

        return null;
    }

    private static bool IsValue(string element, string name, string value) => (element, name) switch
    {
        ("a", "href") => Address().IsMatch(value) || Note().IsMatch(value),
        ("img", "src") => Source().IsMatch(value),
        ("a", "class") => value is "post-tag" or "footnote-ref" or "footnote-back-ref",
        ("a", "rel") => value is "tag" or "nofollow ugc noopener",
        (_, "id") => Id().IsMatch(value),
        ("code", "class") => Language().IsMatch(value),
        ("blockquote", "class") => value is "spoiler",
        (_, "tabindex") => value is "0",
        ("td" or "th", "class") => value is "ta-left" or "ta-center" or "ta-right",
        ("table", "class") => value is "s-table",
        ("div", "class") => value is "s-table-container" or "footnotes",
        ("li", "class") => value is "task-list-item",
        ("input", "type") => value is "checkbox",
        (_, "width" or "height" or "start" or "data-post") => value.All(char.IsAsciiDigit),
        _ => true,
    };

    [GeneratedRegex("^(https?://|ftp://|mailto:|/)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex("^(https?://|/)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();

    [GeneratedRegex(@"^#(p7-)?fn(ref)?-\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"^(p7-)?fn(ref)?-\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^language-[a-z0-9+#._-]{1,30}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();
}
