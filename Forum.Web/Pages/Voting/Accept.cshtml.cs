using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Voting;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Voting;

/// <summary>Where the tick of an answer posts to. A script gets the arrows and the tick as they are then.</summary>
public sealed class AcceptModel(ISender forum, FormKey key) : PageModel, IShownAgain
{
    /// <summary>Which answer.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public PostVotes Votes { get; private set; } = new();

    /// <summary>There is nothing here but what a refused accept leads to.</summary>
    public IActionResult OnGet() => LocalRedirect($"/a/{Id}");

    /// <summary>Accepts the answer, or takes the accept from it.</summary>
    public async Task<IActionResult> OnPost(string? accept, CancellationToken token)
    {
        // As with votes, sending it twice is sending it once.
        key.Value = null;
        long? from = null;
        if (accept == "no")
            await forum.Send(new UnacceptAnswer(Id), token);
        else
            from = await forum.Send(new AcceptAnswer(Id), token);

        // When the mark moved, two answers look different: a script then follows to the page.
        return PageAgain.WantsText(Request) && from is null ? Partial("_Votes", await forum.Send(new ShowVotes(Id), token)) : LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Votes = await forum.Send(new ShowVotes(Id), token);
}
