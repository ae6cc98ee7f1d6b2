using Forum.Core.Merging;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Merging;

/// <summary>Where moderators make an answer a comment.</summary>
public sealed class ToCommentModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The answer.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What the comment is to say.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>What is shown.</summary>
    public ShowConversion.View View { get; private set; } = null!;

    /// <summary>Asks, with the answer's text to begin from.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
        Body = View.Body;
    }

    /// <summary>Makes it a comment.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        LocalRedirect($"/comments/{await forum.Send(new ConvertAnswer(Id, Body ?? ""), token)}");

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowConversion(Id), token);
}
