using Forum.Core.Saves;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Saves;

/// <summary>Follows a post, or stops to.</summary>
public sealed class FollowModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowSave.View View { get; private set; } = null!;

    /// <summary>Shows what following means.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Follows.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new FollowPost(Id), token);
        return Done(isFollowed: true);
    }

    /// <summary>Stops following.</summary>
    public async Task<IActionResult> OnPostUndo(CancellationToken token)
    {
        await forum.Send(new UnfollowPost(Id), token);
        return Done(isFollowed: false);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSave(Id), token);

    private IActionResult Done(bool isFollowed) =>
        PageAgain.WantsText(Request) ? Partial("_FollowButton", (Id, isFollowed)) : LocalRedirect($"/a/{Id}");
}
