using System.Net;
using System.Text;

namespace Forum.Core.Markdown;

/// <summary>The words of safe HTML, for search, excerpts and descriptions. Linear, without a parser: our HTML is well-formed.</summary>
public static class PlainText
{
    /// <summary>The text without tags, entities decoded, white space folded.</summary>
    public static string Of(string html) => Take(html, int.MaxValue);

    /// <summary>The first <paramref name="length"/> characters or so of the text, cut between words.</summary>
    public static string Excerpt(string html, int length)
    {
        var text = Take(html, length + 1);
        if (text.Length <= length)
            return text;

        var cut = text.LastIndexOf(' ', length);
        return string.Concat(text.AsSpan(0, cut > length / 2 ? cut : length).TrimEnd(), "…");
    }

    private static string Take(string html, int length)
    {
        ArgumentNullException.ThrowIfNull(html);
        var text = new StringBuilder(Math.Min(html.Length, 4096));
        var at = 0;
        while (at < html.Length && text.Length < length)
        {
            var tag = html.IndexOf('<', at);
            Append(text, html.AsSpan(at, (tag < 0 ? html.Length : tag) - at));
            if (tag < 0)
                break;

            var end = html.IndexOf('>', tag);
            if (end < 0)
                break;
            if (!IsInline(html.AsSpan(tag + 1, end - tag - 1)))
                Blank(text);
            at = end + 1;
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> run)
    {
        var decoded = run.Contains('&') ? WebUtility.HtmlDecode(run.ToString()) : null;
        foreach (var c in decoded is null ? run : decoded.AsSpan())
        {
            if (char.IsWhiteSpace(c))
                Blank(text);
            else
                text.Append(c);
        }
    }

    private static void Blank(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
            text.Append(' ');
    }

    // Inline elements do not part words.
    private static bool IsInline(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOfAny(' ', '/');
        return (end < 0 ? tag : tag[..end]) is "a" or "b" or "code" or "del" or "em" or "i" or "kbd" or "s" or "span" or "strike" or "strong" or "sub" or "sup";
    }
}
