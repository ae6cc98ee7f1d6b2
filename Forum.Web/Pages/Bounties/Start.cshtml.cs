using Forum.Core.Bounties;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Bounties;

/// <summary>Where a bounty is offered on a question, and what was offered on it before.</summary>
public sealed class StartModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>How much was chosen.</summary>
    [BindProperty]
    public int Amount { get; set; }

    /// <summary>What was chosen as the reason.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What is shown.</summary>
    public ShowBounties.View View { get; private set; } = null!;

    /// <summary>Whether the page is shown before anything was sent: then it says why there is no form; later the form stays with what was typed.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>The amounts to choose from; one that was chosen stays among them.</summary>
    public IEnumerable<int> Amounts => BountyRules.IsAmount(Amount, Rules) ? View.Amounts.Append(Amount).Distinct().Order() : View.Amounts;

    /// <summary>The numbers in force.</summary>
    public BountySettings Rules => settings.Bounties;

    /// <summary>Shows what can be offered.</summary>
    public async Task OnGet(CancellationToken token)
    {
        IsFirst = true;
        await ShowAgain(token);
        Amount = View.Amounts.Count > 0 ? View.Amounts[0] : 0;
    }

    /// <summary>Offers it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new StartBounty(Id, Amount, Reason ?? "", Note ?? ""), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowBounties(Id), token);

    /// <summary>The word for how a bounty ended, in the keys of texts.</summary>
    public static string Word(BountyOutcome? outcome) => outcome is { } ended ? Word(ended) : "running";

    private static string Word(BountyOutcome outcome) => outcome switch
    {
        BountyOutcome.Awarded => "awarded",
        BountyOutcome.AwardedByItself => "awarded-by-itself",
        BountyOutcome.Expired => "expired",
        BountyOutcome.Refunded => "refunded",
        BountyOutcome.Unrecorded => "unrecorded",
    };
}
