using Forum.Core.Search;

namespace Forum.Tests.Search;

public sealed class SearchedLinksTests
{
    [TestCase("<a href=\"https://www.Example.com/Docs?a=1&amp;b=2\">x</a>", "=www.example.com =www.example.com/docs_a_1_b_2 .www.example.com .www.example.com/docs_a_1_b_2 .example.com .example.com/docs_a_1_b_2")]
    [TestCase("<a href=\"http://example.com/\">x</a> <a href=\"http://example.com\">y</a>", "=example.com .example.com")]
    [TestCase("<a href=\"http://user@example.com:8080/\">x</a>", "=example.com .example.com")]
    [TestCase("<a href=\"http://localhost\">x</a>", "=localhost .localhost")]
    [TestCase("<a href=\"/questions/1\">x</a> <a href=\"mailto:a@example.com\">y</a> <a href=\"#x\">z</a>", "")]
    [TestCase("<p>http://example.com</p>", "")]
    [TestCase("<a href=\"", "")]
    public void A_link_is_kept_by_its_host_and_its_domains(string html, string terms) => Assert.That(SearchedLinks.Of(html), Is.EqualTo(terms));

    [TestCase("example.com", "\"=example.com\"")]
    [TestCase("*.Example.com", "\".example.com\"")]
    [TestCase("https://example.com/", "\"=example.com\"")]
    [TestCase("https://*.example.com/docs*", "\".example.com/docs\" *")]
    [TestCase("example.com/*", "\"=example.com\"")]
    [TestCase("*", null)]
    [TestCase("docs.*.com", null)]
    [TestCase("ftp://example.com", null)]
    [TestCase("two words", null)]
    [TestCase("a\"b", "\"=a_b\"")]
    [TestCase("..", null)]
    public void A_pattern_is_a_host_or_a_domain_with_the_beginning_of_a_path(string pattern, string? match) => Assert.That(SearchedLinks.Match(pattern), Is.EqualTo(match));

    [Test]
    public void No_more_links_are_kept_than_anybody_reads() =>
        Assert.That(
            SearchedLinks.Of(string.Concat(Enumerable.Range(0, 200).Select(i => $"<a href=\"https://example.com/{i}\">x</a>"))).Split(' '),
            Has.Length.EqualTo(2 + 2 * SearchedLinks.MaxLinks));
}
