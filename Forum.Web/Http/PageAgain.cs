using Forum.Core;
using Forum.Web.Languages;
using Forum.Web.Pages.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Http;

/// <summary>Shows the page of a form again: what was typed, the messages, a status.</summary>
sealed class PageAgain(PageHandlerExecutingContext executing)
{
    HttpContext Http => executing.HttpContext;

    Words Words => Http.RequestServices.GetRequiredService<Words>();

    /// <summary>The page with what was typed, and the sentence under <paramref name="key"/> in the summary.</summary>
    public Task<IActionResult> Show(int status, string key)
    {
        executing.ModelState.AddModelError("", Words[key]);
        return Show(status);
    }

    /// <summary>The page with what was typed, and the refusal in the summary.</summary>
    public Task<IActionResult> Show(int status, Refusal refusal)
    {
        executing.ModelState.AddModelError("", Words[refusal.Code, refusal.Arguments]);
        return Show(status);
    }

    /// <summary>The page with what was typed and the messages of ModelState; a script gets the messages alone.</summary>
    public async Task<IActionResult> Show(int status)
    {
        Translate(executing.ModelState);
        if (WantsText(Http.Request))
            return Text(status, string.Join('\n', executing.ModelState.Values.SelectMany(entry => entry.Errors).Select(error => error.ErrorMessage)));
        try
        {
            if (executing.HandlerInstance is IShownAgain page)
                await page.ShowAgain(Http.RequestAborted);
        }
        catch (NotFoundException gone)
        {
            // The page the form belongs to is not there, or not any more.
            return NotThere(Http, gone);
        }
        catch (RefusedException refused) when (refused.Refusal == Refusals.SignIn)
        {
            return PostedForms.SignInInstead(Http);
        }
        catch (RefusedException refused)
        {
            return ErrorModel.Because(Http, StatusCodes.Status403Forbidden, refused.Refusal);
        }

        Http.Response.StatusCode = status;
        return executing.HandlerInstance is PageModel model ? model.Page() : new PageResult();
    }

    /// <summary>The page for what is not there: 404, or 410 for what was removed.</summary>
    public static IActionResult NotThere(HttpContext context, NotFoundException gone)
    {
        var status = gone.WasDeleted ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
        return gone.Why is { } why ? ErrorModel.Because(context, status, why) : new StatusCodeResult(status);
    }

    /// <summary>Whether a script sent the form and wants a fragment or a sentence instead of a page.</summary>
    public static bool WantsText(HttpRequest request) => request.Headers.XRequestedWith == "fetch";

    /// <summary>A sentence for a script to show.</summary>
    public static IActionResult Text(int status, string sentence) =>
        new ContentResult { StatusCode = status, Content = sentence, ContentType = "text/plain; charset=utf-8" };

    /// <summary>Says in words that something could not be read.</summary>
    public void Translate(ModelStateDictionary state)
    {
        foreach (var entry in state.Values.Where(entry => entry.Errors.Count > 0))
        {
            var unreadable = entry.Errors.Where(error => error.Exception is not null || error.ErrorMessage is "" or BindingMessages.Unreadable).ToArray();
            foreach (var error in unreadable)
                entry.Errors.Remove(error);
            if (unreadable.Length > 0)
                entry.Errors.Add(Words[BindingMessages.Unreadable]);
        }
    }
}
