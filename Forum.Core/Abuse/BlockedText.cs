using System.Buffers;
using Forum.Data;

namespace Forum.Core.Abuse;

/// <summary>What kind of text is blocked; stored, so numbers never change.</summary>
public enum BlockedKind
{
    /// <summary>A domain, with all below it.</summary>
    Domain = 1,

    /// <summary>Words as they stand, however they are spelt.</summary>
    Phrase = 2,

    /// <summary>Words that harass: a comment with them is deleted by fewer flags.</summary>
    Harassment = 3,

    /// <summary>Words that nobody needs to keep: a comment with them is deleted by fewer flags.</summary>
    Chatter = 4,
}

/// <summary>What is done with a text that has something blocked in it; stored, so numbers never change.</summary>
public enum BlockedAction
{
    /// <summary>It only needs fewer flags.</summary>
    None = 0,

    /// <summary>It is not taken.</summary>
    Refuse = 1,

    /// <summary>It is taken, and moderators look at it.</summary>
    Hold = 2,
}

/// <summary>A domain or a phrase that is blocked (docs/rules/abuse.md, section 2).</summary>
public sealed record BlockedText
{
    internal const string Columns =
        """
        b.id as Id, b.kind as Kind, b.action as Action, b.text as Text, b.folded as Folded, b.note as Note, b.hits as Hits, b.last_hit_at as LastHitAt,
        b.created_at as CreatedAt, b.created_by as CreatedBy, b.removed_at as RemovedAt
        """;

    public long Id { get; init; }
    public BlockedKind Kind { get; init; }
    public BlockedAction Action { get; init; }

    /// <summary>As it was typed.</summary>
    public string Text { get; init; } = "";

    /// <summary>As it is compared.</summary>
    public string Folded { get; init; } = "";

    /// <summary>Why, for moderators.</summary>
    public string Note { get; init; } = "";

    /// <summary>How many texts it was found in.</summary>
    public int Hits { get; init; }
    public DateTimeOffset? LastHitAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who added it; null: it came with the program.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>Since when it is not looked for.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>How a domain that somebody typed, perhaps as an address, or a phrase is compared; empty when it says nothing.</summary>
    public static string FoldedFor(BlockedKind kind, string? text)
    {
        var folded = Folding.Fold(text);
        if (kind != BlockedKind.Domain)
            return folded;
        var host = folded;
        if (host.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
            host = host[(scheme + 3)..];
        host = host.Split('/', '?', '#', ' ')[0].Split(':')[0].TrimStart('*').Trim('.');
        if (host.StartsWith("www.", StringComparison.Ordinal))
            host = host[4..];
        return Folding.Hosts(host).FirstOrDefault() == host ? host : Folding.Hosts(host).FirstOrDefault() is { } decoded && host.Contains("xn--", StringComparison.Ordinal) ? decoded : "";
    }
}

/// <summary>All that is blocked, made to be looked for at once. Immutable.</summary>
public sealed class BlockedSet
{
    private readonly Dictionary<string, List<BlockedText>> domains = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<BlockedText>> phrases = [];
    private readonly SearchValues<string>? any;

    /// <summary>Nothing is blocked.</summary>
    public static BlockedSet Empty { get; } = new([], -1);

    public BlockedSet(IReadOnlyCollection<BlockedText> texts, long version)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Version = version;
        foreach (var text in texts)
        {
            if (text.Kind == BlockedKind.Domain)
                Among(domains, text.Folded).Add(text);
            else
                Among(phrases, text.Folded[0]).Add(text);
        }

        if (phrases.Count > 0)
            any = SearchValues.Create([.. phrases.Values.SelectMany(same => same).Select(text => text.Folded)], StringComparison.Ordinal);
    }

    internal long Version { get; }

    /// <summary>What of it is in a Markdown text.</summary>
    public IReadOnlyCollection<BlockedText> In(string? markdown)
    {
        if (any is null && domains.Count == 0)
            return [];

        var found = new HashSet<BlockedText>(ReferenceEqualityComparer.Instance);
        foreach (var reading in Folding.Readings(markdown))
        {
            FindPhrases(reading, found);
            if (domains.Count > 0)
                FindDomains(reading, found);
        }

        return found;
    }

    private void FindPhrases(string text, HashSet<BlockedText> found)
    {
        if (any is null)
            return;

        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(any);
            if (next < 0)
                return;
            at += next;
            foreach (var phrase in phrases.GetValueOrDefault(text[at]) ?? [])
            {
                if (string.CompareOrdinal(text, at, phrase.Folded, 0, phrase.Folded.Length) == 0 && StandsAlone(text, at, phrase.Folded))
                    found.Add(phrase);
            }
        }
    }

    private void FindDomains(string text, HashSet<BlockedText> found)
    {
        foreach (var host in Folding.Hosts(text))
        {
            for (var from = 0; from >= 0; from = host.IndexOf('.', from) is var dot and >= 0 ? dot + 1 : -1)
            {
                if (domains.TryGetValue(host[from..], out var texts))
                    found.UnionWith(texts);
            }
        }
    }

    // "class" has no "lass" in it.
    private static bool StandsAlone(string text, int at, string phrase) =>
        !(at > 0 && Folding.IsOfWord(phrase[0]) && Folding.IsOfWord(text[at - 1]))
        && !(at + phrase.Length < text.Length && Folding.IsOfWord(phrase[^1]) && Folding.IsOfWord(text[at + phrase.Length]));

    private static List<BlockedText> Among<TKey>(Dictionary<TKey, List<BlockedText>> texts, TKey key) where TKey : notnull
    {
        if (!texts.TryGetValue(key, out var same))
            texts[key] = same = [];
        return same;
    }
}

/// <summary>What is blocked now, kept in memory: a look at the number of the last change tells whether it still is, whichever process made it.</summary>
public sealed class BlockedTexts
{
    private BlockedSet kept = BlockedSet.Empty;

    /// <summary>What is in force.</summary>
    public async Task<BlockedSet> Now(Db db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var version = await db.Get<long>("select coalesce(max(version), 0) from blocked_texts", token: token);
        var known = Volatile.Read(ref kept);
        if (known.Version == version)
            return known;

        var fresh = new BlockedSet(await db.Query<BlockedText>($"select {BlockedText.Columns} from blocked_texts b where b.removed_at is null", token: token), version);
        Volatile.Write(ref kept, fresh);
        return fresh;
    }
}
