using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Forum.Core.Markdown;

/// <summary>
/// Turns what people write into the HTML that is stored beside it. Pure and safe to share between threads: the same
/// Markdown with the same options gives the same HTML, whatever it holds. Rules: <c>docs/rules/markdown.md</c>.
/// </summary>
public sealed class MarkdownRenderer
{
    /// <summary>Raised with every change of the output; HTML stored under an older version is rendered again.</summary>
    public const int Version = 1;

    readonly MarkdownPipeline posts = Posts();
    readonly MarkdownPipeline comments = Comments();

    /// <summary>
    /// The HTML of <paramref name="markdown"/>, safe to send to a browser after <see cref="ShownHtml.Show"/>. A text that
    /// would take too long, nest too deep or grow too large gives a refusal and no HTML; there is no exception.
    /// </summary>
    public RenderedMarkdown Render(string markdown, MarkdownOptions options)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(options);
        if (MarkdownBounds.WhyNot(markdown) is { } tooMuch)
            return new RenderedMarkdown("", tooMuch);

        var source = Clean(markdown);
        var isComment = options.Profile == MarkdownProfile.Comment;
        var pipeline = isComment ? comments : posts;
        var limit = 10 * markdown.Length + 4096;
        try
        {
            var document = Markdig.Markdown.Parse(source, pipeline);
            LanguageHints.Apply(document);
            using var writer = new StringWriter { NewLine = "\n" };
            var renderer = new HtmlRenderer(writer);
            pipeline.Setup(renderer);
            PostHtml.Setup(renderer, options);
            renderer.Render(document);
            var html = writer.ToString();
            if (html.Length > 2 * limit)
                return new RenderedMarkdown("", new Refusal("markdown.too-much-output"));
            return SafeHtml.Rebuild(RawHtml.Balance(html), options) is { } safe && safe.Length <= limit
                ? new RenderedMarkdown(safe, null)
                : new RenderedMarkdown("", new Refusal("markdown.too-much-output"));
        }
        catch (ArgumentException)
        {
            // Markdig's way to say that a text nests deeper than its stack may go; the bounds above are meant to come first.
            return new RenderedMarkdown("", new Refusal("markdown.too-deep"));
        }
    }

    /// <summary>One kind of line end, no NUL and no other control characters: nothing below has to think of them.</summary>
    static string Clean(string markdown)
    {
        var text = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
            ? text
            : string.Create(text.Length, text, static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = from[i] is < ' ' and not ('\n' or '\t') ? ' ' : from[i];
            });
    }

    static MarkdownPipeline Posts()
    {
        var builder = new MarkdownPipelineBuilder()
            .UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true })
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseTaskLists()
            .UseFootnotes();
        builder.BlockParsers.Replace<Markdig.Parsers.HtmlBlockParser>(new BlockTagParser());
        builder.BlockParsers.Insert(0, new SpoilerParser());
        builder.InlineParsers.Insert(0, new TagLinkParser());
        builder.InlineParsers.Insert(0, new BareLinkParser());
        builder.MaximumNestingDepth = MarkdownBounds.Depth;
        return builder.Build();
    }

    /// <summary>Comments know inline marks alone: every line is text, whatever it begins with.</summary>
    static MarkdownPipeline Comments()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.BlockParsers.RemoveAll(parser => parser is not Markdig.Parsers.ParagraphBlockParser);
        builder.InlineParsers.RemoveAll(parser => parser is Markdig.Parsers.Inlines.HtmlEntityParser);
        if (builder.InlineParsers.Find<Markdig.Parsers.Inlines.AutolinkInlineParser>() is { } autolink)
            autolink.Options.EnableHtmlParsing = false;
        builder.InlineParsers.Insert(0, new TagLinkParser());
        builder.InlineParsers.Insert(0, new BareLinkParser());
        builder.MaximumNestingDepth = MarkdownBounds.Depth;
        return builder.Build();
    }
}

/// <summary>What is rendered: a whole post, a user's text about themselves, or a comment.</summary>
public enum MarkdownProfile
{
    /// <summary>Questions, answers, tag wikis and help pages: everything.</summary>
    Post,

    /// <summary>The text about a user: as a post.</summary>
    About,

    /// <summary>Bold, italic, code and links; no blocks, no images, no raw HTML.</summary>
    Comment,
}

/// <summary>What the renderer must know of the community; none of it is needed for a community of its own.</summary>
public sealed record MarkdownOptions
{
    /// <summary>A post of a community that has no other address than its own.</summary>
    public static MarkdownOptions Post { get; } = new();

    /// <summary>A comment of such a community.</summary>
    public static MarkdownOptions Comment { get; } = new() { Profile = MarkdownProfile.Comment };

    /// <summary>The text about a user in such a community.</summary>
    public static MarkdownOptions About { get; } = new() { Profile = MarkdownProfile.About };

    /// <summary>What is rendered.</summary>
    public MarkdownProfile Profile { get; init; }

    /// <summary>The hosts that are this community: its own and the one it was imported from, such as <c>beer.stackexchange.com</c>.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>For an imported meta community, the host of the community it talks about: there <c>[tag:x]</c> leads.</summary>
    public string? MainHost { get; init; }
}

/// <summary>The HTML of a text, or the reason why there is none.</summary>
/// <param name="Html">Safe HTML with marks for what is only known when it is shown; empty when refused.</param>
/// <param name="Refusal">Why the text was not rendered, for a message at its field.</param>
public sealed record RenderedMarkdown(string Html, Refusal? Refusal);
