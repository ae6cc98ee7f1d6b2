namespace Forum.Core.Settings;

/// <summary>What badges need (docs/rules/badges.md). The numbers of each badge stand beside it in <see cref="Badges.Badge.All"/>.</summary>
public sealed record BadgeSettings
{
    /// <summary>Numbers by badge key that differ from the catalogue's, in its order; what is left out stays.</summary>
    public IReadOnlyDictionary<string, int[]> Numbers { get; init; } = new Dictionary<string, int[]>(StringComparer.Ordinal);
    /// <summary>Questions that a tag needs for badges of its own.</summary>
    public int TagQuestions { get; init; } = 100;
    public TagBadgeLevel TagBronze { get; init; } = new(100, 20);
    public TagBadgeLevel TagSilver { get; init; } = new(400, 80);
    public TagBadgeLevel TagGold { get; init; } = new(1_000, 200);
    /// <summary>When in the UTC day badges are awarded that depend on dates and on tags.</summary>
    [Allowed(1, 86_399)]
    public TimeSpan DailyAt { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>What a badge of a tag needs.</summary>
public sealed record TagBadgeLevel
{
    public TagBadgeLevel() { }
    public TagBadgeLevel(int score, int answers) => (Score, Answers) = (score, answers);
    /// <summary>Score of a person's answers under the tag, together.</summary>
    public int Score { get; init; }
    /// <summary>How many answers, at least.</summary>
    public int Answers { get; init; }
}
