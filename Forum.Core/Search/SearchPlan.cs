using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>What ranks the hits before they are put in their final order.</summary>
enum Ranking
{
    /// <summary>Nothing: the newest come first.</summary>
    None,

    /// <summary>The engine, by the text. It reads every post that has one of the words.</summary>
    Text,

    /// <summary>Whether the title has the words: for words that are too common to say more. Titles are looked through before bodies.</summary>
    Title,
}

/// <summary>What the hits of the words are looked for in.</summary>
enum Narrow
{
    /// <summary>Everything.</summary>
    None,

    /// <summary>The newest posts of a tag.</summary>
    Tag,

    /// <summary>The posts of a person.</summary>
    Author,

    /// <summary>A question and its answers.</summary>
    Thread,

    /// <summary>What a person saved last.</summary>
    Saves,

    /// <summary>The newest posts with the code.</summary>
    Code,

    /// <summary>The newest posts with the links.</summary>
    Links,

    /// <summary>A part of an order of questions.</summary>
    Questions,
}

/// <summary>How a search is done, so that it costs much the same whatever is looked for.</summary>
/// <param name="Ranking">What ranks.</param>
/// <param name="Narrow">What is looked in.</param>
/// <param name="IsBounded">Whether hits of the words are asked for conditions, and only so many of them.</param>
/// <param name="LooksAt">So many looked at are all that would be; there may be more hits among the others.</param>
/// <param name="IsShort">Whether one of the words is so rare that all hits are read sooner than the newest of them.</param>
sealed record SearchPlan(Ranking Ranking, Narrow Narrow, bool IsBounded, int LooksAt, bool IsShort = false)
{
    // To look a post up in the list of a word that others share costs as much as reading so many of its entries.
    const double Lookup = 100;

    /// <summary>The share of the posts, the newest, whose titles are looked through; 1: all.</summary>
    public double Titles { get; init; } = 1;

    /// <summary>The share of the posts, the newest, whose bodies are.</summary>
    public double Bodies { get; init; } = 1;

    /// <summary>The id from which on posts are younger than the query allows; null where none is known.</summary>
    public long? Before { get; init; }

    /// <summary>Whether hits may be missing because posts are old.</summary>
    public bool IsPartial => Titles < 1 || Bodies < 1;

    /// <summary>How many posts the words, or the conditions, are looked for in.</summary>
    public int MostNarrowed(SearchSettings settings, bool hasWords) => hasWords && Narrow == Narrow.Tag ? settings.MostTagged : settings.MostNarrowed;

    /// <summary>Chooses by how common the words are, and how many posts the tag or the person has.</summary>
    public static async Task<SearchPlan> For(Db db, WordCounts words, SearchFilter filter, SearchOrder order, SearchSettings settings, CancellationToken token)
    {
        var before = filter.Scope.Until is { } until ? await FirstAfter(db, until, token) : null;
        return (filter.Match is null ? WithoutWords(filter, settings) : await OfWords(db, words, filter, filter.Match, order, settings, token)) with { Before = before };
    }

    static SearchPlan WithoutWords(SearchFilter filter, SearchSettings settings) => filter switch
    {
        { Scope.Thread: not null } => new(Ranking.None, Narrow.Thread, IsBounded: true, int.MaxValue),
        { Scope.Saver: not null } => new(Ranking.None, Narrow.Saves, IsBounded: true, settings.MostNarrowed),
        { Code: not null } => new(Ranking.None, Narrow.Code, IsBounded: filter.Links is not null || filter.Conditions.Count > 0, settings.MostLookedAt),
        { Links: not null } => new(Ranking.None, Narrow.Links, IsBounded: filter.Conditions.Count > 0, settings.MostLookedAt),
        { Scope.Author: not null } => new(Ranking.None, Narrow.Author, IsBounded: true, settings.MostNarrowed),
        { Scope.Tag: not null } => new(Ranking.None, Narrow.Tag, IsBounded: true, settings.MostNarrowed),
        { Scope.Order: not null } => new(Ranking.None, Narrow.Questions, IsBounded: true, settings.MostPassedOver),
        _ => new(Ranking.None, Narrow.None, IsBounded: true, settings.MostPassedOver),
    };

    // Ids grow with time, but for what an import brought: what begins above the highest id of the thousand questions before that time.
    static Task<long?> FirstAfter(Db db, DateTimeOffset until, CancellationToken token) =>
        db.Get<long?>(
            """
            select (select id
                    from posts
                    where kind = 1 and is_listed = 1 and +created_at > @until
                      and id > coalesce((select max(id)
                                         from (select id
                                               from posts
                                               where kind = 1 and is_listed = 1 and created_at <= @until
                                               order by created_at desc, id desc
                                               limit 1000)), 0)
                    order by id
                    limit 1)
            """,
            new { until }, token);

    static async Task<SearchPlan> OfWords(
        Db db, WordCounts words, SearchFilter filter, string match, SearchOrder order, SearchSettings settings, CancellationToken token)
    {
        var hasConditions = filter.Conditions.Count > 0 || filter.Code is not null || filter.Links is not null;
        if (filter.Scope.Thread is not null)
            return new(Ranking.None, Narrow.Thread, IsBounded: true, int.MaxValue);
        if (filter.Scope.Saver is not null)
            return new(Ranking.None, Narrow.Saves, IsBounded: true, settings.MostNarrowed);

        var terms = SearchMatch.Terms(match);
        var counts = await words.Of(db, terms, token);
        var hasAll = SearchMatch.HasAll(match);
        var ranking = order != SearchOrder.Relevance ? Ranking.None
            : counts.Values.Sum() <= settings.RankedByText ? Ranking.Text
            : filter.NeedsBodies ? Ranking.None
            : Ranking.Title;
        var everywhere = new SearchPlan(
            ranking, Narrow.None, hasConditions, settings.MostLookedAt, IsShort: hasAll && counts.Values.DefaultIfEmpty().Min() <= settings.MostRanked);
        if (ranking == Ranking.Title)
        {
            var titles = await words.InTitles(db, terms, token);
            everywhere = everywhere with { Titles = Share(titles), Bodies = Share(counts) };
        }

        var (author, tag) = (filter.Scope.Author, filter.Scope.Tag);
        if (author is null && tag is null)
            return everywhere;

        var few = await db.Get<Few>(
            """
            select coalesce((select max(id) from posts), 0) as Posts, (select questions from totals) as Questions,
                   coalesce((select question_count from tags where name = @tag), 0) as Tagged,
                   coalesce((select question_count + answer_count from users where id = @author), 0) as Written
            """,
            new { tag, author }, token);
        // The rarest word decides how many posts have all of them, at most; those of a loose query have any.
        var matches = Math.Min(few.Posts, counts.Count == 0 ? 0 : counts.Values.Min());
        if (matches <= settings.MostLookedAt)
            return everywhere;

        // Which of both ways is likely to find more?
        var narrow = author is not null ? Narrow.Author : Narrow.Tag;
        var share = narrow == Narrow.Author ? few.Written / Math.Max(1.0, few.Posts) : few.Tagged / Math.Max(1.0, few.Questions);
        var inside = new SearchPlan(Ranking.None, narrow, IsBounded: true, LooksAt: 0);
        var most = inside.MostNarrowed(settings, hasWords: true);
        var within = Math.Min(most, share * few.Posts) * matches / Math.Max(1, few.Posts);
        // Of the tag's or the person's posts too only so many are looked at; what is more shows by how many there are.
        return within > settings.MostLookedAt * share ? inside with { LooksAt = share * few.Posts > most ? 0 : int.MaxValue } : everywhere;

        double Share(IReadOnlyDictionary<string, double> posts)
        {
            var read = posts.Values.Sum();
            return Math.Min(1, settings.MostRead / Math.Max(1, hasAll ? Math.Min(read, posts.Values.Min() * Lookup) : read));
        }
    }

    sealed record Few
    {
        public long Posts { get; init; }
        public long Questions { get; init; }
        public long Tagged { get; init; }
        public long Written { get; init; }
    }
}
