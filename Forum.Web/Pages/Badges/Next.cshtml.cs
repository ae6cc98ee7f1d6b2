using Forum.Core;
using Forum.Core.Badges;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Badges;

/// <summary>Chooses the badge whose progress a person sees on their profile.</summary>
public sealed class NextModel(ISender forum, CurrentUser user) : PageModel
{
    /// <summary>The form is on the profile.</summary>
    public IActionResult OnGet() => LocalRedirect(user.Id is { } me ? $"/users/{me}" : "/badges");

    /// <summary>Chooses; an empty choice is none.</summary>
    public async Task<IActionResult> OnPost(long? badge, CancellationToken token)
    {
        await forum.Send(new ChooseNextBadge(badge), token);
        return LocalRedirect($"/users/{user.Required}");
    }
}
