using Forum.Core.Abuse;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Help;

/// <summary>Why somebody may not ask or answer any more, and which of their own posts to improve.</summary>
public sealed class QuestionBanModel(ISender forum) : PageModel
{
    /// <summary>How the reader stands.</summary>
    public ShowBan.View View { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token) => View = await forum.Send(new ShowBan(), token);
}
