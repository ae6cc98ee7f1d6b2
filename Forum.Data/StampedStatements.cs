using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Forum.Data;

/// <summary>
/// Statements with the stamp that names our source in the database's own log. A page's statements are a few thousand characters:
/// each place in the source makes them once for each text it asks with, and the same text is the same object ever after.
/// </summary>
internal static class StampedStatements
{
    // Texts that a place has more of are made each time.
    private const int KeptAtAPlace = 16;

    private static readonly ConcurrentDictionary<Place, (string Sql, string Stamped)[]> Known = new();

    internal static string Of(string sql, string file, int line)
    {
        var place = new Place(file, line);
        var kept = Known.GetOrAdd(place, []);
        foreach (var (known, stamped) in kept)
        {
            if (known == sql)
                return stamped;
        }

        var made = $"{sql} /* {Path.GetFileName(file.AsSpan())}:{line} */";
        if (kept.Length < KeptAtAPlace)
            Known.TryUpdate(place, [.. kept, (sql, made)], kept);
        return made;
    }

    // The compiler gives each place the same object for its file.
    private readonly record struct Place(string File, int Line)
    {
        public bool Equals(Place other) => ReferenceEquals(File, other.File) && Line == other.Line;

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(File), Line);
    }
}
