using Forum.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Account;

/// <summary>Ends the session, by a posted form only: no link and no picture signs anybody out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(Sessions sessions) : PageModel
{
    /// <summary>Shows the button.</summary>
    public void OnGet()
    {
    }

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPost()
    {
        await sessions.End();
        return LocalRedirect("/");
    }
}
