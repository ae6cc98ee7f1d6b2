using Forum.Core.Departures;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Departures;

/// <summary>Where a moderator deletes somebody's account: what changes is shown first, and asked twice.</summary>
public sealed class DeleteModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether it was asked once.</summary>
    [FromQuery(Name = "sure")]
    public bool Sure { get; set; }

    /// <summary>Why, as it was typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whether it was said the second time.</summary>
    [BindProperty]
    public bool IsSure { get; set; }

    /// <summary>Whether votes go on which much hangs.</summary>
    [BindProperty]
    public bool DropsVotes { get; set; }

    /// <summary>What would change.</summary>
    public ShowDeparture.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Deletes it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new DeleteAccount(Id, Reason ?? "", IsSure, DropsVotes), token);
        return LocalRedirect($"/mod/users/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowDeparture(Id), token);
}
