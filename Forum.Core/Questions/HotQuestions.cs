using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>What a question's place in a ranking depends on.</summary>
public sealed record Heat
{
    public long Id { get; init; }
    public int Score { get; init; }
    public int ViewCount { get; init; }
    public int AnswerCount { get; init; }

    /// <summary>The scores of its answers, together.</summary>
    public int AnswerScore { get; init; }

    /// <summary>Votes cast of late on it and its answers, up minus down.</summary>
    public int Recent { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ActiveAt { get; init; }

    /// <summary>How much a question moves people, whatever its age: views, answers weighed by its score, and what the answers score.</summary>
    public double Weight => Math.Log(Math.Max(ViewCount, 1)) * 4 + AnswerCount * Score / 5.0 + AnswerScore;

    /// <summary>
    /// <see cref="Weight"/>, which fades as the question gets older and, half as fast, as nothing happens on it. Nobody's views count as
    /// one. A clock that was set back makes nothing hotter.
    /// </summary>
    public double At(DateTimeOffset now)
    {
        var age = Math.Max(0, (now - CreatedAt).TotalHours);
        var rest = Math.Clamp((now - ActiveAt).TotalHours, 0, age);
        return Weight / Math.Pow(age + 1 - (age - rest) / 2, 1.5);
    }
}

/// <summary>Lists of questions that are ranked from time to time.</summary>
public enum Ranking
{
    /// <summary>By <see cref="Heat.At"/>.</summary>
    Hot,

    /// <summary>By the votes of late.</summary>
    Trending,

    /// <summary>Asked within 7 days, by <see cref="Heat.Weight"/>.</summary>
    Week,

    /// <summary>Asked within 30 days, by <see cref="Heat.Weight"/>.</summary>
    Month,
}

/// <summary>Orders questions. Pure.</summary>
public static class Rankings
{
    /// <summary>The word for a ranking in the database.</summary>
    public static string Word(Ranking ranking) => ranking.ToString().ToLowerInvariant();

    /// <summary>The first so many of a ranking; of equals the newer.</summary>
    public static IReadOnlyList<long> Of(Ranking ranking, IEnumerable<Heat> questions, DateTimeOffset now, int most) =>
    [
        .. questions
            .Where(question => ranking switch
            {
                // What people vote down is not what others should see.
                Ranking.Hot => question.Score >= 0 && question.Weight > 0,
                Ranking.Trending => question.Recent > 0,
                Ranking.Week => question.Score >= 0 && now - question.CreatedAt < TimeSpan.FromDays(7),
                Ranking.Month => question.Score >= 0 && now - question.CreatedAt < TimeSpan.FromDays(30),
            })
            .OrderByDescending(question => ranking switch
            {
                Ranking.Hot => question.At(now),
                Ranking.Trending => question.Recent,
                Ranking.Week or Ranking.Month => question.Weight,
            })
            .ThenByDescending(question => question.Id)
            .Take(most)
            .Select(question => question.Id),
    ];
}

/// <summary>The hottest questions, as they were last ranked.</summary>
public sealed record ListHotQuestions : IRequest<IReadOnlyList<ListHotQuestions.Item>>
{
    public sealed record Item
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public bool IsAnswered { get; init; }
    }

    internal sealed class Handler(Db db, Settings.ForumSettings settings) : IRequestHandler<ListHotQuestions, IReadOnlyList<Item>>
    {
        // One that was deleted since leaves a gap until they are ranked again.
        public Task<IReadOnlyList<Item>> Handle(ListHotQuestions list, CancellationToken token) =>
            db.Query<Item>(
                """
                select q.id as Id, q.title as Title, q.score as Score, q.is_answered as IsAnswered
                from ranked_questions r
                join posts q on q.id = r.question_id
                where r.list = @hot and r.rank <= @most and q.deleted_at is null
                order by r.rank
                """,
                new { hot = Rankings.Word(Ranking.Hot), most = settings.Lists.HotBeside }, token);
    }
}
