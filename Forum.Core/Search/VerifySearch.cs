using Forum.Core.Markdown;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>The index holds exactly the posts that are visible, each with as many words as its text has.</summary>
sealed class VerifySearch : ICheck
{
    public string Name => "search index";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var differences = new List<string>();
        var indexed = await Sizes(db, "post_search", token);
        var titled = await Sizes(db, "title_search", token);
        await foreach (var post in db.Stream<IndexedPost>($"{IndexedPost.Select} where {IndexedPost.IsVisible} order by p.id").WithCancellation(token))
        {
            if (!indexed.Remove(post.Id, out var sizes))
                differences.Add($"post {post.Id} is visible but not found");
            else if (!Decode(sizes).SequenceEqual([Words(post.Title ?? ""), Words(PlainText.Of(post.Html))]))
                differences.Add($"post {post.Id} is indexed with another text");
            if (post.Title is { } title && !(titled.Remove(post.Id, out sizes) && Decode(sizes).SequenceEqual([Words(title)])))
                differences.Add($"question {post.Id} is not indexed by its title");
        }
        differences.AddRange(indexed.Keys.Order().Select(id => $"post {id} is found but not visible"));
        differences.AddRange(titled.Keys.Order().Select(id => $"post {id} is found by a title but is no visible question"));
        return differences;
    }

    static async Task<Dictionary<long, byte[]>> Sizes(Db db, string index, CancellationToken token)
    {
        var sizes = new Dictionary<long, byte[]>();
        await foreach (var row in db.Stream<Indexed>(
            db.Dialect switch
            {
                // The engine keeps the number of words of each column here, for its ranking.
                SqlDialect.Sqlite => $"select id as Id, sz as Sizes from {index}_docsize",
            }).WithCancellation(token))
            sizes.Add(row.Id, row.Sizes);
        return sizes;
    }

    static long Words(string text) => SearchTerms.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>SQLite's variable-length integers: seven bits a byte, the most significant first.</summary>
    static List<long> Decode(byte[] sizes)
    {
        var numbers = new List<long>();
        var number = 0L;
        foreach (var b in sizes)
        {
            number = (number << 7) | (uint)(b & 0x7F);
            if ((b & 0x80) != 0)
                continue;
            numbers.Add(number);
            number = 0;
        }
        return numbers;
    }

    sealed record Indexed
    {
        public long Id { get; init; }
        public byte[] Sizes { get; init; } = [];
    }
}
