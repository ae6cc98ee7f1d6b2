using System.Diagnostics;
using System.Net;
using Forum.Data;
using Forum.Tests.Support;

namespace Forum.Tests.Badges;

/// <summary>A server that dies between what earns a badge and its award.</summary>
public sealed class KilledServerTests
{
    private const int Rounds = 3;

    [Test]
    public async Task After_a_restart_the_badge_is_there_once()
    {
        var home = Directory.CreateTempSubdirectory("forum-kill-").FullName;
        var database = Path.Combine(home, "forum.db");
        var people = await SignedIn(database);

        var unseen = 0;
        foreach (var (someone, session) in people)
        {
            using var server = await ServerProcess.Start(database);
            using var client = server.Client(session);
            var form = await client.Get($"/users/edit/{someone}");

            var saved = await client.Submit(form, null, ("Input.About", "Brews beer and writes about it."));
            server.Kill();

            Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.Redirect), saved.Summary);
            unseen += await Value(database, "select count(*) = 0 from user_badges where user_id = @someone", someone);
        }

        using (await ServerProcess.Start(database))
        {
            for (var patience = Stopwatch.StartNew(); await Value(database, "select count(*) from inbox where kind = 'badge'") < Rounds;)
                Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "Nobody is told of the badges.");
        }

        foreach (var (someone, _) in people)
        {
            Assert.That(await Value(database, "select count(*) from user_badges h join badges b on b.id = h.badge_id where h.user_id = @someone and b.name = 'Autobiographer'", someone), Is.EqualTo(1));
            Assert.That(await Value(database, "select bronze from users where id = @someone", someone), Is.EqualTo(1));
        }

        Assert.That(await Value(database, "select count(*) from inbox where kind = 'badge'"), Is.EqualTo(Rounds));
        Assert.That(unseen, Is.GreaterThan(0), "The server was never killed before it had awarded.");
        Directory.Delete(home, recursive: true);
    }

    // People with their sessions, in a database that no process serves.
    private static async Task<List<(long User, string Session)>> SignedIn(string database)
    {
        await using var site = new TestSite();
        site.Clock.Set(DateTimeOffset.UtcNow);
        var people = new List<(long, string)>();
        for (var round = 0; round < Rounds; round++)
        {
            var someone = await site.Forum.Make.User();
            people.Add((someone, await site.SessionOf(someone)));
        }

        using var connection = site.Forum.Database.OpenPlain();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into @database";
        command.Parameters.AddWithValue("@database", database);
        command.ExecuteNonQuery();
        return people;
    }

    private static async Task<int> Value(string database, string sql, long someone = 0)
    {
        await using var opened = new Database(database);
        await using var db = new Db(opened);
        return await db.Get<int>(sql, new { someone });
    }
}
