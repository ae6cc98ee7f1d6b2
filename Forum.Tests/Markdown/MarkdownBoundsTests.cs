using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

public sealed class MarkdownBoundsTests
{
    private static readonly MarkdownRenderer Renderer = new();

    /// <summary>The pathological texts of CommonMark's own suite, of Markdig and of HTML parsers, each grown to a post's length.</summary>
    private static readonly string[] Repeated =
    [
        "[a](", "[", "[a", "]", "[]", "[a]", "[a](<b", "![[]()", "![", "[![a](/b)](/c)", "*a **a ", "*a_ ", "a*", "*a", "*", "**x", "x**_", " _a __b", "***a*b**c", "~~a", "a~~",
        "`a``", "`", "` ", "> ", ">", ">>a\n", "- ", "* ", "1. ", "> - ", "- a\n", "-\n", "-\n\n", "- a\n\n", "1) a\n2. a\n",
        "<", "<>", "<a ", "<a href=\"", "<!--", "x <!--", "<?", "x <?", "x <!A ", "<![CDATA[", "<b>", "x<b>", "<b></b>", "<div>", "<div>\n", "<ul><li>", "<p>", "<p><b><i><s>",
        "</b>", "<a href=\"http://x\">x", "<b><p>x</b></p>", "<ul><b></ul>", "<li>", "<dd><dt>", "<blockquote>", "<pre>", "<script>", "<textarea>", "<svg><b>", "<table><tr><td>",
        "&", "&amp;", "&#0;", "&CounterClockwiseContourIntegral", "&#1114111;", "|", "|a", "a|b\n-|-\n\n", "|-|\n", "| *a | b*\n", "`a| ", "[|", "|*|_",
        "[^1]", "[^", "[^a]: x\n", "[a]: u\n", "[a]: u (", "[a]:\n", "[a][b", "[a]: u \"\n", "[tag:", "[tag:a]", "http://a.b ", "http://a.b(", "[http://a.b ", "_http://a_ ",
        "\\", "a  \n", "\n", "\t", "    a\n", "#", "# a\n", "a\n=\n", "---\n", "```\n", "~~~ ", ">!", ">! a\n\n", "- [ ] a\n", "[x] ", "\0", "\ud800", "😀", "<http:", "<a@b",
    ];

    private static string Long(string part, int length) => new StringBuilder().Insert(0, part, (length / part.Length) + 1).ToString(0, length);

    private static IEnumerable<string> Grown()
    {
        foreach (var part in Repeated)
            yield return Long(part, 30_000);
        yield return string.Concat(Enumerable.Range(1, 240).Select(i => "e" + new string('`', i)));
        yield return string.Concat(Enumerable.Range(0, 170).Select(i => new string(' ', 2 * i) + "- a\n"));
        yield return Long("a|", 1_500) + "\n" + Long("-|", 1_500) + "\n" + Long("|\n", 15_000);
        yield return "a|b\n-|-\n" + Long("*a|b*\n", 30_000);
        yield return "[^1]: a\n\n" + Long("[^1]", 30_000);
        yield return "[^1]: a[^2]\n\n[^2]: b[^1]\n\n" + Long("[^1][^2]", 30_000);
        yield return "[a]: /" + Long("x", 1_500) + "\n\n" + Long("[a]", 27_000);
        yield return Long("<b><i><s><em>", 26) + Long("<p>x</p>", 29_000);
        yield return Long("- ", 60) + "a" + Long("\n", 29_000);
    }

    [Test]
    public void A_text_made_to_keep_the_server_busy_is_rendered_or_refused([Values] MarkdownProfile profile, [Values] MarkdownDialect dialect)
    {
        foreach (var markdown in Grown())
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
        Assert.That(Renderer.Render(Long(part, 30_000), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo(code));

    [Test]
    public void A_table_of_too_many_cells_is_refused() =>
        Assert.That(Renderer.Render(Long("a|", 1_500) + "\n" + Long("-|", 1_500) + "\n" + Long("|\n", 15_000), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo("markdown.too-many-cells"));

    [Test]
    public void More_than_200_000_characters_are_refused() =>
        Assert.That(Renderer.Render(new string('a', 200_001), MarkdownOptions.Post).Refusal?.Code, Is.EqualTo("markdown.too-long"));

    [Test]
    public void Rules_of_many_dashes_and_stars_are_not_deep() =>
        Assert.That(Renderer.Render(Long("- ", 200) + "\n\n" + Long("* ", 200), MarkdownOptions.Post).Html, Is.EqualTo("<hr>\n<hr>\n"));

    [Test]
    public void Code_may_hold_as_many_marks_as_it_likes()
    {
        var code = "```\n" + Long("[*a_](<!-- |\n", 28_000) + "\n```";

        Assert.That(Renderer.Render(code, MarkdownOptions.Post).Refusal, Is.Null);
    }

    [Test]
    public void A_long_table_with_bold_cells_is_no_attack() =>
        Assert.That(Renderer.Render("|a|b|\n|-|-|\n" + Long("|**name**|**value**|\n", 4_000), MarkdownOptions.Post).Refusal, Is.Null);

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
