using System.Text.RegularExpressions;
using Forum.Core.Abuse;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Flags;

/// <summary>What rules need to know of somebody who wants to flag.</summary>
public sealed record Flagger
{
    /// <summary>Who.</summary>
    public required Person Person { get; init; }

    /// <summary>How many flags of posts they raised today, whatever became of them.</summary>
    public int PostsToday { get; init; }

    /// <summary>How many flags of comments.</summary>
    public int CommentsToday { get; init; }

    /// <summary>When they last flagged a comment.</summary>
    public DateTimeOffset? LastCommentFlag { get; init; }

    /// <summary>How many of their flags were helpful…</summary>
    public int Helpful { get; init; }

    /// <summary>…and declined, ever.</summary>
    public int Declined { get; init; }

    /// <summary>What was decided of their flags of late, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, bool IsDeclined)> Decisions { get; init; } = [];
}

/// <summary>A post that somebody may want to flag, and the flags they have on it.</summary>
public sealed record FlaggedPost
{
    /// <summary>The post.</summary>
    public required PostFacts Post { get; init; }

    public int Score { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it waits in the queue of low quality.</summary>
    public bool IsInReview { get; init; }

    /// <summary>The person's own flags of it.</summary>
    public IReadOnlyList<OwnFlag> Own { get; init; } = [];
}

/// <summary>A flag that somebody raised.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="State">What became of it.</param>
/// <param name="DecidedAt">When.</param>
public sealed record OwnFlag(FlagKind Kind, FlagState State, DateTimeOffset? DecidedAt);

/// <summary>Who may flag what, and how many flags it takes (docs/rules/flags.md).</summary>
public static partial class FlagRules
{
    /// <summary>The letters and digits of a text, in lower case: what two copies of it have in common however they are dressed.</summary>
    public static string Essence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    /// <summary>Flags that a person may raise in a day, of posts and as many of comments.</summary>
    public static int Allowance(int reputation, int helpful, int declined, FlagSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Math.Max(
            rules.PerDay,
            Math.Min(rules.MostPerDay, rules.PerDay + reputation / rules.ReputationForOneMore + Math.Max(0, helpful - declined) / rules.HelpfulForOneMore));
    }

    /// <summary>Why a person may raise no flag at all now.</summary>
    public static Refusal? WhyNotFlag(Flagger flagger, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(flagger);
        ArgumentNullException.ThrowIfNull(settings);
        return flagger switch
        {
            _ when settings.WhyNot(Privilege.FlagPosts, flagger.Person) is { } missing => missing,
            { Person.IsModerator: true } => null,
            _ when BannedUntil(flagger.Decisions, settings.Flags, now) is { } until => new("flags.banned", (int)Math.Ceiling((until - now).TotalDays)),
            _ => null,
        };
    }

    /// <summary>Why a person may not flag this post so.</summary>
    public static Refusal? WhyNotFlag(FlagKind kind, Flagger flagger, FlaggedPost flagged, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(flagger);
        ArgumentNullException.ThrowIfNull(flagged);
        ArgumentNullException.ThrowIfNull(settings);
        var (post, person, rules) = (flagged.Post, flagger.Person, settings.Flags);
        return kind switch
        {
            _ when !FlagKinds.OfPosts.Contains(kind) => new("flags.no-kind"),
            _ when post.IsGone => new("flags.deleted-post"),
            _ when WhyNotFlag(flagger, settings, now) is { } refusal => refusal,
            not FlagKind.Moderator when post.AuthorId == person.Id => new("flags.own-post"),
            _ when LockRules.Stops(person, post.Lock, kind == FlagKind.Moderator ? LockedAct.FlagForModerator : LockedAct.Flag) => new("flags.locked-post"),
            FlagKind.NotAnAnswer when post.IsQuestion => new("flags.not-of-questions"),
            FlagKind.Close when !post.IsQuestion => new("flags.not-of-answers"),
            FlagKind.Close when post.ClosedAt is not null => new("flags.closed"),
            FlagKind.Close when settings.WhyNot(Privilege.CloseVotes, person) is null => new("flags.vote-instead"),
            FlagKind.VeryLowQuality when post.IsQuestion && post.ClosedAt is not null => new("flags.closed"),
            FlagKind.VeryLowQuality when flagged.Score > rules.LowQualityScore => new("flags.scores-too-well", rules.LowQualityScore),
            FlagKind.VeryLowQuality when now - flagged.CreatedAt > rules.LowQualityAge => new("flags.too-old", (int)rules.LowQualityAge.TotalDays),
            FlagKind.VeryLowQuality when flagged.IsInReview => new("flags.in-review"),
            _ when flagged.Own.Any(own => KeepsFrom(own, kind, rules, now)) => new("flags.flagged-already"),
            _ when !person.IsModerator && flagger.PostsToday >= Allowance(flagger, rules) => new("flags.none-left-today", Allowance(flagger, rules)),
            _ => null,
        };
    }

    /// <summary>Why a person who flagged it already, or not, may not flag this comment so.</summary>
    public static Refusal? WhyNotFlag(FlagKind kind, Flagger flagger, CommentFacts comment, PostFacts post, bool hasFlagged, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(flagger);
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(settings);
        var (person, rules) = (flagger.Person, settings.Flags);
        return kind switch
        {
            _ when !kind.IsOfComment() => new("flags.no-kind"),
            _ when post.IsGone => new("flags.deleted-post"),
            _ when WhyNotFlag(flagger, settings, now) is { } refusal => refusal,
            _ when comment.AuthorId == person.Id => new("flags.own-comment"),
            _ when hasFlagged => new("flags.comment-flagged-already"),
            _ when person.IsModerator => null,
            _ when now - flagger.LastCommentFlag < rules.BetweenCommentFlags => new("flags.too-fast", (int)rules.BetweenCommentFlags.TotalSeconds) { Wait = flagger.LastCommentFlag + rules.BetweenCommentFlags - now },
            _ when flagger.CommentsToday >= Allowance(flagger, rules) => new("flags.no-comment-flags-left-today", Allowance(flagger, rules)),
            _ => null,
        };
    }

    /// <summary>Why a person may not take a flag back.</summary>
    public static Refusal? WhyNotRetract(long person, long? raisedBy, FlagState state) => state switch
    {
        _ when raisedBy != person => new("flags.not-yours"),
        not FlagState.Pending => new("flags.decided"),
        _ => null,
    };

    /// <summary>
    /// Until when somebody may not flag: so long from the last flag declined at which, of so many that were decided in the days before, too
    /// great a share was declined.
    /// </summary>
    public static DateTimeOffset? BannedUntil(IReadOnlyList<(DateTimeOffset At, bool IsDeclined)> decisions, FlagSettings rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(rules);
        var last = decisions
            .Where(d => d.IsDeclined && d.At <= now && d.At + rules.Ban > now)
            .Where(d =>
            {
                var before = decisions.Where(other => other.At > d.At - rules.Ban && other.At <= d.At).ToList();
                return before.Count >= rules.BanFrom && 100 * before.Count(o => o.IsDeclined) >= rules.BanPercent * before.Count;
            })
            .Select(d => (DateTimeOffset?)d.At)
            .Max();
        return last + rules.Ban;
    }

    /// <summary>How many people must call a comment so before it is deleted; null: no number of them deletes it.</summary>
    /// <param name="known">The blocked texts that are in it.</param>
    public static int? Needed(FlagKind kind, string text, int score, IReadOnlyCollection<BlockedText> known, FlagSettings rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rules);
        return kind switch
        {
            FlagKind.Harassment or FlagKind.Unkind => known.Any(hit => hit.Kind == BlockedKind.Harassment) ? Math.Min(rules.UnkindFlagsOfKnown, rules.UnkindFlags) : rules.UnkindFlags,
            FlagKind.Obsolete when Thanks().IsMatch(text) || text.Length <= rules.ShortComment && known.Any(hit => hit.Kind == BlockedKind.Chatter) => rules.ObsoleteFlagsOfKnown,
            FlagKind.Obsolete => score == 0 && text.Length <= rules.ShortComment ? rules.ObsoleteFlagsOfShort : rules.ObsoleteFlags,
            _ => null,
        };
    }

    /// <summary>Whether flags of two kinds are counted together: those of spam and rudeness of posts, and those of unkindness of comments.</summary>
    public static bool CountsWith(this FlagKind kind, FlagKind other) =>
        kind == other || kind.IsRed() && other.IsRed() || IsUnkind(kind) && IsUnkind(other);

    private static bool IsUnkind(FlagKind kind) => kind is FlagKind.Harassment or FlagKind.Unkind;

    private static int Allowance(Flagger flagger, FlagSettings rules) => Allowance(flagger.Person.Reputation, flagger.Helpful, flagger.Declined, rules);

    // One flag of a kind and person is enough. What is said in words may be said again when the first was answered; that a question should be
    // closed, when nobody came to it for long. What aged away as spam stays away.
    private static bool KeepsFrom(OwnFlag own, FlagKind kind, FlagSettings rules, DateTimeOffset now) => own switch
    {
        _ when !own.Kind.CountsWith(kind) => false,
        { State: FlagState.Pending } => true,
        _ when kind.HasWords() => false,
        { Kind: FlagKind.Close, State: FlagState.Aged } => now - own.DecidedAt < rules.CloseAgain,
        _ => true,
    };

    // "Thanks!", "+1", "this worked for me": nothing that anybody needs.
    [GeneratedRegex(
        @"^\W*(?:\+\s?1|-1|thanks?|thank you|thx|ty|cheers|great|nice|perfect|awesome|it work(?:s|ed)|this work(?:s|ed)|works|worked)\b[^.?]{0,40}[.!]*\s*$|^\W*(?:谢谢|多谢|感谢|赞|顶|好的|太好了|有用)[^。？]{0,20}[。！]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Thanks();
}
