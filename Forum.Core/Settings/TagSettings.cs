namespace Forum.Core.Settings;

/// <summary>Tags and what is said of them (docs/rules/tags.md).</summary>
public sealed record TagSettings
{
    /// <summary>Characters of what a tag is for in short…</summary>
    public LengthRange Excerpt { get; init; } = new(20, 500);
    /// <summary>…and of all there is to say of it.</summary>
    public LengthRange Wiki { get; init; } = new(30, 30_000);
    /// <summary>Score of a person's answers under a tag that proposing and voting on its synonyms needs.</summary>
    [Allowed(0, 1_000_000)]
    public int SynonymScore { get; init; } = 5;
    /// <summary>A synonym with this score is approved…</summary>
    [Allowed(1, 1_000)]
    public int SynonymApproved { get; init; } = 4;
    /// <summary>…and one with this score deleted.</summary>
    [Allowed(-1_000, -1)]
    public int SynonymDeleted { get; init; } = -2;
    /// <summary>Synonyms on a page of their list.</summary>
    [Allowed(1, 500)]
    public int SynonymsListed { get; init; } = 50;
    /// <summary>Tags that are shown beside one.</summary>
    [Allowed(1, 100)]
    public int Related { get; init; } = 10;
    /// <summary>How old related tags become before they are counted anew.</summary>
    public TimeSpan RelatedEvery { get; init; } = TimeSpan.FromDays(1);
    /// <summary>Acts in a tag's history.</summary>
    [Allowed(1, 500)]
    public int History { get; init; } = 20;
    /// <summary>Whether unused tags are deleted every night.</summary>
    public bool ClearUnused { get; init; } = true;
    /// <summary>Whether tags of one question without a wiki are deleted that are older than…</summary>
    public bool ClearLone { get; init; } = true;
    /// <summary>…this.</summary>
    public TimeSpan LoneAfter { get; init; } = TimeSpan.FromDays(183);
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int ClearHour { get; init; } = 3;
}
