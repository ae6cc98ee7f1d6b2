using System.Buffers;
using System.Text;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Core.Markdown;

/// <summary><c>[tag:x]</c> and <c>[meta-tag:x]</c>.</summary>
sealed class TagLink : LeafInline
{
    public required string Tag { get; init; }

    public required bool IsMeta { get; init; }
}

sealed class TagLinkParser : InlineParser
{
    const int LongestTag = 35;

    static readonly SearchValues<char> notInTags = SearchValues.Create(" \t\n[<>\"'`&/\\");

    public TagLinkParser() => OpeningCharacters = ['['];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var isMeta = text.StartsWith("[meta-tag:", StringComparison.OrdinalIgnoreCase);
        if (!isMeta && !text.StartsWith("[tag:", StringComparison.OrdinalIgnoreCase))
            return false;

        var from = isMeta ? 10 : 5;
        var rest = text[from..Math.Min(text.Length, from + LongestTag + 1)];
        var end = rest.IndexOf(']');
        if (end <= 0 || rest[end - 1] == '-' || rest[..end].IndexOfAny(notInTags) >= 0)
            return false;

        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new TagLink
        {
            Tag = rest[..end].TrimStart('-').ToString().ToLowerInvariant(),
            IsMeta = isMeta,
            Span = new SourceSpan(start, start + from + end),
            Line = line,
            Column = column,
        };
        slice.Start += from + end + 1;
        return true;
    }
}

/// <summary>An address written as it is, without any marks.</summary>
sealed class BareLink : LeafInline
{
    public required string Url { get; init; }
}

/// <summary>
/// Addresses in running text. A punctuation mark at the end belongs to the sentence, a closing bracket only to a link that
/// holds its opening one.
/// </summary>
sealed class BareLinkParser : InlineParser
{
    public BareLinkParser() => OpeningCharacters = ['h', 'f', 'H', 'F'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var before = slice.PeekCharExtra(-1);
        if (char.IsLetterOrDigit(before))
            return false;

        var text = slice.AsSpan();
        var host = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) ? 6 : -1;
        if (host < 0)
            return false;

        var length = Length(text, host, before);
        if (length <= host || !char.IsLetterOrDigit(text[host]))
            return false;

        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new BareLink
        {
            Url = text[..length].ToString(),
            Span = new SourceSpan(start, start + length - 1),
            Line = line,
            Column = column,
        };
        slice.Start += length;
        return true;
    }

    static int Length(ReadOnlySpan<char> text, int from, char before)
    {
        var brackets = 0;
        var parentheses = 0;
        var length = from;
        for (; length < text.Length; length++)
        {
            var c = text[length];
            if (!IsOfAddress(c))
                break;
            if (c == '[')
                brackets++;
            else if (c == ']' && --brackets < 0)
                break;
        }

        foreach (var c in text[..length])
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
        while (length > from)
        {
            var last = text[length - 1];
            if (last is '.' or ',' or ';' or ':' or '!' or '?' or '(' or '\'' or '$' || (last == '_' && before == '_') || (last == '~' && before == '~'))
                parentheses -= last == '(' ? 1 : 0;
            else if (last == ')' && parentheses < 0)
                parentheses++;
            else
                break;
            length--;
        }

        return length;
    }

    static bool IsOfAddress(char c) =>
        char.IsLetterOrDigit(c) || c is '-' or '+' or '&' or '@' or '#' or '/' or '%' or '?' or '=' or '~' or '_' or '|' or '[' or ']' or '(' or ')' or '!' or ':' or ',' or '.' or ';' or '$' or '\'';
}

/// <summary><c>&gt;!</c> at the start of each line hides a quotation until the reader asks for it.</summary>
sealed class SpoilerParser : BlockParser
{
    public SpoilerParser() => OpeningCharacters = ['>'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || processor.PeekChar(1) != '!' || processor.PeekChar(2) == '[')
            return BlockState.None;

        var spoiler = new QuoteBlock(this)
        {
            QuoteChar = '>',
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
        };
        spoiler.GetAttributes().AddClass("spoiler");
        Skip(processor);
        processor.NewBlocks.Push(spoiler);
        return BlockState.Continue;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsCodeIndent)
            return BlockState.None;
        if (processor.CurrentChar != '>')
            return processor.IsBlankLine ? BlockState.BreakDiscard : BlockState.None;

        Skip(processor);
        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }

    static void Skip(BlockProcessor processor)
    {
        var next = processor.NextChar();
        if (next == '!')
            next = processor.NextChar();
        if (next == ' ')
            processor.NextColumn();
        else if (next == '\t')
            processor.NextColumn();
    }
}

/// <summary>The language of a code block, from its fence or from a comment before it as Stack Exchange has them.</summary>
static class LanguageHints
{
    /// <summary>The prefix that CommonMark gives the class of a code block.</summary>
    public const string Prefix = "language-";

    const int LongestName = 30;

    /// <summary>Gives code blocks the language that <c>&lt;!-- language: x --&gt;</c> or <c>&lt;!-- language-all: x --&gt;</c> says.</summary>
    public static void Apply(MarkdownDocument document)
    {
        string? all = null;
        foreach (var container in document.Descendants<ContainerBlock>().Prepend(document))
        {
            string? next = null;
            foreach (var block in container)
            {
                if (block is HtmlBlock { Type: HtmlBlockType.Comment } comment)
                {
                    var hint = comment.Lines.Count == 1 ? comment.Lines.Lines[0].Slice.AsSpan().Trim() : default;
                    if (Hint(hint, "language-all:") is { } every)
                        all = every;
                    else if (Hint(hint, "language:") is { } one)
                        next = one;
                    continue;
                }

                if (block is CodeBlock code && (block is not FencedCodeBlock { Info.Length: > 0 }) && (next ?? all) is { } language)
                    code.GetAttributes().AddClass(Prefix + language);
                next = null;
            }
        }
    }

    /// <summary>The name as it stands in the class, or null for one that is no name: lower case, without <c>lang-</c>.</summary>
    public static string? Known(ReadOnlySpan<char> written)
    {
        if (written.StartsWith("lang-", StringComparison.OrdinalIgnoreCase))
            written = written[5..];
        else if (written.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            written = written[Prefix.Length..];
        if (written.Length is 0 or > LongestName)
            return null;

        foreach (var c in written)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '#' or '-' or '.' or '_'))
                return null;
        return written.ToString().ToLowerInvariant();
    }

    static string? Hint(ReadOnlySpan<char> comment, string word)
    {
        if (!comment.StartsWith("<!--") || !comment.EndsWith("-->") || comment.Length < 7)
            return null;

        var inside = comment[4..^3].Trim();
        return inside.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? Known(inside[word.Length..].Trim()) : null;
    }
}

/// <summary>
/// Blocks of HTML begin with a block's tag. A tag such as <c>&lt;kbd&gt;</c> alone on its line begins a paragraph, in which
/// Markdown holds: the one thing in which people expect more than CommonMark says.
/// </summary>
sealed class BlockTagParser : HtmlBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor)
    {
        var before = processor.NewBlocks.Count;
        var state = base.TryOpen(processor);
        if (state != BlockState.None && processor.NewBlocks.Count > before && processor.NewBlocks.Peek() is HtmlBlock { Type: HtmlBlockType.NonInterruptingBlock })
        {
            processor.NewBlocks.Pop();
            return BlockState.None;
        }

        return state;
    }
}

/// <summary>How the parts of a post become HTML where Markdig's own way is not ours.</summary>
static class PostHtml
{
    public static void Setup(HtmlRenderer renderer, MarkdownOptions options)
    {
        var state = new Anchors();
        if (options.Dialect == MarkdownDialect.PageDown)
            renderer.ObjectRenderers.ReplaceOrAdd<EmphasisInlineRenderer>(new PageDown.BoldFirst());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new Blocks());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new Inlines(state));
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new Links(state));
        renderer.ObjectRenderers.ReplaceOrAdd<AutolinkInlineRenderer>(new Autolinks(state));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeInlineRenderer>(new CodeSpans());
        renderer.ObjectRenderers.Insert(0, new BareLinks(state));
        renderer.ObjectRenderers.Insert(0, new TagLinks(state, options));
    }

    /// <summary>Whether what is written stands inside a link: there no other begins.</summary>
    sealed class Anchors
    {
        public int Links { get; set; }

        public bool IsInWritten { get; set; }

        public bool IsInside => Links > 0 || IsInWritten;
    }

    sealed class Blocks : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock html)
        {
            renderer.Write(RawHtml.Filter(html.Lines.ToString()));
            renderer.WriteLine();
        }
    }

    sealed class Inlines(Anchors state) : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline html)
        {
            if (!renderer.EnableHtmlForInline)
                return;
            if (html.Tag.StartsWith("<a ", StringComparison.OrdinalIgnoreCase))
                state.IsInWritten = true;
            else if (html.Tag.StartsWith("</a", StringComparison.OrdinalIgnoreCase))
                state.IsInWritten = false;
            renderer.Write(RawHtml.Filter(html.Tag));
        }
    }

    /// <summary>Spaces at either end of a code span are there for the back quotes; a span of spaces alone keeps them.</summary>
    sealed class CodeSpans : HtmlObjectRenderer<CodeInline>
    {
        protected override void Write(HtmlRenderer renderer, CodeInline code)
        {
            var content = code.ContentSpan;
            var trimmed = content.Trim();
            if (renderer.EnableHtmlForInline)
                renderer.Write("<code>");
            renderer.WriteEscape(trimmed.IsEmpty ? content : trimmed);
            if (renderer.EnableHtmlForInline)
                renderer.Write("</code>");
        }
    }

    sealed class Links(Anchors state) : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            if (BoundedWriter.IsFullBehind(renderer))
                return;

            var address = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
            if (link.IsImage)
            {
                if (renderer.EnableHtmlForInline)
                    renderer.Write("<img src=\"").WriteEscape(address).Write("\" alt=\"");
                var wasOn = renderer.EnableHtmlForInline;
                renderer.EnableHtmlForInline = false;
                renderer.WriteChildren(link);
                renderer.EnableHtmlForInline = wasOn;
                if (wasOn)
                    WriteEnd(renderer, link, "\">");
                return;
            }

            if (!renderer.EnableHtmlForInline || state.IsInside)
            {
                renderer.WriteChildren(link);
                return;
            }

            renderer.Write("<a href=\"").WriteEscape(address);
            WriteEnd(renderer, link, "\">");
            state.Links++;
            renderer.WriteChildren(link);
            state.Links--;
            renderer.Write("</a>");
        }
    }

    static void WriteEnd(HtmlRenderer renderer, LinkInline link, string end)
    {
        if (!string.IsNullOrEmpty(link.Title))
            renderer.Write("\" title=\"").WriteEscape(link.Title);
        renderer.Write(end);
    }

    sealed class Autolinks(Anchors state) : HtmlObjectRenderer<AutolinkInline>
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline link) =>
            WriteBare(renderer, link.Url, link.IsEmail ? "mailto:" : "", state);
    }

    sealed class BareLinks(Anchors state) : HtmlObjectRenderer<BareLink>
    {
        protected override void Write(HtmlRenderer renderer, BareLink link) => WriteBare(renderer, link.Url, "", state);
    }

    static void WriteBare(HtmlRenderer renderer, string url, string scheme, Anchors state)
    {
        if (!renderer.EnableHtmlForInline || state.IsInside)
        {
            renderer.WriteEscape(url);
            return;
        }

        renderer.Write("<a class=\"bare\" href=\"").Write(scheme).WriteEscape(url).Write("\">").WriteEscape(url).Write("</a>");
    }

    sealed class TagLinks(Anchors state, MarkdownOptions options) : HtmlObjectRenderer<TagLink>
    {
        protected override void Write(HtmlRenderer renderer, TagLink link)
        {
            if (!renderer.EnableHtmlForInline || state.IsInside)
            {
                renderer.WriteEscape(link.Tag);
                return;
            }

            var site = !link.IsMeta && options.MainHost is { } main ? "https://" + main : "";
            renderer.Write("<a class=\"post-tag\" href=\"").WriteEscape(site).Write("/questions/tagged/").Write(InAddress(link.Tag))
                .Write("\" title=\"").WriteEscape($"show questions tagged '{link.Tag}'").Write("\">").WriteEscape(link.Tag).Write("</a>");
        }

        static string InAddress(string tag)
        {
            var address = new StringBuilder();
            foreach (var b in Encoding.UTF8.GetBytes(tag))
                if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_')
                    address.Append((char)b);
                else
                    address.Append('%').Append(System.Globalization.CultureInfo.InvariantCulture, $"{b:x2}");
            return address.ToString();
        }
    }
}
