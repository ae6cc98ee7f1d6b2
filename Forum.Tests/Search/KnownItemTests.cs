using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forum.Core.Search;
using Forum.Tests.Support;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace Forum.Tests.Search;

/// <summary>
/// How well search finds a question that somebody has in mind, by two words of its title, on real communities: the mean
/// reciprocal rank among the first ten, beside that of SQLite's full text as it comes.
/// </summary>
[Category("RealData")]
public sealed partial class KnownItemTests
{
    const int Queries = 300;

    static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "the", "and", "but", "for", "from", "with", "about", "are", "was", "were", "been", "does", "did", "how", "what", "when", "where",
        "which", "who", "why", "can", "could", "should", "would", "will", "you", "your", "its", "this", "that", "there", "not", "than",
        "have", "has", "had", "any", "some", "into", "les", "des", "une", "est", "pour", "que", "dans", "sur", "qui", "par",
    };

    sealed record Post(long Id, int Kind, long? QuestionId, string Title, string Html, int Score, long CreatedAt);

    [TestCase("conlang.meta.stackexchange.com")]
    [TestCase("french.meta.stackexchange.com")]
    [TestCase("beer.stackexchange.com")]
    public async Task A_known_question_is_found_sooner_than_by_plain_full_text(string site)
    {
        var posts = Read(Path.Combine(RealData.Dump(site), "Posts.xml"));
        var wanted = Wanted(posts);

        var plain = Plain(posts, wanted);
        var ours = await Ours(posts, wanted);

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{site}: MRR@10 {ours:0.000}, plain full text {plain:0.000}"));
        Assert.That(ours, Is.GreaterThan(plain + 0.03).And.GreaterThan(0.92));
    }

    static List<Post> Read(string file) =>
    [
        .. from row in XDocument.Load(file).Root!.Elements("row")
           let kind = (int)row.Attribute("PostTypeId")!
           where kind is 1 or 2
           select new Post(
               (long)row.Attribute("Id")!, kind, (long?)row.Attribute("ParentId"), (string?)row.Attribute("Title") ?? "", (string?)row.Attribute("Body") ?? "",
               (int)row.Attribute("Score")!, DateTimeOffset.Parse((string)row.Attribute("CreationDate")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()),
    ];

    static List<(long Id, string Words)> Wanted(List<Post> posts)
    {
        var chance = new Random(20);
        var questions = posts.FindAll(p => p.Kind == 1);
        var wanted = new List<(long Id, string Words)>();
        while (wanted.Count < Queries)
        {
            var question = questions[chance.Next(questions.Count)];
            var words = Word().Matches(question.Title.ToLowerInvariant()).Select(m => m.Value)
                .Where(w => w.Length > 2 && !Empty.Contains(w)).Distinct(StringComparer.Ordinal).ToArray();
            if (words.Length < 2)
                continue;
            chance.Shuffle(words);
            wanted.Add((question.Id, $"{words[0]} {words[1]}"));
        }
        return wanted;
    }

    static double Plain(List<Post> posts, List<(long Id, string Words)> wanted)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run("create virtual table plain using fts5(title, body)");
        foreach (var post in posts.Where(p => p.Kind == 1))
            Run("insert into plain (rowid, title, body) values ($id, $title, $body)", ("$id", post.Id), ("$title", post.Title), ("$body", WebUtility.HtmlDecode(Tag().Replace(post.Html, " "))));
        return wanted.Average(w =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select rowid from plain where plain match $match order by bm25(plain) limit 10";
            command.Parameters.AddWithValue("$match", string.Join(' ', w.Words.Split(' ').Select(word => $"\"{word}\"")));
            using var reader = command.ExecuteReader();
            for (var rank = 1; reader.Read(); rank++)
                if (reader.GetInt64(0) == w.Id)
                    return 1.0 / rank;
            return 0;
        });

        void Run(string sql, params (string Name, object Value)[] parameters)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value);
            command.ExecuteNonQuery();
        }
    }

    static async Task<double> Ours(List<Post> posts, List<(long Id, string Words)> wanted)
    {
        await using var forum = new TestForum();
        await forum.Sql(db => db.InTransaction(async () =>
        {
            foreach (var post in posts.OrderBy(p => p.Kind))
            {
                await db.Execute(
                    """
                    insert into posts (id, kind, question_id, title, body, html, renderer, score, created_at, active_at, license)
                    values (@Id, @Kind, @QuestionId, @title, '', @Html, 0, @Score, @CreatedAt, @CreatedAt, '')
                    """,
                    new { post.Id, post.Kind, post.QuestionId, title = post.Kind == 1 ? post.Title : null, post.Html, post.Score, post.CreatedAt });
                await db.Index(post.Id, IndexedWords.Of(post.Kind == 1 ? post.Title : null, Forum.Core.Markdown.PlainText.Of(post.Html)), default);
            }
            return 0;
        }, default));

        var sum = 0.0;
        foreach (var (id, words) in wanted)
        {
            var place = (await forum.Send(new SearchQuestions(words))).Results.Items.Take(10).Select(i => i.Id).ToList().IndexOf(id);
            sum += place < 0 ? 0 : 1.0 / (place + 1);
        }
        return sum / wanted.Count;
    }

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
