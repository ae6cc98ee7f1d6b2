using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Questions;

/// <summary>Where questions are asked.</summary>
[Trap("ask")]
public sealed class AskModel(ISender forum, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public AskQuestion Input { get; set; } = new("", "", "");

    /// <summary>Questions like it, when they were asked for.</summary>
    public IReadOnlyList<FindSimilar.View> Similar { get; private set; } = [];

    /// <summary>Why no question is taken of them, whatever they ask.</summary>
    public Refusal? Ban { get; private set; }

    /// <summary>Shows the form, with what a link put in it.</summary>
    public async Task OnGet(string? title, string? tags, CancellationToken token)
    {
        _ = user.Required;
        await ShowAgain(token);
        Input = new AskQuestion(title ?? "", "", tags ?? "");
    }

    /// <summary>Shows the form again with questions like it, for whom no script looks.</summary>
    public async Task OnPostSimilar(CancellationToken token)
    {
        _ = user.Required;
        await ShowAgain(token);
        Similar = await forum.Send(new FindSimilar(Input.Title, Input.Body, Input.Tags), token);
    }

    /// <summary>Publishes the question.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        RedirectToPage("/Questions/Show", new { id = await forum.Send(Input, token) });

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Ban = await forum.Send(new ShowAskingBan(), token);
}
