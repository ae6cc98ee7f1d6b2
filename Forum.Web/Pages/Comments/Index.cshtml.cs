using Forum.Core.Comments;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Comments;

/// <summary>All comments on a post, and where another is written. Scripts get the list alone.</summary>
[Trap("comment")]
public sealed class IndexModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>What is shown.</summary>
    public ListComments.View View { get; private set; } = null!;

    /// <summary>The comments, none folded away.</summary>
    public CommentList List => new(View.Post.Id, View.Comments, View.WhyNot, View.Post.IsGone, int.MaxValue);

    /// <summary>Shows the comments.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        return PageAgain.WantsText(Request) ? Partial("_CommentList", List) : Page();
    }

    /// <summary>Adds a comment.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        var comment = await forum.Send(new PostComment(Id, Body ?? ""), token);
        if (!PageAgain.WantsText(Request))
            return LocalRedirect($"/comments/{comment}");

        await ShowAgain(token);
        ModelState.Clear();
        return Partial("_CommentList", List);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListComments(Id), token);
}
