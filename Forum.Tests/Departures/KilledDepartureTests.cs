using System.Diagnostics;
using Forum.Core.Departures;
using Forum.Core.Voting;
using Forum.Data;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Departures;

/// <summary>A server that dies while it takes an account out.</summary>
public sealed class KilledDepartureTests
{
    private const int Much = 200;

    [Test]
    public async Task What_is_left_is_true_and_the_next_server_finishes_it()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "forum.db");
        var ada = await AskFor(path);
        await using var database = new Database(path);
        await using var db = new Db(database);

        using (var server = await ServerProcess.Start(path))
        {
            await Until(db, path, $"select count(*) between 1 and {Much - 1} from votes where user_id = @ada", ada, "Nobody takes the votes.");
            server.Kill();
        }

        Assert.That(await Value<bool>(db, "select begun_at is not null and finished_at is null from departures"), "It was finished before it could be killed.");

        using (var server = await ServerProcess.Start(path))
        {
            await Until(db, path, "select finished_at is not null from departures", ada, "Nobody goes on with it.");
            server.Kill();
        }

        Assert.That(await Value<int>(db, "select (select count(*) from votes where user_id = @ada) + (select count(*) from comment_votes where user_id = @ada) + (select count(*) from reputation_events where user_id = @ada)", ada), Is.Zero);
        Assert.That(await Value<int>(db, "select (select count(*) from posts where author_id = @ada) + (select count(*) from comments where author_id = @ada)", ada), Is.Zero);
        Assert.That(await Value<int>(db, "select count(*) from posts where author_id is null and author_name = 'user' || @ada", ada), Is.EqualTo(Much));
        Assert.That(await Value<int>(db, "select count(*) from moderation_acts where action = 'delete-account'"), Is.EqualTo(1));
        Assert.That(await Value<int>(db, "select count(*) from pragma_foreign_key_check"), Is.Zero);
        Assert.That(await Verify(path), Is.Empty);
    }

    // A database in which the account of somebody who did much is to end, and nobody has begun with what follows.
    private static async Task<long> AskFor(string path)
    {
        await using var forum = new TestForum(("Forum:Limits:PostVotesPerDay", "100000"), ("Forum:Paces:IsOn", "false"));
        var (ada, bob, administrator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(administrator: true));
        var question = await forum.Make.Question(bob);
        await Each(number => forum.Make.Answer(question, ada, $"Way number {number} is to read the lines of the file one at a time."));
        var answers = await Each(number => forum.Make.Answer(question, bob, $"Way number {number} is to read the file with a buffer."));
        await Each(number => forum.Make.Comment(answers[number], ada));
        await Task.WhenAll(answers.Select(answer => forum.Send(new CastVote(answer, answer % 3 == 0 ? Direction.Down : Direction.Up), ada)));
        await forum.Send(new DeleteAccount(ada, "Asked for it by mail.", IsSure: true, DropsVotes: true), administrator);
        using var connection = forum.Database.OpenPlain();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into @path";
        command.Parameters.AddWithValue("@path", path);
        command.ExecuteNonQuery();
        return ada;
    }

    private static Task<T[]> Each<T>(Func<int, Task<T>> make) => Task.WhenAll(Enumerable.Range(0, Much).Select(make));

    // Looks again when something was written: a loop that never rests would take the processor that the server needs.
    private static async Task Until(Db db, string path, string condition, long ada, string otherwise)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
        for (var patience = Stopwatch.StartNew(); !await Value<bool>(db, condition, ada);)
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), otherwise);
            watcher.WaitForChanged(WatcherChangeTypes.All, TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<T> Value<T>(Db db, string sql, long ada = 0)
    {
        var value = await db.Get<T>(sql, new { ada });
        // Else it would look at what was there the first time.
        db.EndSnapshot();
        return value;
    }

    private static async Task<string> Verify(string path)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        await CommandLine.Run(["verify", "--database", path], output, error);
        Assert.That(error.ToString(), Is.Empty);
        return output.ToString().Trim();
    }
}
