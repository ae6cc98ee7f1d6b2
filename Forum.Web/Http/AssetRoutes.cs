using System.Globalization;

namespace Forum.Web.Http;

/// <summary>Addresses of the site's own colours and logo.</summary>
static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/theme.css", Read, (Site site, HttpContext context) => Text(context, site.ThemeCss, "text/css"));
        routes.MapMethods("/logo.svg", Read, (Site site, HttpContext context) => Text(context, site.LogoSvg, "image/svg+xml"));
    }

    static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    // The addresses carry the colour's fingerprint as a query, so a changed colour is a changed address.
    static IResult Text(HttpContext context, string text, string type)
    {
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={TimeSpan.FromDays(30).TotalSeconds:0}");
        return Results.Text(text, type + "; charset=utf-8");
    }
}
