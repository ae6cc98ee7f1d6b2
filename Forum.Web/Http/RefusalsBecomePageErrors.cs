using System.Globalization;
using System.Reflection;
using FluentValidation;
using FluentValidation.Results;
using Forum.Core;
using Forum.Web.Languages;
using Forum.Web.Pages.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Forum.Web.Http;

/// <summary>
/// Turns what Core throws into what people see. Badly formed: messages at the fields, 400. A rule says no: the summary, 403, or the
/// sign-in page; done too often: the same with 429 and when to come again. No such thing: 404. Somebody was faster: the summary, 409. The form keeps what was typed. Anything else is a bug.
/// </summary>
sealed class RefusalsBecomePageErrors : IAsyncPageFilter
{
    /// <summary>Set while a form is shown again whose author is only asked: nothing stands against it being sent as it is.</summary>
    public const string Asks = "Forum.Asks";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // A message says in words, also on a page that was only asked for, that an address has something unreadable in it.
        new PageAgain(context).Translate(context.ModelState);
        var executed = await next();
        if (executed.ExceptionHandled || executed.Exception is not { } thrown)
            return;

        executed.Result = await Answer(context, thrown) ?? executed.Result;
        executed.ExceptionHandled = executed.Result is not null;
    }

    static async Task<IActionResult?> Answer(PageHandlerExecutingContext context, Exception thrown)
    {
        var posted = HttpMethods.IsPost(context.HttpContext.Request.Method);
        var again = new PageAgain(context);
        switch (thrown)
        {
            case ValidationException invalid when posted:
                var words = context.HttpContext.RequestServices.GetRequiredService<Words>();
                foreach (var failure in invalid.Errors)
                    context.ModelState.AddModelError(Field(failure, context), Sentence(failure, words));
                if (invalid.Errors.All(failure => failure.Severity == Severity.Warning))
                    context.HttpContext.Items[Asks] = true;
                return await again.Show(StatusCodes.Status400BadRequest);
            case ValidationException:
                return new StatusCodeResult(StatusCodes.Status400BadRequest);
            case RefusedException { Refusal: var refusal } when refusal == Refusals.SignIn:
                return posted ? PostedForms.SignInInstead(context.HttpContext) : SignInFirst(context.HttpContext.Request);
            case RefusedException { Refusal: { Wait: { } wait } refusal }:
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return posted ? await again.Show(StatusCodes.Status429TooManyRequests, refusal) : ErrorModel.Because(context.HttpContext, StatusCodes.Status429TooManyRequests, refusal);
            case RefusedException { Refusal: var refusal }:
                return posted ? await again.Show(StatusCodes.Status403Forbidden, refusal) : ErrorModel.Because(context.HttpContext, StatusCodes.Status403Forbidden, refusal);
            case ConflictException { Refusal: var refusal }:
                return posted ? await again.Show(StatusCodes.Status409Conflict, refusal) : ErrorModel.Because(context.HttpContext, StatusCodes.Status409Conflict, refusal);
            case NotFoundException gone:
                return PageAgain.NotThere(context.HttpContext, gone);
            default:
                return null;
        }
    }

    static LocalRedirectResult SignInFirst(HttpRequest request) =>
        new("/account/sign-in" + QueryString.Create("returnUrl", request.Path + request.QueryString));

    // The request is bound under a property's name ("Input.Title"); a message for a field the page does not have goes to the summary.
    static string Field(ValidationFailure failure, PageHandlerExecutingContext context)
    {
        var bound = context.ModelState.Keys.Where(key =>
            key.Equals(failure.PropertyName, StringComparison.OrdinalIgnoreCase)
            || key.EndsWith("." + failure.PropertyName, StringComparison.OrdinalIgnoreCase));
        return bound.FirstOrDefault() ?? Unsent(failure, context) ?? "";
    }

    // Of radio buttons and boxes none of which is chosen nothing is sent: their message still has its place when the form has the property.
    static string? Unsent(ValidationFailure failure, PageHandlerExecutingContext context)
    {
        const BindingFlags named = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        var properties = context.HandlerInstance.GetType().GetProperties().Where(property => property.IsDefined(typeof(BindPropertyAttribute))).ToList();
        return properties.Find(property => property.Name.Equals(failure.PropertyName, StringComparison.OrdinalIgnoreCase) && IsChosen(property.PropertyType))?.Name
            ?? properties.Where(property => property.Name == "Input" && property.PropertyType.GetProperty(failure.PropertyName, named) is { } part && IsChosen(part.PropertyType))
                .Select(property => $"{property.Name}.{failure.PropertyName}").FirstOrDefault();
    }

    // One of some, or a yes; a list of parts has no place of its own.
    static bool IsChosen(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } or { IsPrimitive: true } || type == typeof(string);

    static string Sentence(ValidationFailure failure, Words words) => words[failure.ErrorCode, failure.CustomState switch
    {
        object?[] several => several,
        null => [],
        var one => [one],
    }];
}
