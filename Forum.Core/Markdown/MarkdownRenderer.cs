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

    readonly MarkdownPipeline posts = Posts(isOld: false);
    readonly MarkdownPipeline oldPosts = Posts(isOld: true);
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
        var isOld = !isComment && options.Dialect == MarkdownDialect.PageDown;
        if (isOld)
            source = PageDown.Prepare(source);
        if (isComment)
            source = OneLine(source);
        var pipeline = isComment ? comments : isOld ? oldPosts : posts;
        var limit = Limit(markdown);
        try
        {
            var document = Markdig.Markdown.Parse(source, pipeline);
            if (MarkdownBounds.Gate.Refused(document) is { } tooMuchInside)
                return new RenderedMarkdown("", tooMuchInside);

            LanguageHints.Apply(document);
            if (isOld)
                PageDown.JoinQuotations(document);
            using var writer = new BoundedWriter(2 * limit) { NewLine = "\n" };
            var renderer = new HtmlRenderer(writer);
            pipeline.Setup(renderer);
            PostHtml.Setup(renderer, options);
            renderer.Render(document);
            if (writer.IsFull)
                return new RenderedMarkdown("", new Refusal("markdown.too-much-output"));
            if (RawHtml.Balance(writer.ToString()) is not { } balanced)
                return new RenderedMarkdown("", new Refusal("markdown.too-deep"));
            return SafeHtml.Rebuild(balanced, options, limit) is { } safe
                ? new RenderedMarkdown(safe, null)
                : new RenderedMarkdown("", new Refusal("markdown.too-much-output"));
        }
        catch (ArgumentException)
        {
            // Markdig's way to say that a text nests deeper than its stack may go; the bounds above are meant to come first.
            return new RenderedMarkdown("", new Refusal("markdown.too-deep"));
        }
    }

    /// <summary>
    /// HTML from elsewhere made safe by the same list, for a text that has no Markdown. Its marks are not read: it is HTML.
    /// </summary>
    public static RenderedMarkdown RenderHtml(string html, MarkdownOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        if (html.Length > MarkdownBounds.Length)
            return new RenderedMarkdown("", new Refusal("markdown.too-long", MarkdownBounds.Length));
        if (RawHtml.Balance(RawHtml.Filter(Clean(html))) is not { } balanced)
            return new RenderedMarkdown("", new Refusal("markdown.too-deep"));
        return SafeHtml.Rebuild(balanced, options, Limit(html)) is { } safe
            ? new RenderedMarkdown(safe, null)
            : new RenderedMarkdown("", new Refusal("markdown.too-much-output"));
    }

    static int Limit(string written) => (10 * written.Length) + 4096;

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

    /// <summary>A comment has one paragraph, and what looks like the definition of a link is text.</summary>
    static string OneLine(string comment)
    {
        var line = comment.Replace('\n', ' ').Trim();
        var definition = line.StartsWith('[') ? line.IndexOf("]:", StringComparison.Ordinal) : -1;
        return definition < 0 ? line : line.Insert(definition + 1, "\\");
    }

    static MarkdownPipeline Posts(bool isOld)
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
        builder.InlineParsers.Insert(0, new MarkdownBounds.Gate());
        if (isOld)
            PageDown.Setup(builder);
        builder.MaximumNestingDepth = MarkdownBounds.ParserDepth;
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
        builder.InlineParsers.Insert(0, new MarkdownBounds.Gate());
        builder.MaximumNestingDepth = MarkdownBounds.ParserDepth;
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

/// <summary>By whose habits a text is read.</summary>
public enum MarkdownDialect
{
    /// <summary>CommonMark and what <c>docs/rules/markdown.md</c> adds to it: everything that is written here.</summary>
    CommonMark,

    /// <summary>What Stack Exchange's posts were written in until June 2020.</summary>
    PageDown,
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

    /// <summary>A post of the Stack Exchange community at this host; of a meta community, whose tags lead to its main one.</summary>
    public static MarkdownOptions OfSite(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var isMeta = host.Contains(".meta.", StringComparison.OrdinalIgnoreCase);
        var main = host.Replace(".meta.", ".", StringComparison.OrdinalIgnoreCase);
        return Post with { Hosts = isMeta ? [host, "meta." + main] : [host], MainHost = isMeta ? main : null };
    }

    /// <summary>What is rendered.</summary>
    public MarkdownProfile Profile { get; init; }

    /// <summary>By whose habits the text is read; see <see cref="DialectOf"/>.</summary>
    public MarkdownDialect Dialect { get; init; }

    /// <summary>The dialect of a body that was last written at this time: only imported posts are that old.</summary>
    public static MarkdownDialect DialectOf(DateTimeOffset writtenAt) => writtenAt < commonMarkSince ? MarkdownDialect.PageDown : MarkdownDialect.CommonMark;

    /// <summary>When Stack Exchange moved its sites to CommonMark.</summary>
    static readonly DateTimeOffset commonMarkSince = new(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The hosts that are this community: its own and the one it was imported from, such as <c>beer.stackexchange.com</c>.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>For an imported meta community, the host of the community it talks about: there <c>[tag:x]</c> leads.</summary>
    public string? MainHost { get; init; }
}

/// <summary>The HTML of a text, or the reason why there is none.</summary>
/// <param name="Html">Safe HTML with marks for what is only known when it is shown; empty when refused.</param>
/// <param name="Refusal">Why the text was not rendered, for a message at its field.</param>
public sealed record RenderedMarkdown(string Html, Refusal? Refusal);
