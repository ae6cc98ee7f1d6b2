using System.Collections.Concurrent;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// In how many posts a word stands, roughly: as densely as in the newest of them. The engine would read them all to know,
/// and does so for each word that it ranks by. Remembered for a while; a node that forgets asks again. A singleton.
/// </summary>
internal sealed class WordCounts(TimeProvider clock)
{
    private const int Sample = 1_000;
    private const int MostRemembered = 20_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Term, bool InTitles), (double Posts, DateTimeOffset At)> known = new();

    /// <summary>The posts with each of some terms of the index; a <c>*</c> at the end stands for any ending.</summary>
    public Task<IReadOnlyDictionary<string, double>> Of(Db db, IReadOnlyCollection<string> terms, CancellationToken token) => Of(db, terms, inTitles: false, token);

    /// <summary>The questions with each of them in their title.</summary>
    public Task<IReadOnlyDictionary<string, double>> InTitles(Db db, IReadOnlyCollection<string> terms, CancellationToken token) => Of(db, terms, inTitles: true, token);

    private async Task<IReadOnlyDictionary<string, double>> Of(Db db, IReadOnlyCollection<string> terms, bool inTitles, CancellationToken token)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var term in terms)
            counts[term] = await Of(db, term, inTitles, token);
        return counts;
    }

    private async Task<double> Of(Db db, string term, bool inTitles, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue((term, inTitles), out var count) && now - count.At < Remembered)
            return count.Posts;

        var index = inTitles ? "title_search" : "post_search";
        var density = await db.Get<Density>(
            db.Dialect switch
            {
                SqlDialect.Sqlite =>
                    $"""
                    with sampled as materialized (
                        select (select max(id) from posts) as newest,
                               (select rowid from {index} where {index} match @match order by rowid desc limit 1 offset @Sample) as reached
                    )
                    select newest as Newest, reached as Reached,
                           case when reached is null then (select count(*) from {index} where {index} match @match) end as Few
                    from sampled
                    """,
            },
            new { match = term.EndsWith('*') ? $"\"{term[..^1]}\" *" : $"\"{term}\"", Sample }, token);
        var posts = density.Reached is { } reached ? Sample * (double)density.Newest!.Value / Math.Max(1, density.Newest.Value - reached) : density.Few ?? 0;
        if (known.Count >= MostRemembered)
            known.Clear();
        known[(term, inTitles)] = (posts, now);
        return posts;
    }

    private sealed record Density
    {
        public long? Newest { get; init; }
        public long? Reached { get; init; }

        /// <summary>The posts with the word, when they are fewer than are sampled.</summary>
        public long? Few { get; init; }
    }
}
