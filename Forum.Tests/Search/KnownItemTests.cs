using System.Globalization;
using System.Xml.Linq;
using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

/// <summary>
/// How well search finds a question that somebody has in mind, by two words of its title or five of its body: the mean reciprocal rank
/// among the first ten, beside that of SQLite's full text as it comes.
/// </summary>
public sealed class KnownItemTests
{
    // By five words of a body plain full text finds nearly everything first: much sooner is not to be had.
    private const double NearlyAsSoon = 0.01;

    [Category("RealData")]
    [TestCase("conlang.meta.stackexchange.com")]
    [TestCase("french.meta.stackexchange.com")]
    [TestCase("beer.stackexchange.com")]
    public async Task A_known_question_is_found_sooner_than_by_plain_full_text(string site)
    {
        await using var forum = new TestForum();
        var posts = await Put(forum, Read(Path.Combine(RealData.Dump(site), "Posts.xml")));

        foreach (var (name, wanted) in new[] { ("title", KnownItems.Wanted(posts, 2, post => post.Title)), ("body", KnownItems.Wanted(posts, 5, post => post.Body)) })
        {
            var (ours, plain) = (await Ours(forum, wanted), await KnownItems.PlainRank(posts, wanted));
            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{site}, {name}: MRR@10 {ours:0.000}, plain full text {plain:0.000}"));
            Assert.That(ours, Is.GreaterThan(name == "title" ? plain + 0.03 : plain - NearlyAsSoon), name);
        }
    }

    [Test]
    public async Task A_known_question_in_Chinese_is_found_by_parts_of_its_title()
    {
        await using var forum = new TestForum();
        var posts = await Put(forum, [.. ChineseQuestions.All.Select((text, i) => new Row(i + 1, 1, null, text.Title, $"<p>{text.Body}</p>", 0, 0))]);
        var wanted = Parts(posts);

        var (ours, plain) = (await Ours(forum, wanted), await KnownItems.PlainRank(posts, wanted));

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Chinese: MRR@10 {ours:0.000}, plain full text {plain:0.000}"));
        Assert.That(ours, Is.GreaterThan(plain + 0.03).And.GreaterThan(0.9));
    }

    // Nobody parts the words of a Chinese title; two stretches of it are what somebody remembers.
    private static List<(long Id, string Words)> Parts(List<KnownPost> posts)
    {
        var chance = new Random(7);
        return
        [
            .. Enumerable.Range(0, KnownItems.Queries).Select(_ =>
            {
                var post = posts[chance.Next(posts.Count)];
                var half = post.Title.Length / 2;
                var (first, second) = (chance.Next(half - 2), half + chance.Next(post.Title.Length - half - 3));
                return (post.Id, $"{post.Title.Substring(first, 2)} {post.Title.Substring(second, 3)}");
            }),
        ];
    }

    private static Task<double> Ours(TestForum forum, IReadOnlyList<(long Id, string Words)> wanted) =>
        KnownItems.Rank(wanted, async words => [.. (await forum.Send(new SearchQuestions(words))).Results.Items.Select(item => item.Id)]);

    private static async Task<List<KnownPost>> Put(TestForum forum, List<Row> rows)
    {
        await forum.Sql(db => db.InTransaction(async () =>
        {
            foreach (var row in rows.OrderBy(row => row.Kind))
            {
                await db.Execute(
                    """
                    insert into posts (id, kind, question_id, title, body, html, renderer, score, created_at, active_at, license)
                    values (@Id, @Kind, @QuestionId, @Title, '', @Html, 0, @Score, @CreatedAt, @CreatedAt, '')
                    """,
                    row);
                await db.Index(row.Id, IndexedWords.Of(row.Title, row.Html), default);
            }
            return 0;
        }, default));
        return [.. rows.Select(row => new KnownPost(row.Id, row.Kind == 1, row.Title ?? "", PlainText.Of(row.Html)))];
    }

    private static List<Row> Read(string file) =>
    [
        .. from row in XDocument.Load(file).Root!.Elements("row")
           let kind = (int)row.Attribute("PostTypeId")!
           where kind is 1 or 2
           select new Row(
               (long)row.Attribute("Id")!, kind, (long?)row.Attribute("ParentId"), kind == 1 ? (string?)row.Attribute("Title") : null, (string?)row.Attribute("Body") ?? "",
               (int)row.Attribute("Score")!, DateTimeOffset.Parse((string)row.Attribute("CreationDate")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()),
    ];

    private sealed record Row(long Id, int Kind, long? QuestionId, string? Title, string Html, int Score, long CreatedAt);
}
