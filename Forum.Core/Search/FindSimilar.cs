using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Search;

/// <summary>Questions whose titles share words with one that is being written, most alike first. One statement, and one for each word whose commonness is not known yet.</summary>
public sealed record FindSimilar(string? Title) : IRequest<IReadOnlyList<FindSimilar.View>>
{
    /// <summary>A question that may already be the one.</summary>
    public sealed record View
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public int AnswerCount { get; init; }
        public bool IsAccepted { get; init; }
    }

    internal sealed class Handler(Db db, WordCounts words, ForumSettings settings) : IRequestHandler<FindSimilar, IReadOnlyList<View>>
    {
        public async Task<IReadOnlyList<View>> Handle(FindSimilar similar, CancellationToken token)
        {
            var title = similar.Title ?? "";
            var telling = SearchMatch.SqliteSimilar(title[..Math.Min(title.Length, settings.Limits.Title.Max)]);
            if (await Rarest(telling, token) is not { } match)
                return [];
            return await db.Query<View>(
                db.Dialect switch
                {
                    SqlDialect.Sqlite =>
                        """
                        select p.id as Id, p.title as Title, p.score as Score, p.answer_count as AnswerCount, p.accepted_answer_id is not null as IsAccepted
                        from (select rowid as id, bm25(title_search) as rank
                              from title_search
                              where title_search match @match
                              order by rowid desc
                              limit @most) h
                        join posts p on p.id = h.id
                        where p.kind = 1 and p.deleted_at is null
                        order by h.rank, p.id desc
                        limit @Similar
                        """,
                },
                new { match, most = settings.Search.MostRanked, settings.Search.Similar }, token);
        }

        // The words that say most, as many as the engine can rank by at a bearable cost; at least one.
        async Task<string?> Rarest(IReadOnlyList<string> expressions, CancellationToken token)
        {
            var counted = new List<(string Expression, double Posts)>();
            foreach (var expression in expressions)
                counted.Add((expression, (await words.InTitles(db, SearchMatch.Terms(expression), token)).Values.Sum()));
            var chosen = new List<string>();
            var sum = 0.0;
            foreach (var (expression, posts) in counted.OrderBy(c => c.Posts))
            {
                sum += posts;
                if (chosen.Count > 0 && sum > settings.Search.RankedByText)
                    break;
                chosen.Add(expression);
            }

            return chosen.Count == 0 ? null : string.Join(" OR ", chosen);
        }
    }
}
