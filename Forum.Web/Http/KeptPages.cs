using System.Collections.Concurrent;
using Forum.Core.Pipeline;
using Forum.Core.Settings;

namespace Forum.Web.Http;

/// <summary>
/// The pages that are kept, within a number of bytes. When there is no room left, the oldest that nobody asked for since it was last
/// looked at makes room, if the new one was asked for more often of late: most pages are asked for once. A singleton.
/// </summary>
sealed class KeptPages(Generations generations, SettingsStore settings, TimeProvider clock)
{
    readonly ConcurrentDictionary<PageKey, KeptPage> pages = new();
    readonly LinkedList<KeptPage> row = new();
    readonly Lock ordering = new();
    readonly AskedOfLate asked = new();
    long bytes;

    /// <summary>What the kept pages take up.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>How many are kept.</summary>
    public int Count => pages.Count;

    /// <summary>The page, if it is kept and nothing on it has changed.</summary>
    public KeptPage? Find(in PageKey key)
    {
        asked.Count(key);
        if (!pages.TryGetValue(key, out var page))
            return null;
        if (page.Expires > clock.GetUtcNow() && page.IsCurrent(generations))
        {
            // Written only when it changes, so that processors do not pass the line to and fro.
            if (!page.IsUsed)
                page.IsUsed = true;
            return page;
        }

        Remove(page);
        return null;
    }

    /// <summary>Keeps a page in place of the one that is there, if there is room for it.</summary>
    public void Add(KeptPage page)
    {
        lock (ordering)
        {
            if (pages.TryGetValue(page.Key, out var before))
                Remove(before);
            if (!MakeRoom(page.Size, asked.Times(page.Key)))
                return;
            pages[page.Key] = page;
            page.Place = row.AddLast(page);
            bytes += page.Size;
        }
    }

    /// <summary>Compresses a page beside the requests, once; whoever asks before it is done gets it as it is.</summary>
    public void Compress(KeptPage page) => ThreadPool.UnsafeQueueUserWorkItem(
        static work =>
        {
            var more = work.Page.Compress();
            lock (work.Pages.ordering)
            {
                if (work.Page.Place is null)
                    return;
                work.Page.Size += more;
                work.Pages.bytes += more;
                work.Pages.MakeRoom(0, int.MaxValue);
            }
        },
        (Pages: this, Page: page),
        preferLocal: false);

    // Whether so many bytes find room, at the cost of pages that were asked for less often than so many times.
    bool MakeRoom(int size, int times)
    {
        var now = clock.GetUtcNow();
        while (row.First is { } first && (bytes + size > settings.Current.PageCache.Bytes || first.Value.Expires <= now))
        {
            var page = first.Value;
            if (page.IsUsed && page.Expires > now)
            {
                page.IsUsed = false;
                row.RemoveFirst();
                row.AddLast(first);
            }
            else if (page.Expires <= now || asked.Times(page.Key) < times)
                Remove(page);
            else
                return false;
        }

        return bytes + size <= settings.Current.PageCache.Bytes;
    }

    void Remove(KeptPage page)
    {
        lock (ordering)
        {
            if (page.Place is not { } place)
                return;
            page.Place = null;
            row.Remove(place);
            bytes -= page.Size;
            pages.TryRemove(new(page.Key, page));
        }
    }
}

/// <summary>About how often pages were asked for of late, at the price of a byte each: two of the same hash are counted together.</summary>
sealed class AskedOfLate
{
    const int Counted = 1 << 17;

    // After so many requests all counts are halved, so that what was read a minute ago makes room for what is read now.
    const int Memory = 1 << 15;

    readonly byte[] times = new byte[Counted];
    int requests;

    /// <summary>Counts a request. Two at once may count as one.</summary>
    public void Count(in PageKey key)
    {
        ref var count = ref times[Place(key)];
        if (count < byte.MaxValue)
            count++;
        if (Interlocked.Increment(ref requests) % Memory == 0)
            Fade();
    }

    /// <summary>How often it was asked for.</summary>
    public int Times(in PageKey key) => times[Place(key)];

    static uint Place(in PageKey key) => (uint)key.GetHashCode() % Counted;

    void Fade()
    {
        foreach (ref var count in times.AsSpan())
            count >>= 1;
    }
}
