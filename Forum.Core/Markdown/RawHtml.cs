using System.Buffers;
using System.Text;

namespace Forum.Core.Markdown;

/// <summary>
/// The HTML that people may write in a post: Stack Exchange's subset. Tags outside it are taken away and their content
/// stays; a tag without its other half is taken away too, so that it cannot swallow the rest of a page.
/// One pass each over the text. What is left is built anew by <see cref="SafeHtml"/>: this is comfort, that is safety.
/// </summary>
static class RawHtml
{
    /// <summary>Stands before each tag that a person wrote, until <see cref="Balance"/> has looked at it.</summary>
    const char Written = '\u0001';

    static readonly HashSet<string> allowed = new(StringComparer.Ordinal)
    {
        "a", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "hr", "i", "img", "kbd", "li",
        "ol", "p", "pre", "s", "strike", "strong", "sub", "sup", "ul",
    };

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> allowedByName = allowed.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly SearchValues<string> startsOfTags = SearchValues.Create(["<"], StringComparison.Ordinal);

    /// <summary>Writes a piece of raw HTML with the permitted tags alone, each marked for <see cref="Balance"/>.</summary>
    public static string Filter(ReadOnlySpan<char> raw)
    {
        var to = new StringBuilder(raw.Length);
        var at = 0;
        while (at < raw.Length)
        {
            var rest = raw[at..];
            var start = rest.IndexOfAny(startsOfTags);
            if (start < 0)
            {
                to.Append(rest);
                break;
            }

            to.Append(rest[..start]);
            rest = rest[start..];
            at += start;
            if (rest.StartsWith("<!--"))
            {
                var end = rest[4..].IndexOf("-->");
                at = end < 0 ? raw.Length : at + 4 + end + 3;
            }
            else if (rest.Length > 1 && (rest[1] is '/' or '!' or '?' || char.IsAsciiLetter(rest[1])))
            {
                var end = EndOfTag(rest);
                if (end < 0)
                {
                    // Nothing further on closes either.
                    to.Append(rest.ToString().Replace("<", "&lt;", StringComparison.Ordinal));
                    break;
                }

                WriteTag(rest[..(end + 1)], to);
                at += end + 1;
            }
            else
            {
                to.Append("&lt;");
                at++;
            }
        }

        return to.ToString();
    }

    /// <summary>The '>' that ends the tag; one inside a quoted value does not. Falls back to the first '>' when a quote stays open.</summary>
    static int EndOfTag(ReadOnlySpan<char> tag)
    {
        var first = tag.IndexOf('>');
        if (first < 0)
            return -1;

        var quotes = tag[..first];
        var isOpen = quotes.Count('"') % 2 == 1;
        if (!isOpen || first > 2000)
            return first;

        var window = tag[..Math.Min(tag.Length, 4000)];
        var quote = window[first..].IndexOf('"');
        if (quote < 0)
            return first;

        var end = window[(first + quote)..].IndexOf('>');
        return end < 0 ? first : first + quote + end;
    }

    static void WriteTag(ReadOnlySpan<char> tag, StringBuilder to)
    {
        var inside = tag[1..^1];
        var isClosing = inside.StartsWith("/");
        if (isClosing)
            inside = inside[1..];

        var length = 0;
        while (length < inside.Length && char.IsAsciiLetterOrDigit(inside[length]))
            length++;
        Span<char> name = stackalloc char[10];
        if (length is 0 or > 10)
            return;

        inside[..length].ToLowerInvariant(name);
        if (!allowedByName.TryGetValue(name[..length], out var known))
            return;
        if (length < inside.Length && inside[length] is not (' ' or '\t' or '\n' or '/'))
            return;

        to.Append(Written);
        to.Append(isClosing ? "</" : "<");
        to.Append(known);
        if (!isClosing && known is "a" or "img" or "ol")
            to.Append(inside[length..].TrimEnd('/'));
        to.Append('>');
    }

    readonly record struct Opened(string Name, bool IsWritten, int At, int Length);

    /// <summary>
    /// Takes away the marks, and those written tags that have no other half within the element that surrounds them.
    /// Null when elements nest deeper than <see cref="MarkdownBounds.HtmlDepth"/>.
    /// </summary>
    public static string? Balance(string html)
    {
        var output = new StringBuilder(html.Length);
        var removed = new List<(int At, int Length)>();
        var open = new List<Opened>();
        var span = html.AsSpan();
        var at = 0;
        while (at < span.Length)
        {
            var next = span[at..].IndexOfAny('<', Written);
            if (next < 0)
            {
                output.Append(span[at..]);
                break;
            }

            output.Append(span.Slice(at, next));
            at += next;
            var isWritten = span[at] == Written;
            if (isWritten && (++at >= span.Length || span[at] != '<'))
                continue;

            var length = LengthOfTag(span[at..]);
            var tag = span.Slice(at, length);
            at += length;
            var isClosing = tag.Length > 1 && tag[1] == '/';
            var name = NameOf(tag);
            if (name is "br" or "hr" or "img" or "input")
            {
                if (!isClosing)
                    output.Append(tag);
                continue;
            }

            if (isClosing)
            {
                if (Close(name, isWritten, open, removed))
                    output.Append(tag);
                continue;
            }

            if (isWritten && name is "a" && open.Exists(o => o.Name is "a"))
                continue;
            if (isWritten && ClosesParagraph(name))
                EndParagraph(open, removed);
            if (open.Count >= MarkdownBounds.HtmlDepth)
                return null;
            open.Add(new Opened(name, isWritten, output.Length, tag.Length));
            output.Append(tag);
        }

        foreach (var left in open)
            Forget(left, removed);
        return Without(output, removed);
    }

    static int LengthOfTag(ReadOnlySpan<char> rest)
    {
        var end = EndOfTag(rest);
        return end < 0 ? rest.Length : end + 1;
    }

    static string NameOf(ReadOnlySpan<char> tag)
    {
        var from = tag.Length > 1 && tag[1] == '/' ? 2 : 1;
        var to = from;
        while (to < tag.Length && char.IsAsciiLetterOrDigit(tag[to]))
            to++;
        return allowedByName.TryGetValue(tag[from..to], out var known) ? known : tag[from..to].ToString();
    }

    static bool Close(string name, bool isWritten, List<Opened> open, List<(int, int)> removed)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].IsWritten != isWritten)
            {
                if (isWritten)
                    return false;
                continue;
            }

            if (!open[i].Name.Equals(name, StringComparison.Ordinal))
            {
                if (isWritten)
                    continue;
                return true;
            }

            for (var j = open.Count - 1; j > i; j--)
                Forget(open[j], removed);
            open.RemoveRange(i, open.Count - i);
            return true;
        }

        return !isWritten;
    }

    static bool ClosesParagraph(string name) =>
        name is "p" or "ul" or "ol" or "li" or "dl" or "dt" or "dd" or "blockquote" or "pre" or "h1" or "h2" or "h3";

    static void EndParagraph(List<Opened> open, List<(int, int)> removed)
    {
        for (var i = open.Count - 1; i >= 0 && open[i].IsWritten; i--)
        {
            if (open[i].Name is "ul" or "ol" or "dl" or "blockquote" or "li" or "dd" or "dt")
                return;
            if (open[i].Name is not "p")
                continue;
            for (var j = open.Count - 1; j > i; j--)
                Forget(open[j], removed);
            open.RemoveRange(i, open.Count - i);
            return;
        }
    }

    /// <summary>A written tag whose end never came goes; those whose end may be left out stay.</summary>
    static void Forget(Opened tag, List<(int, int)> removed)
    {
        if (tag.IsWritten && tag.Name is not ("p" or "li" or "dd" or "dt"))
            removed.Add((tag.At, tag.Length));
    }

    static string Without(StringBuilder output, List<(int At, int Length)> removed)
    {
        if (removed.Count == 0)
            return output.ToString();

        removed.Sort();
        var text = output.ToString();
        var kept = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, length) in removed)
        {
            kept.Append(text, at, start - at);
            at = start + length;
        }

        return kept.Append(text, at, text.Length - at).ToString();
    }
}
