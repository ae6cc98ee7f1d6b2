using Forum.Core;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Forum.Web.Http;

/// <summary>
/// Stands before every page that is posted to. Who is not signed in is asked to, and their form carried on, unless the page is
/// marked <c>[AllowAnonymous]</c>. A form without a genuine token comes back filled, to be sent again. Values that cannot be read
/// bring the form back too. Pages that show something besides the form implement <see cref="IShownAgain"/>.
/// </summary>
sealed class PostedForms : IAsyncPageFilter, IOrderedFilter
{
    // Before RefusalsBecomePageErrors.
    public int Order => -100;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.HandlerMethod is null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !IsShownOnErrors(context))
        {
            // Without this the page would be shown as if it had been asked for, with nothing loaded.
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method) || IsShownOnErrors(context))
        {
            await next();
            return;
        }

        var again = new PageAgain(context);
        if (CarriedForms.IsResumed(http))
            context.Result = await again.Show(StatusCodes.Status200OK, "shell.signed-in-send-again");
        else if (!SignedIn(http) && !IsOpenToAll(context))
            context.Result = SignInInstead(http);
        else if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            context.Result = await again.Show(StatusCodes.Status400BadRequest, "shell.form-expired");
        else if (!context.ModelState.IsValid)
            context.Result = await again.Show(StatusCodes.Status400BadRequest);
        else
        {
            if (http.Request.HasFormContentType)
                http.RequestServices.GetRequiredService<FormKey>().Value = http.Request.Form[PostingFormTagHelper.KeyField];
            await next();
        }
    }

    /// <summary>Answers with the sign-in page, which carries the form; a script gets the sentence and sends the form itself then.</summary>
    public static IActionResult SignInInstead(HttpContext http)
    {
        var words = http.RequestServices.GetRequiredService<Words>();
        if (PageAgain.WantsText(http.Request))
            return PageAgain.Text(StatusCodes.Status401Unauthorized, words["shell.sign-in-first"]);
        if (http.Request.HasFormContentType)
            http.RequestServices.GetRequiredService<CarriedForm.Keeper>().Keep();
        http.Items[CarriedForms.SignInKey] = true;
        return new EmptyResult();
    }

    /// <summary>The same for pages marked <c>[Authorize]</c>, which are turned away before any filter runs.</summary>
    public static Task Challenge(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Redirect("/account/sign-in" + QueryString.Create("returnUrl", http.Request.PathBase + http.Request.Path + http.Request.QueryString));
            return Task.CompletedTask;
        }
        return SignInInstead(http).ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
    }

    static bool SignedIn(HttpContext http) => http.User.Identity is { IsAuthenticated: true };

    static bool IsShownOnErrors(PageHandlerExecutingContext context) =>
        context.ActionDescriptor.EndpointMetadata?.OfType<ShownOnErrorsAttribute>().Any() == true;

    static bool IsOpenToAll(PageHandlerExecutingContext context) =>
        context.ActionDescriptor.EndpointMetadata?.OfType<IAllowAnonymous>().Any() == true;
}

/// <summary>A page that loads more than its form. It loads it here as well, when the form is shown again with a message.</summary>
public interface IShownAgain
{
    /// <summary>Loads what the page shows besides what was typed; the bound properties stay as they are.</summary>
    Task ShowAgain(CancellationToken token);
}

/// <summary>Marks the pages that show errors: they are run in place of any request, and never as a form.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShownOnErrorsAttribute : Attribute;
