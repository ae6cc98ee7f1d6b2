using Forum.Core;
using Forum.Core.Questions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Questions;

/// <summary>Where questions are asked.</summary>
public sealed class AskModel(ISender forum, CurrentUser user) : PageModel
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public AskQuestion Input { get; set; } = new("", "", "");

    /// <summary>Shows the form, with what a link put in it.</summary>
    public void OnGet(string? title, string? tags)
    {
        _ = user.Required;
        Input = new AskQuestion(title ?? "", "", tags ?? "");
    }

    /// <summary>Publishes the question.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        RedirectToPage("/Questions/Show", new { id = await forum.Send(Input, token) });
}
