using System.Globalization;
using System.Text.Encodings.Web;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Http;

/// <summary>A time element: how long before <paramref name="now"/>, with the exact moment as its title.</summary>
sealed class Moment(DateTimeOffset at, Words words, DateTimeOffset now) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<time datetime=\"");
        writer.Write(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.Write("\" title=\"");
        writer.Write(words.Exact(at));
        writer.Write("\">");
        encoder.Encode(writer, words.Ago(at, now));
        writer.Write("</time>");
    }
}
