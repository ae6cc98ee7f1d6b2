using System.Globalization;
using System.Text;

namespace Forum.Bench.Load;

/// <summary>A request as the bytes that are sent, made once and sent often.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Bytes">The whole request.</param>
/// <param name="Headers">Its headers but Host, for generators that make their own requests.</param>
sealed record Target(string Path, byte[] Bytes, IReadOnlyList<(string Name, string Value)> Headers)
{
    // Not a robot: views of people are counted, so they are in the figure.
    const string Agent = "Mozilla/5.0 (X11; Linux x86_64) Forum.Bench";

    /// <summary>A page as a browser asks for it, without compression.</summary>
    public static Target Get(string path, string? cookie = null, string? encoding = null)
    {
        List<(string, string)> headers = [("User-Agent", Agent), ("Accept", "text/html,*/*"), ("Accept-Language", "en")];
        if (encoding is not null)
            headers.Add(("Accept-Encoding", encoding));
        if (cookie is not null)
            headers.Add(("Cookie", cookie));
        return new(path, Encode("GET", path, headers, ""), headers);
    }

    /// <summary>A form as a browser posts it; by a script, it is answered with a fragment where the page has one.</summary>
    public static Target Post(string path, string cookie, bool isScript, IEnumerable<(string Name, string Value)> fields)
    {
        var body = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        List<(string, string)> headers =
        [
            ("User-Agent", Agent), ("Accept", "text/html"), ("Accept-Language", "en"), ("Cookie", cookie),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        if (isScript)
            headers.Add(("X-Requested-With", "fetch"));
        return new(path, Encode("POST", path, headers, body), headers);
    }

    static byte[] Encode(string method, string path, List<(string Name, string Value)> headers, string body)
    {
        var text = new StringBuilder(512 + body.Length).Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        if (method == "POST")
            text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
