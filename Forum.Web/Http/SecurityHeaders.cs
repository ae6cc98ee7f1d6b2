using Microsoft.Extensions.Primitives;

namespace Forum.Web.Http;

/// <summary>The headers every response carries. There is no inline script or style anywhere, so none is allowed.</summary>
sealed class SecurityHeaders(RequestDelegate next)
{
    static readonly StringValues policy = new(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'");

    static readonly StringValues noSniff = new("nosniff");
    static readonly StringValues referrer = new("strict-origin-when-cross-origin");
    static readonly StringValues permissions = new("camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    static readonly StringValues opener = new("same-origin");

    // A page belongs to who asked for it, and is asked for again before it is shown again.
    static readonly StringValues mine = new("private, no-cache");

    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(Finish, context.Response.Headers);
        return next(context);
    }

    /// <summary>Adds them to a response that does not pass through here.</summary>
    public static void Add(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = noSniff;
        headers["Referrer-Policy"] = referrer;
        headers["Permissions-Policy"] = permissions;
        headers["Cross-Origin-Opener-Policy"] = opener;
    }

    static Task Finish(object state)
    {
        var headers = (IHeaderDictionary)state;
        Add(headers);
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = mine;
        return Task.CompletedTask;
    }
}
