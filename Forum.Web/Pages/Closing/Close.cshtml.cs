using Forum.Core.Closing;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>Where people vote to close a question, and take such a vote back.</summary>
public sealed class CloseModel(ISender forum, Words words, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The reason that was chosen.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The originals that were typed.</summary>
    [BindProperty]
    public string? Targets { get; set; }

    /// <summary>The reason in one's own words that was typed.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What is shown.</summary>
    public ShowClosing.View View { get; private set; } = null!;

    /// <summary>What reasons say.</summary>
    public ReasonWords Says { get; private set; } = null!;

    /// <summary>The numbers in force.</summary>
    public ClosingSettings Rules => settings.Closing;

    /// <summary>Reasons to choose from.</summary>
    public IEnumerable<string> Reasons => View.IsHammerOnly
        ? [CloseReason.Duplicate]
        : [CloseReason.Duplicate, .. View.SiteReasons.Where(own => own.RetiredAt is null).Select(own => own.Key), .. CloseReason.General, CloseReason.Own];

    /// <summary>Shows the reasons, or the vote that waits.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!View.HasVotedToClose)
            View.WhyNotClose?.Throw();
    }

    /// <summary>Votes.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new CastCloseVote(Id, Reason ?? "", Targets ?? "", Note ?? ""), token);
        return LocalRedirect(this.BackOr($"/q/{Id}"));
    }

    /// <summary>Takes the vote back.</summary>
    public async Task<IActionResult> OnPostRetract(CancellationToken token)
    {
        await forum.Send(new RetractModerationVote(Id, ModerationVoteKind.Close), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowClosing(Id), token);
        Says = new ReasonWords(words, View.SiteReasons);
    }
}
