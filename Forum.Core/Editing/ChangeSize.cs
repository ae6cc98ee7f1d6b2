namespace Forum.Core.Editing;

/// <summary>How much an edit changed. Pure; what an editor does not say of an edit, this does.</summary>
/// <param name="Added">Characters that came…</param>
/// <param name="Removed">…and went.</param>
public readonly record struct ChangeSize(int Added, int Removed)
{
    /// <summary>Both together.</summary>
    public int Total => Added + Removed;

    /// <summary>From one text to another.</summary>
    public static ChangeSize Of(string was, string becomes)
    {
        var changed = TextDiff.Of(was, becomes).Where(row => !row.IsSame).ToList();
        return new(changed.Sum(row => Length(row.After, Change.Added)), changed.Sum(row => Length(row.Before, Change.Removed)));
    }

    private static int Length(IReadOnlyList<DiffPiece>? pieces, Change change) => pieces?.Where(piece => piece.Change == change).Sum(piece => piece.Text.Length) ?? 0;
}
