using Forum.Core.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>What reviewers told the author of a post.</summary>
public sealed class FeedbackModel(ISender forum) : PageModel
{
    /// <summary>What is shown.</summary>
    public ListFeedback.View View { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGet(long id, CancellationToken token) => View = await forum.Send(new ListFeedback(id), token);
}
