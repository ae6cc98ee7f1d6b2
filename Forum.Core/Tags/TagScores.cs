using System.Diagnostics;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Tags;

/// <summary>An event after which posts score otherwise, carry other tags, or are shown or hidden.</summary>
public interface IMovePosts : INotification
{
    /// <summary>Names them.</summary>
    void Name(MovedPosts posts);
}

/// <summary>Posts of which something is otherwise now.</summary>
public sealed class MovedPosts
{
    private readonly HashSet<long> single = [];
    private readonly HashSet<long> threads = [];

    internal IEnumerable<long> Single => single;

    internal IEnumerable<long> Threads => threads;

    /// <summary>A question or an answer by itself.</summary>
    public MovedPosts Post(long id)
    {
        single.Add(id);
        return this;
    }

    /// <summary>A question with all its answers.</summary>
    public MovedPosts Thread(long questionId)
    {
        threads.Add(questionId);
        return this;
    }
}

/// <summary>
/// What people's posts under each tag score, kept in <c>tag_scores</c>: of those that are listed and no community wiki.
/// Counted anew for whoever is concerned, soon after.
/// </summary>
internal static class TagScores
{
    // Posts (p) that count, under each tag (t) of their question.
    private const string Counted =
        """
        from posts p
        join question_tags t on t.question_id = coalesce(p.question_id, p.id)
        where p.kind in (1, 2) and p.is_listed = 1 and p.wiki_at is null
        """;

    private const string Sums =
        """
        coalesce(sum(p.score) filter (where p.kind = 2), 0) as AnswerScore, count(*) filter (where p.kind = 2) as Answers,
        coalesce(sum(p.score) filter (where p.kind = 1), 0) as QuestionScore, count(*) filter (where p.kind = 1) as Questions
        """;

    /// <summary>Who wrote the posts that some events moved. Two statements at most.</summary>
    public static async Task<IReadOnlyCollection<long>> AuthorsOf(this Db db, IEnumerable<ReadEvent> events, CancellationToken token)
    {
        var moved = new MovedPosts();
        foreach (var happened in events)
            (happened.What as IMovePosts)?.Name(moved);

        var authors = new SortedSet<long>();
        if (moved.Single.Any())
        {
            authors.UnionWith(await db.Query<long>(
                $"select author_id from posts where {db.Dialect.InList("id", "@ids")} and author_id is not null", new { ids = db.Dialect.List(moved.Single) }, token));
        }

        if (moved.Threads.Any())
        {
            authors.UnionWith(await db.Query<long>(
                $"""
                select author_id from posts where {db.Dialect.InList("id", "@ids")} and author_id is not null
                union
                select author_id from posts where {db.Dialect.InList("question_id", "@ids")} and kind = 2 and author_id is not null
                """,
                new { ids = db.Dialect.List(moved.Threads) }, token));
        }

        return authors;
    }

    /// <summary>Counts the scores of some people anew: on a reader, then only what is otherwise is written, a moment's worth at a time.</summary>
    public static async Task CountTagScores(this Db db, IReadOnlyCollection<long> people, CancellationToken token)
    {
        if (people.Count == 0)
            return;

        var ids = new { ids = db.Dialect.List(people) };
        var counted = (await db.Query<Row>(
            $"select p.author_id as UserId, t.tag_id as TagId, {Sums} {Counted} and {db.Dialect.InList("p.author_id", "@ids")} group by p.author_id, t.tag_id",
            ids, token)).ToDictionary(row => (row.UserId, row.TagId));
        var kept = await db.Query<Row>(
            $"""
            select user_id as UserId, tag_id as TagId, answer_score as AnswerScore, answers as Answers, question_score as QuestionScore, questions as Questions
            from tag_scores
            where {db.Dialect.InList("user_id", "@ids")}
            """,
            ids, token);
        db.EndSnapshot();

        var changed = new List<Row>();
        foreach (var row in kept)
        {
            if (!counted.Remove((row.UserId, row.TagId), out var now))
                changed.Add(new Row { UserId = row.UserId, TagId = row.TagId });
            else if (now != row)
                changed.Add(now);
        }

        changed.AddRange(counted.Values);
        await db.InShortTransactions(changed, row => db.Keep(row, token), token);
    }

    /// <summary>Counts everybody's whose id lies after one and up to another, in the transaction of an import or a seed.</summary>
    public static async Task CountTagScoresOf(this Db db, long from, long upTo, CancellationToken token)
    {
        await db.Execute("delete from tag_scores where user_id > @from and user_id <= @upTo", new { from, upTo }, token);
        await db.Execute(
            $"""
            insert into tag_scores (user_id, tag_id, answer_score, answers, question_score, questions)
            select p.author_id, t.tag_id, {Sums}
            {Counted} and p.author_id > @from and p.author_id <= @upTo
            group by p.author_id, t.tag_id
            """,
            new { from, upTo }, token);
    }

    /// <summary>Says that everybody's were counted, so that <see cref="KeepTagScores"/> need not begin with that.</summary>
    public static Task<int> TagScoresAreCounted(this Db db, CancellationToken token) =>
        db.Execute(
            "insert into watermarks (reader, event_id) select @Reader, coalesce(max(id), 0) from events where true on conflict do nothing",
            new { KeepTagScores.Reader }, token);

    private static Task<int> Keep(this Db db, Row row, CancellationToken token) =>
        row.Answers + row.Questions == 0
            ? db.Execute("delete from tag_scores where user_id = @UserId and tag_id = @TagId", row, token)
            : db.Execute(
                """
                insert into tag_scores (user_id, tag_id, answer_score, answers, question_score, questions)
                values (@UserId, @TagId, @AnswerScore, @Answers, @QuestionScore, @Questions)
                on conflict (user_id, tag_id) do update
                set answer_score = excluded.answer_score, answers = excluded.answers, question_score = excluded.question_score, questions = excluded.questions
                """,
                row, token);

    private sealed record Row
    {
        public long UserId { get; init; }
        public long TagId { get; init; }
        public int AnswerScore { get; init; }
        public int Answers { get; init; }
        public int QuestionScore { get; init; }
        public int Questions { get; init; }
    }
}

/// <summary>Keeps the scores of people under tags, some seconds after what moves them. The first time it counts everybody's.</summary>
public sealed class KeepTagScores(IServiceScopeFactory scopes, ILogger<KeepTagScores> log)
    : ReadEvents(Reader, Interval, "Scores by tag could not be counted; it is tried again.", scopes, log)
{
    internal const string Reader = "tag-scores";
    private const int PeopleAtOnce = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    protected override async Task Begin(IServiceProvider scope, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        for (var after = long.MinValue; ;)
        {
            var people = await db.Query<long>("select id from users where id > @after order by id limit @PeopleAtOnce", new { after, PeopleAtOnce }, token);
            if (people.Count == 0)
                return;
            var began = Stopwatch.GetTimestamp();
            await db.CountTagScores(people, token);
            db.EndSnapshot();
            after = people[^1];
            await GiveWay(began, 1, token);
        }
    }

    /// <inheritdoc />
    protected override async Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        foreach (var person in await db.AuthorsOf(events, token))
        {
            // Who wrote much takes long.
            var began = Stopwatch.GetTimestamp();
            await db.CountTagScores([person], token);
            db.EndSnapshot();
            await GiveWay(began, 9, token);
        }
    }
}
