using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Core.Markdown;

/// <summary>
/// Markdown that renders to the given HTML, for imported posts that come without their source. What Markdown has no word for
/// stays a tag where the renderer permits it; everything else keeps its text.
/// </summary>
public static partial class HtmlToMarkdown
{
    const int Depth = 60;

    static readonly HtmlParser parser = new(new HtmlParserOptions { IsScripting = false });

    /// <summary>The Markdown of <paramref name="html"/>, without a line end after it.</summary>
    public static string Convert(string html, MarkdownOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        var body = parser.ParseDocument("<!DOCTYPE html><body>" + html).Body;
        if (body is null)
            return "";
        return IsDeep(body) ? Writer.Escape(PlainText.Of(html)) : new Writer(options).Blocks(body, isTight: false).Trim('\n');
    }

    static bool IsDeep(IElement body)
    {
        var open = new Stack<(INode Node, int Depth)>();
        open.Push((body, 0));
        while (open.TryPop(out var at))
        {
            if (at.Depth > Depth)
                return true;
            foreach (var child in at.Node.ChildNodes)
                open.Push((child, at.Depth + 1));
        }

        return false;
    }

    static bool IsBlock(INode node) => node is IElement
    {
        LocalName: "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "ul" or "ol" or "li" or "pre" or "hr"
            or "table" or "dl" or "dt" or "dd" or "div" or "section" or "article" or "header" or "footer" or "center" or "thead"
            or "tbody" or "tr" or "td" or "th",
    };

    [GeneratedRegex(@"[ \t\r\n]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[\\`*\[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=~)|(?<=~)~|&(?=#?[A-Za-z0-9]+;)|:(?=//)|(?<=!)(?=\[)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();

    [GeneratedRegex(@"^(?:(?<before>#{1,6})(?=\s|$)|(?<before>[-+])(?=\s|$)|(?<before>>)|(?<before>[-=]+)(?=\s*$)|(?<number>\d{1,9})(?=[.)](?:\s|$))|(?<before>~~~)|(?<before>\|)|(?<before>:(?=-)))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineStart();

    [GeneratedRegex("`+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BackQuotes();

    sealed class Writer(MarkdownOptions options)
    {
        /// <summary>The blocks within an element, blank lines between them unless they stand in a tight list.</summary>
        public string Blocks(IElement parent, bool isTight)
        {
            var blocks = new List<(string Text, string Kind)>();
            var run = new List<INode>();
            var marker = 0;
            void EndRun()
            {
                var text = Paragraph(run);
                if (text.Length > 0)
                    blocks.Add((text, "p"));
                run.Clear();
            }

            foreach (var node in parent.ChildNodes)
            {
                if (!IsBlock(node))
                {
                    run.Add(node);
                    continue;
                }

                EndRun();
                var element = (IElement)node;
                var kind = element.LocalName;
                var previous = blocks.Count > 0 ? blocks[^1].Kind : "";
                marker = kind is "ul" or "ol" && previous.Equals(kind, StringComparison.Ordinal) ? 1 - marker : 0;
                if (kind is "blockquote" && previous is "blockquote")
                    blocks.Add(("<!-- -->", "comment"));
                var text = Block(element, marker, isTight);
                if (text.Length > 0)
                    blocks.Add((text, kind));
            }

            EndRun();
            return string.Join(isTight ? "\n" : "\n\n", blocks.Select(block => block.Text));
        }

        string Block(IElement element, int marker, bool isTight)
        {
            switch (element.LocalName)
            {
                case "p":
                    return element.ChildNodes.Any(IsBlock) ? Blocks(element, isTight) : Paragraph(element.ChildNodes);
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    var heading = Inlines(element.ChildNodes).Trim().Replace("  \n", "<br>", StringComparison.Ordinal).Replace('\n', ' ');
                    return $"{new string('#', element.LocalName[1] - '0')} {(heading.EndsWith('#') ? heading[..^1] + "\\#" : heading)}";
                case "blockquote":
                    var mark = element.ClassName is "spoiler" ? ">!" : ">";
                    return Prefixed(Blocks(element, isTight: false), mark + " ", mark + " ");
                case "ul" or "ol":
                    return List(element, marker);
                case "pre":
                    return Code(element);
                case "hr":
                    return "***";
                case "table":
                    return Table(element);
                case "dl":
                    return Definitions(element);
                default:
                    return Blocks(element, isTight);
            }
        }

        string List(IElement list, int marker)
        {
            var isOrdered = list.LocalName is "ol";
            var number = int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
            var items = list.Children.Where(child => child.LocalName is "li").ToList();
            var isTight = !items.Exists(item => item.Children.Any(child => child.LocalName is "p"));
            var lines = new List<string>();
            foreach (var item in items)
            {
                var bullet = isOrdered ? $"{number++}{(marker == 0 ? '.' : ')')} " : marker == 0 ? "- " : "* ";
                lines.Add(Prefixed(Blocks(item, isTight), bullet, new string(' ', bullet.Length)).TrimEnd());
            }

            return string.Join(isTight ? "\n" : "\n\n", lines);
        }

        static string Code(IElement pre)
        {
            var code = pre.QuerySelector("code");
            var text = (code ?? pre).TextContent.Replace("\r", "", StringComparison.Ordinal);
            if (text.EndsWith('\n'))
                text = text[..^1];
            var fence = new string('`', Math.Max(3, 1 + BackQuotes().Matches(text).Select(run => run.Length).DefaultIfEmpty().Max()));
            var language = string.Concat(pre.ClassName, " ", code?.ClassName).Split(' ')
                .FirstOrDefault(name => name.StartsWith("lang-", StringComparison.Ordinal) || name.StartsWith(LanguageHints.Prefix, StringComparison.Ordinal));
            return $"{fence}{LanguageHints.Known(language)}\n{text}\n{fence}";
        }

        string Table(IElement table)
        {
            var rows = table.QuerySelectorAll("tr").Select(row => row.Children.Where(cell => cell.LocalName is "td" or "th").ToList()).Where(row => row.Count > 0).ToList();
            if (rows.Count == 0)
                return "";

            var lines = rows.ConvertAll(row => "| " + string.Join(" | ", row.Select(Cell)) + " |");
            lines.Insert(1, "|" + string.Concat(rows[0].Select(cell => Side(cell) switch
            {
                "left" => ":---|",
                "right" => "---:|",
                "center" => ":---:|",
                _ => "---|",
            })));
            return string.Join('\n', lines);
        }

        string Cell(IElement cell) =>
            Inlines(cell.ChildNodes).Trim().Replace("  \n", "<br>", StringComparison.Ordinal).Replace('\n', ' ').Replace("|", "\\|", StringComparison.Ordinal);

        static string Side(IElement cell)
        {
            var says = string.Concat(cell.GetAttribute("style"), cell.GetAttribute("align"), cell.ClassName);
            return says.Contains("right", StringComparison.Ordinal) ? "right" : says.Contains("center", StringComparison.Ordinal) ? "center"
                : says.Contains("left", StringComparison.Ordinal) ? "left" : "";
        }

        static string Definitions(IElement list)
        {
            var html = new StringBuilder("<dl>");
            foreach (var child in list.Children.Where(child => child.LocalName is "dt" or "dd"))
                html.Append('\n').Append('<').Append(child.LocalName).Append('>')
                    .Append(WhiteSpace().Replace(child.InnerHtml, " ").Trim()).Append("</").Append(child.LocalName).Append('>');
            return html.Append("\n</dl>").ToString();
        }

        static string Prefixed(string text, string first, string rest)
        {
            var lines = text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
                lines[i] = lines[i].Length == 0 ? (i == 0 ? first : rest).TrimEnd() : (i == 0 ? first : rest) + lines[i];
            return string.Join('\n', lines);
        }

        string Paragraph(IEnumerable<INode> nodes)
        {
            var text = Inlines(nodes).Trim(' ', '\n', '\t');
            if (text.Length == 0)
                return "";
            return string.Join('\n', text.Split('\n').Select(line =>
            {
                var trimmed = line.TrimStart(' ');
                var start = LineStart().Match(trimmed);
                return start.Groups["before"].Success ? "\\" + trimmed
                    : start.Groups["number"].Success ? trimmed.Insert(start.Length, "\\")
                    : trimmed;
            }));
        }

        string Inlines(IEnumerable<INode> nodes)
        {
            var text = new StringBuilder();
            foreach (var node in nodes)
                Inline(node, text);
            return text.ToString();
        }

        void Inline(INode node, StringBuilder to)
        {
            if (node is IText words)
            {
                var text = WhiteSpace().Replace(words.Data, " ");
                if (to.Length > 0 && to[^1] is '\n' or ' ')
                    text = text.TrimStart(' ');
                to.Append(Escape(text));
                return;
            }

            if (node is not IElement element)
                return;

            switch (element.LocalName)
            {
                case "br":
                    to.Append("  \n");
                    break;
                case "strong":
                    Marked(element, "**", to);
                    break;
                case "em":
                    Marked(element, "*", to);
                    break;
                case "del":
                    Marked(element, "~~", to);
                    break;
                case "code" when element.ChildElementCount == 0:
                    CodeSpan(element.TextContent, to);
                    break;
                case "a":
                    Link(element, to);
                    break;
                case "img":
                    Image(element, to);
                    break;
                case "b" or "i" or "s" or "strike" or "sub" or "sup" or "kbd" or "code":
                    to.Append('<').Append(element.LocalName).Append('>').Append(Inlines(element.ChildNodes)).Append("</").Append(element.LocalName).Append('>');
                    break;
                default:
                    to.Append(Inlines(element.ChildNodes));
                    break;
            }
        }

        /// <summary>Emphasis where its marks would be seen as such, else the tag.</summary>
        void Marked(IElement element, string mark, StringBuilder to)
        {
            var inside = Inlines(element.ChildNodes);
            var text = inside.Trim(' ', '\n');
            if (text.Length == 0)
            {
                to.Append(inside);
                return;
            }

            if (inside[0] is ' ' or '\n')
                to.Append(' ');
            if (mark is "*" && (text[0] == '*' || text[^1] == '*' || IsAtEdge(element)))
                mark = "_";
            var before = to.Length == 0 ? ' ' : to[^1];
            var after = inside[^1] is ' ' or '\n' ? ' ' : After(element);
            var isSeen = Opens(before, text[0]) && Opens(after, text[^1]) && before != mark[0] && after != mark[0]
                && !(mark is "_" && (char.IsLetterOrDigit(before) || char.IsLetterOrDigit(after)));
            if (isSeen)
                to.Append(mark).Append(text).Append(mark);
            else
                to.Append('<').Append(element.LocalName).Append('>').Append(text).Append("</").Append(element.LocalName).Append('>');
            if (inside[^1] is ' ' or '\n')
                to.Append(' ');
        }

        /// <summary>CommonMark's flanking rule: between a letter and a punctuation mark, marks are text.</summary>
        static bool Opens(char outside, char inside) => !IsSign(inside) || char.IsWhiteSpace(outside) || IsSign(outside);

        static bool IsSign(char c) => char.IsPunctuation(c) || char.IsSymbol(c);

        static bool IsAtEdge(IElement element) =>
            element.ParentElement is { LocalName: "strong" } bold && (bold.FirstChild == element || bold.LastChild == element);

        static char After(INode node) => node.NextSibling switch
        {
            IText { Data.Length: > 0 } text => text.Data[0],
            null when node.Parent is IElement parent && !IsBlock(parent) && parent.LocalName is not "body" => '*',
            null => ' ',
            IElement { LocalName: "br" } => ' ',
            IElement { LocalName: "em" or "strong" } => '*',
            _ => '<',
        };

        static void CodeSpan(string text, StringBuilder to)
        {
            var code = WhiteSpace().Replace(text, " ");
            if (string.IsNullOrWhiteSpace(code))
            {
                to.Append("<code>").Append(code).Append("</code>");
                return;
            }

            var runs = BackQuotes().Matches(code).Select(run => run.Length).ToHashSet();
            var length = 1;
            while (runs.Contains(length))
                length++;
            var fence = new string('`', length);
            var pad = code[0] == '`' || code[^1] == '`' ? " " : "";
            if (to.Length > 0 && to[^1] == '`')
                to.Append("<!-- -->");
            to.Append(fence).Append(pad).Append(code).Append(pad).Append(fence);
        }

        void Link(IElement element, StringBuilder to)
        {
            var address = element.GetAttribute("href") ?? "";
            if (LinkRules.Permitted(address, isImage: false) is null)
            {
                to.Append(Inlines(element.ChildNodes));
                return;
            }

            if (element.ClassList.Contains("post-tag") && address.Contains("/questions/tagged/", StringComparison.Ordinal))
            {
                var isMeta = options.MainHost is not null && address[0] == '/';
                to.Append(isMeta ? "[meta-tag:" : "[tag:").Append(element.TextContent).Append(']');
                return;
            }

            var title = element.GetAttribute("title");
            if (title is null && address.Equals(element.TextContent, StringComparison.Ordinal) && element.ChildElementCount == 0
                && address.StartsWith("http", StringComparison.Ordinal) && address.AsSpan().IndexOfAny("<> \\&") < 0)
            {
                to.Append('<').Append(address).Append('>');
                return;
            }

            if (to.Length > 0 && to[^1] == '!')
                to.Insert(to.Length - 1, '\\');
            to.Append('[').Append(Inlines(element.ChildNodes)).Append("](").Append(Address(address)).Append(Title(title)).Append(')');
        }

        static void Image(IElement element, StringBuilder to)
        {
            var address = element.GetAttribute("src") ?? "";
            if (LinkRules.Permitted(address, isImage: true) is null)
                return;
            if (element.HasAttribute("width") || element.HasAttribute("height"))
            {
                to.Append(element.OuterHtml);
                return;
            }

            to.Append("![").Append(Escape(element.GetAttribute("alt") ?? "")).Append("](")
                .Append(Address(address)).Append(Title(element.GetAttribute("title"))).Append(')');
        }

        static string Address(string address)
        {
            var url = address.Trim().Replace("&", "&amp;", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal);
            return url.AsSpan().IndexOfAny("()*_ ") < 0 ? url : $"<{url.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}>";
        }

        static string Title(string? title) => string.IsNullOrEmpty(title)
            ? ""
            : $" \"{WhiteSpace().Replace(title, " ").Replace("&", "&amp;", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

        public static string Escape(string text) => Special().Replace(text, "\\$0");
    }
}
