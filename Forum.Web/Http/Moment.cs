using System.Globalization;
using System.Text.Encodings.Web;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Http;

/// <summary>A time element: how long before or after <paramref name="now"/>, with the exact moment as its title.</summary>
sealed class Moment(DateTimeOffset at, Words words, DateTimeOffset now) : IHtmlContent
{
    // Another machine's clock may be ahead of ours by that.
    static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<time datetime=\"");
        writer.Write(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.Write("\" title=\"");
        writer.Write(words.Exact(at));
        writer.Write("\">");
        encoder.Encode(writer, at - now < Soon ? words.Ago(at, now) : words.Ahead(at, now));
        writer.Write("</time>");
    }
}
