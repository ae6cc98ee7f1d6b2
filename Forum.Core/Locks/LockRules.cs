using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Locks;

/// <summary>Why a post is locked; stored, so numbers never change.</summary>
public enum LockKind
{
    /// <summary>People fight over what it says; also whatever an import only knows to be locked.</summary>
    Dispute = 1,

    /// <summary>Its comments went astray.</summary>
    Comments = 2,

    /// <summary>Its answers are a community wiki that takes no others.</summary>
    WikiAnswer = 3,

    /// <summary>It is kept for what it was, with its answers, and no example any more.</summary>
    Historical = 4,

    /// <summary>Those who run the site say so.</summary>
    Policy = 5,

    /// <summary>Its answers are with another question.</summary>
    Merged = 6,

    /// <summary>It is on another site.</summary>
    Migrated = 7,

    /// <summary>It came from another site and was sent back.</summary>
    RejectedMigration = 8,

    /// <summary>It was deleted as spam or as rude.</summary>
    Spam = 9,
}

/// <summary>What a lock may keep people from.</summary>
public enum LockedAct
{
    /// <summary>Voting on it or on its comments, and taking a vote back.</summary>
    Vote,

    /// <summary>Editing it, suggesting an edit, making it a community wiki.</summary>
    Edit,

    /// <summary>Commenting on it and changing comments.</summary>
    Comment,

    /// <summary>Answering it.</summary>
    Answer,

    /// <summary>Accepting it, or one of its answers.</summary>
    Accept,

    /// <summary>Offering a bounty.</summary>
    Bounty,

    /// <summary>Closing and reopening it.</summary>
    Close,

    /// <summary>Deleting and undeleting it.</summary>
    Delete,

    /// <summary>Flagging it.</summary>
    Flag,

    /// <summary>Telling moderators something about it in words.</summary>
    FlagForModerator,
}

/// <summary>How long somebody locks a post.</summary>
public enum LockLength
{
    /// <summary><see cref="LockSettings.Short"/>.</summary>
    Short,

    /// <summary><see cref="LockSettings.Medium"/>.</summary>
    Medium,

    /// <summary><see cref="LockSettings.Long"/>.</summary>
    Long,

    /// <summary>Until a moderator unlocks it.</summary>
    Permanent,
}

/// <summary>What each kind of lock keeps whom from, and who may lock and unlock (docs/rules/locks.md).</summary>
public static class LockRules
{
    /// <summary>The kinds that a person chooses; the others come with what they follow from.</summary>
    public static IReadOnlyList<LockKind> Chosen { get; } = [LockKind.Dispute, LockKind.Comments, LockKind.WikiAnswer, LockKind.Historical, LockKind.Policy];

    /// <summary>Whether a kind of lock is against an act.</summary>
    public static bool Blocks(LockKind kind, LockedAct act) => kind switch
    {
        LockKind.Dispute => act != LockedAct.FlagForModerator,
        LockKind.Comments => act == LockedAct.Comment,
        LockKind.WikiAnswer => act is LockedAct.Answer or LockedAct.Close or LockedAct.Bounty,
        LockKind.Policy => act is LockedAct.Edit or LockedAct.Close or LockedAct.Delete,
        LockKind.Historical or LockKind.Merged or LockKind.Migrated or LockKind.RejectedMigration or LockKind.Spam => true,
    };

    /// <summary>The same of a post that may not be locked at all.</summary>
    public static bool Blocks(LockKind? kind, LockedAct act) => kind is { } known && Blocks(known, act);

    /// <summary>
    /// Whether a lock keeps this person from an act. It keeps nobody from votes, accepts, bounties and answers alone: those it takes from
    /// all. The rest moderators do all the same, but for what a policy is against, which administrators do.
    /// </summary>
    public static bool Stops(Person person, LockKind? kind, LockedAct act)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Blocks(kind, act) && !(act switch
        {
            LockedAct.Vote or LockedAct.Accept or LockedAct.Bounty or LockedAct.Answer => false,
            _ => kind == LockKind.Policy ? person.IsAdministrator : person.IsModerator,
        });
    }

    /// <summary>Why a lock keeps this person from an act, or null.</summary>
    public static Refusal? WhyNot(Person person, LockKind? kind, LockedAct act) => Stops(person, kind, act) ? new("locks.locked-post") : null;

    /// <summary>What locks a post whose question is locked too: of the question's locks only one reaches its answers.</summary>
    public static LockKind? Reaching(LockKind? own, LockKind? questions) => questions == LockKind.Historical ? questions : own;

    /// <summary>Why a person may not lock a post so.</summary>
    public static Refusal? WhyNotLock(Person person, PostFacts post, LockKind kind, LockLength length) => (person, post) switch
    {
        ({ IsModerator: false }, _) => Refusals.ModeratorsOnly,
        (_, { LockedAt: not null }) => new("locks.already"),
        _ when !Chosen.Contains(kind) => new("locks.by-itself"),
        ({ IsAdministrator: false }, _) when kind == LockKind.Policy => new("locks.administrators"),
        (_, { IsQuestion: false }) when kind is LockKind.WikiAnswer or LockKind.Historical => new("locks.questions-only"),
        _ when length != LockLength.Permanent && !MayEnd(kind) => new("locks.permanent-only"),
        _ => null,
    };

    /// <summary>Whether locks of a kind can end by themselves.</summary>
    public static bool MayEnd(LockKind kind) => kind is LockKind.Dispute or LockKind.Comments;

    /// <summary>Why a person may not unlock a post.</summary>
    public static Refusal? WhyNotUnlock(Person person, PostFacts post) => (person, post) switch
    {
        ({ IsModerator: false }, _) => Refusals.ModeratorsOnly,
        (_, { LockedAt: null }) => new("locks.not-locked"),
        (_, { Lock: LockKind.Merged }) => new("locks.unmerge-first"),
        ({ IsAdministrator: false }, { Lock: LockKind.Policy }) => new("locks.administrators"),
        _ => null,
    };

    /// <summary>When a lock that begins now ends; null: not by itself.</summary>
    public static DateTimeOffset? End(LockLength length, DateTimeOffset now, LockSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return length switch
        {
            LockLength.Short => now + settings.Short,
            LockLength.Medium => now + settings.Medium,
            LockLength.Long => now + settings.Long,
            LockLength.Permanent => null,
        };
    }
}
