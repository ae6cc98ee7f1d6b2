using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Core.Markdown;

namespace Forum.Tests.Markdown;

/// <summary>Our HTML beside Stack Exchange's, over every post of three real dumps. What remains is explained in docs/importing.md.</summary>
public sealed partial class FidelityTests
{
    private readonly MarkdownRenderer renderer = new();

    [TestCase("beer.stackexchange.com", 98)]
    [TestCase("conlang.meta.stackexchange.com", 92)]
    [TestCase("french.meta.stackexchange.com", 92)]
    public void Our_html_is_Stack_Exchanges(string site, double atLeast)
    {
        var dump = Dump.Read(site);
        // The excerpt of a tag (4) is plain text on both sides.
        var posts = dump.Posts.Where(post => post.Kind != 4).ToList();

        var alike = posts.Count(post => Alike(
            Shown(post.Markdown, dump.Options with { Dialect = MarkdownOptions.DialectOf(post.WrittenAt) }, dump.Titles), post.Html));

        Report(site, "of posts have the HTML that Stack Exchange gave them", alike, posts.Count, atLeast);
    }

    [TestCase("beer.stackexchange.com", 95)]
    [TestCase("conlang.meta.stackexchange.com", 95)]
    [TestCase("french.meta.stackexchange.com", 95)]
    public void Html_turned_into_Markdown_renders_to_itself(string site, double atLeast)
    {
        var dump = Dump.Read(site);
        var posts = dump.Posts.Where(post => post.Kind != 4).ToList();

        var alike = posts.Count(post => Normalized.Of(Shown(HtmlToMarkdown.Convert(post.Html, dump.Options), dump.Options, [])) == Normalized.Of(post.Html));

        Report(site, "of bodies come back from Markdown as they were", alike, posts.Count, atLeast);
    }

    private string Shown(string markdown, MarkdownOptions options, Dictionary<long, string> titles)
    {
        var rendered = renderer.Render(markdown, options);
        Assert.That(rendered.Refusal, Is.Null, "every post of a real community passes");
        return ShownHtml.Show(rendered.Html, new ShownAs { Prefix = "p7", Titles = titles });
    }

    /// <summary>Alike but for what only another site's data could tell: the titles of its questions.</summary>
    private static bool Alike(string ours, string theirs)
    {
        var (a, b) = (Normalized.Of(ours), Normalized.Of(theirs));
        return a == b || BareNetworkLink().Replace(a, WithoutText) == BareNetworkLink().Replace(b, WithoutText);

        string WithoutText(Match link) => ours.Contains($">{link.Groups["address"].Value}</a>", StringComparison.Ordinal) ? link.Groups["start"].Value : link.Value;
    }

    private static void Report(string site, string what, int alike, int all, double atLeast)
    {
        var rate = 100.0 * alike / all;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{site}: {alike} of {all} ({rate:F2} %) {what}"));
        Assert.That(rate, Is.GreaterThanOrEqualTo(atLeast));
    }

    [GeneratedRegex(@"(?<start><a href=""(?<address>https?://[^/""]*(?:stackexchange|stackoverflow|superuser|serverfault|askubuntu|mathoverflow)\.[^""]*)"">)[^<]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareNetworkLink();
}
