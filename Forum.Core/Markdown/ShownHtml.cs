using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Forum.Core.Markdown;

/// <summary>What is known only when a text is shown.</summary>
public sealed record ShownAs
{
    /// <summary>The post, comment or profile: what ids in its HTML begin with, so that two texts on a page never share one. Letters, digits and hyphens.</summary>
    public required string Prefix { get; init; }

    /// <summary>Titles of the posts that <see cref="ShownHtml.LinkedPosts"/> named, of an answer its question's. One that may not be seen is left out: the address is shown.</summary>
    public IReadOnlyDictionary<long, string> Titles { get; init; } = System.Collections.Frozen.FrozenDictionary<long, string>.Empty;

    /// <summary>Whether images at Stack Exchange's host are fetched by https, whatever their address says.</summary>
    public bool HasSecureImages { get; init; } = true;

    /// <summary>The host that the community was imported from: links to its posts, users and tags lead to our own pages.</summary>
    public string? OldHost { get; init; }
}

/// <summary>
/// The last step before stored HTML is sent: ids get their prefix, bare links to posts of this community their titles, links
/// to the old host their new address. No parsing: the marks are strings that safe HTML cannot hold elsewhere, because in
/// text and in values '&lt;' is always written <c>&amp;lt;</c>. HTML without marks is returned as it is.
/// </summary>
public static class ShownHtml
{
    internal const string LinkedPostMark = " data-post=\"";

    const string LinkStart = "<a";
    const string LinkedPostStart = LinkStart + LinkedPostMark;
    const string LinkAddress = "<a href=\"";
    // Stack Exchange's images answer at https; a secure page asks for nothing else.
    const string OldImage = "<img src=\"http://i.stack.imgur.com/";

    static readonly string[] idStarts = ["<li id=\"", "<a id=\"", "<a href=\"#"];
    static readonly SearchValues<string> marks = SearchValues.Create([LinkedPostStart, OldImage, .. idStarts], StringComparison.Ordinal);
    static readonly string[] ownPaths = ["/questions/", "/q/", "/a/", "/users/", "/tags/"];

    /// <summary>The ids of the posts whose titles <see cref="Show"/> would show, for one statement that fetches them. Usually none.</summary>
    public static IReadOnlyCollection<long> LinkedPosts(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        List<long>? posts = null;
        var at = 0;
        while ((at = html.IndexOf(LinkedPostStart, at, StringComparison.Ordinal)) >= 0)
        {
            at += LinkedPostStart.Length;
            var end = html.IndexOf('"', at);
            if (end > at && long.TryParse(html.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var post) && !(posts ??= []).Contains(post))
                posts.Add(post);
        }

        return posts ?? (IReadOnlyCollection<long>)[];
    }

    /// <summary>The HTML as a reader gets it.</summary>
    public static string Show(string html, ShownAs shown)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(shown);
        if (html.AsSpan().IndexOfAny(marks) < 0 && !(shown.OldHost is { } host && html.Contains(host, StringComparison.OrdinalIgnoreCase)))
            return html;

        var output = new StringBuilder(html.Length + 256);
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0)
                break;
            output.Append(html, at, tag - at);
            at = WriteTag(html, tag, shown, output);
        }

        return output.Append(html, at, html.Length - at).ToString();
    }

    /// <summary>Writes the tag that begins at <paramref name="tag"/>, as much of it as changes, and returns where to go on.</summary>
    static int WriteTag(string html, int tag, ShownAs shown, StringBuilder output)
    {
        var rest = html.AsSpan(tag);
        if (rest.StartsWith(LinkedPostStart))
            return WriteLinkedPost(html, tag, shown, output);

        if (rest.StartsWith(idStarts[2]))
        {
            output.Append(idStarts[2]).Append(shown.Prefix).Append('-');
            return tag + idStarts[2].Length;
        }

        foreach (var start in idStarts.AsSpan(0, 2))
            if (rest.StartsWith(start))
            {
                output.Append(start).Append(shown.Prefix).Append('-');
                var from = tag + start.Length;
                var end = html.IndexOf('>', from);
                output.Append(html.AsSpan(from, end - from).ToString().Replace("href=\"#", $"href=\"#{shown.Prefix}-", StringComparison.Ordinal));
                return end;
            }

        if (shown.HasSecureImages && rest.StartsWith(OldImage))
        {
            output.Append("<img src=\"https:");
            return tag + "<img src=\"http:".Length;
        }

        if (rest.StartsWith(LinkAddress))
        {
            var from = tag + LinkAddress.Length;
            var end = html.IndexOf('"', from);
            output.Append(LinkAddress).Append(OwnAddress(html.AsSpan(from, end - from), shown.OldHost));
            return end;
        }

        output.Append('<');
        return tag + 1;
    }

    static int WriteLinkedPost(string html, int tag, ShownAs shown, StringBuilder output)
    {
        var from = tag + LinkedPostStart.Length;
        var idEnd = html.IndexOf('"', from);
        var address = html.IndexOf("href=\"", idEnd, StringComparison.Ordinal) + 6;
        var addressEnd = html.IndexOf('"', address);
        var textStart = html.IndexOf('>', addressEnd) + 1;
        output.Append(LinkAddress).Append(OwnAddress(html.AsSpan(address, addressEnd - address), shown.OldHost))
            .Append(html, addressEnd, textStart - addressEnd);
        if (!long.TryParse(html.AsSpan(from, idEnd - from), NumberStyles.None, CultureInfo.InvariantCulture, out var post)
            || !shown.Titles.TryGetValue(post, out var title))
            return textStart;

        output.Append(WebUtility.HtmlEncode(title));
        return html.IndexOf('<', textStart);
    }

    static ReadOnlySpan<char> OwnAddress(ReadOnlySpan<char> address, string? oldHost)
    {
        if (oldHost is null)
            return address;

        var start = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : address.StartsWith("//") ? 2 : -1;
        if (start < 0 || !address[start..].StartsWith(oldHost, StringComparison.OrdinalIgnoreCase))
            return address;

        var path = address[(start + oldHost.Length)..];
        foreach (var own in ownPaths)
            if (path.StartsWith(own, StringComparison.OrdinalIgnoreCase))
                return path;
        return path is "" or "/" ? "/" : address;
    }
}
