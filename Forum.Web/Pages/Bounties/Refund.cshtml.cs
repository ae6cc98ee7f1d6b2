using Forum.Core;
using Forum.Core.Bounties;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Bounties;

/// <summary>Where a moderator gives a bounty back.</summary>
public sealed class RefundModel(ISender forum, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowBounties.View View { get; private set; } = null!;

    /// <summary>Asks why.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!user.IsModerator)
            Refusals.ModeratorsOnly.Throw();
        if (!View.IsRunning)
            new Refusal("bounties.not-running").Throw();
    }

    /// <summary>Gives it back.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new RefundBounty(Id, Reason ?? ""), token);
        return LocalRedirect($"/questions/{Id}/bounty");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowBounties(Id), token);
}
