using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Forum.Core;
using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Data;
using MediatR;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>duplicates</c>: a dump is imported, and each question that its PostLinks.xml calls a duplicate is asked again, to see whether the one
/// it duplicates is among the first ten that are offered; beside SQLite's BM25 over titles and bodies as it comes.
/// </summary>
static partial class DuplicatesScenario
{
    const int First = 10;
    const int Duplicate = 3;
    const int Link = 1;

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", "beer.stackexchange.com"));
        var links = Path.Combine(dump, "PostLinks.xml");
        if (!File.Exists(links))
            throw new WrongUseException($"There is no {links}: name a dump's folder, 'duplicates <folder>'.");

        var work = Directory.CreateTempSubdirectory("forum-duplicates-").FullName;
        try
        {
            var database = Path.Combine(work, "forum.db");
            BenchOptions.Tell("Importing");
            await ForumSite.Run(options, ["import", "stackexchange", dump, "--database", database], isQuiet: true, token);
            var questions = Questions(database);
            BenchOptions.Tell("Asking");
            await using var forum = Forum(database);
            using var plain = new EngineAlone(questions.Values);
            var report = new Report("duplicates");
            report.Table(
                string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(dump)}: {questions.Count:N0} questions; the other one among the first {First}"),
                "pairs", "how many", "title, text", "and tags", "title alone", "BM25", "BM25, title alone");
            foreach (var (name, kind) in new[] { ("duplicates", Duplicate), ("linked", Link) })
            {
                var pairs = Pairs(links, kind).Where(pair => questions.ContainsKey(pair.From) && questions.ContainsKey(pair.To)).ToList();
                var found = new List<double>();
                foreach (var ask in new Func<Question, FindSimilar>[]
                {
                    q => new FindSimilar(q.Title, q.Body, Except: q.Id), q => new FindSimilar(q.Title, q.Body, q.Tags, q.Id), q => new FindSimilar(q.Title, Except: q.Id),
                })
                    found.Add(await Share(pairs, async pair => await Similar(forum, ask(questions[pair.From]), token)));
                found.Add(await Share(pairs, pair => Task.FromResult<IEnumerable<long>>(plain.Like(questions[pair.From], withBody: true))));
                found.Add(await Share(pairs, pair => Task.FromResult<IEnumerable<long>>(plain.Like(questions[pair.From], withBody: false))));
                report.Row([name, pairs.Count, .. found.Cast<object?>()]);
                if (kind == Duplicate)
                {
                    report.Figure("recall10", found[0]);
                    report.Figure("tagged", found[1]);
                    report.Figure("bm25", found[3]);
                    report.Figure("bm25title", found[4]);
                }
            }

            report.Note("A duplicate's own line that names the other question is left out, and so is the duplicate itself.");
            report.Finish(options);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(work, recursive: true);
        }
    }

    static ServiceProvider Forum(string database) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddLogging()
        .AddForumData(_ => new Database(database))
        .AddForumCore()
        .BuildServiceProvider();

    static async Task<IEnumerable<long>> Similar(ServiceProvider forum, FindSimilar ask, CancellationToken token)
    {
        await using var scope = forum.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ISender>().Send(ask, token)).Select(question => question.Id);
    }

    static async Task<double> Share(List<(long From, long To)> pairs, Func<(long From, long To), Task<IEnumerable<long>>> find)
    {
        var found = 0;
        foreach (var pair in pairs)
            found += (await find(pair)).Take(First).Contains(pair.To) ? 1 : 0;
        return pairs.Count == 0 ? double.NaN : (double)found / pairs.Count;
    }

    static HashSet<(long From, long To)> Pairs(string links, int kind)
    {
        using var reader = XmlReader.Create(links);
        var pairs = new HashSet<(long, long)>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "row" && Number("LinkTypeId") == kind && Number("PostId") != Number("RelatedPostId"))
                pairs.Add((Number("PostId"), Number("RelatedPostId")));
        }

        return pairs;

        long Number(string name) => long.Parse(reader.GetAttribute(name)!, CultureInfo.InvariantCulture);
    }

    static Dictionary<long, Question> Questions(string database)
    {
        var questions = new Dictionary<long, Question>();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select id, title, body, tags, html from posts where kind = 1 and deleted_at is null";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            questions[reader.GetInt64(0)] = new Question(reader.GetInt64(0), reader.GetString(1), Telling(reader.GetString(2)), reader.GetString(3), PlainText.Of(Telling(reader.GetString(4))));
        return questions;
    }

    static string Telling(string text) => GivesAway().Replace(text, "");

    // What Stack Exchange put at the head of duplicates: a quotation of one paragraph.
    [GeneratedRegex(@"(?m)^>\s*\*\*Possible Duplicate.*\n(?:>.*\n?)*|(?s)<blockquote>\s*<p><strong>Possible Duplicate.*?</blockquote>", RegexOptions.None, 1000)]
    private static partial Regex GivesAway();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    sealed record Question(long Id, string Title, string Body, string Tags, string Plain);

    /// <summary>Titles and bodies in SQLite's full text as it comes, any of the words.</summary>
    sealed class EngineAlone : IDisposable
    {
        readonly SqliteConnection connection = new("Data Source=:memory:");

        public EngineAlone(IEnumerable<Question> questions)
        {
            connection.Open();
            Command("create virtual table plain using fts5(title, body)").ExecuteNonQuery();
            foreach (var question in questions)
                Command("insert into plain (rowid, title, body) values ($id, $title, $body)", ("$id", question.Id), ("$title", question.Title), ("$body", question.Plain)).ExecuteNonQuery();
        }

        public List<long> Like(Question question, bool withBody)
        {
            var words = Word().Matches(withBody ? $"{question.Title} {question.Plain}" : question.Title).Select(word => $"\"{word.Value.ToLowerInvariant()}\"").Distinct();
            using var command = Command(
                "select rowid from plain where plain match $match and rowid <> $id order by bm25(plain) limit $first",
                ("$match", string.Join(" OR ", words)), ("$id", question.Id), ("$first", First));
            using var reader = command.ExecuteReader();
            var found = new List<long>();
            while (reader.Read())
                found.Add(reader.GetInt64(0));
            return found;
        }

        public void Dispose() => connection.Dispose();

        SqliteCommand Command(string text, params (string Name, object Value)[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value);
            return command;
        }
    }
}
