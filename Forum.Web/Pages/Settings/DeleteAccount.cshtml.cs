using Forum.Core.Departures;
using Forum.Web.Accounts;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Settings;

/// <summary>Where somebody asks for their own account to be deleted, and keeps it after all.</summary>
public sealed class DeleteAccountModel(ISender forum, Sessions sessions) : PageModel, IShownAgain
{
    /// <summary>Whether it was asked once.</summary>
    [FromQuery(Name = "sure")]
    public bool Sure { get; set; }

    /// <summary>What they sign in with; never shown again.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Whether it was said the second time.</summary>
    [BindProperty]
    public bool IsSure { get; set; }

    /// <summary>What would change.</summary>
    public ShowMyDeparture.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Asks for it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await sessions.Confirm(Password, nameof(Password));
        await forum.Send(new LeaveForum(IsSure), token);
        return LocalRedirect("/settings/delete-account");
    }

    /// <summary>Keeps it.</summary>
    public async Task<IActionResult> OnPostKeep(CancellationToken token)
    {
        await forum.Send(new KeepMyAccount(), token);
        return LocalRedirect("/settings/delete-account");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowMyDeparture(), token);
}
