using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Core.Markdown;

/// <summary>
/// What a text may ask of the renderer. Lines are looked at before anything is parsed, paragraphs once blocks are known and
/// before their marks are: each time in one pass. Writers do not meet these numbers; they stop the texts that are made to
/// keep a server busy, for which a parser's work grows with the square of their length.
/// </summary>
static class MarkdownBounds
{
    /// <summary>Quotations and lists that may begin within one another on one line.</summary>
    public const int Depth = 32;

    /// <summary>How deep the parser may nest blocks and marks together; it refuses what goes deeper by an exception.</summary>
    public const int ParserDepth = 800;

    /// <summary>How deep elements of the HTML may nest; a list takes two, its paragraph a third.</summary>
    public const int HtmlDepth = 160;

    /// <summary>Longest text in characters. Bodies are limited to less by the settings; imported ones may be longer.</summary>
    public const int Length = 200_000;

    /// <summary>Definitions of links, or underlined headings, one after another.</summary>
    const int Neighbours = 400;

    /// <summary>Cells of tables in a text, those counted that a row leaves out.</summary>
    const int Cells = 20_000;

    /// <summary>Pairs of marks that the parser may have to compare: some 6 ns each.</summary>
    const long Comparisons = 4_000_000;

    /// <summary>Why this text is not parsed, or null.</summary>
    public static Refusal? WhyNot(string markdown)
    {
        if (markdown.Length > Length)
            return new Refusal("markdown.too-long", Length);

        var definitions = 0;
        var underlines = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (Markers(line) > Depth)
                return new Refusal("markdown.too-deep");

            var text = line.TrimStart(" \t>");
            if (text.IsEmpty)
                definitions = 0;
            else if (IsDefinition(line, text) && ++definitions > Neighbours)
                return new Refusal("markdown.too-many-brackets");
            else if (text[0] is '=' or '-' && text.TrimEnd().IndexOfAnyExcept(text[0]) < 0 && ++underlines > 2 * Neighbours)
                return new Refusal("markdown.too-many-blocks");
        }

        return null;
    }

    /// <summary>Whether a line may define a link, and is not code by its indentation.</summary>
    static bool IsDefinition(ReadOnlySpan<char> line, ReadOnlySpan<char> text)
    {
        if (text[0] != '[' || line[..^text.Length].TrimStart('>').Length > 3)
            return false;
        var end = text.IndexOf(']');
        return end > 0 && (end + 1 == text.Length || text[end + 1] == ':');
    }

    /// <summary>How many quotations and lists the start of a line opens or goes on with. A line of nothing but dashes or stars is a rule.</summary>
    static int Markers(ReadOnlySpan<char> line)
    {
        var markers = 0;
        var last = '\0';
        var at = 0;
        while (at < line.Length)
        {
            var c = line[at];
            if (c is ' ' or '\t')
            {
                at++;
                continue;
            }

            if (c == '>')
            {
                markers++;
                at += at + 1 < line.Length && line[at + 1] == '!' ? 2 : 1;
                last = c;
                continue;
            }

            if (c is '-' or '+' or '*' && (at + 1 == line.Length || line[at + 1] is ' ' or '\t'))
            {
                if (c != last && line[at..].IndexOfAnyExcept(c, ' ', '\t') < 0)
                    return markers;
                markers++;
                at += 2;
                last = c;
                continue;
            }

            var digits = line[at..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || line[at + digits] is not ('.' or ')') || (at + digits + 1 < line.Length && line[at + digits + 1] is not (' ' or '\t')))
                break;
            markers++;
            at += digits + 2;
            last = c;
        }

        return markers;
    }

    /// <summary>What is in a paragraph that the parser keeps a list of.</summary>
    readonly record struct Marks(long Delimiters, long Brackets, long Pipes, long Cells)
    {
        public static Marks Count(ReadOnlySpan<char> paragraph)
        {
            long delimiters = 0, brackets = 0, pipes = 0, widest = 0, lines = 0;
            var isTable = false;
            foreach (var text in paragraph.EnumerateLines())
            {
                long here = 0;
                var last = '\0';
                for (var i = 0; i < text.Length; i++)
                {
                    var c = text[i];
                    if (c is '*' or '_' or '~' && c != last)
                        delimiters++;
                    else if (c is '[')
                        brackets++;
                    else if (c == '|')
                        here++;
                    else if (c == '<' && i + 1 < text.Length && text[i + 1] is '!' or '?')
                        delimiters++;
                    last = c;
                }

                lines++;
                pipes += here;
                widest = Math.Max(widest, here);
                isTable |= here > 0 && text.IndexOfAnyExcept("|-: \t") < 0;
            }

            return new Marks(delimiters + brackets, brackets, pipes, isTable ? (widest + 1) * lines : 0);
        }
    }

    /// <summary>
    /// Not a parser of anything: it sees the first mark of each paragraph, heading or table before the others do, looks at the
    /// whole, and keeps from them what is too much.
    /// </summary>
    public sealed class Gate : InlineParser
    {
        public Gate() => OpeningCharacters = ['*', '_', '~', '[', '!', '<', '|'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var work = WorkOf(processor.Document);
            if (!ReferenceEquals(work.Leaf, processor.Block))
            {
                work.Leaf = processor.Block;
                work.Add(Marks.Count(slice.AsSpan()));
            }

            if (work.Refusal is null)
                return false;

            processor.Inline = new LiteralInline { Content = StringSlice.Empty, IsClosed = true };
            slice.Start = slice.End + 1;
            return true;
        }

        /// <summary>Why the document is not to be shown, or null.</summary>
        public static Refusal? Refused(MarkdownDocument document) => WorkOf(document).Refusal;

        static Work WorkOf(MarkdownDocument document)
        {
            if (document.GetData(typeof(Work)) is Work work)
                return work;

            work = new Work();
            document.SetData(typeof(Work), work);
            return work;
        }
    }

    /// <summary>What the paragraphs of a document have asked for so far.</summary>
    sealed class Work
    {
        long comparisons;
        long cells;

        public LeafBlock? Leaf { get; set; }

        public Refusal? Refusal { get; private set; }

        public void Add(Marks marks)
        {
            comparisons += (marks.Delimiters * marks.Delimiters) + (5 * marks.Delimiters * marks.Pipes);
            cells += marks.Cells;
            if (comparisons > Comparisons)
                Refusal ??= new Refusal(2 * marks.Brackets > marks.Delimiters ? "markdown.too-many-brackets" : "markdown.too-many-marks");
            else if (cells > Cells)
                Refusal ??= new Refusal("markdown.too-many-cells");
        }
    }
}

/// <summary>Takes what it is given up to a length and then nothing: a text cannot make the server hold more.</summary>
sealed class BoundedWriter(int limit) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    /// <summary>Whether something was not taken.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Whether the writer behind a renderer takes no more.</summary>
    public static bool IsFullBehind(HtmlRenderer renderer) => renderer.Writer is BoundedWriter { IsFull: true };

    public override void Write(char value)
    {
        if (HasRoom(1))
            base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        if (HasRoom(count))
            base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (HasRoom(buffer.Length))
            base.Write(buffer);
    }

    public override void Write(string? value)
    {
        if (HasRoom(value?.Length ?? 0))
            base.Write(value);
    }

    bool HasRoom(int count)
    {
        IsFull |= GetStringBuilder().Length + count > limit;
        return !IsFull;
    }
}
