using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

public sealed class PlainTextTests
{
    [TestCase("<p>a <em>b</em>c</p>\n<p>d</p>", "a bc d")]
    [TestCase("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3")]
    [TestCase("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b")]
    [TestCase("a<br>b", "a b")]
    [TestCase("<img src=\"/x\" alt=\"y\"> z", "z")]
    [TestCase("", "")]
    [TestCase("a < b", "a")]
    public void The_words_of_html(string html, string text) => Assert.That(PlainText.Of(html), Is.EqualTo(text));

    [Test]
    public void Code_blocks_are_told_apart() =>
        Assert.That(PlainText.Apart("<p>a <code>b</code></p><pre><code>c\nd</code></pre><p>e</p>"), Is.EqualTo(("a b e", "c d")));

    [TestCase("<p>one two three four</p>", 9, "one two…")]
    [TestCase("<p>one</p>", 3, "one")]
    [TestCase("<p>😀😀😀😀</p>", 3, "😀…")]
    public void An_excerpt_ends_at_a_word(string html, int length, string text) => Assert.That(PlainText.Excerpt(html, length), Is.EqualTo(text));
}
