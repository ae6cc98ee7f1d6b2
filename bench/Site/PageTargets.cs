using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Bench.Load;

namespace Forum.Bench.Site;

/// <summary>A kind of page, and the addresses of it that are asked for.</summary>
/// <param name="Name">What the kind is called in tables.</param>
/// <param name="Hot">Few enough to be kept ready.</param>
/// <param name="All">Many.</param>
/// <param name="IsAPage">Whether it is made for a reader; an asset is not.</param>
sealed record PageKind(string Name, IReadOnlyList<string> Hot, IReadOnlyList<string> All, bool IsAPage = true)
{
    /// <summary>A question's page, which has baselines of its own.</summary>
    public const string Question = "question";

    /// <summary>The targets of a visitor.</summary>
    public static IReadOnlyList<Target> Anonymous(IReadOnlyList<string> paths, bool isAPage) => [.. paths.Select(path => Target.Get(path, encoding: isAPage ? null : "br"))];

    /// <summary>The targets of members, who take turns.</summary>
    public static IReadOnlyList<Target> Signed(IReadOnlyList<string> paths, IReadOnlyList<Member> members) =>
        [.. Enumerable.Range(0, Math.Max(paths.Count, members.Count)).Select(i => Target.Get(paths[i % paths.Count], members[i % members.Count].Cookie))];
}

/// <summary>The pages that are measured.</summary>
static partial class PageTargets
{
    const int ListPageSize = 15;
    const int DeepPage = 1_000;
    const int HotCount = 200;
    const int AllCount = 5_000;
    const int Tags = 50;

    /// <summary>Every kind of page of a community, the same addresses each time. Some of its questions are known then.</summary>
    public static async Task<IReadOnlyList<PageKind>> Of(Community community, Uri site, CancellationToken token)
    {
        var questions = community.Questions.Take(AllCount).ToArray();
        community.Know(questions);
        string[] addresses = [.. questions.Select(community.Address)];
        string[] users = [.. Random(community.Anybody, AllCount).Select(Community.Address)];
        string[] searches = [.. questions.Select(id => Search(Words(community.Title(id)))).Distinct()];
        string[] tags = [.. community.Tags.Take(Tags).Select(Community.Address)];
        var deep = Math.Clamp(community.Questions.Length / ListPageSize, 1, DeepPage);
        return
        [
            One("home", "/"),
            One("list-1", "/questions"),
            One(string.Create(CultureInfo.InvariantCulture, $"list-{deep}"), string.Create(CultureInfo.InvariantCulture, $"/questions?page={deep}")),
            Many(PageKind.Question, addresses),
            Many("tag", tags),
            Many("user", users),
            Many("search", searches),
            One("asset", await Asset(site, token)) with { IsAPage = false },
        ];
    }

    /// <summary>The address of a search.</summary>
    public static string Search(string query) => "/search?q=" + Uri.EscapeDataString(query);

    /// <summary>The two longest words of a title: what somebody remembers of a question they have seen.</summary>
    public static string Words(string title) =>
        string.Join(' ', Word().Matches(title).Select(word => word.Value.ToLowerInvariant()).Distinct().OrderByDescending(word => word.Length).Take(2));

    static PageKind One(string name, string path) => new(name, [path], [path]);

    static PageKind Many(string name, string[] paths) => new(name, [.. paths.Take(HotCount)], paths);

    static T[] Random<T>(T[] from, int count)
    {
        var all = (T[])from.Clone();
        new Random(2).Shuffle(all);
        return [.. all.Take(count)];
    }

    static async Task<string> Asset(Uri site, CancellationToken token)
    {
        using var client = new HttpClient { BaseAddress = site };
        return Stylesheet().Match(await client.GetStringAsync("/", token)) is { Success: true } found
            ? found.Value
            : throw new IOException("The home page names no stylesheet.");
    }

    [GeneratedRegex(@"[\p{L}\p{N}#+]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"/dist/[^""]+\.css", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Stylesheet();
}
