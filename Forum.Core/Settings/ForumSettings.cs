using Forum.Core.Privileges;

namespace Forum.Core.Settings;

/// <summary>
/// Everything an operator can tune, with the rules' own values as defaults. A value comes from the database, else from
/// configuration (section <c>Forum</c>), else from here. Immutable: a change makes a new one.
/// </summary>
public sealed record ForumSettings
{
    /// <summary>The community's name.</summary>
    public string Name { get; init; } = "Forum";

    /// <summary>One sentence under the name.</summary>
    public string Tagline { get; init; } = "";

    /// <summary>Where the site is reached; links in mail, feeds and canonical addresses begin with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    /// <summary>The host an imported community lived at, such as <c>beer.stackexchange.com</c>: links to it lead to our own pages.</summary>
    public string? OldHost { get; init; }

    /// <summary>For an imported meta community, the host of the community it talks about.</summary>
    public string? MainHost { get; init; }

    /// <summary>The accent colour, as <c>#rrggbb</c>.</summary>
    public string AccentColour { get; init; } = "#1f6f54";

    /// <summary>What contributions are licensed under.</summary>
    public string License { get; init; } = "CC BY-SA 4.0";

    /// <summary>How much reputation privileges need; see docs/rules/privileges.md.</summary>
    public Preset Preset { get; init; } = Preset.PublicBeta;

    /// <summary>Thresholds by privilege key that differ from the preset's.</summary>
    public IReadOnlyDictionary<string, int> Thresholds { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What events are worth.</summary>
    public ReputationSettings Reputation { get; init; } = new();

    /// <summary>Sizes and counts.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>How often something is done in a short time.</summary>
    public PaceSettings Paces { get; init; } = new();

    /// <summary>Times within which something may be done.</summary>
    public WindowSettings Windows { get; init; } = new();

    /// <summary>What badges need.</summary>
    public BadgeSettings Badges { get; init; } = new();

    /// <summary>Reputation that people offer for answers.</summary>
    public BountySettings Bounties { get; init; } = new();

    /// <summary>Texts, synonyms and clearing of tags.</summary>
    public TagSettings Tags { get; init; } = new();

    /// <summary>How long posts are locked.</summary>
    public LockSettings Locks { get; init; } = new();

    /// <summary>Notices above posts.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>Revisions that are hidden.</summary>
    public RedactionSettings Redaction { get; init; } = new();

    /// <summary>What counts as serial voting.</summary>
    public FairnessSettings Fairness { get; init; } = new();

    /// <summary>Flags.</summary>
    public FlagSettings Flags { get; init; } = new();

    /// <summary>Review queues.</summary>
    public ReviewSettings Reviews { get; init; } = new();

    /// <summary>Closing and reopening of questions.</summary>
    public ClosingSettings Closing { get; init; } = new();

    /// <summary>Deleting and undeleting by votes.</summary>
    public DeletionSettings Deletion { get; init; } = new();

    /// <summary>Messages, warnings and suspensions.</summary>
    public DisciplineSettings Discipline { get; init; } = new();

    /// <summary>What the forum does by itself to stay tidy.</summary>
    public CareSettings Care { get; init; } = new();

    /// <summary>How accounts end.</summary>
    public DepartureSettings Departures { get; init; } = new();

    /// <summary>Figures of the site, and what moderators compare accounts by.</summary>
    public InsightSettings Insight { get; init; } = new();

    /// <summary>Who may not post for a while.</summary>
    public AbuseSettings Abuse { get; init; } = new();

    /// <summary>How many items a list's page has.</summary>
    public PageSettings Pages { get; init; } = new();

    /// <summary>What lists of questions show and how much they look at.</summary>
    public ListSettings Lists { get; init; } = new();

    /// <summary>How search reads and ranks.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Which pages are kept for readers who are not signed in, and how long.</summary>
    public PageCacheSettings PageCache { get; init; } = new();

    /// <summary>How much reputation <paramref name="privilege"/> needs here.</summary>
    public int Needs(Privilege privilege)
    {
        ArgumentNullException.ThrowIfNull(privilege);
        return Thresholds.TryGetValue(privilege.Key, out var own) ? own : privilege.Threshold(Preset);
    }
}
