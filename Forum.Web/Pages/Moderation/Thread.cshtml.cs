using Forum.Core.Discipline;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>A person's thread with the moderators: what they wrote, warnings to acknowledge, and one's answers.</summary>
public sealed class ThreadModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The thread.</summary>
    public ShowMyThread.View View { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Answers.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new AnswerModerators(Body ?? ""), token);
        return LocalRedirect("/messages/moderators");
    }

    /// <summary>Says that a warning was read.</summary>
    public async Task<IActionResult> OnPostAcknowledge(long warning, CancellationToken token)
    {
        await forum.Send(new AcknowledgeWarning(warning), token);
        return LocalRedirect("/messages/moderators");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowMyThread(), token);
}
