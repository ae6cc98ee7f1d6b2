using Forum.Core.Bounties;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Bounties;

/// <summary>Asks the sponsor whether the bounty is to go to an answer, and gives it.</summary>
public sealed class AwardModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The answer.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Its question.</summary>
    [BindProperty]
    public long Question { get; set; }

    /// <summary>What is shown.</summary>
    public ShowAward.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
    }

    /// <summary>Gives it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new AwardBounty(Question, Id), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowAward(Id), token);
}
