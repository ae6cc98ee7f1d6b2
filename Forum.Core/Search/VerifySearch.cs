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
        var indexed = new Dictionary<long, byte[]>();
        await foreach (var row in db.Stream<Indexed>(
            db.Dialect switch
            {
                // The engine keeps the number of words of each column here, for its ranking.
                SqlDialect.Sqlite => "select id as Id, sz as Sizes from post_search_docsize",
            }).WithCancellation(token))
            indexed.Add(row.Id, row.Sizes);

        await foreach (var post in db.Stream<IndexedPost>($"{IndexedPost.Select} where {IndexedPost.IsVisible} order by p.id").WithCancellation(token))
        {
            if (!indexed.Remove(post.Id, out var sizes))
                differences.Add($"post {post.Id} is visible but not found");
            else if (!Decode(sizes).SequenceEqual([Words(post.Title ?? ""), Words(PlainText.Of(post.Html))]))
                differences.Add($"post {post.Id} is indexed with another text");
        }
        differences.AddRange(indexed.Keys.Order().Select(id => $"post {id} is found but not visible"));
        return differences;
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
