using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Forum.Web.Http;

/// <summary>
/// Remembers what a header's text means: browsers send the same few texts again and again. Texts beyond the first many, and long ones,
/// are read each time, so that nobody fills memory with them.
/// </summary>
sealed class HeaderMemo<T>(Func<StringValues, T> read)
{
    const int Most = 1_000;
    const int Longest = 200;

    readonly ConcurrentDictionary<string, T> known = new(StringComparer.Ordinal);
    int count;

    /// <summary>What the header means.</summary>
    public T Read(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { Length: <= Longest } text)
            return read(header);
        if (known.TryGetValue(text, out var meaning))
            return meaning;

        meaning = read(header);
        if (Volatile.Read(ref count) < Most && known.TryAdd(text, meaning))
            Interlocked.Increment(ref count);
        return meaning;
    }
}
