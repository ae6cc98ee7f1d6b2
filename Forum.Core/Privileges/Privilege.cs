namespace Forum.Core.Privileges;

/// <summary>How mature a community is, and so how much reputation its privileges need.</summary>
public enum Preset
{
    /// <summary>A handful of founders.</summary>
    PrivateBeta,

    /// <summary>A young community: the default.</summary>
    PublicBeta,

    /// <summary>A grown one.</summary>
    Full,
}

/// <summary>
/// Something that reputation allows. Rules, the help page and the administration read this one list
/// (docs/rules/privileges.md).
/// </summary>
/// <param name="Key">Stable name; <c>privileges.{Key}</c> is its title and <c>privileges.{Key}.what</c> its sentence.</param>
/// <param name="PrivateBeta">Reputation it needs in a private beta.</param>
/// <param name="PublicBeta">Reputation it needs in a public beta.</param>
/// <param name="Full">Reputation it needs on a grown site.</param>
public sealed record Privilege(string Key, int PrivateBeta, int PublicBeta, int Full)
{
    public static readonly Privilege CreatePosts = new("create-posts", 1, 1, 1);
    public static readonly Privilege NewUserLifted = new("new-user-lifted", 1, 10, 10);
    public static readonly Privilege CreateWiki = new("create-wiki", 10, 10, 10);
    public static readonly Privilege VoteUp = new("vote-up", 1, 15, 15);
    public static readonly Privilege FlagPosts = new("flag-posts", 15, 15, 15);
    public static readonly Privilege SelfAnswer = new("self-answer", 15, 15, 15);
    public static readonly Privilege CommentEverywhere = new("comment-everywhere", 1, 50, 50);
    public static readonly Privilege SetBounties = new("set-bounties", 75, 75, 75);
    public static readonly Privilege EditWiki = new("edit-wiki", 1, 100, 100);
    public static readonly Privilege VoteDown = new("vote-down", 1, 125, 125);
    public static readonly Privilege CreateTags = new("create-tags", 1, 150, 300);
    public static readonly Privilege ViewCloseVotes = new("view-close-votes", 1, 250, 250);
    public static readonly Privilege ReviewQueues = new("review-queues", 350, 350, 500);
    public static readonly Privilege EstablishedUser = new("established-user", 100, 750, 1_000);
    public static readonly Privilege EditFreely = new("edit-freely", 500, 1_000, 2_000);
    public static readonly Privilege CloseVotes = new("close-votes", 15, 500, 3_000);
    public static readonly Privilege TagSynonyms = new("tag-synonyms", 1_250, 1_250, 2_500);
    public static readonly Privilege ReviewTagTexts = new("review-tag-texts", 750, 1_500, 5_000);
    public static readonly Privilege ModeratorTools = new("moderator-tools", 1_000, 2_000, 10_000);
    public static readonly Privilege ProtectQuestions = new("protect-questions", 1_750, 3_500, 15_000);
    public static readonly Privilege TrustedUser = new("trusted-user", 2_000, 4_000, 20_000);
    public static readonly Privilege SiteAnalytics = new("site-analytics", 2_500, 5_000, 25_000);

    /// <summary>All of them, least demanding first.</summary>
    public static readonly IReadOnlyList<Privilege> All =
    [
        CreatePosts, NewUserLifted, CreateWiki, VoteUp, FlagPosts, SelfAnswer, CommentEverywhere, SetBounties, EditWiki, VoteDown, CreateTags, ViewCloseVotes, ReviewQueues, EstablishedUser,
        EditFreely, TagSynonyms, CloseVotes, ReviewTagTexts, ModeratorTools, ProtectQuestions, TrustedUser, SiteAnalytics,
    ];

    /// <summary>The reputation it needs under <paramref name="preset"/>.</summary>
    public int Threshold(Preset preset) => preset switch
    {
        Preset.PrivateBeta => PrivateBeta,
        Preset.PublicBeta => PublicBeta,
        Preset.Full => Full,
    };
}
