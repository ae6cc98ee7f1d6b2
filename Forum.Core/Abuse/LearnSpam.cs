using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Abuse;

/// <summary>What is learned of spam, kept in <c>spam_words</c>: a post is counted as what it is now, and counted back by the words it was counted with.</summary>
internal static class SpamLearning
{
    /// <summary>Good posts beyond these teach nothing more.</summary>
    private const int MostGood = 20_000;

    /// <summary>A post for the check, of an author who is new enough; null when it is none, or nobody's to be suspected of.</summary>
    public static Task<SpamSample?> SpamSample(this Db db, long postId, int belowReputation, CancellationToken token) =>
        db.Find<SpamSample>(
            """
            select p.title as Title, p.html as Html, p.created_at as CreatedAt, u.created_at as AuthorSince
            from posts p
            join users u on u.id = p.author_id and u.id > 0
            where p.id = @postId and p.kind in (1, 2) and p.deleted_at is null and u.reputation < @belowReputation and u.is_moderator = 0 and u.is_administrator = 0
            """, new { postId, belowReputation }, token);

    /// <summary>Counts some posts as what they are now. Returns how many are counted otherwise than before.</summary>
    public static async Task<int> Learn(this Db db, IEnumerable<long> posts, AbuseSettings rules, CancellationToken token)
    {
        var found = await db.Query<Lesson>(
            $"""
            select p.id as Id, p.title as Title, p.html as Html, p.created_at as CreatedAt, u.created_at as AuthorSince, l.is_spam as Was, l.words as Words,
                   case when p.deletion = {(int)DeletionKind.Spam} then 1 when p.deleted_at is null and p.score >= @SpamGoodScore then 0 end as IsNow
            from posts p
            left join users u on u.id = p.author_id and u.id > 0
            left join spam_learned l on l.post_id = p.id
            where {db.Dialect.InList("p.id", "@posts")} and p.kind in (1, 2)
            """, new { posts = db.Dialect.List(posts), rules.SpamGoodScore }, token);
        var good = await db.GoodOnes(token);
        db.EndSnapshot();
        var changed = found.Where(lesson => lesson.Was != lesson.IsNow && !(lesson.Was is null && lesson.IsNow == false && good++ >= MostGood)).ToList();
        await db.InShortTransactions(
            changed,
            async lesson =>
            {
                if (lesson.Was is { } was)
                {
                    await db.Count(lesson.Words ?? "[]", was, -1, token);
                    await db.Execute("delete from spam_learned where post_id = @Id", new { lesson.Id }, token);
                }

                if (lesson.IsNow is { } isSpam)
                {
                    var words = db.Dialect.List(SpamRules.Words(lesson.Sample).Prepend(""));
                    await db.Execute("insert into spam_learned (post_id, is_spam, words) values (@Id, @isSpam, @words)", new { lesson.Id, isSpam, words }, token);
                    await db.Count(words, isSpam, 1, token);
                }
            }, token);
        return changed.Count;
    }

    /// <summary>Posts before an id that teach something, the newest first; only spam when enough good ones are known.</summary>
    public static async Task<IReadOnlyList<long>> Lessons(this Db db, long before, int count, AbuseSettings rules, CancellationToken token) =>
        await db.Query<long>(
            await db.GoodOnes(token) >= MostGood
                ? $"""
                select id from posts indexed by posts_that_are_spam
                where id < @before and kind in (1, 2) and deletion = {(int)DeletionKind.Spam}
                order by id desc
                limit @count
                """
                : $"""
                select id from posts
                where id < @before and kind in (1, 2) and (deletion = {(int)DeletionKind.Spam} or deleted_at is null and score >= @SpamGoodScore)
                order by id desc
                limit @count
                """,
            new { before, count, rules.SpamGoodScore }, token);

    /// <summary>Forgets all that was learned.</summary>
    public static Task Forget(this Db db, CancellationToken token) =>
        db.InTransaction(
            async () =>
            {
                await db.Execute("delete from spam_learned", token: token);
                await db.Execute("delete from spam_words", token: token);
            }, token);

    private static async Task<int> GoodOnes(this Db db, CancellationToken token) =>
        await db.Find<int?>("select good from spam_words where word = ''", token: token) ?? 0;

    private static Task<int> Count(this Db db, string words, bool isSpam, int by, CancellationToken token) =>
        db.Execute(
            $"""
            insert into spam_words (word, spam, good)
            select w.pattern, @spam, @good from {db.Dialect.EachText("@words")} w where true
            on conflict (word) do update set spam = spam + excluded.spam, good = good + excluded.good
            """, new { words, spam = isSpam ? by : 0, good = isSpam ? 0 : by }, token);

    private sealed record Lesson
    {
        public long Id { get; init; }
        public string? Title { get; init; }
        public string Html { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? AuthorSince { get; init; }
        public bool? Was { get; init; }
        public bool? IsNow { get; init; }
        public string? Words { get; init; }

        public SpamSample Sample => new() { Title = Title, Html = Html, CreatedAt = CreatedAt, AuthorSince = AuthorSince };
    }
}

/// <summary>Learns, soon after, from what was deleted as spam and from what was voted up; the first time from all there is.</summary>
public sealed class LearnSpam(IServiceScopeFactory scopes, SettingsStore settings, ILogger<LearnSpam> log)
    : ReadEvents("spam", Interval, "What is spam could not be learned; it is tried again.", scopes, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private const int PostsAtOnce = 100;

    /// <inheritdoc />
    protected override async Task Begin(IServiceProvider scope, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        for (var before = long.MaxValue; ;)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            var posts = await db.Lessons(before, PostsAtOnce, settings.Current.Abuse, token);
            if (posts.Count == 0)
                return;
            await db.Learn(posts, settings.Current.Abuse, token);
            before = posts[^1];
            await GiveWay(began, 3, token);
        }
    }

    /// <inheritdoc />
    protected override async Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token)
    {
        var moved = new MovedPosts();
        foreach (var happened in events)
            (happened.What as IMovePosts)?.Name(moved);
        var db = scope.GetRequiredService<Db>();
        var posts = new SortedSet<long>([.. moved.Single, .. moved.Threads]);
        if (moved.Threads.Any())
            posts.UnionWith(await db.Query<long>($"select id from posts where {db.Dialect.InList("question_id", "@ids")} and kind = 2", new { ids = db.Dialect.List(moved.Threads) }, token));
        if (posts.Count > 0)
            await db.Learn(posts, settings.Current.Abuse, token);
    }
}

/// <summary>Learns anew what is spam from some posts, the newest first; the first call forgets what was known. Everything is many calls.</summary>
/// <param name="Before">The id to go on before; null begins.</param>
/// <param name="Count">How many posts, at most.</param>
[For(Who.Anyone)]
public sealed record LearnSpamAgain(long? Before, int Count) : IRequest<LearnSpamAgain.Result>
{
    /// <param name="Last">The last post's id; null when there was none left.</param>
    /// <param name="Learned">How many posts were counted.</param>
    public sealed record Result(long? Last, int Learned);

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<LearnSpamAgain, Result>
    {
        public async Task<Result> Handle(LearnSpamAgain learn, CancellationToken token)
        {
            if (learn.Before is null)
                await db.Forget(token);
            var posts = await db.Lessons(learn.Before ?? long.MaxValue, learn.Count, settings.Abuse, token);
            return posts.Count == 0 ? new Result(null, 0) : new Result(posts[^1], await db.Learn(posts, settings.Abuse, token));
        }
    }
}
