using System.Collections.Concurrent;
using System.Text.Json;
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

    private readonly ConcurrentDictionary<(string Match, bool InTitles), (double Posts, DateTimeOffset At)> known = new();

    /// <summary>The posts with each of some terms of the index; a <c>*</c> at the end stands for any ending.</summary>
    public Task<IReadOnlyDictionary<string, double>> Of(Db db, IReadOnlyCollection<string> terms, CancellationToken token) => Of(db, terms, inTitles: false, token);

    /// <summary>The questions with each of them in their title.</summary>
    public Task<IReadOnlyDictionary<string, double>> InTitles(Db db, IReadOnlyCollection<string> terms, CancellationToken token) => Of(db, terms, inTitles: true, token);

    /// <summary>The posts that each of some expressions finds, or the questions with titles that it finds; of rare ones exactly. One statement at most.</summary>
    public async Task<IReadOnlyDictionary<string, double>> Matching(Db db, IReadOnlyCollection<string> expressions, bool inTitles, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var match in expressions.Distinct(StringComparer.Ordinal))
        {
            if (known.TryGetValue((match, inTitles), out var count) && now - count.At < Remembered)
                counts[match] = count.Posts;
            else
                unknown.Add(match);
        }

        if (unknown.Count == 0)
            return counts;

        if (known.Count + unknown.Count >= MostRemembered)
            known.Clear();
        foreach (var density in await Densities(db, unknown, inTitles, token))
        {
            var posts = density.Reached is { } reached
                ? Sample * (double)density.Newest!.Value / Math.Max(1, density.Newest.Value - reached)
                : density.Found;
            counts[density.Match] = posts;
            known[(density.Match, inTitles)] = (posts, now);
        }

        return counts;
    }

    private async Task<IReadOnlyDictionary<string, double>> Of(Db db, IReadOnlyCollection<string> terms, bool inTitles, CancellationToken token)
    {
        var counts = await Matching(db, [.. terms.Select(Match)], inTitles, token);
        return terms.ToDictionary(term => term, term => counts[Match(term)], StringComparer.Ordinal);
    }

    private static string Match(string term) => term.EndsWith('*') ? $"\"{term[..^1]}\" *" : $"\"{term}\"";

    private static Task<IReadOnlyList<Density>> Densities(Db db, IReadOnlyCollection<string> expressions, bool inTitles, CancellationToken token)
    {
        var index = inTitles ? "title_search" : "post_search";
        return db.Query<Density>(
            db.Dialect switch
            {
                SqlDialect.Sqlite =>
                    $"""
                    select w.value as Match, (select max(id) from posts) as Newest,
                           (select count(*) from (select 1 from {index} where {index} match w.value order by rowid desc limit @Sample)) as Found,
                           (select rowid from {index} where {index} match w.value order by rowid desc limit 1 offset @Sample) as Reached
                    from json_each(@expressions) w
                    """,
            },
            new { expressions = JsonSerializer.Serialize(expressions), Sample }, token);
    }

    private sealed record Density
    {
        public string Match { get; init; } = "";
        public long? Newest { get; init; }
        public int Found { get; init; }
        public long? Reached { get; init; }
    }
}
