namespace Forum.Web.Http;

/// <summary>When even the page that explains an error fails, a plain sentence is left. Details go to the log alone.</summary>
sealed class LastResort(RequestDelegate next, ILogger<LastResort> log)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException && !context.Response.HasStarted)
        {
            log.LogError(thrown, "The error page failed as well.");
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync("500 Internal Server Error", context.RequestAborted);
        }
    }
}
