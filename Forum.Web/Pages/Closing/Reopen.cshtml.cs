using Forum.Core.Closing;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>Where people vote to reopen a question, and take such a vote back.</summary>
public sealed class ReopenModel(ISender forum, Words words, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowClosing.View View { get; private set; } = null!;

    /// <summary>What reasons say.</summary>
    public ReasonWords Says { get; private set; } = null!;

    /// <summary>The numbers in force.</summary>
    public ClosingSettings Rules => settings.Closing;

    /// <summary>Asks, or shows the vote that waits.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!View.HasVotedToReopen)
            View.WhyNotReopen?.Throw();
    }

    /// <summary>Votes.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new CastReopenVote(Id), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <summary>Takes the vote back.</summary>
    public async Task<IActionResult> OnPostRetract(CancellationToken token)
    {
        await forum.Send(new RetractModerationVote(Id, ModerationVoteKind.Reopen), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowClosing(Id), token);
        Says = new ReasonWords(words, View.SiteReasons);
    }
}
