using Forum.Web.Accounts;
using Forum.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Account;

/// <summary>Signs somebody in by name or address; a form that was carried here is shown again, filled.</summary>
[AllowAnonymous]
public sealed class SignInModel(Sessions sessions, CarriedForm.Keeper carried) : PageModel
{
    /// <summary>What is asked for.</summary>
    public sealed record Form(string? Name, string? Password, bool Remember)
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Form);
    }

    /// <summary>Name or address, password, and whether to stay signed in.</summary>
    [BindProperty]
    public Form Input { get; set; } = new("", "", false);

    /// <summary>Where to go afterwards, on this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Shows the form; whoever is signed in goes where they wanted to.</summary>
    public IActionResult OnGet() => sessions.IsOpen ? LocalRedirect(Wanted) : Page();

    /// <summary>Signs in.</summary>
    public async Task<IActionResult> OnPost()
    {
        var person = await sessions.Begin(Input.Name, Input.Password, Input.Remember);
        return carried.Resume(person) ?? LocalRedirect(Wanted);
    }

    string Wanted => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";
}
