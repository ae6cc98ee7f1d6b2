using Forum.Core;
using Forum.Core.Fairness;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Votes between two people: how many there are, taking them out, and putting back what was taken out. For moderators.</summary>
public sealed class VotesModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Who votes: a number, or the address of a profile.</summary>
    [BindProperty(SupportsGet = true)]
    public string Voter { get; set; } = "";

    /// <summary>Who is voted for.</summary>
    [BindProperty(SupportsGet = true)]
    public string Author { get; set; } = "";

    /// <summary>What the moderator says of it.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The votes between them; null unless they were asked for.</summary>
    public CountVotesBetween.View? Between { get; private set; }

    /// <summary>What was taken out so far.</summary>
    public PageOf<ListCancellations.Item> List { get; private set; } = null!;

    /// <summary>The list's pages.</summary>
    public Pagination Pagination => new("/mod/votes", List.Number, List.Pages);

    /// <summary>Shows the form, and what was taken out.</summary>
    public async Task OnGet(CancellationToken token) => List = await forum.Send(new ListCancellations(Number), token);

    /// <summary>Whose votes were to be taken out.</summary>
    public long? Meant { get; private set; }

    /// <summary>Counts the votes between two people.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        Between = await forum.Send(new CountVotesBetween(Voter, Author), token);
        await OnGet(token);
        return Page();
    }

    /// <summary>Takes out those of one for the other.</summary>
    public async Task<IActionResult> OnPostInvalidate(long voterId, long authorId, CancellationToken token)
    {
        Meant = voterId;
        await forum.Send(new InvalidateVotes(voterId, authorId, Note ?? ""), token);
        return LocalRedirect("/mod/votes");
    }

    /// <summary>Puts back what was taken out.</summary>
    public async Task<IActionResult> OnPostRestore(long cancellation, CancellationToken token)
    {
        await forum.Send(new RestoreVotes(cancellation), token);
        return LocalRedirect("/mod/votes");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        await OnGet(token);
        // Taking them out was refused: what it was about stays in sight.
        if (Request.Query["handler"] == "invalidate" && !string.IsNullOrEmpty(Voter) && !string.IsNullOrEmpty(Author))
        {
            try
            {
                Between = await forum.Send(new CountVotesBetween(Voter, Author), token);
            }
            catch (Exception e) when (e is FluentValidation.ValidationException or RefusedException)
            {
                // What was posted names nobody, or is not theirs to see.
            }
        }
    }
}
