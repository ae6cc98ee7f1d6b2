using System.Text;
using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Core.Markdown;

/// <summary>
/// The habits of PageDown, in which Stack Exchange's posts were written until June 2020, where they differ from CommonMark's
/// and many posts rely on them. Imported posts of that age keep the look that their authors saw.
/// </summary>
static class PageDown
{
    /// <summary>
    /// Tabs are spaces to every fourth column, a definition of a link needs no blank line before it, and a list does not begin
    /// in the middle of a paragraph.
    /// </summary>
    public static string Prepare(string markdown)
    {
        var text = new StringBuilder(markdown.Length + 64);
        var wasText = false;
        var isInParagraph = false;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var isDefinition = IsDefinition(line);
            if (isDefinition && wasText)
                text.Append('\n');
            wasText = !isDefinition && !line.IsWhiteSpace();

            var content = WithoutQuotation(line);
            var marker = isInParagraph ? EndOfListMarker(content) : -1;
            isInParagraph = !content.IsWhiteSpace() && (isInParagraph || BeginsParagraph(content));
            var escaped = marker < 0 ? -1 : line.Length - content.Length + marker;
            var column = 0;
            var at = 0;
            foreach (var c in line)
            {
                if (at++ == escaped)
                    text.Append('\\');
                if (c == '\t')
                    do
                        text.Append(' ');
                    while (++column % 4 != 0);
                else
                {
                    text.Append(c);
                    column++;
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    static ReadOnlySpan<char> WithoutQuotation(ReadOnlySpan<char> line)
    {
        var rest = line.TrimStart(' ');
        if (line.Length - rest.Length > 3 || !rest.StartsWith(">"))
            return line;
        rest = rest[1..];
        return rest.StartsWith(" ") ? rest[1..] : rest;
    }

    /// <summary>Whether the first line after a blank one is running text and no other kind of block.</summary>
    static bool BeginsParagraph(ReadOnlySpan<char> line) =>
        line[0] is not (' ' or '\t' or '>' or '<' or '#' or '|' or '`' or '~') && EndOfListMarker(line) < 0 && !IsDefinition(line);

    /// <summary>Where the sign of a list's item stands that could be escaped, or -1 for a line that begins no item.</summary>
    static int EndOfListMarker(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(' ');
        var indent = line.Length - text.Length;
        if (indent > 3 || text.Length < 2)
            return -1;
        if (text[0] is '-' or '+' or '*')
            return text[1] is ' ' or '\t' && text.IndexOfAnyExcept(text[0], ' ') >= 0 ? indent : -1;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and < 10 && digits + 1 < text.Length && text[digits] == '.' && text[digits + 1] == ' ' ? indent + digits : -1;
    }

    static bool IsDefinition(ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimStart(' ');
        if (line.Length - trimmed.Length > 3 || !trimmed.StartsWith("["))
            return false;
        var end = trimmed.IndexOf("]: ");
        return end > 1 && trimmed[(end + 3)..].TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Replaces the parsers of blocks that PageDown reads otherwise.</summary>
    public static void Setup(MarkdownPipelineBuilder builder)
    {
        builder.BlockParsers.Replace<ListBlockParser>(new Lists());
        builder.BlockParsers.Replace<HeadingBlockParser>(new Headings());
    }

    /// <summary>Quotations with only blank lines between them are one.</summary>
    public static void JoinQuotations(MarkdownDocument document)
    {
        foreach (var container in document.Descendants<ContainerBlock>().Prepend(document).ToList())
            for (var i = 0; i + 1 < container.Count;)
            {
                if (container[i] is QuoteBlock first && container[i + 1] is QuoteBlock second
                    && first.TryGetAttributes() is null && second.TryGetAttributes() is null)
                {
                    container.RemoveAt(i + 1);
                    while (second.Count > 0)
                    {
                        var block = second[0];
                        second.RemoveAt(0);
                        first.Add(block);
                    }
                }
                else
                    i++;
            }
    }

    /// <summary><c>1)</c> begins no list.</summary>
    sealed class Lists : ListBlockParser
    {
        public Lists() => ItemParsers.Find<NumberedListItemParser>()!.OrderedDelimiters = ['.'];
    }

    /// <summary><c>#Heading</c> needs no space, and closing signs need none either.</summary>
    sealed class Headings : HeadingBlockParser
    {
        public override BlockState TryOpen(BlockProcessor processor)
        {
            if (processor.IsCodeIndent)
                return BlockState.None;

            var line = processor.Line.AsSpan();
            var level = line.IndexOfAnyExcept('#');
            if (level is < 1 or > 6)
                return base.TryOpen(processor);

            var column = processor.Column;
            var heading = new HeadingBlock(this)
            {
                HeaderChar = '#',
                Level = level,
                Column = column,
                Span = new SourceSpan(processor.Line.Start, processor.Line.End),
            };
            processor.NewBlocks.Push(heading);
            processor.GoToColumn(column + level);
            var content = processor.Line.AsSpan();
            var kept = content.TrimEnd().TrimEnd('#');
            processor.Line.End -= content.Length - kept.Length;
            return BlockState.Break;
        }
    }

    /// <summary>Bold stands outside of italic where both begin and end together.</summary>
    public sealed class BoldFirst : EmphasisInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, EmphasisInline emphasis)
        {
            if (emphasis is { DelimiterCount: 1, FirstChild: EmphasisInline { DelimiterCount: 2 } bold } && emphasis.LastChild == bold
                && bold.DelimiterChar != '~' && renderer.EnableHtmlForInline)
            {
                renderer.Write("<strong><em>");
                renderer.WriteChildren(bold);
                renderer.Write("</em></strong>");
                return;
            }

            base.Write(renderer, emphasis);
        }
    }
}
