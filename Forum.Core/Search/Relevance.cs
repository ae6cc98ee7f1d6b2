using Forum.Core.Settings;

namespace Forum.Core.Search;

/// <summary>
/// Orders the hits of a query that the engine ranked best by its text alone: a title that says what was asked, in the words it
/// was asked in, comes first; votes, acceptance and recent activity decide between equals. Pure. See docs/rules/search.md, "Ranking".
/// </summary>
sealed class Relevance(SearchQuery query, SearchSettings weights, DateTimeOffset now)
{
    readonly List<(string Text, string? Stem)> words =
    [
        .. SearchMatch.Wanted(query).SelectMany(c => SearchTerms.Of(c.Text)).Where(t => !SearchMatch.IsFunctionWord(t.Text))
            .DistinctBy(t => t.Text, StringComparer.Ordinal).Select(t => (t.Text, t.Stem)),
    ];

    /// <summary>The hits, best first. Their text rank is the engine's: the lower the better, below 0.</summary>
    public IReadOnlyList<Hit> Order(IReadOnlyList<Hit> hits)
    {
        var best = hits.Count == 0 ? 0 : hits.Min(h => h.TextRank);
        return [.. hits.OrderByDescending(h => Of(h, best)).ThenByDescending(h => h.Id)];
    }

    internal double Of(Hit hit, double best)
    {
        var text = best < 0 ? hit.TextRank / best : 1;
        var years = Math.Max(0, (now - hit.ActiveAt).TotalDays / 365.25);
        // The more words somebody remembers, the more it says who has them most.
        return weights.TextWeight * Math.Max(1, words.Count / 2.0) * text
            + Title(hit.Title)
            + (hit.IsExact ? weights.ExactText * Math.Max(1, words.Count - 1) : 0)
            + (hit.Title is not null ? weights.QuestionPrior : 0)
            + weights.ScorePrior * Math.Log(1 + Math.Max(0, hit.Score))
            + (hit.IsAccepted ? weights.AcceptedPrior : 0)
            + weights.RecencyPrior / (1 + years);
    }

    double Title(string? title)
    {
        if (title is null || words.Count == 0)
            return 0;
        var terms = SearchTerms.Of(title);
        var texts = terms.Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        var stems = terms.Select(t => t.Stem ?? t.Text).ToHashSet(StringComparer.Ordinal);
        double exact = words.Count(w => texts.Contains(w.Text));
        double stemmed = words.Count(w => stems.Contains(w.Stem ?? w.Text));
        var adjacent = 0;
        for (var i = 0; i + 1 < words.Count; i++)
            for (var j = 0; j + 1 < terms.Count; j++)
                if (terms[j].Text == words[i].Text && terms[j + 1].Text == words[i + 1].Text)
                    adjacent = 1;
        return (weights.ExactTitle * exact / words.Count)
            + (weights.StemmedTitle * stemmed / words.Count)
            + (weights.AdjacentTitle * adjacent)
            // Four words are added so that a title of one word does not win by being short.
            + (weights.TitleShare * exact / (terms.Count + 4));
    }

    /// <summary>What ranking looks at.</summary>
    internal sealed record Hit
    {
        public long Id { get; init; }
        public double TextRank { get; init; }

        /// <summary>Of a question; an answer has none.</summary>
        public string? Title { get; init; }
        public int Score { get; init; }
        public bool IsAccepted { get; init; }

        /// <summary>Whether it has all the words as they were typed.</summary>
        public bool IsExact { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
    }
}
