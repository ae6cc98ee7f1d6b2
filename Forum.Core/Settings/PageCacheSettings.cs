namespace Forum.Core.Settings;

/// <summary>Rendered pages kept in memory for readers who are not signed in (docs/decisions/0009-pages-are-kept-by-what-they-show.md).</summary>
public sealed record PageCacheSettings
{
    /// <summary>Whether pages are kept at all.</summary>
    public bool IsOn { get; init; } = true;
    /// <summary>How long a page may be shown again; what no event tells of (views, reputation beside a name) is no older than this.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Bytes of pages that are kept; those not asked for of late make room.</summary>
    [Allowed(0, 4_000_000_000)]
    public long Bytes { get; init; } = 24_000_000;
    /// <summary>A page larger than this is not kept.</summary>
    public int PageBytes { get; init; } = 1_000_000;
}
