using Forum.Core.Settings;

namespace Forum.Web.Http;

/// <summary>Reads a posted form before anybody needs it, so that one too large or broken ends here with its status and nowhere else by surprise.</summary>
sealed class ReadForms(RequestDelegate next, SettingsStore settings)
{
    public async Task Invoke(HttpContext context)
    {
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
