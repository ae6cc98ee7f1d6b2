namespace Forum.Core.Settings;

/// <summary>Flags: how many a person may raise, how many it takes, how long they wait (docs/rules/flags.md).</summary>
[Allowed(0, 1_000_000)]
public sealed record FlagSettings
{
    /// <summary>Flags of posts that anybody may raise in a UTC day; flags of comments are as many again…</summary>
    public int PerDay { get; init; } = 10;
    /// <summary>…and one more for so much reputation…</summary>
    [Allowed(1, 1_000_000)]
    public int ReputationForOneMore { get; init; } = 2_000;
    /// <summary>…and for so many helpful flags, less those declined…</summary>
    [Allowed(1, 1_000_000)]
    public int HelpfulForOneMore { get; init; } = 10;
    /// <summary>…up to so many.</summary>
    public int MostPerDay { get; init; } = 100;
    /// <summary>Time between two flags of comments.</summary>
    public TimeSpan BetweenCommentFlags { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>People who call a post spam or rude before it is deleted and locked.</summary>
    [Allowed(1, 1_000)]
    public int RedFlags { get; init; } = 4;
    /// <summary>People who call a comment unkind or worse before it is deleted…</summary>
    [Allowed(1, 1_000)]
    public int UnkindFlags { get; init; } = 3;
    /// <summary>…and who call a comment no longer needed: one that is long or has votes…</summary>
    [Allowed(1, 1_000)]
    public int ObsoleteFlags { get; init; } = 3;
    /// <summary>…or one that is short and has none.</summary>
    [Allowed(1, 1_000)]
    public int ObsoleteFlagsOfShort { get; init; } = 2;
    /// <summary>People who call a comment unkind or worse that has known words of harassment…</summary>
    [Allowed(1, 1_000)]
    public int UnkindFlagsOfKnown { get; init; } = 1;
    /// <summary>…or no longer needed that has known words of no use.</summary>
    [Allowed(1, 1_000)]
    public int ObsoleteFlagsOfKnown { get; init; } = 1;
    /// <summary>Characters up to which a comment is short.</summary>
    public int ShortComment { get; init; } = 100;
    /// <summary>How long a flag waits before it ages away.</summary>
    public TimeSpan Ages { get; init; } = TimeSpan.FromDays(4);
    /// <summary>How long a recommendation to close waits.</summary>
    public TimeSpan CloseAges { get; init; } = TimeSpan.FromDays(14);
    /// <summary>After how long a recommendation to close that aged away can be made again.</summary>
    public TimeSpan CloseAgain { get; init; } = TimeSpan.FromDays(14);
    /// <summary>Posts older than this are not flagged as very low quality.</summary>
    public TimeSpan LowQualityAge { get; init; } = TimeSpan.FromDays(7);
    /// <summary>Nor those that score more.</summary>
    [Allowed(-1_000_000, 1_000_000)]
    public int LowQualityScore { get; init; }
    /// <summary>What a person writes to moderators.</summary>
    public LengthRange Words { get; init; } = new(10, 500);
    /// <summary>What a moderator replies in words of their own.</summary>
    public LengthRange Reply { get; init; } = new(10, 500);
    /// <summary>Declined flags of so long ago count against a flagger, and keep them from flagging for so long…</summary>
    public TimeSpan Ban { get; init; } = TimeSpan.FromDays(7);
    /// <summary>…when they are so many in a hundred…</summary>
    [Allowed(1, 100)]
    public int BanPercent { get; init; } = 25;
    /// <summary>…of at least so many.</summary>
    [Allowed(1, 1_000_000)]
    public int BanFrom { get; init; } = 10;
    /// <summary>How long the flags of a post are kept for the moderator who took them.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Flagged posts on a page of moderators' list, flags on a person's own.</summary>
    [Allowed(1, 500)]
    public int Listed { get; init; } = 30;
    /// <summary>Within this, so many…</summary>
    public TimeSpan Burst { get; init; } = TimeSpan.FromHours(24);
    /// <summary>…comments on a post tell moderators of it;</summary>
    [Allowed(2, 1_000_000)]
    public int BurstOfComments { get; init; } = 20;
    /// <summary>so many answers to a question;</summary>
    [Allowed(2, 1_000_000)]
    public int BurstOfAnswers { get; init; } = 30;
    /// <summary>so many rollbacks of a post;</summary>
    [Allowed(2, 1_000_000)]
    public int BurstOfRollbacks { get; init; } = 3;
    /// <summary>so many edits of a post by two people in turn;</summary>
    [Allowed(2, 1_000_000)]
    public int BurstOfEdits { get; init; } = 6;
    /// <summary>so many of their own posts that a person deletes.</summary>
    [Allowed(2, 1_000_000)]
    public int BurstOfDeletions { get; init; } = 5;
    /// <summary>Moderators are told of the same answer to so many questions…</summary>
    [Allowed(2, 1_000)]
    public int CopiedAnswers { get; init; } = 3;
    /// <summary>…by somebody with less reputation…</summary>
    public int CopiedBelowReputation { get; init; } = 125;
    /// <summary>…within this time.</summary>
    public TimeSpan CopiedWithin { get; init; } = TimeSpan.FromDays(30);
    /// <summary>So much of a post's text, in a hundred, is gone when its author destroys it.</summary>
    [Allowed(1, 100)]
    public int VandalismPercent { get; init; } = 80;
    /// <summary>A post destroyed by its author was good: it scores this at least.</summary>
    [Allowed(-1_000_000, 1_000_000)]
    public int VandalismScore { get; init; } = 1;
}
