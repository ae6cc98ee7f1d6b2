using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Reviews;
using Forum.Core.Suggestions;
using Forum.Web.Http;
using Forum.Web.Pages.Posts;
using Forum.Web.Pages.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>A suggested edit as the queue hands it to reviewers, or a test that looks the same: without when, by whom, or its own number.</summary>
public sealed class TaskModel(ISender forum, CurrentUser user, TimeProvider clock) : PageModel, IShownAgain
{
    /// <summary>The task's ticket.</summary>
    [BindProperty(SupportsGet = true)]
    public long Ticket { get; set; }

    /// <summary>How the changes are shown.</summary>
    [FromQuery(Name = "view")]
    public string? As { get; set; }

    /// <summary>What the reviewer wants to see next: a tag's.</summary>
    [FromQuery]
    public string? Tag { get; set; }

    /// <summary>Or questions', answers' or texts' of tags.</summary>
    [FromQuery]
    public string? Type { get; set; }

    /// <summary>Why it is rejected.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Why, in words.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>Its address.</summary>
    public string Address => $"/review/suggested-edits/{Ticket}";

    /// <summary>How the changes are shown: one of <see cref="RevisionsModel.Views"/>.</summary>
    public string Shape => RevisionsModel.Views.Contains(As) ? As! : RevisionsModel.Views[0];

    /// <summary>What is shown.</summary>
    public ShowEditTask.View View { get; private set; } = null!;

    /// <summary>Until when the reader may not review, after a failed test.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>The edit as if it were a revision already.</summary>
    public ListRevisions.Revision Change => new()
    {
        Title = View.Edit.Title, Body = View.Edit.Body, Tags = View.Edit.Tags,
        Before = new ListRevisions.Revision { Title = View.Title, Body = View.Body, Tags = View.Tags },
    };

    /// <summary>Shows it; what is decided already is shown on its own page.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        return View.IsDecided ? LocalRedirect($"/suggested-edits/{View.Edit.Id}") : Page();
    }

    /// <summary>Approves it.</summary>
    public async Task<IActionResult> OnPostApprove(CancellationToken token) => GoOn(await forum.Send(new DecideEditTask(Ticket, Verdict.Approve), token));

    /// <summary>Rejects it.</summary>
    public async Task<IActionResult> OnPostReject(CancellationToken token) => GoOn(await forum.Send(new DecideEditTask(Ticket, Verdict.Reject, Reason, Words), token));

    /// <summary>Leaves it to others.</summary>
    public async Task<IActionResult> OnPostSkip(CancellationToken token)
    {
        await forum.Send(new SkipEditTask(Ticket), token);
        return LocalRedirect(NextAfter(Ticket, null, Tag, Type));
    }

    /// <summary>Says that a test was wrong.</summary>
    public async Task<IActionResult> OnPostVeto(CancellationToken token)
    {
        await ShowAgain(token);
        await forum.Send(new VetoAudit(View.Task.Id), token);
        return LocalRedirect(Address);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowEditTask(Ticket), token);
        if (View is { IsRevealed: true, Task.IsRight: false } && user.Id is { } me)
            Until = (await forum.Send(new ShowReviewer(me), token)).Suspensions.FirstOrDefault(s => s.LiftedAt is null && s.EndsAt > clock.GetUtcNow())?.EndsAt;
    }

    /// <summary>Where a reviewer goes on: what was wrong is explained at once.</summary>
    internal static string NextAfter(long ticket, bool? isRight, string? tag, string? type) =>
        (isRight == false ? $"/review/suggested-edits/{ticket}" : "/review/suggested-edits") + QueueModel.Filter(tag, type);

    private LocalRedirectResult GoOn(DecideEditTask.Result result) => LocalRedirect(NextAfter(Ticket, result.IsRight, Tag, Type));
}
