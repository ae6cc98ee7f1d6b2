using Forum.Core.Comments;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Comments;

/// <summary>Asks whether a comment is to be deleted, and does it.</summary>
public sealed class DeleteModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The comment.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The comment as it is.</summary>
    public ShowComment.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNotDelete?.Throw();
    }

    /// <summary>Deletes it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        LocalRedirect(this.BackOr($"/a/{await forum.Send(new DeleteComment(Id), token)}"));

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowComment(Id), token);
}
