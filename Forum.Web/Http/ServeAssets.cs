namespace Forum.Web.Http;

/// <summary>Answers with scripts and styles before anything else is done: they are the same for everybody.</summary>
sealed class ServeAssets(RequestDelegate next, Assets assets)
{
    const string Place = "/dist/";

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value is not { } path || !path.StartsWith(Place, StringComparison.Ordinal))
            return next(context);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return next(context);
        return assets.TryServe(path[Place.Length..], context, out var served) ? served : next(context);
    }
}
