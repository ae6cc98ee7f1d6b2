using Forum.Core.Care;
using Forum.Core.Departures;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Care;

/// <summary>What the rules would do by themselves tonight, with the reasons. For moderators.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>What they would do.</summary>
    public ShowCare.View View { get; private set; } = null!;

    /// <summary>Accounts that they would delete.</summary>
    public ShowIdle.View Idle { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token) => (View, Idle) = (await forum.Send(new ShowCare(), token), await forum.Send(new ShowIdle(), token));
}
