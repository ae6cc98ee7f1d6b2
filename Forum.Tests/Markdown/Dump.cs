using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Forum.Core.Markdown;
using Forum.Tests.Support;

namespace Forum.Tests.Markdown;

/// <summary>Posts of a real Stack Exchange dump with their newest Markdown and the HTML that Stack Exchange made of it.</summary>
internal sealed class Dump
{
    public sealed record Post(long Id, int Kind, string? Title, long? Question, DateTimeOffset WrittenAt, string Markdown, string Html);

    private Dump(string site, List<Post> posts)
    {
        Posts = posts;
        var titles = posts.Where(post => post.Title is not null).ToDictionary(post => post.Id, post => post.Title!);
        Titles = posts.Select(post => (post.Id, Title: post.Title ?? titles.GetValueOrDefault(post.Question ?? 0))).Where(post => post.Title is not null)
            .ToDictionary(post => post.Id, post => post.Title!);
        Options = MarkdownOptions.OfSite(site);
    }

    public List<Post> Posts { get; }

    public Dictionary<long, string> Titles { get; }

    public MarkdownOptions Options { get; }

    /// <summary>The dump, or a skipped test where the data is not there.</summary>
    public static Dump Read(string site)
    {
        var folder = RealData.Dump(site);
        var newest = new Dictionary<long, (string At, long Id, string Text)>();
        foreach (var row in Rows(Path.Combine(folder, "PostHistory.xml")))
            if (row["PostHistoryTypeId"] is "2" or "5" or "8" && row.TryGetValue("Text", out var text))
            {
                var (post, at, id) = (Number(row["PostId"]), row["CreationDate"], Number(row["Id"]));
                if (!newest.TryGetValue(post, out var known) || string.CompareOrdinal(at, known.At) > 0 || (at == known.At && id > known.Id))
                    newest[post] = (at, id, text);
            }

        var posts = new List<Post>();
        foreach (var row in Rows(Path.Combine(folder, "Posts.xml")))
        {
            var id = Number(row["Id"]);
            if (newest.TryGetValue(id, out var source) && row.TryGetValue("Body", out var html) && html.Length > 0)
                posts.Add(new Post(id, (int)Number(row["PostTypeId"]), row.GetValueOrDefault("Title"), row.TryGetValue("ParentId", out var parent) ? Number(parent) : null,
                    DateTimeOffset.Parse(source.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), source.Text, html));
        }

        return new Dump(site, posts);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, Name: "row" })
                continue;

            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.MoveToNextAttribute())
                row[reader.Name] = reader.Value;
            yield return row;
        }
    }
}

/// <summary>HTML as far as two of them must agree: not in white space, order of attributes, <c>rel</c>, ids, line ends.</summary>
internal static partial class Normalized
{
    public static string Of(string html)
    {
        var text = new StringBuilder();
        Walk(new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html).Body!, text, isPre: false);
        return AroundBlocks().Replace(text.ToString(), "${tag}").Trim();
    }

    private static void Walk(INode node, StringBuilder to, bool isPre)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
                to.Append((isPre ? text.Data : Spaces().Replace(text.Data, " ")).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal));
            if (child is not IElement element)
                continue;

            to.Append('<').Append(element.LocalName);
            foreach (var (name, value) in element.Attributes.Select(a => Attribute(a.Name, a.Value)).OrderBy(a => a.Name, StringComparer.Ordinal))
                if (name.Length > 0)
                    to.Append(' ').Append(name).Append("=\"").Append(value.Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
            to.Append('>');
            Walk(element, to, isPre || element.LocalName == "pre");
            to.Append("</").Append(element.LocalName).Append('>');
        }
    }

    private static (string Name, string Value) Attribute(string name, string value) => name switch
    {
        "rel" or "id" or "tabindex" => ("", ""),
        "alt" when value.Length == 0 => ("", ""),
        // Alignment is a style there and a class here: our pages permit no styles in them.
        "style" => ("class", "ta-" + Side().Match(value).Value),
        // A dump from before 2017 has the images' old address.
        "src" or "href" => (name, value.Replace("http://i.stack.imgur.com", "https://i.stack.imgur.com", StringComparison.Ordinal)),
        _ => (name, value),
    };

    [GeneratedRegex(@"[ \t\r\n]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("left|right|center", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Side();

    [GeneratedRegex(@"\s*(?<tag></?(?:p|ul|ol|li|blockquote|h\d|hr|pre|dl|dt|dd|table|thead|tbody|tr|td|th|div|br)\b[^>]*>)\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AroundBlocks();
}
