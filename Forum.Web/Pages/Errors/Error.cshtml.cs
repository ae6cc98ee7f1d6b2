using Forum.Core;
using Forum.Web.Http;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Errors;

/// <summary>What people see instead of a page: the status in words, what to do, and a search box.</summary>
[AllowAnonymous, ShownOnErrors, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel(Words words) : PageModel
{
    const string ReasonKey = "forum.refused-because";

    // What people write at length; nothing else of a form is anybody's loss, and a password is nobody's to see.
    static readonly string[] Texts = ["Title", "Body", "Answer", "Note", "About"];

    static readonly int[] Known = [400, 401, 403, 404, 405, 409, 410, 413, 429, 500];

    /// <summary>The status shown; one without words of its own is shown as its class.</summary>
    public int Status { get; private set; }

    /// <summary>What the rule that refused says, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was typed into the form that failed, to be copied: the page it belongs to cannot show it any more.</summary>
    public IReadOnlyList<string> Typed { get; private set; } = [];

    /// <summary>Shows the status in the address, or the one the failed request already has.</summary>
    public IActionResult OnGet(int status)
    {
        var failed = Response.StatusCode >= 400 ? Response.StatusCode : status;
        Status = Known.Contains(failed) ? failed : failed < 500 ? 400 : 500;
        Response.StatusCode = Status;
        Reason = HttpContext.Items[ReasonKey] is Refusal refusal ? words[refusal.Code, refusal.Arguments] : null;
        Typed = [.. Form().Where(field => Texts.Contains(field.Key.Split('.')[^1], StringComparer.Ordinal)).Select(field => field.Value.ToString()).Where(text => text.Length > 0)];
        return PageAgain.WantsText(Request) ? PageAgain.Text(Status, Reason ?? words[$"shell.error-{Status}"]) : Page();
    }

    /// <summary>A failed form ends here too.</summary>
    public IActionResult OnPost(int status) => OnGet(status);

    // Only what has been read already: reading a body that was too large or broken would fail once more.
    IFormCollection Form() => HttpContext.Features.Get<IFormFeature>()?.Form ?? FormCollection.Empty;

    /// <summary>The status' page with the rule's sentence on it.</summary>
    internal static StatusCodeResult Because(HttpContext context, int status, Refusal refusal)
    {
        context.Items[ReasonKey] = refusal;
        return new(status);
    }
}
