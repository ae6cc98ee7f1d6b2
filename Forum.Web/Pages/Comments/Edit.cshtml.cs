using Forum.Core.Comments;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Comments;

/// <summary>Where a comment is changed.</summary>
public sealed class EditModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The comment.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The comment as it is.</summary>
    public ShowComment.View View { get; private set; } = null!;

    /// <summary>Shows the form.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNotEdit?.Throw();
        Body = View.Comment.Body;
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new EditComment(Id, Body ?? ""), token);
        return LocalRedirect($"/comments/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowComment(Id), token);
}
