using System.Diagnostics;
using Forum.Core.Samples;
using Forum.Core.Tags;
using Forum.Data;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Tags;

/// <summary>A server that dies while it moves the questions of a tag.</summary>
public sealed class KilledMergeTests
{
    private const int Questions = 3_000;

    [Test]
    public async Task What_is_left_is_true_and_is_finished_later()
    {
        using var folder = new TempFolder();
        var database = Path.Combine(folder.Path, "forum.db");
        var (from, into) = await AskFor(database);

        using (var server = await ServerProcess.Start(database))
        {
            for (var patience = Stopwatch.StartNew(); await Value(database, "select moved from tag_merges") == 0;)
                Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "Nobody moves the questions.");
            server.Kill();
        }

        Assert.That(await Value(database, "select finished_at is null and moved < questions from tag_merges"), Is.EqualTo(1), "It was finished before it could be killed.");
        Assert.That(await Run("verify", database), Is.Empty);
        Assert.That(await Run("tags", database, "merge"), Does.EndWith("questions moved."));

        Assert.That(await Value(database, "select finished_at is not null and moved = questions from tag_merges"), Is.EqualTo(1));
        Assert.That(await Value(database, "select count(*) from tags where name = @from", from), Is.Zero);
        Assert.That(await Value(database, "select count(*) from posts where kind = 1 and ' ' || tags || ' ' like '% ' || @from || ' %'", from), Is.Zero);
        Assert.That(await Value(database, "select count(*) from tags where name = @from and question_count > 0", into), Is.EqualTo(1));
        Assert.That(await Run("verify", database), Is.Empty);
    }

    private static async Task<(string From, string Into)> AskFor(string database)
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(Questions));
        var moderator = await forum.Make.User(moderator: true);
        var from = await forum.Value<string>("select name from tags order by question_count desc, name limit 1");
        var into = await forum.Value<string>("select name from tags order by question_count desc, name limit 1 offset 1");
        await forum.Send(new MergeTags(from, into), moderator);

        using var connection = forum.Database.OpenPlain();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into @database";
        command.Parameters.AddWithValue("@database", database);
        command.ExecuteNonQuery();
        return (from, into);
    }

    private static async Task<int> Value(string database, string sql, string from = "")
    {
        await using var opened = new Database(database);
        await using var db = new Db(opened);
        return await db.Get<int>(sql, new { from });
    }

    private static async Task<string> Run(string command, string database, params string[] more)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        await CommandLine.Run([command, .. more, "--database", database], output, error);
        Assert.That(error.ToString(), Is.Empty);
        return output.ToString().Trim();
    }
}
