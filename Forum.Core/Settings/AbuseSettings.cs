namespace Forum.Core.Settings;

/// <summary>Who may not post for a while, and which texts are not taken as they are (docs/rules/abuse.md).</summary>
public sealed record AbuseSettings
{
    /// <summary>Whether people are kept from posting at all.</summary>
    public bool Bans { get; init; } = true;
    /// <summary>Nobody is who has so much reputation.</summary>
    [Allowed(1, 1_000_000)]
    public int BanBelowReputation { get; init; } = 1_000;
    /// <summary>So many posts of a kind are written before they are judged…</summary>
    [Allowed(1, 1_000)]
    public int BanFromPosts { get; init; } = 5;
    /// <summary>…by the share of bad ones, in percent, from which no more are taken…</summary>
    [Allowed(1, 100)]
    public int BanFromShare { get; init; } = 60;
    /// <summary>…save one so long after the last.</summary>
    public TimeSpan BanProbe { get; init; } = TimeSpan.FromDays(182);
    /// <summary>Whether moderators, too, say which domains and phrases are blocked.</summary>
    public bool ModeratorsBlock { get; init; } = true;
    /// <summary>Whether new posts are looked at for how they are written.</summary>
    public bool Gate { get; init; } = true;
    /// <summary>A title with so many capital letters has a small one too.</summary>
    [Allowed(1, 1_000)]
    public int GateCapitals { get; init; } = 10;
    /// <summary>So many letters in a row are no word.</summary>
    [Allowed(5, 10_000)]
    public int GateRun { get; init; } = 60;
    /// <summary>Fewer characters beside code or pictures say nothing of them.</summary>
    [Allowed(0, 10_000)]
    public int GateProse { get; init; } = 25;
    /// <summary>So many lines that look like code are to be formatted as code.</summary>
    [Allowed(1, 1_000)]
    public int GateCodeLines { get; init; } = 4;
    /// <summary>Whether forms have a field that only programs fill.</summary>
    public bool Traps { get; init; } = true;
    /// <summary>Nobody fills the form of a new account faster than this.</summary>
    [Allowed(0, 3_600)]
    public TimeSpan RegisterAfter { get; init; } = TimeSpan.FromSeconds(3);
    /// <summary>Whether posts are compared with what was deleted as spam…</summary>
    public bool Spam { get; init; } = true;
    /// <summary>…of people with less reputation than this…</summary>
    [Allowed(1, 1_000_000)]
    public int SpamBelowReputation { get; init; } = 50;
    /// <summary>…once so many posts were spam…</summary>
    [Allowed(1, 100_000)]
    public int SpamLeast { get; init; } = 10;
    /// <summary>…and so many good.</summary>
    [Allowed(1, 100_000)]
    public int SpamLeastGood { get; init; } = 50;
    /// <summary>A post is good that scores so much.</summary>
    [Allowed(1, 1_000)]
    public int SpamGoodScore { get; init; } = 1;
    /// <summary>How likely, in percent, a post is spam that reviewers look at…</summary>
    [Allowed(50, 100)]
    public int SpamReviewed { get; init; } = 80;
    /// <summary>…and that moderators do.</summary>
    [Allowed(50, 100)]
    public int SpamFlagged { get; init; } = 95;
}
