using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Search;
using Forum.Core.Settings;

namespace Forum.Core.Markdown;

/// <summary>A post's text in every form that is stored.</summary>
/// <param name="Body">Markdown as kept.</param>
/// <param name="Html">Safe HTML.</param>
/// <param name="Plain">Its words, for search.</param>
/// <param name="Links">How many links and pictures it has.</param>
public sealed record PostText(string Body, string Html, string Plain, int Links)
{
    /// <summary>No text.</summary>
    public static readonly PostText Empty = new("", "", "", 0);

    /// <summary>The questions and answers of this community that it leads to.</summary>
    public IReadOnlyCollection<long> Named { get; init; } = [];

    /// <summary>Its words as search keeps them; made with the rest, before the writer is held.</summary>
    public BodyWords Words { get; } = BodyWords.Of(Html, Plain);
}

/// <summary>Renders what is written in this community: the renderer with the settings it must know.</summary>
public sealed class CommunityMarkdown(MarkdownRenderer renderer, ForumSettings settings)
{
    private readonly IReadOnlyCollection<string> hosts =
        settings.OldHost is { Length: > 0 } old ? [settings.PublicUrl.Host, old] : [settings.PublicUrl.Host];

    // Who screens a post asks for the same text again: a question's and its answer's.
    private const int MostKept = 2;
    // Never changed, only replaced: a seeded community is rendered by several threads.
    private volatile PostText[] rendered = [];

    /// <summary>A question's, an answer's or a wiki's text; <see cref="PostText.Empty"/> for an empty one.</summary>
    /// <exception cref="ValidationException">The renderer refuses the text: the message belongs at <paramref name="field"/>.</exception>
    public PostText Post(string markdown, string field)
    {
        var body = TextLength.Clean(markdown);
        if (body.Length == 0)
            return PostText.Empty;
        if (Array.Find(rendered, text => text.Body == body) is { } known)
            return known;

        var html = Render(body, MarkdownProfile.Post, field);
        var plain = PlainText.Of(html);
        if (TextLength.Of(plain) == 0 && !html.Contains("<img", StringComparison.Ordinal))
            throw Refused(new Refusal("markdown.nothing-to-see"), field);

        var post = new PostText(body, html, plain, CountLinks(html)) { Named = PostsNamedIn(html) };
        rendered = [post, .. rendered.Take(MostKept - 1)];
        return post;
    }

    /// <summary>The HTML of a comment.</summary>
    /// <exception cref="ValidationException">The renderer refuses the text.</exception>
    public string Comment(string markdown, string field) => Render(TextLength.Clean(markdown), MarkdownProfile.Comment, field);

    /// <summary>The HTML of what a person says of themselves.</summary>
    /// <exception cref="ValidationException">The renderer refuses the text.</exception>
    public string About(string markdown, string field) => Render(TextLength.Clean(markdown), MarkdownProfile.About, field);

    /// <summary>The questions and answers of this community that a rendered text leads to.</summary>
    public IReadOnlyCollection<long> PostsNamedIn(string html) => new LinkRules(Options(MarkdownProfile.Post)).PostsIn(html);

    /// <summary>What the renderer is told of this community.</summary>
    public MarkdownOptions Options(MarkdownProfile profile) => new() { Profile = profile, Hosts = hosts, MainHost = settings.MainHost };

    private string Render(string markdown, MarkdownProfile profile, string field)
    {
        var made = renderer.Render(markdown, Options(profile));
        return made.Refusal is { } refusal ? throw Refused(refusal, field) : made.Html;
    }

    private static ValidationException Refused(Refusal refusal, string field) =>
        new([new ValidationFailure(field, refusal.Code) { ErrorCode = refusal.Code, CustomState = refusal.Arguments }]);

    private static int CountLinks(string html)
    {
        return Count("<a href=\"http") + Count("<img src=\"");

        int Count(string mark)
        {
            var times = 0;
            for (var at = html.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = html.IndexOf(mark, at + 1, StringComparison.Ordinal))
                times++;
            return times;
        }
    }
}
