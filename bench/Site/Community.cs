using System.Globalization;
using Forum.Core.Questions;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Site;

/// <summary>What the bench knows of a seeded community: which addresses there are, and how often people go there.</summary>
sealed class Community
{
    const int MostTags = 1_000;
    const int MostUsers = 10_000;

    readonly Dictionary<long, string> titles = [];

    Community(string database) => Database = database;

    /// <summary>Its file.</summary>
    public string Database { get; }

    /// <summary>Ids of the questions that everybody may see and stays at: duplicates lead elsewhere; in an order that has nothing to do with their age.</summary>
    public long[] Questions { get; private set; } = [];

    /// <summary>Tags, those with most questions first.</summary>
    public string[] Tags { get; private set; } = [];

    /// <summary>People, those with most reputation first.</summary>
    public (long Id, string Name)[] Users { get; private set; } = [];

    /// <summary>People as they come, known or not: as many of them have written much in a small community as in a large one.</summary>
    public (long Id, string Name)[] Anybody { get; private set; } = [];

    /// <summary>How many questions and answers there are.</summary>
    public long Posts { get; private set; }

    /// <summary>Reads it. The same file gives the same order.</summary>
    public static Community Of(string database)
    {
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadOnly);
        var community = new Community(database)
        {
            Questions = [.. connection.Read("select id from posts where kind = 1 and deleted_at is null and close_reason is not 'duplicate' order by created_at desc, id desc", r => r.GetInt64(0))],
            Tags = [.. connection.Read("select name from tags where question_count > 0 order by question_count desc, name limit @p0", r => r.GetString(0), MostTags)],
            Users = [.. connection.Read("select id, name from users where id > 0 order by reputation desc, id limit @p0", r => (r.GetInt64(0), r.GetString(1)), MostUsers)],
            Anybody =
            [
                .. connection.Read(
                    "select id, name from users where id > 0 and id % (select max(id) / @p0 + 1 from users) = 0 order by id", r => (r.GetInt64(0), r.GetString(1)), MostUsers),
            ],
            Posts = connection.Read("select count(*) from posts", r => r.GetInt64(0))[0],
        };
        if (community.Questions.Length == 0 || community.Tags.Length == 0)
            throw new WrongUseException($"{database} holds no questions: delete it, it is seeded anew.");
        new Random(1).Shuffle(community.Questions);
        return community;
    }

    /// <summary>Reads the titles of some questions, which their addresses need.</summary>
    public void Know(IEnumerable<long> questions)
    {
        using var connection = SeededDatabase.Open(Database, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "select title from posts where id = @id";
        var id = command.Parameters.Add("@id", SqliteType.Integer);
        foreach (var question in questions)
        {
            if (titles.ContainsKey(question))
                continue;
            id.Value = question;
            titles.Add(question, (string)command.ExecuteScalar()!);
        }
    }

    /// <summary>The title of a question that is known.</summary>
    public string Title(long question) => titles[question];

    /// <summary>The address of a question that is known.</summary>
    public string Address(long question) => string.Create(CultureInfo.InvariantCulture, $"/questions/{question}/{Slug.Of(titles[question])}");

    /// <summary>The address of a person.</summary>
    public static string Address((long Id, string Name) user) => string.Create(CultureInfo.InvariantCulture, $"/users/{user.Id}/{Slug.Of(user.Name)}");

    /// <summary>The address of a tag's questions.</summary>
    public static string Address(string tag) => "/questions/tagged/" + Uri.EscapeDataString(tag);
}
