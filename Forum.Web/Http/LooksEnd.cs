using Forum.Data;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Forum.Web.Http;

/// <summary>
/// A page's look at the database ends before it is written: whoever reads slowly keeps no snapshot from being cleared away, and
/// the next request finds a reader whose pages are warm.
/// </summary>
sealed class LooksEnd : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        await next();
        context.HttpContext.RequestServices.GetRequiredService<Db>().EndSnapshot();
    }
}
