using Forum.Web.Accounts;
using Forum.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Account;

/// <summary>Changes the signed-in person's password and ends their other sessions.</summary>
public sealed class ChangePasswordModel(Sessions sessions, CurrentUser user) : PageModel
{
    /// <summary>What is asked for.</summary>
    public sealed record Form(string? Current, string? Changed)
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Form);
    }

    /// <summary>The current password and the new one.</summary>
    [BindProperty]
    public Form Input { get; set; } = new("", "");

    /// <summary>Whether it was changed just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    /// <summary>Shows the form to whoever is signed in.</summary>
    public void OnGet() => _ = user.Required;

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPost()
    {
        await sessions.ChangePassword(Input.Current, Input.Changed);
        return LocalRedirect("/account/change-password?done=true");
    }
}
