using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Forum.Web.Http;

/// <summary>
/// Answers a form sent by somebody who is not signed in with the sign-in page, and a sign-in that carries a form with that form's page.
/// Both run the rest of the pipeline a second time for another address, as status-code pages do.
/// </summary>
sealed class CarriedForms(RequestDelegate next)
{
    /// <summary>Set to ask for the sign-in page instead of whatever answered.</summary>
    public const string SignInKey = "forum.sign-in-instead";

    /// <summary>Set to the <see cref="CarriedForm"/> whose page is to be shown again.</summary>
    public const string ResumedKey = "forum.resumed";

    public async Task Invoke(HttpContext context)
    {
        await next(context);
        if (context.Response.HasStarted)
            return;
        if (context.Items.Remove(SignInKey))
            await AskToSignIn(context);
        if (context.Items[ResumedKey] is CarriedForm form)
            await ShowAgain(context, form);
    }

    async Task AskToSignIn(HttpContext context)
    {
        context.Response.Clear();
        var back = context.Request.Path + context.Request.QueryString;
        Redo(context, HttpMethods.Get, "/account/sign-in", QueryString.Create("returnUrl", back));
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await next(context);
    }

    async Task ShowAgain(HttpContext context, CarriedForm form)
    {
        var signIn = context.Response.Headers.SetCookie;
        context.Response.Clear();
        context.Response.Headers.SetCookie = signIn;
        var query = form.Path.IndexOf('?', StringComparison.Ordinal);
        Redo(context, HttpMethods.Post, query < 0 ? form.Path : form.Path[..query], new QueryString(query < 0 ? null : form.Path[query..]));
        context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(
            form.Fields.ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.OrdinalIgnoreCase))));
        // Services of the first run know the visitor as a stranger, and so does the antiforgery token made for them.
        foreach (var (kind, _) in context.Features.Where(feature => feature.Key.Name == "IAntiforgeryFeature").ToList())
            context.Features[kind] = null;
        var services = new RequestServicesFeature(context, context.RequestServices.GetRequiredService<IServiceScopeFactory>());
        context.Response.RegisterForDisposeAsync(services);
        context.Features.Set<IServiceProvidersFeature>(services);
        await next(context);
    }

    static void Redo(HttpContext context, string method, string path, QueryString query)
    {
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.QueryString = query;
        context.Features.Set<IQueryFeature>(new QueryFeature(context.Features));
    }

    /// <summary>Whether the request is a form being shown again after sign-in: nobody pressed its button yet.</summary>
    public static bool IsResumed(HttpContext context) => context.Items[ResumedKey] is CarriedForm;
}
