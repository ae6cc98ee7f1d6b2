using System.Globalization;
using System.Xml;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Forum.Core.Abuse;
using Forum.Core.Comments;
using Forum.Core.Markdown;
using Forum.Core.Settings;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>gate</c>: how many posts of a dump the quality gate would have refused or asked about when they were written, of those that people found good since.
/// What was typed then is in PostHistory.xml. Everybody is taken for a newcomer, to whom the gate is strictest.
/// </summary>
static class GateScenario
{
    const int GoodScore = 3;

    /// <summary>Runs it.</summary>
    public static Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", "beer.stackexchange.com"));
        var posts = Written(dump);
        var (renderer, rules) = (new MarkdownRenderer(), new ForumSettings());
        var profile = new CommunityMarkdown(renderer, rules).Options(MarkdownProfile.Post);
        var (refused, asked, good) = (0, 0, 0);
        var byRule = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var post in posts.Values.Where(post => post.Score >= GoodScore && post.Body.Length > 0))
        {
            token.ThrowIfCancellationRequested();
            good++;
            var objections = Objections(post, renderer.Render(post.Body, profile).Html, rules).DistinctBy(objection => objection.Why.Code).ToList();
            foreach (var objection in objections)
            {
                byRule[objection.Why.Code] = byRule.GetValueOrDefault(objection.Why.Code) + 1;
                if (Environment.GetEnvironmentVariable("FORUM_BENCH_SHOW") == objection.Why.Code)
                    Console.WriteLine($"--- {post.Id} ({post.Score}) {post.Title}\n{post.Body}");
            }

            if (objections.Exists(objection => objection.IsFinal))
                refused++;
            else if (objections.Count > 0)
                asked++;
        }

        var report = new Report("gate");
        report.Table($"{Path.GetFileName(dump)}: {good} posts with a score of {GoodScore} or more", "rule", "posts", "percent");
        foreach (var (rule, count) in byRule)
            report.Row(rule, count, 100.0 * count / Math.Max(1, good));
        report.Figure("refused", refused);
        report.Figure("asked", asked);
        report.Figure("of", good);
        report.Figure("percent refused", 100.0 * refused / Math.Max(1, good));
        report.Figure("percent asked", 100.0 * asked / Math.Max(1, good));
        report.Finish(options);
        return Task.CompletedTask;
    }

    static List<Objection> Objections(Post post, string html, ForumSettings rules)
    {
        var objections = GateRules.OfBody(post.IsQuestion, html, isNewcomer: true, rules).ToList();
        if (post is { IsQuestion: true, Title.Length: > 0 })
            objections.AddRange(GateRules.OfTitle(post.Title, rules.Abuse));
        if (Mentions.WhyNot(html, rules.Limits) is { } mentions)
            objections.Add(new Objection(mentions, IsFinal: true));
        return objections;
    }

    /// <summary>Posts as they were first written, with the score they have now.</summary>
    internal static Dictionary<long, Post> Written(string dump)
    {
        var history = Path.Combine(dump, "PostHistory.xml");
        if (!File.Exists(history))
            throw new WrongUseException($"There is no {history}: name a dump's folder.");

        var posts = new Dictionary<long, Post>();
        foreach (var row in Rows(Path.Combine(dump, "Posts.xml")))
        {
            if (row("PostTypeId") is "1" or "2")
                posts[Number(row("Id"))] = new Post { Id = Number(row("Id")), IsQuestion = row("PostTypeId") == "1", Score = (int)Number(row("Score")) };
        }

        foreach (var row in Rows(history))
        {
            if (!posts.TryGetValue(Number(row("PostId")), out var post))
                continue;
            if (row("PostHistoryTypeId") == "1")
                post.Title = row("Text") ?? "";
            else if (row("PostHistoryTypeId") == "2")
                post.Body = row("Text") ?? "";
        }

        return posts;
    }

    static IEnumerable<Func<string, string?>> Rows(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "row")
                yield return reader.GetAttribute;
        }
    }

    static long Number(string? text) => long.Parse(text ?? "0", CultureInfo.InvariantCulture);

    /// <summary>A post of a dump.</summary>
    internal sealed class Post
    {
        public long Id { get; init; }
        public bool IsQuestion { get; init; }
        public int Score { get; init; }
        public string Title { get; set; } = "";
        public string Body { get; set; } = "";
    }
}
