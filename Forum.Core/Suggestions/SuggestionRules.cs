using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Suggestions;

/// <summary>What became of a suggested edit; stored, so numbers never change.</summary>
public enum SuggestionOutcome
{
    /// <summary>It is the post's text now.</summary>
    Approved = 1,

    /// <summary>It was not wanted.</summary>
    Rejected = 2,

    /// <summary>It was approved, and the reviewer changed more.</summary>
    Improved = 3,

    /// <summary>Somebody edited the post meanwhile, or it was deleted.</summary>
    Overtaken = 4,

    /// <summary>Who suggested it took it back.</summary>
    Withdrawn = 5,
}

/// <summary>What a reviewer thinks of a suggested edit.</summary>
public enum Verdict
{
    /// <summary>It makes the post better.</summary>
    Approve = 1,

    /// <summary>It does not.</summary>
    Reject = -1,
}

/// <summary>What pages need to know of suggested edits.</summary>
public static class SuggestedEdits
{
    /// <summary>Keys of the reasons for a rejection; their sentences are under <c>suggestions.reason-…</c>.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["no-improvement", "spam", "intent", "reply", "harm", "copied", Other];

    /// <summary>Reasons that whoever reads the edit sees for themselves: reviewers are tested with what was rejected for one of them.</summary>
    public static IReadOnlyList<string> Worthless { get; } = ["no-improvement", "spam"];

    /// <summary>The reason that is said in words.</summary>
    public const string Other = "other";
}

/// <summary>Who is not signed in, as rules see them.</summary>
internal static class Strangers
{
    /// <summary>Whose name their suggestions carry: the one who acts when no person does.</summary>
    public const long Owner = People.Community;

    /// <summary>Somebody without reputation or posts.</summary>
    public static Person Anybody { get; } = new() { Reputation = ReputationSettings.Start };
}

/// <summary>What rules need to know of somebody who wants to suggest an edit, and of the post.</summary>
internal sealed record SuggestionFacts
{
    /// <summary>Whether an edit waits for this post already.</summary>
    public bool IsOneWaiting { get; init; }

    /// <summary>How many edits wait on the whole site.</summary>
    public int Waiting { get; init; }

    /// <summary>How many of them strangers suggested.</summary>
    public int WaitingOfStrangers { get; init; }

    /// <summary>When the post was written.</summary>
    public DateTimeOffset PostedAt { get; init; }

    /// <summary>What became of the person's suggestions of late, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, bool IsRejected)> Decisions { get; init; } = [];
}

/// <summary>Who may suggest edits, and who decides on them (docs/rules/suggested-edits.md).</summary>
internal static class SuggestionRules
{
    /// <summary>Why a person may not suggest an edit of this post.</summary>
    public static Refusal? WhyNotSuggest(Person person, PostFacts post, SuggestionFacts facts, ForumSettings settings, DateTimeOffset now) => post switch
    {
        { IsGone: true } => new("editing.deleted-post"),
        { Lock: { } kind } when LockRules.Blocks(kind, LockedAct.Edit) => new("editing.locked-post"),
        _ when EditingRules.WhyNotEdit(person, post, settings) is null => new("suggestions.may-edit"),
        _ when facts.IsOneWaiting => new("suggestions.one-waits"),
        _ when IsStranger(person) && facts.PostedAt > now - settings.Windows.AnonymousSuggestion
            => new("suggestions.too-new", (int)Math.Ceiling((facts.PostedAt + settings.Windows.AnonymousSuggestion - now).TotalMinutes)),
        _ when IsStranger(person) && facts.WaitingOfStrangers >= settings.Limits.AnonymousSuggestionsWaiting => new("suggestions.too-many-strangers"),
        _ when BannedUntil(facts.Decisions, settings, now) is { } until => new("suggestions.banned", (int)Math.Ceiling((until - now).TotalDays)),
        _ when facts.Waiting >= settings.Limits.SuggestionsWaiting => new("suggestions.too-many-wait", settings.Limits.SuggestionsWaiting),
        _ => null,
    };

    private static bool IsStranger(Person person) => person.Id == Strangers.Anybody.Id;

    /// <summary>
    /// Until when somebody may not suggest edits. At a rejection that, with those of the week before it, makes five more than a third
    /// of the approvals of that week, a week begins.
    /// </summary>
    public static DateTimeOffset? BannedUntil(IReadOnlyList<(DateTimeOffset At, bool IsRejected)> decisions, ForumSettings settings, DateTimeOffset now)
    {
        var week = settings.Windows.SuggestionBan;
        var last = decisions
            .Where(d => d.IsRejected && d.At <= now && d.At + week > now)
            .Where(d =>
            {
                var before = decisions.Where(other => other.At > d.At - week && other.At <= d.At).ToList();
                return before.Count(o => o.IsRejected) - before.Count(o => !o.IsRejected) / 3.0 >= settings.Limits.SuggestionRejections;
            })
            .Select(d => (DateTimeOffset?)d.At)
            .Max();
        return last + week;
    }

    /// <summary>Why a person may not decide on an edit that somebody suggested for this post.</summary>
    public static Refusal? WhyNotReview(Person person, PostFacts post, SuggestionOutcome? outcome, long? suggestedBy, bool hasReviewed, ForumSettings settings) => person switch
    {
        _ when outcome is not null => new("suggestions.decided"),
        _ when person.Id == suggestedBy => new("suggestions.own"),
        _ when post.IsGone => new("editing.deleted-post"),
        _ when LockRules.Stops(person, post.Lock, LockedAct.Edit) => new("editing.locked-post"),
        _ when IsBinding(person, post) => null,
        _ when settings.WhyNot(post.TagPart is null ? Privilege.EditFreely : Privilege.ReviewTagTexts, person) is { } refusal => refusal,
        _ when hasReviewed => new("suggestions.reviewed"),
        _ => null,
    };

    /// <summary>What a reviewer says of an edit, as reviews of tests have it.</summary>
    public static ReviewOutcome Outcome(Verdict verdict, bool isEdited) => (verdict, isEdited) switch
    {
        (Verdict.Approve, false) => ReviewOutcome.Approved,
        (Verdict.Approve, true) => ReviewOutcome.Improved,
        (Verdict.Reject, false) => ReviewOutcome.Rejected,
        (Verdict.Reject, true) => ReviewOutcome.RejectedAndEdited,
    };

    /// <summary>Whether this person's word is enough: the post's author's and moderators'. A tag's text has no author.</summary>
    public static bool IsBinding(Person person, PostFacts post) => person.IsModerator || post.TagPart is null && post.AuthorId == person.Id;

    /// <summary>Whether an edit changes enough to take reviewers' time: so many characters, or the tags.</summary>
    public static bool IsEnough(RevisedText was, RevisedText becomes, LimitSettings limits) =>
        was.Tags != becomes.Tags
        || ChangeSize.Of(was.Title ?? "", becomes.Title ?? "").Total + ChangeSize.Of(was.Body, becomes.Body).Total >= limits.SuggestedChange;
}
