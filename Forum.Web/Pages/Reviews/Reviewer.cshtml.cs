using System.Globalization;
using Forum.Core.Reviews;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>How a person has reviewed, and where a moderator keeps them from it.</summary>
public sealed class ReviewerModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Who.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>For how many days they are kept from reviewing.</summary>
    [BindProperty]
    public string? Days { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowReviewer.View View { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Keeps them from reviewing.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new SuspendReviewer(Id, int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0, Reason ?? ""), token);
        return LocalRedirect($"/users/{Id}/reviews");
    }

    /// <summary>Lets them review again.</summary>
    public async Task<IActionResult> OnPostLift(long suspension, CancellationToken token)
    {
        await forum.Send(new LiftReviewSuspension(suspension), token);
        return LocalRedirect($"/users/{Id}/reviews");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowReviewer(Id), token);
}
