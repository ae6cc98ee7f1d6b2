using Forum.Core;
using Forum.Core.Voting;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Voting;

/// <summary>Where the arrows of a question or an answer post to. A script gets the arrows as they are then.</summary>
public sealed class PostModel(ISender forum, FormKey key) : PageModel, IShownAgain
{
    /// <summary>Which post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public PostVotes Votes { get; private set; } = new();

    /// <summary>There is nothing here but what a refused vote leads to.</summary>
    public IActionResult OnGet() => LocalRedirect($"/a/{Id}");

    /// <summary>Votes, or takes the vote back: up, down or none.</summary>
    public async Task<IActionResult> OnPost(string? direction, CancellationToken token)
    {
        // A vote says what shall be, so that sending it twice is sending it once; and a page gone back to may send it again.
        key.Value = null;
        if (direction == "none")
            await forum.Send(new RetractVote(Id), token);
        else
            await forum.Send(new CastVote(Id, direction switch { "up" => Direction.Up, "down" => Direction.Down, _ => default }), token);

        return PageAgain.WantsText(Request) ? Partial("_Votes", await forum.Send(new ShowVotes(Id), token)) : LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Votes = await forum.Send(new ShowVotes(Id), token);
}
