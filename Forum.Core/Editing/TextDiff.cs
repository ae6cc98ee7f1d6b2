using System.Text.RegularExpressions;
using DiffPlex;

namespace Forum.Core.Editing;

/// <summary>What became of a piece of text.</summary>
public enum Change
{
    /// <summary>It is as it was.</summary>
    None,

    /// <summary>It is there no more.</summary>
    Removed,

    /// <summary>It is new.</summary>
    Added,
}

/// <summary>A piece of a line, and what became of it.</summary>
public sealed record DiffPiece(string Text, Change Change);

/// <summary>A line before and after. Null stands for no line; both are the same list when nothing changed.</summary>
/// <param name="Before">Its pieces before: as they were, or removed.</param>
/// <param name="After">Its pieces after: as they were, or added.</param>
/// <param name="Skipped">When above 0, the row stands for so many lines that are as they were.</param>
public sealed record DiffRow(IReadOnlyList<DiffPiece>? Before, IReadOnlyList<DiffPiece>? After, int Skipped = 0)
{
    /// <summary>Whether the line is as it was.</summary>
    public bool IsSame => ReferenceEquals(Before, After);
}

/// <summary>
/// Compares two states of a text line by line, and lines that were changed word by word. What would take long is compared more
/// coarsely: a text may be made so that no two lines are alike. Pure.
/// </summary>
public static partial class TextDiff
{
    // Lines of either state, without the beginning and the end they share, that are compared one with each other.
    private const int MostLines = 1_000;

    // Product of the lengths of two lines that are compared word by word, summed up over a text.
    private const long MostWork = 4_000_000;

    // Lines that have less in common were not changed but replaced.
    private const double LeastAlike = 0.3;

    private const int Context = 3;

    private static readonly Differ Differ = new();

    /// <summary>The rows of a comparison; longer stretches that are as they were are folded up.</summary>
    public static IReadOnlyList<DiffRow> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var begin = Shared(old, now);
        var end = Shared([.. old.Skip(begin).Reverse()], [.. now.Skip(begin).Reverse()]);
        var middle = Compare(old[begin..^end], now[begin..^end]);
        return Fold([.. old.Take(begin).Select(Same), .. middle, .. old.TakeLast(end).Select(Same)]);
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    private static int Shared(string[] one, string[] other)
    {
        var shared = 0;
        while (shared < one.Length && shared < other.Length && one[shared] == other[shared])
            shared++;
        return shared;
    }

    private static List<DiffRow> Compare(string[] old, string[] now)
    {
        var rows = new List<DiffRow>();
        var work = 0L;
        // The library takes one empty line for no line.
        if (old.Length > MostLines || now.Length > MostLines || old is [""] || now is [""])
            return [.. old.Select(line => new DiffRow(Whole(line, Change.Removed), null)), .. now.Select(line => new DiffRow(null, Whole(line, Change.Added)))];

        var at = 0;
        foreach (var block in Differ.CreateCustomDiffs(string.Join('\n', old), string.Join('\n', now), ignoreWhiteSpace: false, text => text.Split('\n')).DiffBlocks)
        {
            var (removed, added) = (block.DeleteCountA, block.InsertCountB);
            rows.AddRange(old[at..block.DeleteStartA].Select(Same));
            at = block.DeleteStartA + removed;
            for (var i = 0; i < Math.Max(removed, added); i++)
            {
                var (was, becomes) = (i < removed ? old[block.DeleteStartA + i] : null, i < added ? now[block.InsertStartB + i] : null);
                rows.Add((was, becomes) switch
                {
                    (null, not null) => new DiffRow(null, Whole(becomes, Change.Added)),
                    (not null, null) => new DiffRow(Whole(was, Change.Removed), null),
                    _ => Changed(was!, becomes!, (work += (long)was!.Length * becomes!.Length) <= MostWork),
                });
            }
        }

        rows.AddRange(old[at..].Select(Same));
        return rows;
    }

    private static DiffRow Changed(string was, string becomes, bool isByWord)
    {
        if (!isByWord)
            return new DiffRow(Whole(was, Change.Removed), Whole(becomes, Change.Added));

        var words = Differ.CreateCustomDiffs(was, becomes, ignoreWhiteSpace: false, text => [.. Word().Matches(text).Select(match => match.Value)]);
        var (before, after) = (new List<DiffPiece>(), new List<DiffPiece>());
        var (at, alike) = (0, 0);
        foreach (var block in words.DiffBlocks)
        {
            Keep(block.DeleteStartA);
            Add(before, words.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA), Change.Removed);
            Add(after, words.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB), Change.Added);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        Keep(words.PiecesOld.Length);
        return alike < LeastAlike * Math.Max(was.Length, becomes.Length)
            ? new DiffRow(Whole(was, Change.Removed), Whole(becomes, Change.Added))
            : new DiffRow(before, after);

        void Keep(int upTo)
        {
            var kept = string.Concat(words.PiecesOld.Skip(at).Take(upTo - at));
            alike += kept.Length;
            Add(before, [kept], Change.None);
            Add(after, [kept], Change.None);
        }

        static void Add(List<DiffPiece> line, IEnumerable<string> pieces, Change change)
        {
            if (string.Concat(pieces) is { Length: > 0 } text)
                line.Add(new DiffPiece(text, change));
        }
    }

    private static List<DiffRow> Fold(List<DiffRow> rows)
    {
        var folded = new List<DiffRow>();
        for (var i = 0; i < rows.Count;)
        {
            var length = rows.Skip(i).TakeWhile(row => row.IsSame).Count();
            var (head, tail) = (i == 0 ? 0 : Context, i + length == rows.Count ? 0 : Context);
            if (length > head + tail + 1)
            {
                folded.AddRange(rows[i..(i + head)]);
                folded.Add(new DiffRow(null, null, length - head - tail));
                folded.AddRange(rows[(i + length - tail)..(i + length)]);
            }
            else
                folded.AddRange(rows[i..(i + length)]);

            i += length;
            if (i < rows.Count)
                folded.Add(rows[i++]);
        }

        return folded;
    }

    private static DiffRow Same(string line)
    {
        var pieces = Whole(line, Change.None);
        return new DiffRow(pieces, pieces);
    }

    private static DiffPiece[] Whole(string line, Change change) => [new DiffPiece(line, change)];

    // Words and what stands between them; of scripts that put no blanks between words, every letter.
    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}_-[\u3040-\u30FF\u3400-\u9FFF]]+|\s+|[\uD800-\uDBFF][\uDC00-\uDFFF]|.", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Word();
}
