using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

public sealed class MarkdownRendererTests
{
    private static readonly MarkdownRenderer Renderer = new();

    private static string Post(string markdown) => Renderer.Render(markdown, MarkdownOptions.Post).Html.Trim();

    private static string Comment(string markdown) => Renderer.Render(markdown, MarkdownOptions.Comment).Html.Trim();

    [TestCase("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>")]
    [TestCase("***a***", "<p><em><strong>a</strong></em></p>")]
    [TestCase("~~a~~", "<p><del>a</del></p>")]
    [TestCase("a  \nb", "<p>a<br>\nb</p>")]
    [TestCase("# a\n## b", "<h1>a</h1>\n<h2>b</h2>")]
    [TestCase("#5 is not a heading", "<p>#5 is not a heading</p>")]
    [TestCase("> a\n\n> b", "<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote>\n<p>b</p>\n</blockquote>")]
    [TestCase("text\n- a\n- b", "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]
    [TestCase("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>")]
    [TestCase("` a `", "<p><code>a</code></p>")]
    [TestCase("x &copy; &lt; <", "<p>x © &lt; &lt;</p>")]
    public void CommonMark_holds(string markdown, string html) => Assert.That(Post(markdown), Is.EqualTo(html));

    [TestCase("```cs\nvar a = 1 < 2;\n```", "<pre><code class=\"language-cs\">var a = 1 &lt; 2;\n</code></pre>")]
    [TestCase("<!-- language: lang-js -->\n\n    a", "<pre><code class=\"language-js\">a\n</code></pre>")]
    [TestCase("<!-- language-all: c++ -->\n\n    a\n\ntext\n\n    b", "<pre><code class=\"language-c++\">a\n</code></pre>\n<p>text</p>\n<pre><code class=\"language-c++\">b\n</code></pre>")]
    [TestCase("<!-- language: js\" onclick=\"x -->\n\n    a", "<pre><code>a\n</code></pre>")]
    [TestCase("    a", "<pre><code>a\n</code></pre>")]
    public void A_code_block_says_its_language(string markdown, string html) => Assert.That(Post(markdown), Is.EqualTo(html));

    [TestCase(">! secret\n>! more", "<blockquote class=\"spoiler\" tabindex=\"0\">\n<p>secret\nmore</p>\n</blockquote>")]
    [TestCase(">![alt](/x.png)", "<blockquote>\n<p><img src=\"/x.png\" alt=\"alt\"></p>\n</blockquote>")]
    public void A_spoiler_begins_with_an_exclamation_mark(string markdown, string html) => Assert.That(Post(markdown), Is.EqualTo(html));

    [TestCase("[tag:c#]", "<p><a href=\"/questions/tagged/c%23\" class=\"post-tag\" title=\"show questions tagged 'c#'\" rel=\"tag\">c#</a></p>")]
    [TestCase("[meta-tag:faq]", "<p><a href=\"/questions/tagged/faq\" class=\"post-tag\" title=\"show questions tagged 'faq'\" rel=\"tag\">faq</a></p>")]
    [TestCase("`[tag:x]`", "<p><code>[tag:x]</code></p>")]
    public void A_tag_is_a_link(string markdown, string html) => Assert.That(Post(markdown), Is.EqualTo(html));

    [Test]
    public void A_tag_on_a_meta_community_is_the_main_ones()
    {
        var html = Renderer.Render("[tag:x] [meta-tag:y]", MarkdownOptions.Post with { MainHost = "beer.example.org" }).Html;

        Assert.That(html, Does.Contain("href=\"https://beer.example.org/questions/tagged/x\"").And.Contain("href=\"/questions/tagged/y\""));
    }

    [TestCase("see http://a.example/b_c_d.", "http://a.example/b_c_d", ".")]
    [TestCase("(http://a.example/b)", "http://a.example/b", ")")]
    [TestCase("http://a.example/b_(c), d", "http://a.example/b_(c)", ", d")]
    [TestCase("**https://a.example**", "https://a.example", "</strong>")]
    [TestCase("http://a.example/é?x=1&y=2!", "http://a.example/é?x=1&amp;y=2", "!")]
    public void Punctuation_after_an_address_is_the_sentences(string markdown, string address, string after) =>
        Assert.That(Post(markdown), Does.Contain($"<a href=\"{address}\" rel=\"nofollow ugc noopener\">{address}</a>{after}"));

    [TestCase("[see http://a.example](http://b.example)")]
    [TestCase("<a href=\"http://b.example\">http://a.example</a>")]
    public void No_link_begins_within_a_link(string markdown) =>
        Assert.That(Post(markdown).Split("<a ", StringSplitOptions.None), Has.Length.EqualTo(2));

    [TestCase("| a | b |\n|---|--:|\n| 1 | 2 |", "<th class=\"ta-right\">b</th>")]
    [TestCase("- [x] done", "<li class=\"task-list-item\"><input type=\"checkbox\" checked disabled aria-label=\"☑\"> done</li>")]
    [TestCase("a[^n]\n\n[^n]: note", "<a id=\"fnref-1\" href=\"#fn-1\" class=\"footnote-ref\"><sup>1</sup></a>")]
    [TestCase("Press <kbd>A</kbd>", "<kbd>A</kbd>")]
    [TestCase("H<sub>2</sub>O", "H<sub>2</sub>O")]
    [TestCase("<kbd>\n*A*\n</kbd>", "<p><kbd>\n<em>A</em>\n</kbd></p>")]
    [TestCase("<img src=\"/a.png\" width=\"20\" alt=\"x\">", "<img src=\"/a.png\" width=\"20\" alt=\"x\">")]
    public void More_than_CommonMark(string markdown, string part) => Assert.That(Post(markdown), Does.Contain(part));

    [TestCase("<script>alert(1)</script>")]
    [TestCase("<img src=x onerror=alert(1)>")]
    [TestCase("<a href=\"javascript:alert(1)\">x</a>")]
    [TestCase("[x](javascript:alert(1))")]
    [TestCase("[x](JaVaScRiPt:alert(1))")]
    [TestCase("[x](&#106;avascript:alert(1))")]
    [TestCase("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [TestCase("[x](vbscript:x)")]
    [TestCase("![x](data:image/svg+xml;base64,x)")]
    [TestCase("<a href=\"/x\" onclick=\"alert(1)\" style=\"color:red\">x</a>")]
    [TestCase("<svg><script>alert(1)</script></svg>")]
    [TestCase("<b style=\"x\" id=\"a\" class=\"b\">x</b>")]
    [TestCase("<iframe src=\"/x\"></iframe><style>*{}</style><form><input></form>")]
    [TestCase("<!--><img src=x onerror=alert(1)>-->")]
    [TestCase("<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">")]
    [TestCase("<a href=\"http://x\" title='\"><script>alert(1)</script>'>x</a>")]
    [TestCase("[x](http://a\" onmouseover=\"alert(1))")]
    [TestCase("``` \"onclick=\"x\na\n```")]
    [TestCase("<table><tr><td style=\"position:fixed\">x</td></tr></table>")]
    public void Nothing_dangerous_comes_out(string markdown) => Assert.That(AllowList.Violation(Post(markdown)), Is.Null);

    [TestCase("<b>x", "<p>x</p>")]
    [TestCase("x</b></p></div>", "<p>x</p>")]
    [TestCase("<b><i>x</b></i>", "<p><b>x</b></p>")]
    [TestCase("List<String> x", "<p>List x</p>")]
    public void A_tag_that_is_not_permitted_or_has_no_other_half_goes(string markdown, string html) => Assert.That(Post(markdown), Is.EqualTo(html));

    [TestCase("*a* `b` [c](http://d.example) **e**", "<em>a</em> <code>b</code> <a href=\"http://d.example\" rel=\"nofollow ugc noopener\">c</a> <strong>e</strong>")]
    [TestCase("# no heading", "# no heading")]
    [TestCase("- no list\n- really", "- no list - really")]
    [TestCase("> no quote", "&gt; no quote")]
    [TestCase("<b>no tag</b>", "&lt;b&gt;no tag&lt;/b&gt;")]
    [TestCase("    no code", "no code")]
    [TestCase("[a]: http://no.definition", "[a]: <a href=\"http://no.definition\" rel=\"nofollow ugc noopener\">http://no.definition</a>")]
    [TestCase("@ada thanks", "@ada thanks")]
    [TestCase("![a](http://b.example/c.png)", "")]
    public void A_comment_has_marks_but_no_blocks(string markdown, string html) => Assert.That(Comment(markdown), Is.EqualTo(html));

    [TestCase("> a\n\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>")]
    [TestCase("***a***", "<p><strong><em>a</em></strong></p>")]
    [TestCase("##Heading##", "<h2>Heading</h2>")]
    [TestCase("text\n- a", "<p>text\n- a</p>")]
    [TestCase("1) a", "<p>1) a</p>")]
    [TestCase("[a][1]\n  [1]: http://b.example", "<p><a href=\"http://b.example\" rel=\"nofollow ugc noopener\">a</a></p>")]
    public void A_post_from_before_June_2020_is_read_by_the_habits_of_its_time(string markdown, string html)
    {
        var options = MarkdownOptions.Post with { Dialect = MarkdownOptions.DialectOf(new DateTimeOffset(2020, 5, 31, 0, 0, 0, TimeSpan.Zero)) };

        Assert.That(Renderer.Render(markdown, options).Html.Trim(), Is.EqualTo(html));
        Assert.That(Post(markdown), Is.Not.EqualTo(html));
    }

    [Test]
    public void A_text_is_rendered_alike_from_many_threads()
    {
        const string Text = "# a\n\n*b* [c](/d)\n\n- e\n- f\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nx[^1]\n\n[^1]: y";
        var alone = Post(Text);

        var together = ParallelEnumerable.Range(0, 200).Select(_ => Post(Text)).Distinct().ToList();

        Assert.That(together, Is.EqualTo([alone]));
    }
}
