using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>Asks whether a post is to be deleted, and does it.</summary>
public sealed class DeleteModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowDeletion.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNothing?.Throw();
    }

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new DeletePost(Id), token);
        return LocalRedirect(this.BackOr($"/a/{Id}"));
    }

    /// <summary>Votes for it.</summary>
    public async Task<IActionResult> OnPostVote(CancellationToken token)
    {
        await forum.Send(new CastDeleteVote(Id), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <summary>Takes the vote back.</summary>
    public async Task<IActionResult> OnPostRetract(CancellationToken token)
    {
        await forum.Send(new RetractModerationVote(Id, ModerationVoteKind.Delete), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowDeletion(Id), token);
}
