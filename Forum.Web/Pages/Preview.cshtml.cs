using Forum.Core;
using Forum.Core.Editing;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages;

/// <summary>The server's own rendering of what somebody is writing, asked for by the editor's script: so often a minute, and no longer than a post.</summary>
public sealed class PreviewModel(ISender forum, CurrentUser user, PreviewPace pace, Words words) : PageModel
{
    /// <summary>There is nothing to see without a text.</summary>
    public IActionResult OnGet() => NotFound();

    /// <summary>The HTML, or a status with the sentence that says why there is none.</summary>
    public async Task<IActionResult> OnPost(string? text, CancellationToken token) =>
        pace.Allows(user.Required)
            ? Content(await forum.Send(new Preview(text ?? ""), token), "text/html; charset=utf-8")
            : PageAgain.Text(StatusCodes.Status429TooManyRequests, words["editing.too-many-previews"]);
}
