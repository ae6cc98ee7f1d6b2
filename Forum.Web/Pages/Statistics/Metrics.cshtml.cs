using Forum.Core.Statistics;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Statistics;

/// <summary>How the site was doing in the last ninety days, for everybody, in plain words.</summary>
[Kept]
public sealed class MetricsModel(ISender forum) : PageModel
{
    /// <summary>The figures; null before they were counted for the first time.</summary>
    public SiteFigures? Figures { get; private set; }

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => Figures = await forum.Send(new ShowMetrics(), token);
}
