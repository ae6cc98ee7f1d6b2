using System.Net;
using System.Text;

namespace Forum.Core.Markdown;

/// <summary>
/// The words of rendered HTML, for the search index, excerpts and descriptions: tags dropped, entities decoded, white space
/// made one space. One pass, no parser: what it reads has been written by <see cref="SafeHtml"/>.
/// </summary>
public static class PlainText
{
    /// <summary>All of the text.</summary>
    public static string Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var text = new StringBuilder(Math.Min(html.Length, 4096));
        Read(html, text, text, int.MaxValue);
        return Trimmed(text);
    }

    /// <summary>The first <paramref name="length"/> characters or so of the text, cut between words, never within a character.</summary>
    public static string Excerpt(string html, int length)
    {
        ArgumentNullException.ThrowIfNull(html);
        var taken = new StringBuilder(length + 64);
        Read(html, taken, taken, length);
        var text = Trimmed(taken);
        if (text.Length <= length)
            return text;

        var cut = text.LastIndexOf(' ', length);
        if (cut <= length / 2)
            cut = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Concat(text.AsSpan(0, cut).TrimEnd(), "…");
    }

    /// <summary>The running text and what stands in code blocks, apart.</summary>
    public static (string Text, string Code) Apart(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var text = new StringBuilder(html.Length);
        var code = new StringBuilder();
        Read(html, text, code, int.MaxValue);
        return (Trimmed(text), Trimmed(code));
    }

    static void Read(ReadOnlySpan<char> html, StringBuilder text, StringBuilder code, int limit)
    {
        var into = text;
        while (!html.IsEmpty && text.Length <= limit)
        {
            var tag = html.IndexOf('<');
            var words = tag < 0 ? html : html[..tag];
            Append(words, into);
            if (tag < 0)
                return;

            html = html[tag..];
            var end = html.IndexOf('>');
            if (end < 0)
                return;

            var name = html[..(end + 1)];
            if (name.StartsWith("<pre"))
                into = code;
            else if (name.StartsWith("</pre"))
                into = text;
            if (!IsInline(name))
                Space(into);
            html = html[(end + 1)..];
        }
    }

    /// <summary>Marks within a word do not part it; everything else stands for itself.</summary>
    static bool IsInline(ReadOnlySpan<char> tag)
    {
        var name = tag[(tag.Length > 1 && tag[1] == '/' ? 2 : 1)..];
        var end = name.IndexOfAny(' ', '>');
        return name[..Math.Max(end, 0)] is "a" or "b" or "code" or "del" or "em" or "i" or "kbd" or "s" or "strike" or "strong" or "sub" or "sup";
    }

    static void Append(ReadOnlySpan<char> words, StringBuilder into)
    {
        if (words.Contains('&'))
            words = WebUtility.HtmlDecode(words.ToString());
        while (!words.IsEmpty)
        {
            if (char.IsWhiteSpace(words[0]))
            {
                Space(into);
                words = words.TrimStart();
                continue;
            }

            var end = 1;
            while (end < words.Length && !char.IsWhiteSpace(words[end]))
                end++;
            into.Append(words[..end]);
            words = words[end..];
        }
    }

    static void Space(StringBuilder into)
    {
        if (into.Length > 0 && into[^1] != ' ')
            into.Append(' ');
    }

    static string Trimmed(StringBuilder text) =>
        text.Length > 0 && text[^1] == ' ' ? text.ToString(0, text.Length - 1) : text.ToString();
}
