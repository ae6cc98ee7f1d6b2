using Forum.Core.Closing;

namespace Forum.Core.Flags;

/// <summary>What somebody says is wrong; stored, so numbers never change (docs/rules/flags.md, section 1).</summary>
public enum FlagKind
{
    /// <summary>A post that advertises.</summary>
    Spam = 1,

    /// <summary>A post that no reasonable person would want here.</summary>
    Rude = 2,

    /// <summary>An answer that answers nothing.</summary>
    NotAnAnswer = 3,

    /// <summary>A post that no editing could save.</summary>
    VeryLowQuality = 4,

    /// <summary>A question that should be closed.</summary>
    Close = 5,

    /// <summary>A post that was copied without saying so.</summary>
    Plagiarism = 6,

    /// <summary>Anything else about a post that takes a moderator, in words.</summary>
    Moderator = 7,

    /// <summary>A comment that attacks somebody.</summary>
    Harassment = 11,

    /// <summary>A comment that is not kind.</summary>
    Unkind = 12,

    /// <summary>A comment that has served its time.</summary>
    Obsolete = 13,

    /// <summary>Anything else about a comment, in words.</summary>
    CommentModerator = 14,

    /// <summary>Something about a post that the rules noticed.</summary>
    Noticed = 21,
}

/// <summary>What became of a flag; stored, so numbers never change (docs/rules/flags.md, section 3).</summary>
public enum FlagState
{
    Pending = 0,

    /// <summary>It was right.</summary>
    Helpful = 1,

    /// <summary>It was not.</summary>
    Declined = 2,

    /// <summary>Others saw it otherwise; nobody is to blame.</summary>
    Disputed = 3,

    /// <summary>Nobody decided in time.</summary>
    Aged = 4,

    /// <summary>Who raised it took it back.</summary>
    Retracted = 5,
}

/// <summary>What the kinds of flags are, as data.</summary>
public static class FlagKinds
{
    /// <summary>Those that can be raised of posts, as they are offered.</summary>
    public static IReadOnlyList<FlagKind> OfPosts { get; } =
        [FlagKind.Spam, FlagKind.Rude, FlagKind.NotAnAnswer, FlagKind.VeryLowQuality, FlagKind.Close, FlagKind.Plagiarism, FlagKind.Moderator];

    /// <summary>Those that can be raised of comments.</summary>
    public static IReadOnlyList<FlagKind> OfComments { get; } = [FlagKind.Harassment, FlagKind.Unkind, FlagKind.Obsolete, FlagKind.CommentModerator];

    /// <summary>Why a question should be closed; their words are under <c>flags.close-…</c>.</summary>
    public static IReadOnlyList<string> CloseReasons { get; } = [Duplicate, "community-specific", .. CloseReason.General];

    /// <summary>The reason that names another question.</summary>
    public const string Duplicate = CloseReason.Duplicate;

    /// <summary>What moderators reply to whom they decline; their words are under <c>flags.reply-…</c>.</summary>
    public static IReadOnlyList<string> Replies { get; } = ["no-evidence", "technical", "standard", "community", Other];

    /// <summary>The reply in words of one's own.</summary>
    public const string Other = "other";

    /// <summary>The stable end of the kind's words and addresses.</summary>
    public static string Key(this FlagKind kind) => kind switch
    {
        FlagKind.Spam => "spam",
        FlagKind.Rude => "rude",
        FlagKind.NotAnAnswer => "not-an-answer",
        FlagKind.VeryLowQuality => "very-low-quality",
        FlagKind.Close => "close",
        FlagKind.Plagiarism => "plagiarism",
        FlagKind.Moderator => "moderator",
        FlagKind.Harassment => "harassment",
        FlagKind.Unkind => "unkind",
        FlagKind.Obsolete => "obsolete",
        FlagKind.CommentModerator => "comment-moderator",
        FlagKind.Noticed => "noticed",
    };

    /// <summary>Whether it says that a post must go at once: so many of these delete it.</summary>
    public static bool IsRed(this FlagKind kind) => kind is FlagKind.Spam or FlagKind.Rude;

    /// <summary>Whether it is of a comment.</summary>
    public static bool IsOfComment(this FlagKind kind) => OfComments.Contains(kind);

    /// <summary>Whether it says what it means in words.</summary>
    public static bool HasWords(this FlagKind kind) => kind is FlagKind.Plagiarism or FlagKind.Moderator or FlagKind.CommentModerator;

    /// <summary>Those for a queue of reviewers, where moderators may find them too.</summary>
    public static IReadOnlyList<FlagKind> OfQueues { get; } = [FlagKind.VeryLowQuality, FlagKind.Close];

    /// <summary>Whether it is for moderators.</summary>
    public static bool IsForModerators(this FlagKind kind) => !OfQueues.Contains(kind);

    /// <summary>The same of a column that holds the kind, in SQL.</summary>
    internal static string AreForModerators(string column) => $"{column} not in ({string.Join(", ", OfQueues.Select(kind => (int)kind))})";

    /// <summary>Whether it ages away. What waits for a moderator's word, in words or noticed by the rules, waits until it has it.</summary>
    public static bool Ages(this FlagKind kind) => kind is not (FlagKind.Plagiarism or FlagKind.Moderator or FlagKind.CommentModerator or FlagKind.Noticed);

    /// <summary>The stable end of a state's words.</summary>
    public static string Key(this FlagState state) => state switch
    {
        FlagState.Pending => "pending",
        FlagState.Helpful => "helpful",
        FlagState.Declined => "declined",
        FlagState.Disputed => "disputed",
        FlagState.Aged => "aged",
        FlagState.Retracted => "retracted",
    };
}
