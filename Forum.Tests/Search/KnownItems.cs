using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Forum.Tests.Search;

/// <summary>A post that can be looked for, as plain text.</summary>
public sealed record KnownPost(long Id, bool IsQuestion, string Title, string Body);

/// <summary>Questions that somebody has in mind with the words that come to their mind, and how soon a search finds them.</summary>
public static partial class KnownItems
{
    /// <summary>Searches of which a figure is the mean.</summary>
    public const int Queries = 300;

    /// <summary>So many results are looked at.</summary>
    public const int Depth = 10;

    private const int Seed = 20;

    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "the", "and", "but", "for", "from", "with", "about", "are", "was", "were", "been", "does", "did", "how", "what", "when", "where",
        "which", "who", "why", "can", "could", "should", "would", "will", "you", "your", "its", "this", "that", "there", "not", "than",
        "have", "has", "had", "any", "some", "into", "les", "des", "une", "est", "pour", "que", "dans", "sur", "qui", "par",
    };

    /// <summary>Random questions, each with so many random content words of its title or its body; always the same.</summary>
    public static IReadOnlyList<(long Id, string Words)> Wanted(IReadOnlyList<KnownPost> posts, int count, Func<KnownPost, string> text)
    {
        var chance = new Random(Seed);
        var questions = posts.Where(post => post.IsQuestion).OrderBy(post => post.Id).ToList();
        var wanted = new List<(long Id, string Words)>();
        while (wanted.Count < Queries)
        {
            var question = questions[chance.Next(questions.Count)];
            var words = Word().Matches(text(question).ToLowerInvariant()).Select(m => m.Value)
                .Where(w => w.Length > 2 && !Empty.Contains(w)).Distinct(StringComparer.Ordinal).ToArray();
            if (words.Length < count)
                continue;
            chance.Shuffle(words);
            wanted.Add((question.Id, string.Join(' ', words.Take(count))));
        }

        return wanted;
    }

    /// <summary>The mean reciprocal rank at which a search has what was wanted.</summary>
    public static async Task<double> Rank(IReadOnlyList<(long Id, string Words)> wanted, Func<string, Task<IReadOnlyList<long>>> search)
    {
        var sum = 0.0;
        foreach (var (id, words) in wanted)
        {
            var place = (await search(words)).Take(Depth).ToList().IndexOf(id);
            sum += place < 0 ? 0 : 1.0 / (place + 1);
        }

        return sum / wanted.Count;
    }

    /// <summary>The same for SQLite's full text as it comes, over the questions alone: answers would only stand in its way.</summary>
    public static async Task<double> PlainRank(IReadOnlyList<KnownPost> posts, IReadOnlyList<(long Id, string Words)> wanted)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run("create virtual table plain using fts5(title, body)");
        Run("begin");
        foreach (var post in posts.Where(post => post.IsQuestion))
            Run("insert into plain (rowid, title, body) values ($id, $title, $body)", ("$id", post.Id), ("$title", post.Title), ("$body", post.Body));
        Run("commit");
        return await Rank(wanted, words =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select rowid from plain where plain match $match order by bm25(plain) limit 10";
            command.Parameters.AddWithValue("$match", string.Join(' ', words.Split(' ').Select(word => $"\"{word}\"")));
            using var reader = command.ExecuteReader();
            var found = new List<long>();
            while (reader.Read())
                found.Add(reader.GetInt64(0));
            return Task.FromResult<IReadOnlyList<long>>(found);
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

    // "doesn't" and "aujourd'hui" are words; nobody types the half of one.
    [GeneratedRegex(@"\w+(?:['’]\w+)*", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
