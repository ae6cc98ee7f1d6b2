namespace Forum.Core.Settings;

/// <summary>Hiding of revisions (docs/rules/editing.md).</summary>
public sealed record RedactionSettings
{
    /// <summary>How many moderators it takes, the one who proposes it included. An administrator does it alone.</summary>
    [Allowed(1, 10)]
    public int Moderators { get; init; } = 2;
}
