using System.Collections.Concurrent;
using Forum.Core.Pipeline;
using Forum.Core.Settings;

namespace Forum.Web.Http;

/// <summary>
/// The pages that are kept, within a number of bytes: the oldest that nobody asked for since it was last looked at makes room.
/// While there is little room, a page is only kept when it is rendered a second time: most pages are asked for once. A singleton.
/// </summary>
sealed class KeptPages(Generations generations, SettingsStore settings, TimeProvider clock)
{
    // Pages rendered of late that were not kept, by their keys' hashes; a newer one takes the place of an older.
    const int Remembered = 1 << 16;

    readonly int[] rendered = new int[Remembered];
    readonly ConcurrentDictionary<PageKey, KeptPage> pages = new();
    readonly LinkedList<KeptPage> row = new();
    readonly Lock ordering = new();
    long bytes;

    /// <summary>What the kept pages take up.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>How many are kept.</summary>
    public int Count => pages.Count;

    /// <summary>The page, if it is kept and nothing on it has changed.</summary>
    public KeptPage? Find(in PageKey key)
    {
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

    /// <summary>Keeps a page in place of the one that is there, or remembers that it was rendered.</summary>
    public void Add(KeptPage page)
    {
        lock (ordering)
        {
            if (pages.TryGetValue(page.Key, out var before))
                Remove(before);
            if (bytes > settings.Current.PageCache.Bytes / 2 && IsFirst(page.Key))
                return;
            pages[page.Key] = page;
            page.Place = row.AddLast(page);
            bytes += page.Size;
            MakeRoom();
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
                work.Pages.MakeRoom();
            }
        },
        (Pages: this, Page: page),
        preferLocal: false);

    bool IsFirst(in PageKey key)
    {
        var hash = key.GetHashCode();
        ref var place = ref rendered[(uint)hash % Remembered];
        var isFirst = place != hash;
        place = hash;
        return isFirst;
    }

    void MakeRoom()
    {
        var now = clock.GetUtcNow();
        while (row.First is { } first && (bytes > settings.Current.PageCache.Bytes || first.Value.Expires <= now))
        {
            var page = first.Value;
            if (page.IsUsed && page.Expires > now)
            {
                page.IsUsed = false;
                row.RemoveFirst();
                row.AddLast(first);
            }
            else
                Remove(page);
        }
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
