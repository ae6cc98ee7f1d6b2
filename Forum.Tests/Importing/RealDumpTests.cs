using System.Globalization;
using System.Xml.Linq;
using Forum.Core.Importing;
using Forum.Tests.Support;

namespace Forum.Tests.Importing;

/// <summary>The real dumps beside the repository, from end to end.</summary>
public sealed class RealDumpTests
{
    private const string Beer = "beer.stackexchange.com";
    private const string Conlang = "conlang.meta.stackexchange.com";
    private const string French = "french.meta.stackexchange.com";

    [TestCase(Beer)]
    [TestCase(Conlang)]
    [TestCase(French)]
    public async Task Everything_in_a_dump_is_there_after_the_import(string site)
    {
        var folder = RealData.Dump(site);
        await using var forum = new TestForum();

        var report = await forum.Send(new ImportStackExchange(folder));

        Print(report);
        var rows = new Expected(folder);
        foreach (var file in report.Files.Where(f => rows.Has(f.File)))
            Assert.That(file.Read, Is.EqualTo(rows.Of(file.File).Count), file.File);
        foreach (var file in report.Files)
            Assert.That(file.Read, Is.EqualTo(file.Imported + file.Already + file.Skipped.Values.Sum()), file.File);
        await rows.Check(forum, report);
        await forum.Verify();

        var first = Dump.Content(forum.Database.Path);
        var second = await forum.Send(new ImportStackExchange(folder));

        Assert.That(Dump.Content(forum.Database.Path), Is.EqualTo(first));
        Assert.That(second.Files.Where(f => f.File is not "Votes").Sum(f => f.Imported), Is.Zero);
    }

    [TestCase(Beer)]
    [TestCase(Conlang)]
    [TestCase(French)]
    public async Task Without_the_history_most_posts_get_Markdown_from_their_HTML(string site)
    {
        using var dump = new Dump(site);
        foreach (var file in (string[])["Users", "Posts"])
            File.Copy(Path.Combine(RealData.Dump(site), file + ".xml"), Path.Combine(dump.Folder, file + ".xml"));
        await using var forum = new TestForum();

        await forum.Send(new ImportStackExchange(dump.Folder));

        var asHtml = await forum.Value<double>("select avg(body_is_html) from posts");
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{site}: {asHtml:P1} of the posts stay HTML."));
        Assert.That(asHtml, Is.LessThan(0.1));
        await forum.Verify();
    }

    private static void Print(ImportReport report)
    {
        foreach (var file in report.Files)
        {
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{file.File,-16} read {file.Read,6} imported {file.Imported,6} already {file.Already,6} {file.Time.TotalSeconds,6:0.00} s {file.RowsPerSecond,8:0} rows/s {string.Join(", ", file.Skipped.Select(s => $"{s.Key}={s.Value}"))}"));
        }
    }

    // What the files say, read in the plainest way.
    private sealed class Expected(string folder)
    {
        private readonly Dictionary<string, IReadOnlyList<XElement>> files = Directory.EnumerateFiles(folder, "*.xml")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => (IReadOnlyList<XElement>)[.. XDocument.Load(f).Root!.Elements()]);

        public bool Has(string file) => files.ContainsKey(file);

        public IReadOnlyList<XElement> Of(string file) => files[file];

        public async Task Check(TestForum forum, ImportReport report)
        {
            var posts = files["Posts"].ToDictionary(p => Number(p, "Id"));
            var users = files["Users"].ToDictionary(u => Number(u, "Id"));
            var edits = files["PostHistory"].Where(h => Number(h, "PostHistoryTypeId") <= 9).ToList();
            var onPosts = files["Votes"].Where(v => posts.ContainsKey(Number(v, "PostId"))).ToList();
            var counts = new Dictionary<string, long>
            {
                ["users"] = users.Count,
                ["posts"] = posts.Count,
                ["comments"] = files["Comments"].Count,
                ["user_badges"] = files["Badges"].Count,
                ["tags"] = files["Tags"].Count,
                ["revisions"] = edits.Select(h => (Text(h, "PostId"), Text(h, "RevisionGUID"))).Distinct().Count(),
                ["post_events"] = files["PostHistory"].Count - edits.Count,
                ["saves"] = onPosts.Count(v => Number(v, "VoteTypeId") == 5),
                ["bounties"] = onPosts.Count(v => Number(v, "VoteTypeId") == 8),
                ["post_links"] = files["PostLinks"].Count(l => posts.ContainsKey(Number(l, "PostId")) && posts.ContainsKey(Number(l, "RelatedPostId"))),
                ["question_tags"] = posts.Values.Sum(p => Text(p, "Tags").Count(c => c == '<')),
                ["accounts"] = 0,
                ["events"] = 0,
                ["votes"] = 0,
                ["import_history"] = 0,
                ["import_posts"] = 0,
                ["import_votes"] = 0,
            };
            foreach (var (table, count) in counts)
                Assert.That(await forum.Value<long>($"select count(*) from {table}"), Is.EqualTo(count), table);
            Assert.That(await forum.Value<long>("select sum(votes) from legacy_votes"), Is.EqualTo(onPosts.Count(v => Number(v, "VoteTypeId") is 2 or 3)));
            Assert.That(
                report.Files.Single(f => f.File == "Votes").Skipped.GetValueOrDefault("importing.skip-no-post"),
                Is.EqualTo(files["Votes"].Count(v => Number(v, "VoteTypeId") is 1 or 2 or 3 or 5 or 8 or 9 && !posts.ContainsKey(Number(v, "PostId")))));

            var mine = (await forum.Sql(db => db.Query<Row>(
                """
                select id as Id, score as Score, answer_count as Answers, comment_count as Comments, coalesce(accepted_answer_id, 0) as Accepted,
                       view_count as Views, closed_at is not null as IsClosed, coalesce(author_id, 0) as Author, body_is_html as IsHtml
                from posts
                """))).ToDictionary(r => r.Id);
            foreach (var (id, post) in posts)
            {
                var row = mine[id];
                var kind = Number(post, "PostTypeId");
                if (kind is 1 or 2)
                    Assert.That(row.Score, Is.EqualTo(Number(post, "Score")), $"score of {id}");
                if (kind is 1)
                    Assert.That(row.Answers, Is.EqualTo(Number(post, "AnswerCount")), $"answers of {id}");
                Assert.That(row.Comments, Is.EqualTo(Number(post, "CommentCount")), $"comments of {id}");
                Assert.That(row.Accepted, Is.EqualTo(Number(post, "AcceptedAnswerId")), $"accepted answer of {id}");
                Assert.That(row.Views, Is.EqualTo(Number(post, "ViewCount")), $"views of {id}");
                Assert.That(row.IsClosed, Is.EqualTo(post.Attribute("ClosedDate") is not null), $"{id} closed");
                Assert.That(row.Author, Is.EqualTo(Number(post, "OwnerUserId")), $"author of {id}");
                Assert.That(row.IsHtml, Is.False, $"{id} has Markdown");
            }

            var people = (await forum.Sql(db => db.Query<Person>("select id as Id, name as Name, reputation as Reputation from users"))).ToDictionary(p => p.Id);
            foreach (var (id, user) in users)
                Assert.That((people[id].Name, people[id].Reputation), Is.EqualTo((Text(user, "DisplayName").Trim(), Number(user, "Reputation"))), $"user {id}");

            var tags = await forum.Sql(db => db.Query<Tag>("select name as Name, question_count as Count from tags"));
            Assert.That(
                tags.Select(t => (t.Name, t.Count)).Order(),
                Is.EqualTo(files["Tags"].Select(t => (Text(t, "TagName"), Number(t, "Count"))).Order()));
        }

        private static string Text(XElement row, string name) => row.Attribute(name)?.Value ?? "";

        private static long Number(XElement row, string name) => long.Parse(row.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long Score { get; init; }
        public long Answers { get; init; }
        public long Comments { get; init; }
        public long Accepted { get; init; }
        public long Views { get; init; }
        public bool IsClosed { get; init; }
        public long Author { get; init; }
        public bool IsHtml { get; init; }
    }

    private sealed record Person
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long Reputation { get; init; }
    }

    private sealed record Tag
    {
        public string Name { get; init; } = "";
        public long Count { get; init; }
    }
}
