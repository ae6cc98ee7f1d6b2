using System.Text.RegularExpressions;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Reviews;

/// <summary>What rules need to know of a task and of what a person has to do with it.</summary>
public sealed record TaskFacts
{
    public long Id { get; init; }
    public ReviewQueue Queue { get; init; }
    public long PostId { get; init; }

    /// <summary>Why it is in the queue: a key.</summary>
    public string Reason { get; init; } = "";
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What became of it; null while it waits.</summary>
    public ReviewOutcome? Outcome { get; init; }

    /// <summary>Of a test: 1 the post is known to be good, −1 to be bad.</summary>
    public int? Audit { get; init; }

    /// <summary>What the person said of it.</summary>
    public ReviewOutcome? Mine { get; init; }

    /// <summary>With which note: a key.</summary>
    public string? Note { get; init; }

    /// <summary>Of a test: whether that was right; null when it was not judged.</summary>
    public bool? IsRight { get; init; }

    /// <summary>Whether they voted on the post; of a suggested edit that does not matter.</summary>
    public bool HasVoted { get; init; }

    /// <summary>Of the queue of suggested edits: which.</summary>
    public long? EditId { get; init; }

    public bool IsAudit => Audit is not null;

    /// <summary>Whether they took a test, and did not leave it to others.</summary>
    public bool IsTaken => IsAudit && Mine is not null and not ReviewOutcome.Skipped;
}

/// <summary>Somebody who wants to review.</summary>
/// <param name="Person">Who.</param>
/// <param name="Today">Their reviews in the queue today.</param>
/// <param name="SuspendedUntil">Until when they may not review.</param>
public sealed record Reviewer(Person Person, int Today, DateTimeOffset? SuspendedUntil);

/// <summary>Who reviews what, and what is looked at (docs/rules/reviews.md).</summary>
public static partial class ReviewRules
{
    /// <summary>Why a person may not review in a queue now.</summary>
    public static Refusal? WhyNotReview(ReviewQueue queue, Reviewer reviewer, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reviewer);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.WhyNot(queue.Needs(), reviewer.Person) is { } missing ? missing with { Code = "reviews.needs" } : WhyNotReview(reviewer, settings.Reviews, now);
    }

    /// <summary>Why a person with the privilege reviews no more: they are kept from it, or their day is full.</summary>
    public static Refusal? WhyNotReview(Reviewer reviewer, ReviewSettings rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reviewer);
        ArgumentNullException.ThrowIfNull(rules);
        return reviewer switch
        {
            { SuspendedUntil: { } until } when until > now => new("reviews.suspended", until),
            _ when !reviewer.Person.IsModerator && reviewer.Today >= rules.PerDay => new("reviews.enough-today", rules.PerDay),
            _ => null,
        };
    }

    /// <summary>Why a person may not review this task.</summary>
    public static Refusal? WhyNotReview(TaskFacts task, PostFacts post, Reviewer reviewer, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(reviewer);
        return task switch
        {
            { Outcome: not null } => new("reviews.done"),
            _ when post.IsGone && !task.IsAudit => new("reviews.done"),
            _ when post.AuthorId == reviewer.Person.Id => new("reviews.own-post"),
            { Mine: not null and not ReviewOutcome.Editing } => new("reviews.reviewed"),
            { HasVoted: true } => new("reviews.voted"),
            _ => WhyNotReview(task.Queue, reviewer, settings, now),
        };
    }

    /// <summary>Why a person who may review this task may not say this of it.</summary>
    public static Refusal? WhyNot(ReviewOutcome outcome, TaskFacts task, PostFacts post, int score, Person person, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(person);
        return outcome switch
        {
            ReviewOutcome.Skipped => null,
            ReviewOutcome.Editing when task.Queue.Outcomes().Contains(ReviewOutcome.Edited) => null,
            ReviewOutcome.Edited => new("reviews.no-outcome"),
            _ when !task.Queue.Outcomes().Contains(outcome) => new("reviews.no-outcome"),
            ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete when task.IsAudit => WhyNotTrusted(outcome, person, settings),
            ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete when LockRules.Stops(person, post.Lock, LockedAct.Delete) => new("reviews.locked-post"),
            ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete when post is { IsQuestion: true, HasUpvotedAnswer: true } or { IsQuestion: true, HasBounty: true } => new("reviews.worth-keeping"),
            ReviewOutcome.Delete when score > 0 => new("reviews.scores-too-well"),
            _ => WhyNotTrusted(outcome, person, settings),
        };
    }

    /// <summary>Whether an answer's author and question's age make it one that is looked at as late.</summary>
    public static bool IsLate(int reputation, TimeSpan questionAge, ReviewSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return reputation < rules.LateBelowReputation && questionAge > rules.LateAfter;
    }

    /// <summary>
    /// Why a text is looked at for its quality, as a key, or null: it says thanks, asks the same, is only a link, or, of an answer, is very short. The
    /// text is what readers see.
    /// </summary>
    public static string? Suspicion(bool isQuestion, string text, int links, bool hasCode, ReviewSettings rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rules);
        return text switch
        {
            _ when hasCode => null,
            _ when !isQuestion && SameProblem().IsMatch(text) => "same-problem",
            _ when !isQuestion && Thanks().IsMatch(text) => "thanks",
            _ when links > 0 && TextLength.Weight(Links().Replace(text, "")) < rules.ShortAnswer => "link-only",
            _ when !isQuestion && TextLength.Weight(text) < rules.ShortAnswer => "short",
            _ => null,
        };
    }

    /// <summary>What a task's reviews come to: its outcome when so many agree, else null.</summary>
    public static ReviewOutcome? Agreed(ReviewQueue queue, IReadOnlyCollection<ReviewOutcome> reviews, ReviewSettings rules)
    {
        ArgumentNullException.ThrowIfNull(reviews);
        ArgumentNullException.ThrowIfNull(rules);
        int Count(params ReviewOutcome[] of) => reviews.Count(of.Contains);
        return queue switch
        {
            // Whoever edits has looked closely.
            _ when queue is not (ReviewQueue.CloseVotes or ReviewQueue.ReopenVotes) && Count(ReviewOutcome.Edited) > 0 => ReviewOutcome.Edited,
            ReviewQueue.ReopenVotes when Count(ReviewOutcome.Edited) > 0 && Count(ReviewOutcome.Reopen) >= rules.CloseAgreed => ReviewOutcome.Reopen,
            _ when Count(ReviewOutcome.Delete) >= rules.Deletions => ReviewOutcome.Delete,
            _ when Count(ReviewOutcome.RecommendDeletion, ReviewOutcome.Delete) >= rules.Recommendations => ReviewOutcome.RecommendDeletion,
            ReviewQueue.LowQuality => Count(ReviewOutcome.LooksOk) >= rules.LowQualityAgreed ? ReviewOutcome.LooksOk : null,
            ReviewQueue.CloseVotes when Count(ReviewOutcome.LeaveOpen, ReviewOutcome.Edited) >= rules.CloseAgreed => ReviewOutcome.LeaveOpen,
            ReviewQueue.CloseVotes when Count(ReviewOutcome.Close) >= rules.CloseAgreed => ReviewOutcome.Close,
            ReviewQueue.ReopenVotes when Count(ReviewOutcome.LeaveClosed) >= rules.CloseAgreed => ReviewOutcome.LeaveClosed,
            ReviewQueue.ReopenVotes when Count(ReviewOutcome.Reopen) >= rules.CloseAgreed => ReviewOutcome.Reopen,
            ReviewQueue.CloseVotes or ReviewQueue.ReopenVotes => null,
            _ when Count(ReviewOutcome.Feedback) >= rules.Agreed => ReviewOutcome.Feedback,
            _ when Count(ReviewOutcome.Flagged) >= rules.Agreed => ReviewOutcome.Flagged,
            _ when Count(ReviewOutcome.LooksOk) >= rules.Agreed => ReviewOutcome.LooksOk,
            _ => null,
        };
    }

    private static Refusal? WhyNotTrusted(ReviewOutcome outcome, Person person, ForumSettings settings) =>
        outcome == ReviewOutcome.Delete ? settings.WhyNot(Privilege.TrustedUser, person) : null;

    [GeneratedRegex(@"\b(i (also )?have|having|i'm having|facing|got) (exactly |exact )?(the )?same (problem|issue|error|question)|did you (ever )?(find|solve|figure)|any (update|news|luck) on this|\bme too\b|我也(是|有|遇到)|同问|请问.{0,10}解决了吗|楼主解决了", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SameProblem();

    [GeneratedRegex(@"^\W*(thanks?|thank you|thx|many thanks|this (worked|works|helped)|it worked|谢谢|多谢|感谢)\b.{0,120}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Links();
}

/// <summary>How reviewers are tested (docs/rules/reviews.md, section 5).</summary>
public static class AuditRules
{
    /// <summary>Whether the next review of a person is a test: one of so many, at no place that could be counted on.</summary>
    public static bool IsDue(long userId, ReviewQueue queue, int reviewsSoFar, int every) =>
        every > 0 && Mix((ulong)userId * 31 + (ulong)queue * 1_000_003 + (ulong)reviewsSoFar * 7_919) % (ulong)every == 0;

    /// <summary>Whether what was said of a test is right; null when it says neither.</summary>
    public static bool? IsRight(int audit, ReviewOutcome outcome) => (audit, outcome) switch
    {
        (_, ReviewOutcome.Skipped) => null,
        ( < 0, ReviewOutcome.LooksOk or ReviewOutcome.Edited or ReviewOutcome.Editing or ReviewOutcome.Feedback or ReviewOutcome.LeaveOpen or ReviewOutcome.Reopen
            or ReviewOutcome.Approved or ReviewOutcome.Improved) => false,
        ( < 0, _) => true,
        (_, ReviewOutcome.RecommendDeletion or ReviewOutcome.Delete or ReviewOutcome.Flagged or ReviewOutcome.Close or ReviewOutcome.LeaveClosed
            or ReviewOutcome.Rejected or ReviewOutcome.RejectedAndEdited) => false,
        _ => true,
    };

    /// <summary>How long somebody is kept from reviewing who failed too often: twice as long as the last time, or half if that is long ago.</summary>
    public static TimeSpan Length(TimeSpan? last, DateTimeOffset? lastEndedAt, ReviewSettings rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return last is not { } length ? rules.Suspension
            : now - lastEndedAt <= rules.SuspendedAgain ? 2 * length
            : length / 2 > TimeSpan.FromHours(1) ? length / 2 : TimeSpan.FromHours(1);
    }

    /// <summary>Whether a test is no good: too many failed it, or say that it is wrong.</summary>
    public static bool IsDropped(int taken, int failed, int vetoes, ReviewSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return vetoes >= rules.Vetoes || taken >= rules.DropFrom && 100 * failed > rules.DropPercent * taken;
    }

    // SplitMix64: spreads neighbours far apart.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
