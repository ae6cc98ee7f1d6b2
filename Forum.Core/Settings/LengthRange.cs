namespace Forum.Core.Settings;

/// <summary>Least and most.</summary>
public sealed record LengthRange
{
    public LengthRange() { }
    public LengthRange(int min, int max) => (Min, Max) = (min, max);
    public int Min { get; init; }
    public int Max { get; init; }
}
