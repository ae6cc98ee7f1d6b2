using System.Buffers;
using System.Net;

namespace Forum.Core.Search;

/// <summary>
/// Where the links of a post lead, as its index takes them: for each the host, exact (<c>=www.example.com</c>) and as part of each
/// domain above it (<c>.example.com</c>), alone and with the path. See docs/rules/search.md, "Code and links".
/// </summary>
public static class SearchedLinks
{
    /// <summary>Links of a post that are indexed.</summary>
    public const int MaxLinks = 50;

    // Of an address, from its host on.
    const int MaxLength = 100;

    // What the index keeps of an address; everything else counts alike.
    static readonly SearchValues<char> Kept = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789./-_");

    /// <summary>The links of a post; empty when none leads out of the site.</summary>
    public static string Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        const string Begin = "href=\"";
        var links = 0;
        for (var at = html.IndexOf(Begin, StringComparison.Ordinal); at >= 0 && links < MaxLinks; at = html.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            at += Begin.Length;
            var end = html.IndexOf('"', at);
            if (end < 0)
                break;
            if (Address(WebUtility.HtmlDecode(html[at..end]), needsScheme: true) is { } address)
            {
                links++;
                Add(terms, address);
            }

            at = end;
        }

        return string.Join(' ', terms);
    }

    /// <summary>
    /// FTS5: posts that link to a host (<c>example.com</c>), any host of a domain (<c>*.example.com</c>), or what begins with a path there;
    /// null for what is no such pattern.
    /// </summary>
    public static string? Match(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var written = pattern.Trim().TrimEnd('*');
        var scheme = written.IndexOf("://", StringComparison.Ordinal);
        var isDomain = written[(scheme < 0 ? 0 : scheme + 3)..].StartsWith("*.", StringComparison.Ordinal);
        if (isDomain)
            written = written.Remove(scheme < 0 ? 0 : scheme + 3, 2);
        if (written.Contains('*', StringComparison.Ordinal) || Address(written, needsScheme: false) is not { } address)
            return null;

        var mark = isDomain ? '.' : '=';
        return address.Path.Length <= 1 ? $"\"{mark}{address.Host}\"" : $"\"{mark}{address.Host}{address.Path}\" *";
    }

    static void Add(HashSet<string> terms, (string Host, string Path) address)
    {
        Add('=', address.Host);
        for (var host = address.Host; ; host = host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            Add('.', host);
            // What stands alone is a host of the network, or the top of the tree.
            if (host.IndexOf('.', StringComparison.Ordinal) is var dot && (dot < 0 || host.IndexOf('.', dot + 1) < 0))
                return;
        }

        void Add(char mark, string host)
        {
            terms.Add(mark + host);
            if (address.Path.Length > 1)
                terms.Add(mark + host + address.Path);
        }
    }

    static (string Host, string Path)? Address(string link, bool needsScheme)
    {
        var scheme = link.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 ? needsScheme : !link.AsSpan(0, scheme).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return null;

        var rest = link[(scheme < 0 ? 0 : scheme + 3)..].ToLowerInvariant();
        var slash = rest.AsSpan().IndexOfAny("/?#");
        var host = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? "" : rest[slash] == '/' ? rest[slash..] : "/" + rest[slash..];
        host = host[(host.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var port = host.IndexOf(':', StringComparison.Ordinal);
        host = (port < 0 ? host : host[..port]).Trim('.');
        return host.Length is 0 or > MaxLength || host.AsSpan().ContainsAny(" /\\") || host.Contains("..", StringComparison.Ordinal)
            ? null
            : (Folded(host), Folded(path.Length + host.Length > MaxLength ? path[..(MaxLength - host.Length)] : path));
    }

    static string Folded(string text) => string.Create(text.Length, text, (kept, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            kept[i] = Kept.Contains(from[i]) ? from[i] : '_';
    });
}
