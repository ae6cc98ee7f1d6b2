using Forum.Core.Editing;
using Forum.Core.Suggestions;
using Forum.Web.Http;
using Forum.Web.Languages;
using Forum.Web.Pages.Posts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>A suggested edit, to be decided on by whoever may and comes from its post. Reviewers meet it in the queue (<see cref="TaskModel"/>).</summary>
public sealed class ShowModel(ISender forum, Words words) : PageModel, IShownAgain
{
    /// <summary>The suggested edit.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>How the changes are shown.</summary>
    [FromQuery(Name = "view")]
    public string? As { get; set; }

    /// <summary>Why it is rejected.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Why, in words.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>How the changes are shown: one of <see cref="RevisionsModel.Views"/>.</summary>
    public string Shape => RevisionsModel.Views.Contains(As) ? As! : RevisionsModel.Views[0];

    /// <summary>What is shown.</summary>
    public ShowSuggestedEdit.View View { get; private set; } = null!;

    /// <summary>The edit as if it were a revision already.</summary>
    public ListRevisions.Revision Change => new()
    {
        Title = View.Edit.Title, Body = View.Edit.Body, Tags = View.Edit.Tags,
        Before = new ListRevisions.Revision { Title = View.Title, Body = View.Body, Tags = View.Tags },
    };

    /// <summary>The words for what became of it.</summary>
    public string StateKey => View.Edit.Outcome switch
    {
        null => "suggestions.waits",
        SuggestionOutcome.Approved => "suggestions.approved",
        SuggestionOutcome.Improved => "suggestions.improved",
        SuggestionOutcome.Rejected => "suggestions.rejected",
        SuggestionOutcome.Overtaken => "suggestions.was-overtaken",
        SuggestionOutcome.Withdrawn => "suggestions.withdrawn",
        _ => "suggestions.decided",
    };

    /// <summary>Why it was rejected, as people read it.</summary>
    public string ReasonOf(Suggestion edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return SuggestedEdits.Reasons.Contains(edit.Reason) ? words["suggestions.reason-" + edit.Reason] : edit.Reason;
    }

    /// <summary>Shows it.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Approves it.</summary>
    public async Task<IActionResult> OnPostApprove(CancellationToken token)
    {
        await forum.Send(new ReviewSuggestedEdit(Id, Verdict.Approve), token);
        return LocalRedirect($"/suggested-edits/{Id}");
    }

    /// <summary>Rejects it.</summary>
    public async Task<IActionResult> OnPostReject(CancellationToken token)
    {
        await forum.Send(new ReviewSuggestedEdit(Id, Verdict.Reject, Reason, Words), token);
        return LocalRedirect($"/suggested-edits/{Id}");
    }

    /// <summary>Leaves it to others, and goes on in the queue.</summary>
    public async Task<IActionResult> OnPostSkip(CancellationToken token)
    {
        await forum.Send(new SkipSuggestedEdit(Id), token);
        return LocalRedirect("/review/suggested-edits");
    }

    /// <summary>Takes it back.</summary>
    public async Task<IActionResult> OnPostWithdraw(CancellationToken token)
    {
        await forum.Send(new WithdrawSuggestedEdit(Id), token);
        return LocalRedirect($"/suggested-edits/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSuggestedEdit(Id), token);
}
