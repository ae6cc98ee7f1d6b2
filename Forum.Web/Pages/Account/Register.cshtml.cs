using Forum.Core.Users;
using Forum.Web.Accounts;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Account;

/// <summary>Makes an account and signs its person in; a form that was carried here is shown again, filled.</summary>
[AllowAnonymous, Trap("register")]
public sealed class RegisterModel(ISender forum, Sessions sessions, CarriedForm.Keeper carried, BegunForms begun, TimeProvider clock) : PageModel
{
    // Of no question.
    const long Form = 0;

    /// <summary>What is asked for.</summary>
    [BindProperty]
    public RegisterAccount Input { get; set; } = new("", "", "", "");

    /// <summary>When the form was first shown, as <see cref="BegunForms"/> marks it.</summary>
    [BindProperty]
    public string? Begun { get; set; }

    /// <summary>The mark that the form carries on: an unreadable one begins anew.</summary>
    public string Mark => begun.Read(Form, Begun) is null ? begun.Mark(Form) : Begun!;

    /// <summary>Where to go afterwards, on this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whoever is signed in has an account.</summary>
    public IActionResult OnGet() => sessions.IsOpen ? LocalRedirect("/") : Page();

    /// <summary>Registers.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(Input with { BegunAt = begun.Read(Form, Begun) ?? clock.GetUtcNow() }, token);
        var person = await sessions.Begin(Input.SignInName, Input.Password, remember: false);
        return carried.Resume(person) ?? LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
    }

    /// <summary>From the sign-in page: shows the form, and carries on what that page carried.</summary>
    public IActionResult OnPostCarry()
    {
        ModelState.Clear();
        return Page();
    }
}
