using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>The index holds exactly the posts that are visible, each with as many words, code and links as its text has.</summary>
sealed class VerifySearch : ICheck
{
    public string Name => "search index";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var differences = new List<string>();
        var indexed = await Sizes(db, "post_search", token);
        var titled = await Sizes(db, "title_search", token);
        var coded = await Sizes(db, "code_search", token);
        var linked = await Sizes(db, "link_search", token);
        var spellings = (await db.Query<string>("select word from search_words", token: token)).ToHashSet(StringComparer.Ordinal);
        await foreach (var post in db.Stream<IndexedPost>($"{IndexedPost.Select} where {IndexedPost.IsVisible} order by p.id").WithCancellation(token))
        {
            var words = post.Words;
            if (!indexed.Remove(post.Id, out var sizes))
                differences.Add($"post {post.Id} is visible but not found");
            else if (!Decode(sizes).SequenceEqual([Count(words.Title), Count(words.Body)]))
                differences.Add($"post {post.Id} is indexed with another text");
            if (words.HasTitle && !(titled.Remove(post.Id, out sizes) && Decode(sizes).SequenceEqual([Count(words.Title)])))
                differences.Add($"question {post.Id} is not indexed by its title");
            if (words.HasTitle && words.Spellings.Any(spelling => !spellings.Contains(spelling)))
                differences.Add($"question {post.Id} has words in its title whose spelling is not known");
            if (!IsAs(coded, post.Id, words.Code, SearchedCode.Runs))
                differences.Add($"post {post.Id} is indexed with other code");
            if (!IsAs(linked, post.Id, words.Links, Count))
                differences.Add($"post {post.Id} is indexed with other links");
        }

        differences.AddRange(indexed.Keys.Order().Select(id => $"post {id} is found but not visible"));
        differences.AddRange(titled.Keys.Order().Select(id => $"post {id} is found by a title but is no visible question"));
        differences.AddRange(coded.Keys.Order().Select(id => $"post {id} is found by its code but not visible"));
        differences.AddRange(linked.Keys.Order().Select(id => $"post {id} is found by its links but not visible"));
        return differences;
    }

    // A post without such text is not in its table.
    static bool IsAs(Dictionary<long, byte[]> index, long id, string text, Func<string, int> count) =>
        index.Remove(id, out var sizes) ? text.Length > 0 && Decode(sizes).SequenceEqual([count(text)]) : text.Length == 0;

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

    static int Count(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>SQLite's variable-length integers: seven bits a byte, the most significant first.</summary>
    static List<int> Decode(byte[] sizes)
    {
        var numbers = new List<int>();
        var number = 0;
        foreach (var b in sizes)
        {
            number = (number << 7) | (b & 0x7F);
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
