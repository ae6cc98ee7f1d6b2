using System.Globalization;
using Forum.Bench.Site;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Baselines;

/// <summary>Somebody who wrote something.</summary>
public sealed record Writer(long Id, string Name, int Reputation, int Gold, int Silver, int Bronze)
{
    /// <summary>The address of their page.</summary>
    public string Path { get; } = string.Create(CultureInfo.InvariantCulture, $"/users/{Id}/{Slug.Of(Name)}");
}

/// <summary>A comment.</summary>
public sealed record Remark(long Id, string Html, int Score, DateTimeOffset At, Writer By);

/// <summary>A question or an answer.</summary>
public sealed record Entry(long Id, bool IsQuestion, string Html, int Score, bool IsAccepted, DateTimeOffset At, DateTimeOffset? EditedAt, Writer By, Remark[] Remarks)
{
    // As the site folds them away.
    const int MostShown = 5;

    /// <summary>The best of the comments, in their order.</summary>
    public IEnumerable<Remark> Shown => Remarks.Length <= MostShown ? Remarks : Remarks.OrderByDescending(c => c.Score).Take(MostShown).OrderBy(c => c.At);

    /// <summary>How many are folded away.</summary>
    public int Folded => Math.Max(0, Remarks.Length - MostShown);
}

/// <summary>A question's page as a model in memory.</summary>
public sealed record Thread(Entry Question, string Title, string Description, string[] Tags, int Views, DateTimeOffset ActiveAt, Entry[] Answers)
{
    /// <summary>The page's address.</summary>
    public string Path { get; } = string.Create(CultureInfo.InvariantCulture, $"/questions/{Question.Id}/{Slug.Of(Title)}");
}

/// <summary>Reads the models of some pages from a seeded database, once.</summary>
static class Threads
{
    /// <summary>The threads of these questions, by id.</summary>
    public static Dictionary<long, Thread> Read(string database, IEnumerable<long> questions)
    {
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadOnly);
        return questions.ToDictionary(id => id, id => Read(connection, id));
    }

    static Thread Read(SqliteConnection connection, long id)
    {
        var accepted = connection.Read("select coalesce(accepted_answer_id, 0) from posts where id = @p0", r => r.GetInt64(0), id)[0];
        var question = Entries(connection, "p.id = @p0", id, accepted)[0];
        // 30 answers are a page.
        var answers = Entries(connection, "p.question_id = @p0 and p.kind = 2 and p.deleted_at is null order by p.id = @p1 desc, p.score desc, p.created_at, p.id limit 30", id, accepted);
        return connection.Read(
            "select title, html, tags, view_count, active_at from posts where id = @p0",
            r => new Thread(question, r.GetString(0), PlainText.Excerpt(r.GetString(1), 160), r.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries), r.GetInt32(3), At(r, 4), [.. answers]),
            id)[0];
    }

    static List<Entry> Entries(SqliteConnection connection, string which, long id, long accepted) => connection.Read(
        $"""
        select p.id, p.kind, p.html, p.score, p.created_at, p.edited_at, u.id, coalesce(u.name, p.author_name, 'user'), u.reputation, u.gold, u.silver, u.bronze
        from posts p
        left join users u on u.id = p.author_id
        where {which}
        """,
        r => new Entry(
            r.GetInt64(0), r.GetInt64(1) == 1, Shown(r.GetString(2), $"p{r.GetInt64(0)}-"), r.GetInt32(3), r.GetInt64(0) == accepted, At(r, 4),
            r.IsDBNull(5) ? null : At(r, 5), By(r, 6), Remarks(connection, r.GetInt64(0))),
        id, accepted);

    static Remark[] Remarks(SqliteConnection connection, long post) => [.. connection.Read(
        """
        select c.id, c.html, c.score, c.created_at, u.id, coalesce(u.name, c.author_name, 'user'), u.reputation, u.gold, u.silver, u.bronze
        from comments c
        left join users u on u.id = c.author_id
        where c.post_id = @p0 and c.deleted_at is null
        order by c.created_at, c.id
        """,
        r => new Remark(r.GetInt64(0), Shown(r.GetString(1), $"c{r.GetInt64(0)}-"), r.GetInt32(2), At(r, 3), By(r, 4)), post)];

    static string Shown(string html, string prefix) => ShownHtml.Show(html, new ShownAs { Prefix = prefix });

    static Writer By(SqliteDataReader row, int at) =>
        new(Long(row, at), row.GetString(at + 1), (int)Long(row, at + 2), (int)Long(row, at + 3), (int)Long(row, at + 4), (int)Long(row, at + 5));

    static long Long(SqliteDataReader row, int at) => row.IsDBNull(at) ? 0 : row.GetInt64(at);

    static DateTimeOffset At(SqliteDataReader row, int at) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(at));
}
