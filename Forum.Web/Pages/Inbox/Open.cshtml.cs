using Forum.Core;
using Forum.Core.Inbox;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Inbox;

/// <summary>Marks a notice as read and leads to what it is about.</summary>
public sealed class OpenModel(ISender forum, CurrentUser user) : PageModel
{
    /// <summary>Leads there.</summary>
    public async Task<IActionResult> OnGet(long id, CancellationToken token)
    {
        var notice = await forum.Send(new OpenNotice(id), token);
        return LocalRedirect(notice switch
        {
            { CommentId: { } comment } => $"/comments/{comment}",
            { BadgeId: { } badge } => $"/badges/{badge}",
            { Kind: "suggested-edit" or "edit-approved" or "edit-rejected" or "edit-cancelled", PostId: { } edited } => $"/posts/{edited}/suggested-edit",
            { Kind: "flag-declined" or "flag-helpful" } => $"/users/{user.Required}/flags",
            { Kind: "review-feedback", PostId: { } reviewed } => $"/posts/{reviewed}/feedback",
            { PostId: { } post } => $"/a/{post}",
            { Kind: "moderators-wrote" or "moderators-warned" } => "/messages/moderators",
            { Kind: "reputation" } => $"/users/{user.Required}?tab=reputation",
            // Of a kind that a newer program wrote.
            _ => "/inbox",
        });
    }
}
