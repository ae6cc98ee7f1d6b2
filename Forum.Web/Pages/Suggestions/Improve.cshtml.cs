using Forum.Core;
using Forum.Core.Suggestions;
using Forum.Web.Http;
using Forum.Web.Pages.Posts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Decides on a suggested edit by a better one: approved and improved, or rejected and edited.</summary>
public sealed class ImproveModel(ISender forum) : BetterEditModel, IShownAgain
{
    /// <summary>The suggested edit.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowSuggestedEdit.View View { get; private set; } = null!;

    /// <summary>What the form shows.</summary>
    public ImprovementForm Form => new(View.Post, View.Post.Title, $"/suggested-edits/{Id}", View.Edit.Comment, Useful) { Title = Title, Body = Body, Tags = Tags, Comment = Comment };

    /// <summary>Shows the form with the suggested text.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNotReview?.Throw();
        if (!View.MayImprove)
            throw new NotFoundException();
        (Title, Body, Tags) = (View.Edit.Title, View.Edit.Body, View.Edit.Tags);
    }

    /// <summary>Decides and saves.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await ShowAgain(token);
        var (title, tags) = View.Post.IsQuestion ? (Title ?? "", Tags ?? "") : (null, null);
        await forum.Send(new ImproveSuggestedEdit(Id, Useful ? Verdict.Approve : Verdict.Reject, Body ?? "", title, tags, Comment ?? ""), token);
        return LocalRedirect(Reader.AddressOf(View.Post));
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSuggestedEdit(Id), token);
}
