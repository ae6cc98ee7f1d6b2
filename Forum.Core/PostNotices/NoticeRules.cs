using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.PostNotices;

/// <summary>What a notice above a post says; stored, so numbers never change (docs/rules/notices.md).</summary>
public enum NoticeKind
{
    /// <summary>It names no source for what it says.</summary>
    NeedsCitation = 1,

    /// <summary>What it is about is still going on.</summary>
    CurrentEvent = 2,

    /// <summary>It was right once.</summary>
    Obsolete = 3,

    /// <summary>It says what to do, and not why.</summary>
    InsufficientExplanation = 4,
}

/// <summary>A notice that stands above a post.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="EndsAt">When it goes by itself; null: somebody takes it away.</param>
public sealed record PostNotice(NoticeKind Kind, DateTimeOffset? EndsAt);

/// <summary>Who puts notices above posts (docs/rules/notices.md).</summary>
public static class NoticeRules
{
    /// <summary>All kinds, as they are offered and shown.</summary>
    public static IReadOnlyList<NoticeKind> Kinds { get; } = Enum.GetValues<NoticeKind>();

    /// <summary>The key of a kind: the end of the keys of its texts, and what stands in timelines.</summary>
    public static string KeyOf(NoticeKind kind) => kind switch
    {
        NoticeKind.NeedsCitation => "needs-citation",
        NoticeKind.CurrentEvent => "current-event",
        NoticeKind.Obsolete => "obsolete",
        NoticeKind.InsufficientExplanation => "insufficient-explanation",
    };

    /// <summary>Why a person may not put a notice above a post.</summary>
    /// <param name="person">Who.</param>
    /// <param name="post">The post.</param>
    /// <param name="isThere">Whether it has one of this kind.</param>
    public static Refusal? WhyNotPlace(Person person, PostFacts post, bool isThere) => (person, post) switch
    {
        ({ IsModerator: false }, _) => Refusals.ModeratorsOnly,
        (_, { IsGone: true }) => new("notices.deleted"),
        _ when isThere => new("notices.already"),
        _ => null,
    };

    /// <summary>Why a person may not take a notice away.</summary>
    public static Refusal? WhyNotRemove(Person person, bool isThere) => person switch
    {
        { IsModerator: false } => Refusals.ModeratorsOnly,
        _ when !isThere => new("notices.none"),
        _ => null,
    };

    /// <summary>For how many days a notice of a kind is offered to stand; null: for good.</summary>
    public static int? DaysOffered(NoticeKind kind, NoticeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return kind == NoticeKind.CurrentEvent ? Math.Min(settings.EventDays, settings.MostDays) : null;
    }
}
