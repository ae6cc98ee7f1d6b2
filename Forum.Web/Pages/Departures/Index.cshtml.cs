using Forum.Core.Departures;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Departures;

/// <summary>Accounts that are about to end, are ending, or ended.</summary>
public sealed class IndexModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The accounts.</summary>
    public ListDepartures.View View { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Takes votes out that were kept.</summary>
    public async Task<IActionResult> OnPostDropVotes(long departure, CancellationToken token)
    {
        await forum.Send(new DropKeptVotes(departure), token);
        return LocalRedirect("/mod/departures");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListDepartures(), token);
}
