namespace Forum.Core.Settings;

/// <summary>Review queues: how much a person may review, how many must agree, and how reviewers are tested (docs/rules/reviews.md).</summary>
[Allowed(0, 1_000_000)]
public sealed record ReviewSettings
{
    /// <summary>Reviews in a queue and UTC day.</summary>
    public int PerDay { get; init; } = 20;
    /// <summary>Questions, and answers, of a person that are looked at as their first.</summary>
    public int FirstPosts { get; init; } = 1;
    /// <summary>An answer is late when its question is older than this…</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromDays(30);
    /// <summary>…and looked at when its author has less reputation than this.</summary>
    public int LateBelowReputation { get; init; } = 50;
    /// <summary>Reviewers who find a first post or a late answer good.</summary>
    [Allowed(1, 1_000)]
    public int Agreed { get; init; } = 1;
    /// <summary>Reviewers who find a post of low quality good.</summary>
    [Allowed(1, 1_000)]
    public int LowQualityAgreed { get; init; } = 3;
    /// <summary>Recommendations that delete a post…</summary>
    [Allowed(1, 1_000)]
    public int Recommendations { get; init; } = 6;
    /// <summary>…or deletions by those who may.</summary>
    [Allowed(1, 1_000)]
    public int Deletions { get; init; } = 3;
    /// <summary>Reviewers who agree on closing or leaving open, reopening or leaving closed.</summary>
    [Allowed(1, 1_000)]
    public int CloseAgreed { get; init; } = 3;
    /// <summary>An answer with fewer characters is looked at for its quality.</summary>
    public int ShortAnswer { get; init; } = 60;
    /// <summary>One review of so many is a test.</summary>
    public int AuditEvery { get; init; } = 10;
    /// <summary>A post that scores so much is known to be good.</summary>
    [Allowed(1, 1_000_000)]
    public int GoodScore { get; init; } = 5;
    /// <summary>Tests that a queue has ready, of good posts and of bad ones.</summary>
    public int AuditsReady { get; init; } = 20;
    /// <summary>Failed tests that suspend a reviewer…</summary>
    [Allowed(1, 1_000)]
    public int Failures { get; init; } = 3;
    /// <summary>…within this.</summary>
    public TimeSpan FailuresWithin { get; init; } = TimeSpan.FromDays(30);
    /// <summary>The first suspension; the next is twice as long as the one before…</summary>
    public TimeSpan Suspension { get; init; } = TimeSpan.FromDays(2);
    /// <summary>…within this, and half as long later.</summary>
    public TimeSpan SuspendedAgain { get; init; } = TimeSpan.FromDays(30);
    /// <summary>A test that so many took…</summary>
    [Allowed(1, 1_000)]
    public int DropFrom { get; init; } = 4;
    /// <summary>…is dropped when more than so many in a hundred failed it,</summary>
    [Allowed(0, 100)]
    public int DropPercent { get; init; } = 50;
    /// <summary>or when so many say that it is wrong.</summary>
    [Allowed(1, 1_000)]
    public int Vetoes { get; init; } = 2;
    /// <summary>Days a moderator may keep somebody from reviewing.</summary>
    [Allowed(1, 3_650)]
    public int SuspensionDays { get; init; } = 365;
    /// <summary>Tasks on a page of a queue's history.</summary>
    [Allowed(1, 500)]
    public int Listed { get; init; } = 30;
}
