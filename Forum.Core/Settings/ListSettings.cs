namespace Forum.Core.Settings;

/// <summary>What lists of questions show, and how far they look for it (docs/rules/lists.md).</summary>
[Allowed(1, 100_000)]
public sealed record ListSettings
{
    /// <summary>Questions with this score or less are not on the home page.</summary>
    [Allowed(-1_000_000, 0)]
    public int OffHomeScore { get; init; } = -4;
    /// <summary>Questions with this score or less interest nobody in particular.</summary>
    [Allowed(-1_000_000, 0)]
    public int DullScore { get; init; } = -3;
    /// <summary>Questions on the personal home page that are chosen by tags and age…</summary>
    public int Interesting { get; init; } = 81;
    /// <summary>…from so many of the last active ones of all…</summary>
    public int InterestingNewest { get; init; } = 500;
    /// <summary>…and so many of each tag that is watched or known…</summary>
    public int InterestingOfTag { get; init; } = 100;
    /// <summary>…with so many hot ones, which change by the day…</summary>
    [Allowed(0, 1_000)]
    public int InterestingHot { get; init; } = 15;
    /// <summary>…that are answered and score so much.</summary>
    [Allowed(0, 1_000_000)]
    public int InterestingHotScore { get; init; } = 20;
    /// <summary>Tags in which somebody's answers score, taken as if they were watched.</summary>
    [Allowed(0, 100)]
    public int KnownTags { get; init; } = 5;
    /// <summary>Questions that a filter looks at, in the order it lists them.</summary>
    public int LookedAt { get; init; } = 5_000;
    /// <summary>Tags that a list is made of which shows what carries any of them: those with most questions.</summary>
    [Allowed(1, 100)]
    public int TagsTogether { get; init; } = 20;
    /// <summary>Last active questions that are ranked…</summary>
    public int Ranked { get; init; } = 3_000;
    /// <summary>…so many of which are listed as hot, trending, of the week or of the month…</summary>
    public int Hot { get; init; } = 500;
    /// <summary>…so many beside the home page…</summary>
    [Allowed(0, 100)]
    public int HotBeside { get; init; } = 10;
    /// <summary>…anew so often.</summary>
    public TimeSpan RankedEvery { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Votes of so long ago make a question trending.</summary>
    public TimeSpan TrendingWithin { get; init; } = TimeSpan.FromDays(3);
    /// <summary>How often it is counted which questions are linked to.</summary>
    public TimeSpan LinksCountedEvery { get; init; } = TimeSpan.FromHours(1);
    /// <summary>Tags and patterns that somebody may watch and ignore.</summary>
    public int WatchedTags { get; init; } = 200;
    /// <summary>Filters that somebody may save…</summary>
    public int SavedFilters { get; init; } = 20;
    /// <summary>…and characters of their names.</summary>
    public int FilterName { get; init; } = 40;
}
