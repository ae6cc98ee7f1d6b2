using Forum.Core;
using Forum.Core.Users;
using Forum.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Account;

/// <summary>Where the one-time link leads that a new site prints at its start: its first administrator registers here.</summary>
[AllowAnonymous]
public sealed class FirstAdministratorModel(ISender forum, Sessions sessions, FirstAdministratorLink link) : PageModel
{
    /// <summary>What is asked for.</summary>
    [BindProperty]
    public RegisterFirstAdministrator Input { get; set; } = new("", "", "", "");

    /// <summary>What the link proves itself with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>Shows the form to whoever has the link.</summary>
    public Task OnGet(CancellationToken token) => Check(token);

    /// <summary>Registers the administrator.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await Check(token);
        await forum.Send(Input, token);
        await sessions.Begin(Input.SignInName, Input.Password, remember: false);
        return LocalRedirect("/");
    }

    async Task Check(CancellationToken token)
    {
        if (!await link.IsGood(Token, token))
            throw new RefusedException(new Refusal("accounts.link-over"));
    }
}
