using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Forum.Web.Http;

/// <summary>
/// Writes a page and the layout around it as characters, and sends them when both are whole. MVC's own executor keeps every piece of
/// a page as an object and copies it twice (docs/decisions/0021-pages-are-written-at-once.md). Every page has the layout unless it
/// says otherwise; there is no view start.
/// </summary>
sealed class WritePages(
    IHttpResponseStreamWriterFactory writers, ICompositeViewEngine composite, IRazorViewEngine views, IRazorPageActivator activator,
    System.Diagnostics.DiagnosticListener diagnostics, HtmlEncoder encoder, Parts parts)
    : PageResultExecutor(writers, composite, views, activator, diagnostics, encoder)
{
    const string Layout = "_Layout";

    public override async Task ExecuteAsync(PageContext pageContext, PageResult result)
    {
        var page = result.Page;
        var view = page.ViewContext;
        view.ViewData = pageContext.ViewData;
        page.Layout = Layout;
        using var body = new PartWriter();
        view.Writer = body;
        await page.ExecuteAsync();

        var response = pageContext.HttpContext.Response;
        response.ContentType = result.ContentType ?? response.ContentType ?? DefaultContentType;
        if (result.StatusCode is { } status)
            response.StatusCode = status;
        if (page.Layout is not { } layout)
        {
            await body.SendTo(response.BodyWriter, pageContext.HttpContext.RequestAborted);
            return;
        }

        using var whole = new PartWriter();
        view.Writer = whole;
        await parts.WriteAround(layout, page, body, view);
        await whole.SendTo(response.BodyWriter, pageContext.HttpContext.RequestAborted);
    }
}
