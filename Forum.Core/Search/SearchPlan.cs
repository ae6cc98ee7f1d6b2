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

    /// <summary>Whether the title has the words: for words that are too common to say more.</summary>
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
}

/// <summary>How a search is done, so that it costs much the same whatever is looked for.</summary>
/// <param name="Ranking">What ranks.</param>
/// <param name="Narrow">What is looked in.</param>
/// <param name="IsBounded">Whether hits of the words are asked for conditions, and only so many of them.</param>
/// <param name="LooksAt">So many looked at are all that would be; there may be more hits among the others.</param>
sealed record SearchPlan(Ranking Ranking, Narrow Narrow, bool IsBounded, int LooksAt)
{
    /// <summary>Chooses by how common the words are, and how many posts the tag or the person has.</summary>
    public static async Task<SearchPlan> For(Db db, WordCounts words, SearchFilter filter, SearchOrder order, SearchSettings settings, CancellationToken token)
    {
        var hasConditions = filter.Conditions.Count > 0;
        if (filter.Match is null)
        {
            return filter switch
            {
                { Author: not null } => new(Ranking.None, Narrow.Author, IsBounded: true, settings.MostLookedAt),
                { Tag: not null } => new(Ranking.None, Narrow.Tag, IsBounded: true, settings.MostLookedAt),
                _ => new(Ranking.None, Narrow.None, IsBounded: true, settings.MostPassedOver),
            };
        }

        var counts = await words.Of(db, SearchMatch.Terms(filter.Match), token);
        var ranking = order != SearchOrder.Relevance ? Ranking.None : counts.Values.Sum() <= settings.RankedByText ? Ranking.Text : Ranking.Title;
        if (!hasConditions || filter.Author is null && filter.Tag is null)
            return new(ranking, Narrow.None, hasConditions, settings.MostLookedAt);

        var few = await db.Get<Few>(
            """
            select coalesce((select max(id) from posts), 0) as Posts, (select questions from totals) as Questions,
                   coalesce((select question_count from tags where name = @Tag), 0) as Tagged,
                   coalesce((select question_count + answer_count from users where id = @Author), 0) as Written
            """,
            new { filter.Tag, filter.Author }, token);
        // The rarest word decides how many posts have all of them, at most; those of a loose query have any.
        var matches = Math.Min(few.Posts, counts.Count == 0 ? 0 : counts.Values.Min());
        if (matches <= settings.MostLookedAt)
            return new(ranking, Narrow.None, IsBounded: true, settings.MostLookedAt);

        // Which of both ways is likely to find more?
        var narrow = filter.Author is not null ? Narrow.Author : Narrow.Tag;
        var share = narrow == Narrow.Author ? few.Written / Math.Max(1.0, few.Posts) : few.Tagged / Math.Max(1.0, few.Questions);
        var within = Math.Min(settings.MostLookedAt, share * few.Posts) * matches / Math.Max(1, few.Posts);
        return within > settings.MostLookedAt * share
            // Of the tag's or the person's posts too only so many are looked at; what is more shows by how many there are.
            ? new(Ranking.None, narrow, IsBounded: true, share * few.Posts > settings.MostLookedAt ? 0 : int.MaxValue)
            : new(ranking, Narrow.None, IsBounded: true, settings.MostLookedAt);
    }

    sealed record Few
    {
        public long Posts { get; init; }
        public long Questions { get; init; }
        public long Tagged { get; init; }
        public long Written { get; init; }
    }
}
