using Forum.Core.Inbox;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Inbox;

/// <summary>Marks a notice as read and leads to what it is about.</summary>
public sealed class OpenModel(ISender forum) : PageModel
{
    /// <summary>Leads there.</summary>
    public async Task<IActionResult> OnGet(long id, CancellationToken token)
    {
        var notice = await forum.Send(new OpenNotice(id), token);
        return LocalRedirect(notice.CommentId is { } comment ? $"/comments/{comment}" : $"/a/{notice.PostId}");
    }
}
