using Forum.Core.Privileges;

namespace Forum.Core.Reviews;

/// <summary>What people look at together; stored, so numbers never change (docs/rules/reviews.md, section 1).</summary>
public enum ReviewQueue
{
    FirstQuestions = 1,
    FirstAnswers = 2,
    LateAnswers = 3,
    SuggestedEdits = 4,
    CloseVotes = 5,
    ReopenVotes = 6,
    LowQuality = 7,
}

/// <summary>What a reviewer says, and what becomes of a task; stored, so numbers never change (docs/rules/reviews.md, section 3).</summary>
public enum ReviewOutcome
{
    /// <summary>This is not for them: it is not shown to them again.</summary>
    Skipped = 0,
    LooksOk = 1,

    /// <summary>They edited it.</summary>
    Edited = 2,

    /// <summary>They told its author something.</summary>
    Feedback = 3,

    /// <summary>They flagged it.</summary>
    Flagged = 4,
    RecommendDeletion = 5,
    Delete = 6,
    Close = 7,
    LeaveOpen = 8,
    Reopen = 9,
    LeaveClosed = 10,

    /// <summary>They are editing it, or said so and never did: it is not shown to them again.</summary>
    Editing = 11,

    /// <summary>Of a suggested edit: they approved it…</summary>
    Approved = 12,

    /// <summary>…by a better one of their own,</summary>
    Improved = 13,

    /// <summary>they rejected it…</summary>
    Rejected = 14,

    /// <summary>…and edited the post otherwise.</summary>
    RejectedAndEdited = 15,

    /// <summary>Of a task: there is nothing left to look at, because the post was deleted, closed or reopened meanwhile.</summary>
    Overtaken = 20,

    /// <summary>Of an audit: it was no good one.</summary>
    Dropped = 21,
}

/// <summary>What the queues are, as data.</summary>
public static class ReviewQueues
{
    /// <summary>All of them, in the order they are shown.</summary>
    public static IReadOnlyList<ReviewQueue> All { get; } = Enum.GetValues<ReviewQueue>();

    /// <summary>The end of its address and of its words.</summary>
    public static string Key(this ReviewQueue queue) => queue switch
    {
        ReviewQueue.FirstQuestions => "first-questions",
        ReviewQueue.FirstAnswers => "first-answers",
        ReviewQueue.LateAnswers => "late-answers",
        ReviewQueue.SuggestedEdits => "suggested-edits",
        ReviewQueue.CloseVotes => "close-votes",
        ReviewQueue.ReopenVotes => "reopen-votes",
        ReviewQueue.LowQuality => "low-quality",
    };

    /// <summary>The queue at an address; null when there is none.</summary>
    public static ReviewQueue? Find(string? key) => All.Where(queue => queue.Key() == key).Select(queue => (ReviewQueue?)queue).FirstOrDefault();

    /// <summary>What it takes to review there.</summary>
    public static Privilege Needs(this ReviewQueue queue) => queue switch
    {
        ReviewQueue.FirstQuestions or ReviewQueue.FirstAnswers or ReviewQueue.LateAnswers => Privilege.ReviewQueues,
        ReviewQueue.SuggestedEdits or ReviewQueue.LowQuality => Privilege.EditFreely,
        ReviewQueue.CloseVotes or ReviewQueue.ReopenVotes => Privilege.CloseVotes,
    };

    /// <summary>What can be said there besides skipping, in the order of its buttons. Tasks of suggested edits have a page of their own (<see cref="Suggestions.ShowEditTask"/>).</summary>
    public static IReadOnlyList<ReviewOutcome> Outcomes(this ReviewQueue queue) => queue switch
    {
        ReviewQueue.FirstQuestions or ReviewQueue.FirstAnswers => [ReviewOutcome.LooksOk, ReviewOutcome.Edited, ReviewOutcome.Feedback, ReviewOutcome.Flagged],
        ReviewQueue.LateAnswers => [ReviewOutcome.LooksOk, ReviewOutcome.Edited, ReviewOutcome.RecommendDeletion, ReviewOutcome.Delete, ReviewOutcome.Flagged],
        ReviewQueue.SuggestedEdits => [],
        ReviewQueue.CloseVotes => [ReviewOutcome.Close, ReviewOutcome.LeaveOpen, ReviewOutcome.Edited],
        ReviewQueue.ReopenVotes => [ReviewOutcome.Reopen, ReviewOutcome.LeaveClosed, ReviewOutcome.Edited],
        ReviewQueue.LowQuality => [ReviewOutcome.LooksOk, ReviewOutcome.Edited, ReviewOutcome.RecommendDeletion, ReviewOutcome.Delete],
    };

    /// <summary>Whether an outcome is a review, and not that there was none.</summary>
    public static bool IsReview(this ReviewOutcome outcome) => outcome is not (ReviewOutcome.Skipped or ReviewOutcome.Editing);

    /// <summary>What reviewers tell an author, as keys; their words are under <c>reviews.feedback-…</c>.</summary>
    public static IReadOnlyList<string> Feedback { get; } = ["details", "code", "focus", "explain", "format", "welcome"];

    /// <summary>What reviewers comment when they want an answer deleted, as keys; their words are under <c>reviews.comment-…</c>.</summary>
    public static IReadOnlyList<string> Comments { get; } = ["not-an-answer", "link-only", "question", "thanks", "comment"];

    /// <summary>The end of an outcome's words.</summary>
    public static string Key(this ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.Skipped => "skipped",
        ReviewOutcome.LooksOk => "looks-ok",
        ReviewOutcome.Edited => "edited",
        ReviewOutcome.Feedback => "feedback",
        ReviewOutcome.Flagged => "flagged",
        ReviewOutcome.RecommendDeletion => "recommend-deletion",
        ReviewOutcome.Delete => "delete",
        ReviewOutcome.Close => "close",
        ReviewOutcome.LeaveOpen => "leave-open",
        ReviewOutcome.Reopen => "reopen",
        ReviewOutcome.LeaveClosed => "leave-closed",
        ReviewOutcome.Editing => "editing",
        ReviewOutcome.Approved => "approved",
        ReviewOutcome.Improved => "improved",
        ReviewOutcome.Rejected => "rejected",
        ReviewOutcome.RejectedAndEdited => "rejected-and-edited",
        ReviewOutcome.Overtaken => "overtaken",
        ReviewOutcome.Dropped => "dropped",
    };
}
