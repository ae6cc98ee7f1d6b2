using System.Globalization;

namespace Forum.Core.Markdown;

/// <summary>Which addresses links and images may have, and what is said of those that lead into the community itself.</summary>
sealed class LinkRules(MarkdownOptions options)
{
    const string Address = "href=\"";

    /// <summary>The address as it is written out, or null for one that is not permitted: javascript, data, vbscript, any unknown scheme.</summary>
    public static string? Permitted(string? address, bool isImage)
    {
        if (address is null)
            return null;

        var url = address.Trim();
        if (url.Length is 0 or > 2000 || url.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
            return null;
        if (url[0] == '/')
            return url;
        if (Starts(url, "https://") || Starts(url, "http://"))
            return url;
        return !isImage && (Starts(url, "ftp://") || Starts(url, "mailto:")) ? url : null;
    }

    /// <summary>The id of the question or answer of this community that a whole address leads to, or null.</summary>
    public long? LinkedPost(string href)
    {
        if (options.Hosts.Count == 0)
            return null;

        var start = Starts(href, "https://") ? 8 : Starts(href, "http://") ? 7 : -1;
        if (start < 0)
            return null;

        var host = Host(href, start);
        return options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? PostIn(AfterPort(href.AsSpan(start + host.Length))) : null;
    }

    // A port is no part of a host's name.
    static ReadOnlySpan<char> AfterPort(ReadOnlySpan<char> rest) => rest.StartsWith(":") ? rest[1..].TrimStart("0123456789") : rest;

    /// <summary>Every question or answer of this community that safe HTML leads to, each once.</summary>
    public IReadOnlyCollection<long> PostsIn(string html)
    {
        List<long>? posts = null;
        for (var at = html.IndexOf(Address, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Address, at, StringComparison.Ordinal))
        {
            at += Address.Length;
            var end = html.IndexOf('"', at);
            if (end < 0)
                break;
            var href = html[at..end];
            if ((href.StartsWith('/') ? PostIn(href) : LinkedPost(href)) is { } post && !(posts ??= []).Contains(post))
                posts.Add(post);
        }

        return posts ?? (IReadOnlyCollection<long>)[];
    }

    static long? PostIn(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> rest;
        if (path.StartsWith("/questions/", StringComparison.OrdinalIgnoreCase))
            rest = path[11..];
        else if (path.StartsWith("/q/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/a/", StringComparison.OrdinalIgnoreCase))
            rest = path[3..];
        else
            return null;

        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits >= 0 && rest[digits] is not ('/' or '?' or '#'))
            return null;
        return long.TryParse(digits < 0 ? rest : rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    static bool Starts(string url, string scheme) => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    static string Host(string url, int from)
    {
        var end = url.AsSpan(from).IndexOfAny("/?#:");
        return end < 0 ? url[from..] : url.Substring(from, end);
    }
}
