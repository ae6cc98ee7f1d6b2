using Forum.Bench.Measure;
using Forum.Bench.Site;
using Forum.Core;
using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Data;
using Forum.Tests.Search;
using MediatR;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>search</c>: a dump is imported, and random questions of it are looked for by two random content words of the title and by five of
/// the body; how soon they are found, beside SQLite's full text over the same questions.
/// </summary>
static class SearchScenario
{
    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", "beer.stackexchange.com"));
        if (!File.Exists(Path.Combine(dump, "Posts.xml")))
            throw new WrongUseException($"There is no Posts.xml in {dump}: name a dump's folder, 'search <folder>'.");

        var work = Directory.CreateTempSubdirectory("forum-search-").FullName;
        try
        {
            var database = Path.Combine(work, "forum.db");
            BenchOptions.Tell("Importing");
            await ForumSite.Run(options, ["import", "stackexchange", dump, "--database", database], isQuiet: true, token);
            await using var services = Services(database);
            var posts = await Posts(services, token);
            var titles = await Ranks(services, posts, KnownItems.Wanted(posts, 2, post => post.Title), token);
            var bodies = await Ranks(services, posts, KnownItems.Wanted(posts, 5, post => post.Body), token);

            var report = new Report("search");
            report.Table($"{Path.GetFileName(dump)}: mean reciprocal rank among the first {KnownItems.Depth}", "words", "search", "plain full text");
            report.Row("two of the title", titles.Ours, titles.Plain);
            report.Row("five of the body", bodies.Ours, bodies.Plain);
            report.Note($"{KnownItems.Queries} searches each, for questions among {posts.Count} posts. Plain full text has the questions alone, search the answers as well.");
            report.Figure("mrr10", titles.Ours);
            report.Figure("fts5", titles.Plain);
            report.Figure("body", bodies.Ours);
            report.Figure("fts5body", bodies.Plain);
            report.Finish(options);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(work, recursive: true);
        }
    }

    static async Task<(double Ours, double Plain)> Ranks(ServiceProvider services, List<KnownPost> posts, IReadOnlyList<(long Id, string Words)> wanted, CancellationToken token)
    {
        var ours = await KnownItems.Rank(wanted, async words =>
        {
            await using var scope = services.CreateAsyncScope();
            var view = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SearchQuestions(words), token);
            return [.. view.Results.Items.Select(item => item.Id)];
        });
        return (ours, await KnownItems.PlainRank(posts, wanted));
    }

    static async Task<List<KnownPost>> Posts(ServiceProvider services, CancellationToken token)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return
        [
            .. (await db.Query<Text>("select id as Id, kind as Kind, title as Title, html as Html from posts where kind in (1, 2) and is_listed = 1 order by id", token: token))
                .Select(post => new KnownPost(post.Id, post.Kind == 1, post.Title ?? "", PlainText.Of(post.Html))),
        ];
    }

    static ServiceProvider Services(string database) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddForumData(_ => new Database(database))
            .AddForumCore()
            .BuildServiceProvider();

    sealed record Text
    {
        public long Id { get; init; }
        public int Kind { get; init; }
        public string? Title { get; init; }
        public string Html { get; init; } = "";
    }
}
