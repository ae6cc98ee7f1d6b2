using Forum.Core;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Flags;
using Forum.Core.Reviews;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>A task of a review queue: what is to be looked at, and what can be said of it.</summary>
public sealed class TaskModel(ISender forum, CurrentUser user, Words words, TimeProvider clock) : PageModel, IShownAgain
{
    /// <summary>The queue's end of the address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Queue { get; set; }

    /// <summary>The task.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What the reviewer wants to see next: a tag's.</summary>
    [FromQuery]
    public string? Tag { get; set; }

    /// <summary>Or questions, or answers.</summary>
    [FromQuery]
    public string? Type { get; set; }

    /// <summary>What is said of it.</summary>
    [BindProperty]
    public ReviewOutcome? Outcome { get; set; }

    /// <summary>What its author is told.</summary>
    [BindProperty]
    public string? Feedback { get; set; }

    /// <summary>The comment that comes with a deletion.</summary>
    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>Why it is to be closed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What it is flagged as.</summary>
    [BindProperty]
    public FlagKind? Kind { get; set; }

    /// <summary>What moderators should know.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>What is shown.</summary>
    public ShowTask.View View { get; private set; } = null!;

    /// <summary>Until when the reader may not review, after a failed test.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>What it can be flagged as from here.</summary>
    public IReadOnlyList<FlagKind> Kinds => View.Post.IsQuestion
        ? [FlagKind.Spam, FlagKind.Rude, FlagKind.VeryLowQuality, FlagKind.Moderator]
        : [FlagKind.Spam, FlagKind.Rude, FlagKind.NotAnAnswer, FlagKind.VeryLowQuality, FlagKind.Moderator];

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (View.Task.Queue.Key() != Queue)
            throw new NotFoundException();
    }

    /// <summary>Says it, and goes on to the next.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
        var outcome = Outcome ?? ReviewOutcome.Overtaken;
        if (!View.Task.IsAudit)
            await Act(outcome, token);

        var result = await forum.Send(new ReviewPost(Id, outcome, outcome switch { ReviewOutcome.Feedback => Feedback, ReviewOutcome.Close => Reason, _ => Comment }), token);
        if (View.Task.IsAudit)
        {
            // Nothing is done to the post of a test.
        }
        else if (outcome == ReviewOutcome.Close)
            await forum.Send(new CastCloseVote(View.Post.Id, Reason!), token);
        else if (outcome == ReviewOutcome.Reopen)
            await forum.Send(new CastReopenVote(View.Post.Id), token);
        return LocalRedirect(
            result.IsRight == false ? $"/review/{Queue}/{Id}{QueueModel.Filter(Tag, Type)}"
            : outcome == ReviewOutcome.Editing && !View.Task.IsAudit ? $"/posts/{View.Post.Id}/edit"
            : $"/review/{Queue}{QueueModel.Filter(Tag, Type)}");
    }

    /// <summary>Says that a test was wrong.</summary>
    public async Task<IActionResult> OnPostVeto(CancellationToken token)
    {
        await forum.Send(new VetoAudit(Id), token);
        return LocalRedirect($"/review/{Queue}/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowTask(Id), token);
        if (View is { IsRevealed: true, IsRight: false } && user.Id is { } me)
            Until = (await forum.Send(new ShowReviewer(me), token)).Suspensions.FirstOrDefault(s => s.LiftedAt is null && s.EndsAt > clock.GetUtcNow())?.EndsAt;
    }

    // What a review says of a real post is done to it first: a flag, a comment. Where that is refused, nothing is reviewed.
    private async Task Act(ReviewOutcome outcome, CancellationToken token)
    {
        // Whether the vote may be cast is asked first, because the review goes before it.
        if (outcome == ReviewOutcome.Close)
            (await forum.Send(new ShowClosing(View.Post.Id), token)).WhyNotClose?.Throw();
        else if (outcome == ReviewOutcome.Reopen)
            (await forum.Send(new ShowClosing(View.Post.Id), token)).WhyNotReopen?.Throw();
        else if (outcome == ReviewOutcome.Flagged)
            await forum.Send(new FlagPost(View.Post.Id, Kind.GetValueOrDefault(), Words), token);
        else if (outcome is ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete && ReviewQueues.Comments.Contains(Comment ?? ""))
            await forum.Send(new PostComment(View.Post.Id, words["reviews.comment-" + Comment]), token);
    }
}
