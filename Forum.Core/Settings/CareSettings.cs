namespace Forum.Core.Settings;

/// <summary>What the forum does by itself to stay tidy (docs/rules/care.md).</summary>
public sealed record CareSettings
{
    /// <summary>Whether questions that nobody needs are deleted by themselves.</summary>
    public bool ClearsAway { get; init; } = true;
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int Hour { get; init; } = 4;
    /// <summary>Most posts that each kind deletes in a night; the rest waits for the next.</summary>
    [Allowed(1, 100_000)]
    public int MostANight { get; init; } = 500;
    /// <summary>How long the rarer kinds rest.</summary>
    public TimeSpan Week { get; init; } = TimeSpan.FromDays(7);
    /// <summary>A closed question goes so long after it was closed and last edited…</summary>
    public TimeSpan ClosedAfter { get; init; } = TimeSpan.FromDays(9);
    /// <summary>…if it has no higher score.</summary>
    [Allowed(-1_000, 1_000)]
    public int ClosedScore { get; init; }
    /// <summary>A question without answers goes so long after it was asked…</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromDays(30);
    /// <summary>…if it has no higher score than this…</summary>
    [Allowed(-1_000, 0)]
    public int DeadScore { get; init; } = -1;
    /// <summary>…of which votes down count only once they are so old.</summary>
    public TimeSpan VotesSettle { get; init; } = TimeSpan.FromDays(2);
    /// <summary>One that nobody looks at goes so long after it was asked…</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromDays(365);
    /// <summary>…if it has no higher score…</summary>
    [Allowed(-1_000, 1_000)]
    public int AbandonedScore { get; init; }
    /// <summary>…or none higher than this when its author is gone…</summary>
    [Allowed(-1_000, 1_000)]
    public int AbandonedScoreOfNobody { get; init; } = 1;
    /// <summary>…no more views a day…</summary>
    public double AbandonedViewsADay { get; init; } = 1.5;
    /// <summary>…and no more comments.</summary>
    [Allowed(0, 1_000)]
    public int AbandonedComments { get; init; } = 1;
    /// <summary>Whether old questions are brought up again…</summary>
    public bool BringsUp { get; init; } = true;
    /// <summary>…one in so long…</summary>
    public TimeSpan BringUpEvery { get; init; } = TimeSpan.FromHours(1);
    /// <summary>…that nothing happened to for so long.</summary>
    public TimeSpan BringUpAfter { get; init; } = TimeSpan.FromDays(30);
    /// <summary>Whether questions are protected by themselves…</summary>
    public bool Protects { get; init; } = true;
    /// <summary>…once so many answers of newcomers were deleted…</summary>
    [Allowed(1, 1_000)]
    public int ProtectAfterDeleted { get; init; } = 3;
    /// <summary>…or so many of anybody were deleted as spam…</summary>
    [Allowed(1, 1_000)]
    public int ProtectAfterSpam { get; init; } = 2;
    /// <summary>…or so many of newcomers that nobody voted up came…</summary>
    [Allowed(1, 1_000)]
    public int ProtectAfterAnswers { get; init; } = 5;
    /// <summary>…within this time.</summary>
    public TimeSpan ProtectWithin { get; init; } = TimeSpan.FromDays(1);
}
