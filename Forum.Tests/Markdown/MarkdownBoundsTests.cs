using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

public sealed class MarkdownBoundsTests
{
    private static readonly MarkdownRenderer Renderer = new();

    [Test]
    public void A_text_made_to_keep_the_server_busy_is_rendered_or_refused([Values] MarkdownProfile profile, [Values] MarkdownDialect dialect)
    {
        foreach (var (_, markdown) in LongTexts.OfLength(30_000))
        {
            var rendered = Renderer.Render(markdown, new MarkdownOptions { Profile = profile, Dialect = dialect });

            Assert.That(rendered.Html, Has.Length.LessThanOrEqualTo(rendered.Refusal is null ? (10 * markdown.Length) + 4096 : 0), markdown[..20]);
        }
    }

    [TestCase("[a](", "markdown.too-many-brackets")]
    [TestCase("*a **a ", "markdown.too-many-marks")]
    [TestCase("> ", "markdown.too-deep")]
    [TestCase("<ul>", "markdown.too-deep")]
    [TestCase("[a]: u\n", "markdown.too-many-brackets")]
    [TestCase("a\n=\n", "markdown.too-many-blocks")]
    [TestCase("[tag:a]", "markdown.too-many-brackets")]
    public void A_refusal_says_what_there_is_too_much_of(string part, string code) =>
        Assert.That(Renderer.Render(LongTexts.Of(part, 30_000), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo(code));

    [Test]
    public void A_table_of_too_many_cells_is_refused() =>
        Assert.That(Renderer.Render(LongTexts.Of("a|", 1_500) + "\n" + LongTexts.Of("-|", 1_500) + "\n" + LongTexts.Of("|\n", 15_000), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo("markdown.too-many-cells"));

    [Test]
    public void More_than_200_000_characters_are_refused() =>
        Assert.That(Renderer.Render(new string('a', 200_001), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo("markdown.too-long"));

    [Test]
    public void Rules_of_many_dashes_and_stars_are_not_deep() =>
        Assert.That(Renderer.Render(LongTexts.Of("- ", 200) + "\n\n" + LongTexts.Of("* ", 200), MarkdownOptions.Post).Html, Is.EqualTo("<hr>\n<hr>\n"));

    [Test]
    public void Code_may_hold_as_many_marks_as_it_likes()
    {
        var code = "```\n" + LongTexts.Of("[*a_](<!-- |\n", 28_000) + "\n```";

        Assert.That(Renderer.Render(code, MarkdownOptions.Post).Refusal, Is.Null);
    }

    [Test]
    public void A_long_table_with_bold_cells_is_no_attack() =>
        Assert.That(Renderer.Render("|a|b|\n|-|-|\n" + LongTexts.Of("|**name**|**value**|\n", 4_000), MarkdownOptions.Post).Refusal, Is.Null);

    /// <summary>Pieces that mean something to some parser along the way.</summary>
    private static readonly Gen<string> Nasty = Gen.Elements(
        "*", "**", "_", "`", "```\n", "[", "]", "(", ")", "![", "](", "<", ">", "</", "/>", "<b>", "</b>", "<a href=\"", "\"", "'", "<!--", "-->", "<?", "<![CDATA[", "]]>", "<script>", "</script>",
        "<p>", "</p>", "<ul>", "<li>", "</ul>", "<img src=", "<pre>", "<code>", "<svg>", "<math>", "<style>", "<textarea>", "<title>", "<table>", "<td>", "javascript:", "data:", "onclick=", "&", "&#", "&lt;", "&#x3c;", ";",
        "\n", "\n\n", "    ", "\t", "> ", ">! ", "- ", "1. ", "# ", "|", "-|-\n", "~~", "[^1]", "[^1]: ", "[a]: /x\n", "http://a.b/", "[tag:c#]", "a", " ", "\\", "\0", "\u0001", "\u00a0", "\ud800", "😀", "é", "=\n", "---\n", "<!-- language: x -->",
        "mailto:", "id=\"fn:1\"", "class=\"bare\"", "style=\"", "<input>", "data-post=\"1\"").ArrayOf().Select(parts => string.Concat(parts));

    private static void Holds(Func<string, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60), Prop.ForAll(Nasty.ToArbitrary(), property));

    [Test]
    public void Whatever_is_written_only_what_is_permitted_comes_out() =>
        Holds(markdown => AllowList.Violation(Renderer.Render(markdown, MarkdownOptions.Post).Html) is null
            && AllowList.Violation(Renderer.Render(markdown, MarkdownOptions.Post with { Dialect = MarkdownDialect.PageDown }).Html) is null
            && AllowList.Violation(Renderer.Render(markdown, MarkdownOptions.Comment).Html) is null);

    [Test]
    public void What_is_shown_is_permitted_too() =>
        Holds(markdown => AllowList.Violation(ShownHtml.Show(
            Renderer.Render(markdown, MarkdownOptions.Post with { Hosts = ["a.b"] }).Html, new ShownAs { Prefix = "p7", OldHost = "a.b" })) is null);

    [Test]
    public void Safe_html_stays_as_it_is_when_made_safe_again() =>
        Holds(markdown => Renderer.Render(markdown, MarkdownOptions.Post) is var once && (once.Refusal is not null || AgainAlike(once.Html)));

    [Test]
    public void Text_and_markdown_come_out_of_any_html() =>
        Holds(html => PlainText.Of(html) is not null && HtmlToMarkdown.Convert(html, MarkdownOptions.Post) is not null);

    /// <summary>What another parse makes of it has the same elements and text: no browser sees something else in it.</summary>
    private static bool AgainAlike(string html) =>
        Normalized.Of(html) is var once && Normalized.Of(new AngleSharp.Html.Parser.HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html).Body!.InnerHtml) == once;
}
