using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using MediatR;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Forum.Web.Http;

/// <summary>Marks a page whose form has a field that people do not see (<c>_Trap.cshtml</c>).</summary>
/// <param name="name">One of <see cref="SpringTrap.All"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrapAttribute(string name) : Attribute
{
    /// <summary>What it is counted as.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Who fills the field that people do not see is a program, or has one that fills forms: the form comes back with all that was typed and that field empty.
/// For strangers and newcomers alone. Rules: docs/rules/abuse.md, section 4.
/// </summary>
sealed class Traps : IAsyncPageFilter, IOrderedFilter
{
    /// <summary>The field, named so that programs like to fill it.</summary>
    public const string Field = "homepage";

    // After PostedForms, before RefusalsBecomePageErrors.
    public int Order => -50;

    /// <summary>Whether somebody's forms have the field.</summary>
    public static bool AreFor(CurrentUser user, ForumSettings settings) =>
        settings.Abuse.Traps && !user.IsModerator && (!user.IsSignedIn || user.Reputation < settings.Needs(Privilege.NewUserLifted));

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            && context.ActionDescriptor.EndpointMetadata?.OfType<TrapAttribute>().FirstOrDefault() is { } trap
            && http.Request.Form[Field].Any(value => !string.IsNullOrEmpty(value))
            && AreFor(http.RequestServices.GetRequiredService<CurrentUser>(), http.RequestServices.GetRequiredService<ForumSettings>()))
        {
            await http.RequestServices.GetRequiredService<ISender>().Send(new SpringTrap(trap.Name), http.RequestAborted);
            context.Result = await new PageAgain(context).Show(StatusCodes.Status400BadRequest, "abuse.trapped");
            return;
        }

        await next();
    }
}
