using System.Text;
using Forum.Core.Markdown;

namespace Forum.Core.Importing;

/// <summary>A text as it is stored: what was written and what is shown.</summary>
/// <param name="Body">Markdown, or HTML where <paramref name="IsHtml"/>.</param>
internal sealed record StoredText(string Body, bool IsHtml, string Html);

/// <summary>Turns the texts of a dump into ours. Pure and safe to share between threads.</summary>
internal sealed class DumpText(MarkdownRenderer renderer, IReadOnlyCollection<string> hosts, string? mainHost)
{
    private readonly MarkdownOptions post = new() { Profile = MarkdownProfile.Post, Hosts = hosts, MainHost = mainHost };
    private readonly MarkdownOptions about = new() { Profile = MarkdownProfile.About, Hosts = hosts, MainHost = mainHost };
    private readonly MarkdownOptions comment = new() { Profile = MarkdownProfile.Comment, Hosts = hosts, MainHost = mainHost };

    /// <summary>
    /// A post's text: its Markdown where the dump has it, else what its HTML can be turned into. Markdown that the renderer
    /// refuses stays what the author wrote, and shows what the old site made of it.
    /// </summary>
    public StoredText Post(string? markdown, string html, DateTimeOffset writtenAt)
    {
        var options = post with { Dialect = MarkdownOptions.DialectOf(writtenAt) };
        if (markdown is null)
            return FromHtml(html, options);

        return renderer.Render(markdown, options) is { Refusal: null } rendered
            ? new StoredText(markdown, false, rendered.Html)
            : FromHtml(html, options) with { Body = markdown, IsHtml = false };
    }

    /// <summary>What a person says of themselves; dumps have it as HTML alone, and here it is Markdown, as near as that comes.</summary>
    public StoredText About(string html, DateTimeOffset seenAt)
    {
        if (html.Length == 0)
            return new StoredText("", false, "");

        var options = about with { Dialect = MarkdownOptions.DialectOf(seenAt) };
        var markdown = HtmlToMarkdown.Convert(Clean(html), options);
        return renderer.Render(markdown, options) is { Refusal: null } rendered
            ? new StoredText(markdown, false, rendered.Html)
            : FromHtml(html, options);
    }

    /// <summary>A comment: Markdown in every dump.</summary>
    public StoredText Comment(string markdown) =>
        renderer.Render(markdown, comment) is { Refusal: null } rendered
            ? new StoredText(markdown, false, rendered.Html)
            : new StoredText(markdown, false, System.Net.WebUtility.HtmlEncode(markdown));

    /// <summary>A text as this forum keeps texts: form C, line feeds alone, no control characters, nothing after the last word.</summary>
    public static string Clean(string text)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC);
        if (valid.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
            valid = string.Concat(valid.Where(c => c is >= ' ' or '\n' or '\t'));
        return valid.TrimEnd();
    }

    /// <summary>A text of one line, or null when there is none.</summary>
    public static string? Line(string? text, int most = 300)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var line = TextLength.Clean(text).Replace('\n', ' ').Replace('\t', ' ');
        if (line.Length <= most)
            return line;
        return line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)];
    }

    // Markdown only when it says the same; else the HTML itself is kept, made safe.
    private StoredText FromHtml(string html, MarkdownOptions options)
    {
        var source = Clean(html);
        var safe = MarkdownRenderer.RenderHtml(source, options);
        var markdown = HtmlToMarkdown.Convert(source, options);
        if (renderer.Render(markdown, options) is { Refusal: null } written && (safe.Refusal is not null || IsSame(written.Html, safe.Html)))
            return new StoredText(markdown, false, written.Html);

        return safe.Refusal is null
            ? new StoredText(source, true, safe.Html)
            : new StoredText(source, true, "<p>" + System.Net.WebUtility.HtmlEncode(PlainText.Of(source)) + "</p>");
    }

    // White space between blocks is the only thing that two ways of making safe HTML of one text may differ in.
    private static bool IsSame(string one, string other) =>
        one.Where(c => !char.IsWhiteSpace(c)).SequenceEqual(other.Where(c => !char.IsWhiteSpace(c)));
}
