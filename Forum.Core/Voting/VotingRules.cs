using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Voting;

/// <summary>Which way a vote goes; stored as the number.</summary>
public enum Direction
{
    Up = 1,
    Down = -1,
}

/// <summary>Someone who may want to vote.</summary>
/// <param name="Person">Who.</param>
/// <param name="Left">What the votes they cast today, on other posts, leave them.</param>
public sealed record Voter(Person Person, VoteAllowance Left)
{
    internal static Voter Of(Person person, IEnumerable<VoteToday> votes, VoteTarget post, LimitSettings limits) =>
        new(person, VoteAllowance.After(votes.Where(v => v.PostId != post.Id).Select(v => v.IsQuestion), limits));
}

/// <summary>A question or an answer, and the vote that the one asking has on it.</summary>
public sealed record VoteTarget
{
    public long Id { get; init; }
    public bool IsQuestion { get; init; }
    public long QuestionId { get; init; }
    public long? AuthorId { get; init; }
    public int Score { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public bool IsDeleted { get; init; }
    /// <summary>Who took it, or its question, away.</summary>
    public Editing.DeletionKind? Deletion { get; init; }
    /// <summary>Whether a lock keeps it from votes.</summary>
    public bool IsLocked { get; init; }
    public bool IsWiki { get; init; }
    public Direction? Mine { get; init; }
    public DateTimeOffset? CastAt { get; init; }

    /// <summary>When their vote begins to count, while it waits (<see cref="HoldingRules"/>).</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>What their vote is part of the score with.</summary>
    internal int Counted => HeldUntil is null ? (int)Mine.GetValueOrDefault() : 0;
}

/// <summary>A comment that somebody may want to vote for.</summary>
public sealed record CommentTarget
{
    public long Id { get; init; }
    public long PostId { get; init; }
    public long QuestionId { get; init; }
    public long? AuthorId { get; init; }
    public int Score { get; init; }
    public bool IsDeleted { get; init; }
    /// <summary>Whether a lock keeps it from votes.</summary>
    public bool IsLocked { get; init; }
    public bool IsMine { get; init; }
}

/// <summary>
/// The votes a person has left today: some on questions alone, used first, and some on anything. When few of the latter
/// are left, what is unused of the former is blocked (docs/rules/limits.md).
/// </summary>
/// <param name="OnQuestions">On questions alone.</param>
/// <param name="OnAnything">On anything.</param>
public sealed record VoteAllowance(int OnQuestions, int OnAnything)
{
    /// <summary>What is left after a day's votes, in the order they were cast, each told by whether it is on a question.</summary>
    public static VoteAllowance After(IEnumerable<bool> votesOnQuestions, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(votesOnQuestions);
        ArgumentNullException.ThrowIfNull(limits);
        return votesOnQuestions.Aggregate(
            new VoteAllowance(limits.QuestionOnlyVotesPerDay, limits.PostVotesPerDay),
            (left, isQuestion) => left.HasQuestionVote(limits) && isQuestion
                ? left with { OnQuestions = left.OnQuestions - 1 }
                : left with { OnAnything = Math.Max(0, left.OnAnything - 1) });
    }

    /// <summary>How many more votes could be cast if the right posts came.</summary>
    public int Usable(LimitSettings limits) => OnAnything + (HasQuestionVote(limits) ? OnQuestions : 0);

    private bool HasQuestionVote(LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return OnQuestions > 0 && OnAnything > limits.QuestionOnlyBlockedAt;
    }
}

/// <summary>What may be voted on, by whom and when. Pages ask before they offer, handlers before they write.</summary>
public static class VotingRules
{
    /// <summary>Why a person may not vote so on this post, or not change their vote to this.</summary>
    public static Refusal? WhyNot(Direction direction, Voter voter, VoteTarget post, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(voter);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(settings);
        return post switch
        {
            { IsDeleted: true } => new("voting.deleted-post"),
            { IsLocked: true } => new("voting.locked-post"),
            _ when post.AuthorId == voter.Person.Id => new("voting.own-post"),
            _ when settings.WhyNot(Needed(direction), voter.Person) is { } missing => missing,
            { Mine: not null } when post.Mine != direction && IsLockedIn(post, settings, now) => LockedIn(settings),
            // A vote on a question can always take from the votes on anything, and these are the last to go.
            _ when voter.Left.OnAnything == 0 => new("voting.none-left-today", settings.Limits.PostVotesPerDay + settings.Limits.QuestionOnlyVotesPerDay),
            _ => null,
        };
    }

    /// <summary>Why a person may not take their vote on this post back.</summary>
    public static Refusal? WhyNotRetract(VoteTarget post, ForumSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(settings);
        return post switch
        {
            { IsDeleted: true } => new("voting.deleted-post"),
            { IsLocked: true } => new("voting.locked-post"),
            { Mine: not null } when IsLockedIn(post, settings, now) => LockedIn(settings),
            _ => null,
        };
    }

    /// <summary>Why a person may not vote for this comment, having voted for <paramref name="votesToday"/> comments today.</summary>
    public static Refusal? WhyNot(Person voter, CommentTarget comment, int votesToday, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(voter);
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(settings);
        return comment switch
        {
            { IsDeleted: true } => new("voting.deleted-comment"),
            { IsLocked: true } => new("voting.locked-post"),
            _ when comment.AuthorId == voter.Id => new("voting.own-comment"),
            _ when settings.WhyNot(Privilege.VoteUp, voter) is { } missing => missing,
            _ when votesToday >= settings.Limits.CommentVotesPerDay => new("voting.no-comment-votes-left-today", settings.Limits.CommentVotesPerDay),
            _ => null,
        };
    }

    /// <summary>Why a vote for this comment may not be taken back.</summary>
    public static Refusal? WhyNotRetract(CommentTarget comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return comment switch
        {
            { IsDeleted: true } => new("voting.deleted-comment"),
            { IsLocked: true } => new("voting.locked-post"),
            _ => null,
        };
    }

    private static Privilege Needed(Direction direction) => direction switch
    {
        Direction.Up => Privilege.VoteUp,
        Direction.Down => Privilege.VoteDown,
    };

    private static bool IsLockedIn(VoteTarget post, ForumSettings settings, DateTimeOffset now) =>
        post.HeldUntil is null && now - post.CastAt > settings.Windows.VoteChange && !(post.EditedAt > post.CastAt);

    private static Refusal LockedIn(ForumSettings settings) => new("voting.locked-in", (int)settings.Windows.VoteChange.TotalMinutes);
}
