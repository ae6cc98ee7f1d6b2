using System.Text;

namespace Forum.Tests.Markdown;

/// <summary>
/// The pathological texts of CommonMark's own suite, of Markdig and of HTML parsers, each grown to a length. The tests
/// render them, the bench times them.
/// </summary>
internal static class LongTexts
{
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

    /// <summary>All of them, by what they are made of.</summary>
    public static IEnumerable<(string Name, string Text)> OfLength(int length)
    {
        foreach (var part in Repeated)
            yield return (part.ReplaceLineEndings("\\n"), Of(part, length));

        // Runs of every length add up to the square of their number.
        yield return ("e`e``e```…", string.Concat(Enumerable.Range(1, (int)Math.Sqrt(1.92 * length)).Select(i => "e" + new string('`', i))));
        yield return ("lists in lists", string.Concat(Enumerable.Range(0, (int)Math.Sqrt(0.97 * length)).Select(i => new string(' ', 2 * i) + "- a\n")));
        yield return ("a table with a wide head", Of("a|", length / 20) + "\n" + Of("-|", length / 20) + "\n" + Of("|\n", length / 2));
        yield return ("a table with open stars", "a|b\n-|-\n" + Of("*a|b*\n", length));
        yield return ("one footnote, often", "[^1]: a\n\n" + Of("[^1]", length));
        yield return ("footnotes that name each other", "[^1]: a[^2]\n\n[^2]: b[^1]\n\n" + Of("[^1][^2]", length));
        yield return ("one long reference, often", "[a]: /" + Of("x", length / 20) + "\n\n" + Of("[a]", length * 9 / 10));
        yield return ("marks that are opened again", Of("<b><i><s><em>", 26) + Of("<p>x</p>", length * 29 / 30));
        yield return ("blank lines in a deep list", Of("- ", 60) + "a" + Of("\n", length * 29 / 30));
    }

    /// <summary>A part, over and over.</summary>
    public static string Of(string part, int length) => new StringBuilder().Insert(0, part, (length / part.Length) + 1).ToString(0, length);
}
