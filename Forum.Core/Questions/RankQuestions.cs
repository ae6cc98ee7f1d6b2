using System.Diagnostics;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Questions;

/// <summary>
/// Ranks the questions that were last active, from time to time, and keeps the first of each ranking, so that no page works it out.
/// It reads some questions at a time on a reader and writes only rankings that are otherwise. And, less often, it counts how many
/// posts link to each question.
/// </summary>
public sealed class RankQuestions(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<RankQuestions> log)
    : Recurring(Interval, "Questions could not be ranked; it is tried again.", log)
{
    internal const string Links = "link-counts";
    private const string Job = "rankings";
    private const int AtOnce = 50;
    private const int LinksAtOnce = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Ranks, and returns how many rankings are otherwise than before.</summary>
    public async Task<int> Rank(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var (now, lists) = (clock.GetUtcNow(), settings.Current.Lists);
        var candidates = await db.Query<long>(
            "select id from posts where kind = 1 and is_listed = 1 order by active_at desc, id desc limit @Ranked", new { lists.Ranked }, token);
        db.EndSnapshot();
        var heats = new List<Heat>(candidates.Count);
        foreach (var some in candidates.Chunk(AtOnce))
        {
            var began = Stopwatch.GetTimestamp();
            heats.AddRange(await Look(db, some, now - lists.TrendingWithin, token));
            db.EndSnapshot();
            await GiveWay(began, 4, token);
        }

        var kept = (await db.Query<Kept>("select list as List, question_id as QuestionId from ranked_questions order by list, rank", token: token))
            .ToLookup(row => row.List, row => row.QuestionId);
        db.EndSnapshot();
        var changed = (
            from ranking in Enum.GetValues<Ranking>()
            let list = Rankings.Word(ranking)
            let first = Rankings.Of(ranking, heats, now, lists.Hot)
            where !first.SequenceEqual(kept[list])
            select (List: list, Questions: first)).ToList();
        await db.InShortTransactions(changed, ranking => Write(db, ranking.List, ranking.Questions, token), token);
        await db.KeepJob(Job, "", now, token);
        if (changed.Count > 0)
            await scope.ServiceProvider.GetRequiredService<Happened>().Announce(new QuestionsRanked(changed.Count), db, token);
        return changed.Count;
    }

    /// <summary>Counts the links to each question, and returns how many have another count than before.</summary>
    public async Task<int> CountLinks(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow();
        var kept = (await db.Query<LinkCount>(
            "select id as Id, link_count as Links from posts where kind = 1 and is_listed = 1 and link_count > 0", token: token)).ToDictionary(row => row.Id, row => row.Links);
        db.EndSnapshot();
        var changed = new List<LinkCount>();
        for (var from = 0L; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var upTo = await db.Find<long?>(
                "select max(to_post_id) from (select to_post_id from post_links where to_post_id > @from order by to_post_id limit @LinksAtOnce) some", new { from, LinksAtOnce }, token);
            if (upTo is null)
                break;
            var counted = await db.Query<LinkCount>(
                """
                select l.to_post_id as Id, count(distinct l.from_post_id) as Links
                from post_links l
                join posts f on f.id = l.from_post_id and f.is_listed = 1
                join posts q on q.id = l.to_post_id and q.kind = 1 and q.is_listed = 1
                where l.to_post_id > @from and l.to_post_id <= @upTo
                group by l.to_post_id
                """,
                new { from, upTo }, token);
            db.EndSnapshot();
            foreach (var row in counted)
            {
                kept.Remove(row.Id, out var before);
                if (before != row.Links)
                    changed.Add(row);
            }

            from = upTo.Value;
            await GiveWay(began, 4, token);
        }

        changed.AddRange(kept.Keys.Select(id => new LinkCount { Id = id }));
        await db.InShortTransactions(changed, row => db.Execute("update posts set link_count = @Links where id = @Id", row, token), token);
        await db.KeepJob(Links, "", now, token);
        return changed.Count;
    }

    /// <inheritdoc />
    protected override async Task Once(CancellationToken token)
    {
        var lists = settings.Current.Lists;
        if (await IsDue(Links, lists.LinksCountedEvery, token))
            await CountLinks(token);
        if (await IsDue(Job, lists.RankedEvery, token))
            await Rank(token);
    }

    private async Task<bool> IsDue(string job, TimeSpan every, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<Db>().Job(job, token);
        return last is null || clock.GetUtcNow() - last.UpdatedAt >= every;
    }

    private static Task<IReadOnlyList<Heat>> Look(Db db, IReadOnlyCollection<long> questions, DateTimeOffset since, CancellationToken token) =>
        db.Query<Heat>(
            $"""
            select q.id as Id, q.score as Score, q.view_count as ViewCount, q.answer_count as AnswerCount, q.created_at as CreatedAt, q.active_at as ActiveAt,
                   (select coalesce(sum(a.score), 0) from posts a where a.question_id = q.id and a.kind = 2 and a.deleted_at is null) as AnswerScore,
                   (select coalesce(sum(v.direction), 0) from votes v where v.post_id = q.id and v.cast_at >= @since)
                   + (select coalesce(sum(v.direction), 0)
                      from posts a
                      join votes v on v.post_id = a.id and v.cast_at >= @since
                      where a.question_id = q.id and a.kind = 2 and a.deleted_at is null) as Recent
            from posts q
            where {db.Dialect.InList("q.id", "@ids")} and q.deleted_at is null and q.closed_at is null
            """,
            new { ids = db.Dialect.List(questions), since }, token);

    private static async Task Write(Db db, string list, IReadOnlyList<long> questions, CancellationToken token)
    {
        await db.Execute("delete from ranked_questions where list = @list", new { list }, token);
        await db.Execute(
            "insert into ranked_questions (list, rank, question_id) values (@list, @rank, @question)",
            questions.Select((question, i) => new { list, rank = i + 1, question }).ToList(), token);
    }

    private sealed record Kept
    {
        public string List { get; init; } = "";
        public long QuestionId { get; init; }
    }

    private sealed record LinkCount
    {
        public long Id { get; init; }
        public int Links { get; init; }
    }
}

/// <summary>Questions were ranked anew, and some rankings are others than before.</summary>
public sealed record QuestionsRanked(int Rankings) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Questions();
}
