using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Core.Markdown;

/// <summary>
/// Builds HTML anew from a parsed document: an element, an attribute or a value that is not on the list below is not
/// copied, so nothing else can come out. Text stays even where its element goes.
/// </summary>
static class SafeHtml
{
    static readonly HtmlParser parser = new(new HtmlParserOptions { IsScripting = false });

    /// <summary>The safe form of <paramref name="html"/>, or null when it nests too deep or grows beyond <paramref name="limit"/>.</summary>
    public static string? Rebuild(string html, MarkdownOptions options, int limit = int.MaxValue)
    {
        var document = parser.ParseDocument("<!DOCTYPE html><body>" + html);
        var output = new StringBuilder(html.Length + 64);
        return document.Body is not { } body || Write(body, output, new LinkRules(options), options, limit) ? output.ToString() : null;
    }

    /// <summary>
    /// Walks without recursion: how deep a text nests is its writer's choice, how deep our stack is not. Children are taken
    /// by their index, because a node has to look itself up among its siblings to find the next one.
    /// </summary>
    static bool Write(IElement body, StringBuilder output, LinkRules links, MarkdownOptions options, int limit)
    {
        var open = new Stack<(INodeList Children, int Next, string End)>();
        open.Push((body.ChildNodes, 0, ""));
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Children.Length)
            {
                output.Append(level.End);
                continue;
            }

            var node = level.Children[level.Next];
            open.Push(level with { Next = level.Next + 1 });
            if (output.Length > limit || open.Count > 4 * MarkdownBounds.HtmlDepth)
                return false;
            if (node is IText text)
                Encode(text.Data, output);
            else if (node is IElement element)
                open.Push((element.ChildNodes, 0, Open(element, output, links, options)));
        }

        return true;
    }

    /// <summary>Writes the start tag, if the element is permitted, and returns the end tag.</summary>
    static string Open(IElement element, StringBuilder output, LinkRules links, MarkdownOptions options)
    {
        var name = element.LocalName;
        if (options.Profile == MarkdownProfile.Comment)
            return name switch
            {
                "em" or "strong" or "code" => Plain(name, output),
                "a" => Link(element, output, links),
                "p" => Separate(output),
                _ => "",
            };

        switch (name)
        {
            case "b" or "dd" or "del" or "dl" or "dt" or "em" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "i" or "kbd"
                or "p" or "pre" or "s" or "strike" or "strong" or "sub" or "sup" or "ul" or "thead" or "tbody" or "tr":
                return Plain(name, output);
            case "br" or "hr":
                output.Append('<').Append(name).Append('>');
                return "";
            case "a":
                return Link(element, output, links);
            case "img":
                Image(element, output);
                return "";
            case "ol":
                return List(element, output);
            case "li":
                return Item(element, output);
            case "code":
                return Code(element, output);
            case "blockquote":
                output.Append(element.ClassName is "spoiler" ? "<blockquote class=\"spoiler\" tabindex=\"0\">" : "<blockquote>");
                return "</blockquote>";
            case "table":
                output.Append("<div class=\"s-table-container\"><table class=\"s-table\">");
                return "</table></div>";
            case "th" or "td":
                return Cell(element, output);
            case "input":
                Checkbox(element, output);
                return "";
            case "div" when element.ClassName is "footnotes":
                output.Append("<div class=\"footnotes\">");
                return "</div>";
            default:
                return "";
        }
    }

    static string Plain(string name, StringBuilder output)
    {
        output.Append('<').Append(name).Append('>');
        return $"</{name}>";
    }

    static string Separate(StringBuilder output)
    {
        if (output.Length > 0)
            output.Append(' ');
        return "";
    }

    static string Link(IElement element, StringBuilder output, LinkRules links)
    {
        var address = element.GetAttribute("href");
        if (Footnotes.Link(element, address) is { } note)
        {
            output.Append(note);
            return "</a>";
        }

        if (LinkRules.Permitted(address, isImage: false) is not { } href)
            return "";

        output.Append("<a");
        if (element.ClassName is "bare" && links.LinkedPost(href) is { } post)
            output.Append(ShownHtml.LinkedPostMark).Append(post).Append('"');
        Attribute("href", href, output);
        var isTag = element.ClassName is "post-tag";
        if (isTag)
            output.Append(" class=\"post-tag\"");
        if (element.GetAttribute("title") is { Length: > 0 } title)
            Attribute("title", title, output);
        output.Append(isTag ? " rel=\"tag\">" : " rel=\"nofollow ugc noopener\">");
        return "</a>";
    }

    static void Image(IElement element, StringBuilder output)
    {
        if (LinkRules.Permitted(element.GetAttribute("src"), isImage: true) is not { } src)
            return;

        output.Append("<img");
        Attribute("src", src, output);
        foreach (var side in (string[])["width", "height"])
            if (element.GetAttribute(side) is { Length: > 0 and <= 4 } size && size.All(char.IsAsciiDigit))
                Attribute(side, size, output);
        Attribute("alt", element.GetAttribute("alt") ?? "", output);
        if (element.GetAttribute("title") is { Length: > 0 } title)
            Attribute("title", title, output);
        output.Append('>');
    }

    static string List(IElement element, StringBuilder output)
    {
        output.Append("<ol");
        if (element.GetAttribute("start") is { Length: > 0 and <= 9 } start && start is not "1" && start.All(char.IsAsciiDigit))
            Attribute("start", start, output);
        output.Append('>');
        return "</ol>";
    }

    static string Item(IElement element, StringBuilder output)
    {
        output.Append("<li");
        if (Footnotes.Target(element.Id) is { } id)
            Attribute("id", id, output);
        if (element.ClassName is "task-list-item")
            output.Append(" class=\"task-list-item\"");
        output.Append('>');
        return "</li>";
    }

    static string Code(IElement element, StringBuilder output)
    {
        output.Append("<code");
        if (element.ParentElement?.LocalName is "pre" && element.ClassName is { } name
            && name.StartsWith(LanguageHints.Prefix, StringComparison.Ordinal) && LanguageHints.Known(name.AsSpan(LanguageHints.Prefix.Length)) is { } language)
            Attribute("class", LanguageHints.Prefix + language, output);
        output.Append('>');
        return "</code>";
    }

    static string Cell(IElement element, StringBuilder output)
    {
        output.Append('<').Append(element.LocalName);
        var style = element.GetAttribute("style") ?? "";
        foreach (var side in (string[])["left", "center", "right"])
            if (style.Contains(side, StringComparison.Ordinal))
            {
                Attribute("class", "ta-" + side, output);
                break;
            }

        output.Append('>');
        return $"</{element.LocalName}>";
    }

    /// <summary>The label is a sign, not a word: it is the same in each language.</summary>
    static void Checkbox(IElement element, StringBuilder output) =>
        output.Append(element.HasAttribute("checked")
            ? "<input type=\"checkbox\" checked disabled aria-label=\"☑\">"
            : "<input type=\"checkbox\" disabled aria-label=\"☐\">");

    static void Attribute(string name, string value, StringBuilder output)
    {
        output.Append(' ').Append(name).Append("=\"");
        Encode(value, output, quotes: true);
        output.Append('"');
    }

    static void Encode(string text, StringBuilder output, bool quotes = false)
    {
        foreach (var c in text)
            switch (c)
            {
                case '&':
                    output.Append("&amp;");
                    break;
                case '<':
                    output.Append("&lt;");
                    break;
                case '>':
                    output.Append("&gt;");
                    break;
                case '"' when quotes:
                    output.Append("&quot;");
                    break;
                case < ' ' when c is not ('\n' or '\t'):
                case '\u007f' or '\ufffe' or '\uffff':
                    break;
                default:
                    output.Append(c);
                    break;
            }
    }
}

/// <summary>The names that footnotes have in a page. They get the post's prefix when they are shown.</summary>
static class Footnotes
{
    /// <summary><c>fn-1</c> for a note, from Markdig's <c>fn:1</c>.</summary>
    public static string? Target(string? id) => Name(id, "fn:", "fn-");

    /// <summary>The start tag of a link to a note or back from it, or null when it is neither.</summary>
    public static string? Link(IElement link, string? address) => link.ClassName switch
    {
        "footnote-ref" when Name(link.Id, "fnref:", "fnref-") is { } id && Name(address, "#fn:", "fn-") is { } note =>
            $"<a id=\"{id}\" href=\"#{note}\" class=\"footnote-ref\">",
        "footnote-back-ref" when Name(address, "#fnref:", "fnref-") is { } back =>
            $"<a href=\"#{back}\" class=\"footnote-back-ref\">",
        _ => null,
    };

    static string? Name(string? id, string prefix, string shown) =>
        id is { Length: < 16 } && id.StartsWith(prefix, StringComparison.Ordinal) && id.Length > prefix.Length
        && id.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? string.Concat(shown, id.AsSpan(prefix.Length))
            : null;
}
