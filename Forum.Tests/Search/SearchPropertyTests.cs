using System.Net;
using System.Text.RegularExpressions;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

/// <summary>
/// Random combinations of operators, beside what they mean for the rows of the database, told here without any of the search:
/// each is found if and only if it fulfils all of them.
/// </summary>
public sealed partial class SearchPropertyTests
{
    private const int Queries = 400;
    private const int MostParts = 4;

    private sealed record Row
    {
        public long Id { get; init; }
        public long Kind { get; init; }
        public long QuestionId { get; init; }
        public long AuthorId { get; init; }
        public string Title { get; init; } = "";
        public string Html { get; init; } = "";
        public string Tags { get; init; } = "";
        public long Score { get; init; }
        public long Answers { get; init; }
        public long Views { get; init; }
        public bool IsAccepted { get; init; }
        public bool HasAccepted { get; init; }
        public bool IsAnswered { get; init; }
        public bool IsClosed { get; init; }
        public string? Reason { get; init; }
        public bool IsLocked { get; init; }
        public bool IsWiki { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
        public bool IsQuestion => Kind == 1;
        public string Text => Tag().Replace(Html, " ");
        public string Code => string.Join(' ', Block().Matches(Html).Select(block => WebUtility.HtmlDecode(Tag().Replace(block.Value, " "))));
    }

    /// <summary>A part of a query, whether a row fulfils it, and the kind it is about even where it is turned round.</summary>
    private sealed record Part(string Query, Func<Row, bool> Holds, Func<Row, bool>? About = null);

    private static Part[] Parts(SearchScene scene) =>
    [
        new("widgets", row => Has(row.Title, "widgets") || Has(row.Text, "widgets")),
        new("encoding", row => Has(row.Title, "encoding") || Has(row.Text, "encoding") || Has(row.Title, "encodings")),
        new("\"of widgets\"", row => Has(row.Title, "of widgets") || Has(row.Text, "of widgets")),
        new("title:widgets", row => row.IsQuestion && Has(row.Title, "widgets"), row => row.IsQuestion),
        new("body:widgets", row => Has(row.Text, "widgets")),
        new("code:\"heap.P\"", row => row.Code.Contains("heap.P", StringComparison.OrdinalIgnoreCase)),
        new("code:\"!= RIGHT)\"", row => row.Code.Contains("!= right)", StringComparison.OrdinalIgnoreCase)),
        new("url:\"*.example.com\"", row => Domain().IsMatch(row.Html)),
        new("url:example.com", row => Host().IsMatch(row.Html)),
        new("hascode:yes", row => row.Code.Length > 0),
        new("hascode:no", row => row.Code.Length == 0),
        new("[c#]", row => Tagged(row, "c#")),
        new("[entity*]", row => row.Tags.Split(' ').Any(tag => tag.StartsWith("entity", StringComparison.Ordinal))),
        new("intags:mine", row => Tagged(row, "linq") || row.Tags.Contains("entity", StringComparison.Ordinal)),
        new("user:me", row => row.AuthorId == scene.Ada),
        new($"user:{scene.Bob}", row => row.AuthorId == scene.Bob),
        new($"inquestion:{scene.Posts["sort"]}", row => row.QuestionId == scene.Posts["sort"]),
        new("insaves:mine", row => row.Id == scene.Posts["paint"] || row.Id == scene.Posts["text-only"]),
        new("is:question", row => row.IsQuestion),
        new("is:answer", row => !row.IsQuestion),
        new("isaccepted:yes", row => row.IsAccepted, row => !row.IsQuestion),
        new("hasaccepted:no", row => row.IsQuestion && !row.HasAccepted, row => row.IsQuestion),
        new("isanswered:yes", row => row.IsQuestion && row.IsAnswered, row => row.IsQuestion),
        new("closed:yes", row => row.IsQuestion && row.IsClosed, row => row.IsQuestion),
        new("duplicate:no", row => row.IsQuestion && !(row.IsClosed && row.Reason == "duplicate"), row => row.IsQuestion),
        new("locked:yes", row => row.IsLocked),
        new("wiki:no", row => !row.IsWiki),
        new("score:1", row => row.Score >= 1),
        new("score:-2..0", row => row.Score is >= -2 and <= 0),
        new("answers:0", row => row.IsQuestion && row.Answers == 0, row => row.IsQuestion),
        new("answers:>=1", row => row.IsQuestion && row.Answers >= 1, row => row.IsQuestion),
        new("views:..300", row => row.IsQuestion && row.Views <= 300, row => row.IsQuestion),
        new("created:2024", row => row.CreatedAt.UtcDateTime.Year == 2024),
        new("created:..2025-12-24", row => row.CreatedAt.UtcDateTime.Date <= new DateTime(2025, 12, 24)),
        new("created:7d", row => row.CreatedAt >= scene.Forum.Clock.GetUtcNow().AddDays(-7)),
        new("lastactive:2010..2025", row => row.ActiveAt.UtcDateTime.Year is >= 2010 and <= 2025),
    ];

    [Test]
    public async Task What_is_found_fulfils_the_query_and_what_fulfils_it_is_found()
    {
        await using var scene = await SearchScene.Make();
        var rows = await Rows(scene);
        var parts = Parts(scene);
        var chance = new Random(11);

        var wrong = new List<string>();
        for (var i = 0; i < Queries; i++)
        {
            var chosen = Enumerable.Range(0, chance.Next(1, MostParts + 1)).Select(_ => (Part: parts[chance.Next(parts.Length)], IsNegated: chance.Next(4) == 0)).ToList();
            var query = string.Join(' ', chosen.Select(part => (part.IsNegated ? "-" : "") + part.Part.Query));
            var expected = string.Join(' ', scene.Posts
                .Where(post => rows.TryGetValue(post.Value, out var row) && chosen.TrueForAll(part => part.Part.About?.Invoke(row) != false && part.Part.Holds(row) != part.IsNegated))
                .Select(post => post.Key).Order(StringComparer.Ordinal));
            if (await scene.Found(query, scene.Ada) is { } found && found != expected)
                wrong.Add($"{query} → {found}; expected: {expected}");
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    /// <summary>Strings of operators, right and wrong ones, over HTTP.</summary>
    [Test]
    public async Task No_string_of_operators_breaks_the_page()
    {
        await using var site = new TestSite(("Forum:Limits:SearchesPerMinute", "0"));
        var ada = await site.Forum.Make.User(reputation: 20_000);
        await site.Forum.Make.Question(ada, "Sorting a list of widgets", "Some text about widgets.\n\n    if (a != b) return;\n\nSee https://example.com/ for more.");
        using var member = await site.SignedInAs(ada);
        using var stranger = site.Anonymous();
        var chance = new Random(500);

        var broken = new List<string>();
        for (var i = 0; i < 500; i++)
        {
            var query = string.Join(chance.Next(5) == 0 ? "" : " ", Enumerable.Range(0, chance.Next(1, 8)).Select(_ => Bits[chance.Next(Bits.Length)]));
            var page = await (i % 2 == 0 ? member : stranger).Get($"/search?q={Uri.EscapeDataString(query)}&tab={Tabs[chance.Next(Tabs.Length)]}&page={chance.Next(-1, 4)}");
            if ((int)page.Status >= 400)
                broken.Add($"{(int)page.Status}: {query}");
        }

        Assert.That(broken, Is.Empty, string.Join('\n', broken));
    }

    private static readonly string[] Tabs = ["relevance", "newest", "active", "votes", "score", "nonsense"];

    private static readonly string[] Bits =
    [
        "widgets", "\"a list", "\"a list\"", "-", "-widgets", "-\"of widgets\"", "wi*", "w*s", "*", "**", "title:", "title:list", "title:\"of widgets\"", "title:w*s", "body:text", "-body:text",
        "code:\"!=\"", "code:\"if (a != b)\"", "-code:\"return;\"", "code:\"\"", "code:'", "code:%00", "url:example.com", "url:\"*.example.com\"", "url:*", "url:\"://\"", "url:\"..\"", "-url:\"*.com\"",
        "hascode:yes", "hascode:maybe", "[c#]", "[files]", "[f*]", "[*]", "[?]", "[", "]", "[a] or [b]", "-[a*]", " or ", "intags:mine", "user:me", "user:1", "user:-1", "user:99999999999999999999",
        "inquestion:1", "inquestion:this", "insaves:mine", "insaves:7", "collective:x", "is:q", "is:a", "-is:a", "is:article", "isaccepted:yes", "hasaccepted:no", "isanswered:yes", "closed:no", "duplicate:yes",
        "migrated:no", "locked:yes", "wiki:no", "hasnotice:yes", "deleted:yes", "deleted:all", "-deleted:all", "deleted:no", "score:0", "score:..", "score:-5..5", "score:>=-1", "answers:0", "answers:2..1", "views:..9",
        "created:2026", "created:9999-12-31", "created:0001", "created:2026-13", "created:99999y", "created:99999w..1h", "created:1m..1y", "created:..2030", "lastactive:7d", "lastedit:<1mo", "数据", "数", "😀", "\u0001", "'", "\"", "(", ")", "NOT", "AND", "NEAR(", "^", ":", "--",
    ];

    private static async Task<Dictionary<long, Row>> Rows(SearchScene scene) =>
        (await scene.Forum.Sql(db => db.Query<Row>(
            """
            select p.id as Id, p.kind as Kind, q.id as QuestionId, p.author_id as AuthorId, coalesce(p.title, '') as Title, p.html as Html, q.tags as Tags, p.score as Score,
                   p.answer_count as Answers, p.view_count as Views, q.accepted_answer_id is p.id as IsAccepted, p.accepted_answer_id is not null as HasAccepted,
                   p.is_answered as IsAnswered, p.closed_at is not null as IsClosed, p.close_reason as Reason, p.locked_at is not null as IsLocked, p.wiki_at is not null as IsWiki,
                   p.created_at as CreatedAt, q.active_at as ActiveAt
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.kind in (1, 2) and p.deleted_at is null and q.deleted_at is null
            """))).ToDictionary(row => row.Id);

    private static bool Has(string text, string words) => Regex.IsMatch(text, $@"\b{words}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static bool Tagged(Row row, string tag) => row.Tags.Split(' ').Contains(tag, StringComparer.Ordinal);

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("""href="https?://([a-z]+\.)*example\.com""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Domain();

    [GeneratedRegex("""href="https?://example\.com""", RegexOptions.None, 1000)]
    private static partial Regex Host();

    [GeneratedRegex("<pre.*?</pre>", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
