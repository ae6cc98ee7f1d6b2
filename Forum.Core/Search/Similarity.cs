using System.Text.Json;
using System.Text.RegularExpressions;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>A question that others are compared with.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its text, plain or Markdown.</param>
/// <param name="Tags">The names of its tags.</param>
/// <param name="Except">Its own number, once it has one: it is not like itself.</param>
internal sealed record Draft(string Title, string Body, IReadOnlyCollection<string> Tags, long Except = 0);

/// <summary>A question that is like another.</summary>
internal sealed record Alike
{
    public long Id { get; init; }
    public string Title { get; init; } = "";
    public int Score { get; init; }
    public int AnswerCount { get; init; }
    public bool IsAccepted { get; init; }

    /// <summary>How much: the higher the more, above 0.</summary>
    public double Likeness { get; init; }
}

/// <summary>A word of a draft as the index is asked for it.</summary>
/// <param name="Match">The engine's expression.</param>
/// <param name="Weight">How much it counts.</param>
internal readonly record struct WeighedWord(string Match, double Weight);

/// <summary>The words of a draft, and which of them are asked for. Pure.</summary>
internal static partial class DraftWords
{
    /// <summary>Each word that says something, once, in the order of the text: one of the title counts 1, one of the body a part, and the more the oftener it comes.</summary>
    public static IReadOnlyList<WeighedWord> Of(string title, string body, SearchSettings settings)
    {
        var words = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var match in SearchMatch.Telling(title).Keys.Take(settings.SimilarWords))
            words[match] = 1;
        var said = SearchMatch.Telling(Address().Replace(body[..Math.Min(body.Length, settings.SimilarText)], " "));
        foreach (var (match, times) in said.OrderByDescending(word => word.Value).Take(settings.SimilarWords))
            words[match] = words.GetValueOrDefault(match) + settings.SimilarBody * (1 + Math.Log(times));
        return [.. words.Select(word => new WeighedWord(word.Key, word.Value))];
    }

    /// <summary>
    /// The words that say most, as long as the posts that have them are few enough together to be ranked: a word that nearly all have
    /// tells nothing apart, and one that none has finds nothing.
    /// </summary>
    public static IReadOnlyList<WeighedWord> Rarest(IEnumerable<WeighedWord> words, IReadOnlyDictionary<string, double> counts, double all, int most)
    {
        var chosen = new List<WeighedWord>();
        var sum = 0.0;
        foreach (var word in words.Where(word => counts[word.Match] > 0).OrderByDescending(word => word.Weight * Rarity(counts[word.Match], all)))
        {
            if (sum + counts[word.Match] > most)
                continue;
            sum += counts[word.Match];
            chosen.Add(word);
        }

        return chosen;
    }

    /// <summary>Neighbours in a title that are too common to be looked for alone, in pairs: together they may be rare.</summary>
    public static IReadOnlyList<WeighedWord> Pairs(IReadOnlyList<WeighedWord> title, IReadOnlyDictionary<string, double> counts, int most)
    {
        var common = title.Where(word => counts[word.Match] > most).ToList();
        return [.. common.Zip(common.Skip(1), (one, next) => new WeighedWord($"({one.Match}) AND ({next.Match})", one.Weight + next.Weight))];
    }

    /// <summary>How much a word tells that so many of all have: its inverse document frequency.</summary>
    public static double Rarity(double count, double all) => Math.Max(1e-6, Math.Log(1 + (all - count + 0.5) / (count + 0.5)));

    // An address is no words: "https" and "com" would make all alike that link anywhere.
    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}

/// <summary>
/// Finds questions like one that is written or being written, by what all of it says: words of its title and its body, in the titles,
/// bodies and answers of others, the rarer the more, and tags they share. Its cost does not grow with the community. Rules:
/// docs/rules/search.md, "Similar questions".
/// </summary>
internal static class Similarity
{
    /// <summary>The questions most like <paramref name="draft"/>, the most alike first. Five statements at most, however long it is.</summary>
    public static async Task<IReadOnlyList<Alike>> MostAlike(this Db db, Draft draft, int count, WordCounts counts, SearchSettings settings, CancellationToken token)
    {
        var words = DraftWords.Of(draft.Title, draft.Body, settings);
        if (words.Count == 0)
            return [];

        var inTitles = await counts.Matching(db, [.. words.Select(word => word.Match)], inTitles: true, token);
        var inPosts = await counts.Matching(db, [.. words.Select(word => word.Match)], inTitles: false, token);
        var known = await db.Query<KnownTag>(
            $"""
            select t.questions as Questions, g.id as Id, g.question_count as QuestionCount
            from totals t
            left join tags g on {db.Dialect.In("g.name", "@names")}
            """,
            new { names = draft.Tags.DefaultIfEmpty("").ToArray() }, token);
        var all = Math.Max(1, known[0].Questions);
        var pairs = DraftWords.Pairs([.. words.Where(word => word.Weight >= 1)], inTitles, settings.MostCompared);
        var together = await counts.Matching(db, [.. pairs.Select(pair => pair.Match)], inTitles: true, token);

        return await db.Query<Alike>(
            db.Dialect switch
            {
                // Each word is looked for by itself, so that each has its own weight. What names a question is ranked first, then read.
                SqlDialect.Sqlite =>
                    """
                    with hits as materialized (
                        select title_search.rowid as id, (w.value ->> '$[1]') * -bm25(title_search) * @SimilarTitle as score
                        from json_each(@titles) w
                        cross join title_search on title_search match w.value ->> '$[0]'
                        union all
                        select title_search.rowid, w.value ->> '$[1]'
                        from json_each(@pairs) w
                        cross join title_search on title_search match w.value ->> '$[0]'
                        union all
                        select post_search.rowid, (w.value ->> '$[1]') * -bm25(post_search, 0, 1)
                        from json_each(@posts) w
                        cross join post_search on post_search match w.value ->> '$[0]'),
                    best as materialized (
                        select id, sum(score) as score
                        from hits
                        group by id
                        order by 2 desc
                        limit @Reordered * 4),
                    threads as materialized (
                        select coalesce(p.question_id, p.id) as id,
                               sum(case p.kind when 1 then b.score else 0 end) + @SimilarAnswer * max(case p.kind when 2 then b.score else 0 end) as score
                        from best b
                        join posts p on p.id = b.id
                        where p.kind in (1, 2)
                        group by 1)
                    select q.id as Id, q.title as Title, q.score as Score, q.answer_count as AnswerCount, q.accepted_answer_id is not null as IsAccepted,
                           t.score + coalesce((select sum(g.value ->> '$[1]')
                                               from json_each(@tags) g
                                               join question_tags c on c.question_id = q.id and c.tag_id = g.value ->> '$[0]'), 0) as Likeness
                    from threads t
                    join posts q on q.id = t.id
                    where q.kind = 1 and q.deleted_at is null and q.id <> @Except
                    order by Likeness desc, q.id desc
                    limit @count
                    """,
            },
            new
            {
                titles = Json(DraftWords.Rarest(words, inTitles, all, settings.MostCompared)),
                pairs = Json(DraftWords.Rarest(pairs, together, all, settings.MostCompared)
                    .Select(pair => pair with { Weight = pair.Weight * DraftWords.Rarity(together[pair.Match], all) * settings.SimilarTitle })),
                posts = Json(DraftWords.Rarest(words, inPosts, all, settings.MostCompared)),
                tags = JsonSerializer.Serialize(
                    from tag in known
                    where tag.Id is not null
                    select new object[] { tag.Id!, settings.SimilarTag * DraftWords.Rarity(tag.QuestionCount, all) }),
                settings.SimilarTitle, settings.SimilarAnswer, settings.Reordered, draft.Except, count,
            }, token);
    }

    private static string Json(IEnumerable<WeighedWord> words) => JsonSerializer.Serialize(words.Select(word => new object[] { word.Match, word.Weight }));

    private sealed record KnownTag
    {
        public int Questions { get; init; }
        public long? Id { get; init; }
        public int QuestionCount { get; init; }
    }
}
