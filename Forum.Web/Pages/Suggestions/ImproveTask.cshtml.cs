using Forum.Core;
using Forum.Core.Suggestions;
using Forum.Web.Http;
using Forum.Web.Pages.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Decides in the queue on a suggested edit by a better one. Of a test nothing is saved.</summary>
public sealed class ImproveTaskModel(ISender forum) : BetterEditModel, IShownAgain
{
    /// <summary>The task's ticket.</summary>
    [BindProperty(SupportsGet = true)]
    public long Ticket { get; set; }

    /// <summary>What the reviewer wants to see next: a tag's.</summary>
    [FromQuery]
    public string? Tag { get; set; }

    /// <summary>Or questions', answers' or texts' of tags.</summary>
    [FromQuery]
    public string? Type { get; set; }

    /// <summary>What is shown.</summary>
    public ShowEditTask.View View { get; private set; } = null!;

    /// <summary>What the form shows.</summary>
    public ImprovementForm Form => new(View.Post, View.PostTitle, $"/review/suggested-edits/{Ticket}{QueueModel.Filter(Tag, Type)}", View.Edit.Comment, Useful)
    {
        Title = Title, Body = Body, Tags = Tags, Comment = Comment,
    };

    /// <summary>Shows the form with the suggested text.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
        if (!View.MayImprove)
            throw new NotFoundException();
        (Title, Body, Tags) = (View.Edit.Title, View.Edit.Body, View.Edit.Tags);
    }

    /// <summary>Decides, and saves unless it is a test.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await ShowAgain(token);
        var (title, tags) = View.Post.IsQuestion ? (Title ?? "", Tags ?? "") : (null, null);
        var result = await forum.Send(new ImproveEditTask(Ticket, Useful ? Verdict.Approve : Verdict.Reject, Body ?? "", title, tags, Comment ?? ""), token);
        return LocalRedirect(TaskModel.NextAfter(Ticket, result.IsRight, Tag, Type));
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowEditTask(Ticket), token);
}
