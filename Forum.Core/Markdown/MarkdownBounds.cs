namespace Forum.Core.Markdown;

/// <summary>
/// What a text may ask of the renderer, found in one pass before anything is parsed. Writers never meet these numbers;
/// they stop the texts that are made to keep a server busy.
/// </summary>
static class MarkdownBounds
{
    /// <summary>How deep blocks and marks may nest.</summary>
    public const int Depth = 64;

    /// <summary>How deep elements of the HTML may nest; a list takes two, its paragraphs a third.</summary>
    public const int HtmlDepth = 160;

    /// <summary>Longest text in characters. Bodies are limited to less by the settings; imported ones may be longer.</summary>
    public const int Length = 200_000;

    /// <summary>Why this text is not rendered, or null.</summary>
    public static Refusal? WhyNot(string markdown) => markdown.Length > Length ? new Refusal("markdown.too-long", Length) : null;
}
