using System.Globalization;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Forum.Web.Http;

/// <summary>A moment as markup, for sentences that hold one: <c>T.Html("questions.asked", Html.When(at))</c>.</summary>
public static class WhenHtml
{
    /// <summary>A time element that says how long ago, with the exact moment as its title.</summary>
    public static IHtmlContent When(this IHtmlHelper html, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(html);
        var services = html.ViewContext.HttpContext.RequestServices;
        return Of(at, services.GetRequiredService<Words>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    internal static TagBuilder Of(DateTimeOffset at, Words words, DateTimeOffset now)
    {
        var time = new TagBuilder("time")
        {
            Attributes =
            {
                ["datetime"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["title"] = words.Exact(at),
            },
        };
        time.InnerHtml.Append(words.Ago(at, now));
        return time;
    }
}
