using Forum.Core.Suggestions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Leads to the newest edit that was suggested for a post.</summary>
public sealed class NewestModel(ISender forum) : PageModel
{
    /// <summary>Leads there.</summary>
    public async Task<IActionResult> OnGet(long id, CancellationToken token) =>
        LocalRedirect($"/suggested-edits/{await forum.Send(new FindSuggestedEdit(id), token)}");
}
