using Forum.Core;
using Forum.Core.Voting;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Voting;

/// <summary>Where the arrow of a comment posts to. A script gets the arrow as it is then.</summary>
public sealed class CommentModel(ISender forum, FormKey key) : PageModel, IShownAgain
{
    /// <summary>Which comment.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public CommentVotes Votes { get; private set; } = new();

    /// <summary>There is nothing here but what a refused vote leads to.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token) => Back(await forum.Send(new ShowCommentVotes(Id), token));

    /// <summary>Votes, or takes the vote back.</summary>
    public async Task<IActionResult> OnPost(string? direction, CancellationToken token)
    {
        // As with votes on posts, sending it twice is sending it once.
        key.Value = null;
        if (direction == "none")
            await forum.Send(new RetractCommentVote(Id), token);
        else
            await forum.Send(new VoteForComment(Id), token);

        var votes = await forum.Send(new ShowCommentVotes(Id), token);
        return PageAgain.WantsText(Request) ? Partial("_CommentVotes", votes) : Back(votes);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Votes = await forum.Send(new ShowCommentVotes(Id), token);

    private LocalRedirectResult Back(CommentVotes votes) => LocalRedirect($"/comments/{votes.CommentId}");
}
