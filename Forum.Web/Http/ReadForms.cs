using Forum.Core.Settings;
using Microsoft.AspNetCore.Diagnostics;

namespace Forum.Web.Http;

/// <summary>Reads a posted form before anybody needs it, so that one too large or broken ends here with its status and nowhere else by surprise.</summary>
sealed class ReadForms(RequestDelegate next, SettingsStore settings)
{
    public async Task Invoke(HttpContext context)
    {
        if (ShowsAnError(context))
        {
            // Whatever was sent, its error is only looked at.
            context.Request.Method = HttpMethods.Get;
            await next(context);
            return;
        }
        if (context.Request.ContentLength > settings.Current.Limits.RequestBytes)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        if (context.Request.HasFormContentType && await Unreadable(context.Request) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }
        await next(context);
    }

    static bool ShowsAnError(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    static async Task<int?> Unreadable(HttpRequest request)
    {
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
