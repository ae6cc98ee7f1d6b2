using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

public sealed class ShownHtmlTests
{
    private static readonly MarkdownOptions Beer = MarkdownOptions.Post with { Hosts = ["beer.example.org"] };

    private static string Stored(string markdown) => new MarkdownRenderer().Render(markdown, Beer).Html;

    private static string Shown(string markdown, ShownAs? shown = null) => ShownHtml.Show(Stored(markdown), shown ?? new ShownAs { Prefix = "p7" }).Trim();

    [Test]
    public void Html_without_marks_is_returned_as_it_is()
    {
        var html = Stored("*a* [b](http://c.example) data-post=\"1\" id=\"fn-1\"");

        Assert.That(ShownHtml.Show(html, new ShownAs { Prefix = "p7", OldHost = "beer.example.org" }), Is.SameAs(html));
    }

    [Test]
    public void Two_posts_of_a_page_never_share_an_id()
    {
        var html = Shown("a[^1] b[^1]\n\n[^1]: c");

        Assert.That(html, Does.Contain("<a id=\"p7-fnref-1\" href=\"#p7-fn-1\"").And.Contain("<li id=\"p7-fn-1\">").And.Contain("<a href=\"#p7-fnref-1\""));
        Assert.That(html, Does.Not.Contain("\"fn").And.Not.Contain("\"#fn"));
    }

    [TestCase("https://beer.example.org/questions/12/some-slug")]
    [TestCase("<http://beer.example.org/q/12/3>")]
    [TestCase("https://beer.example.org/a/12")]
    public void A_bare_link_to_a_post_shows_its_title(string markdown)
    {
        var html = Stored(markdown);

        Assert.That(ShownHtml.LinkedPosts(html), Is.EqualTo([12L]));
        var shown = ShownHtml.Show(html, new ShownAs { Prefix = "p7", Titles = new Dictionary<long, string> { [12] = "A <b> & \"c\"?" } });
        Assert.That(shown, Does.Contain(">A &lt;b&gt; &amp; &quot;c&quot;?</a>").And.Not.Contain("data-post"));
    }

    [TestCase("https://beer.example.org/questions/12/some-slug")]
    public void Without_its_title_the_address_is_shown(string markdown) =>
        Assert.That(Shown(markdown), Is.EqualTo($"<p><a href=\"{markdown}\" rel=\"nofollow ugc noopener\">{markdown}</a></p>"));

    [TestCase("[text](https://beer.example.org/questions/12)")]
    [TestCase("https://beer.example.org/questions/tagged/12")]
    [TestCase("https://beer.example.org/questions/12x")]
    [TestCase("https://other.example.org/questions/12")]
    [TestCase("`https://beer.example.org/questions/12`")]
    public void Other_links_keep_their_text(string markdown) => Assert.That(ShownHtml.LinkedPosts(Stored(markdown)), Is.Empty);

    [TestCase("[x](http://beer.example.org/questions/12/a?b#c)", "<a href=\"/questions/12/a?b#c\"")]
    [TestCase("https://beer.example.org/users/5/ada", "<a href=\"/users/5/ada\"")]
    [TestCase("https://beer.example.org/questions/12", "<a href=\"/questions/12\"")]
    [TestCase("[x](https://beer.example.org/help/badges)", "<a href=\"https://beer.example.org/help/badges\"")]
    [TestCase("[x](https://beer.example.org.evil.example/questions/1)", "<a href=\"https://beer.example.org.evil.example/questions/1\"")]
    [TestCase("[x](https://beer.example.org//evil.example)", "<a href=\"https://beer.example.org//evil.example\"")]
    public void Links_to_the_old_host_lead_to_our_pages(string markdown, string start) =>
        Assert.That(Shown(markdown, new ShownAs { Prefix = "p7", OldHost = "beer.example.org" }), Does.Contain(start));

    [TestCase("![x](http://i.stack.imgur.com/a.png)", "<img src=\"https://i.stack.imgur.com/a.png\"")]
    [TestCase("![x](http://elsewhere.example/a.png)", "<img src=\"http://elsewhere.example/a.png\"")]
    public void Images_at_Stack_Exchanges_host_are_fetched_securely(string markdown, string start) => Assert.That(Shown(markdown), Does.Contain(start));

    [Test]
    public void What_is_shown_is_on_the_list_of_what_may_come_out() =>
        Assert.That(AllowList.Violation(Shown("a[^1] https://beer.example.org/q/1\n\n[^1]: c", new ShownAs { Prefix = "p7", Titles = new Dictionary<long, string> { [1] = "<script>" } })), Is.Null);
}
