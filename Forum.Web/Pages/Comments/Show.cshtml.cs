using Forum.Core.Comments;
using Forum.Core.Questions;
using Forum.Web.Pages.Questions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Comments;

/// <summary>A comment's short address: leads to it among all the comments of its post.</summary>
public sealed class ShowModel(ISender forum) : PageModel
{
    /// <summary>Leads there.</summary>
    public async Task<IActionResult> OnGet(long id, CancellationToken token)
    {
        var post = await forum.Send(new FindPost(await forum.Send(new FindComment(id), token)), token);
        var page = Permalinks.Address(post).Split('#')[0];
        return LocalRedirect($"{QueryHelpers.AddQueryString(page, "comments", "all")}#comment-{id}");
    }
}
