using Forum.Core;
using Forum.Web.Http;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Errors;

/// <summary>What people see instead of a page: the status in words, what to do, and a search box.</summary>
[AllowAnonymous, ShownOnErrors, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel(Words words) : PageModel
{
    const string ReasonKey = "forum.refused-because";

    static readonly int[] Known = [400, 401, 403, 404, 405, 409, 410, 413, 429, 500];

    /// <summary>The status shown; one without words of its own is shown as its class.</summary>
    public int Status { get; private set; }

    /// <summary>What the rule that refused says, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>Shows the status in the address, or the one the failed request already has.</summary>
    public IActionResult OnGet(int status)
    {
        var failed = Response.StatusCode >= 400 ? Response.StatusCode : status;
        Status = Known.Contains(failed) ? failed : failed < 500 ? 400 : 500;
        Response.StatusCode = Status;
        Reason = HttpContext.Items[ReasonKey] is Refusal refusal ? words[refusal.Code, refusal.Arguments] : null;
        return PageAgain.WantsText(Request) ? PageAgain.Text(Status, Reason ?? words[$"shell.error-{Status}"]) : Page();
    }

    /// <summary>A failed form ends here too.</summary>
    public IActionResult OnPost(int status) => OnGet(status);

    /// <summary>The status' page with the rule's sentence on it.</summary>
    internal static StatusCodeResult Because(HttpContext context, int status, Refusal refusal)
    {
        context.Items[ReasonKey] = refusal;
        return new(status);
    }
}
