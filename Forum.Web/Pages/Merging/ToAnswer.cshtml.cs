using Forum.Core.Merging;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Merging;

/// <summary>Where moderators make a comment an answer.</summary>
public sealed class ToAnswerModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The comment.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What the answer is to say.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>What is shown.</summary>
    public ShowCommentConversion.View View { get; private set; } = null!;

    /// <summary>The fewest characters of an answer.</summary>
    public int Least => settings.Limits.Body.Min;

    /// <summary>Asks, with the comment's text to begin from.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
        Body = View.Comment.Body;
    }

    /// <summary>Makes it an answer.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        LocalRedirect($"/a/{await forum.Send(new ConvertComment(Id, Body ?? ""), token)}");

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowCommentConversion(Id), token);
}
