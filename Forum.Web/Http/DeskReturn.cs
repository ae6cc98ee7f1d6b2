using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Http;

/// <summary>Where somebody goes on who came from the flags at the desk: back to them. Such links carry <c>?back=flags</c>.</summary>
public static class DeskReturn
{
    /// <summary>The list of flags for whoever came from it, else another address.</summary>
    public static string BackOr(this PageModel page, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Request.Query["back"] == "flags" ? "/mod/flags" : elsewhere;
    }
}
