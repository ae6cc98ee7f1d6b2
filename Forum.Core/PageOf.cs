namespace Forum.Core;

/// <summary>One numbered page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Size">How many items a full page has.</param>
/// <param name="Total">How many items there are on all pages.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Number, int Size, long Total)
{
    /// <summary>How many pages there are; at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Total + Size - 1) / Size);
}
