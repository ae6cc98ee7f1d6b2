using Forum.Core.Users;
using Forum.Data;
using Forum.Data.Sqlite;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Accounts;

/// <summary>The frame of the command line and the commands about users.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Ada = ["user", "create", "--name", "Ada Lovelace", "--email", "ada@example.org", "--password", "difference engine"];

    [Test]
    public async Task Help_lists_what_there_is()
    {
        var (code, output, _) = await Run("help");

        Assert.That(code, Is.Zero);
        foreach (var command in new[] { "serve", "user", "verify", "help", "--database" })
            Assert.That(output, Does.Contain(command));
        Assert.That((await Run("help", "user", "create")).Output, Does.Contain("--email"));
    }

    [TestCase("nonsense")]
    [TestCase("--databse", "x")]
    [TestCase("serve", "--nonsense", "x")]
    [TestCase("user")]
    [TestCase("user", "create")]
    [TestCase("user", "role", "ada")]
    [TestCase("user", "role", "ada", "--admin", "--member")]
    [TestCase("verify", "more")]
    public async Task Wrong_use_says_why_and_ends_with_2(params string[] words)
    {
        var (code, _, error) = await Run(words);

        Assert.That(code, Is.EqualTo(CommandLine.WrongUse));
        Assert.That(error, Is.Not.Empty);
    }

    [Test]
    public async Task A_user_is_made_with_a_role_and_verify_finds_nothing_wrong()
    {
        using var place = new Place();

        var made = await Run([.. Ada, "--admin", .. place.Database]);

        Assert.That(made, Is.EqualTo((0, "User 1 signs in as ada-lovelace." + Environment.NewLine, "")));
        var user = (await place.Ask(new ShowUser(1))).User;
        Assert.That((user.Name, user.IsAdministrator, user.IsModerator), Is.EqualTo(("Ada Lovelace", true, false)));
        Assert.That(await Run(["verify", .. place.Database]), Is.EqualTo((0, "", "")));
    }

    [Test]
    public async Task What_is_wrong_with_a_user_is_said_line_by_line()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);

        var twice = await Run([.. Ada, .. place.Database]);
        var bad = await Run(["user", "create", "--name", "x", "--email", "y", "--password", "z", .. place.Database]);

        Assert.That((twice.Code, twice.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length), Is.EqualTo((2, 2)));
        Assert.That(bad.Code, Is.EqualTo(2));
        foreach (var field in new[] { "Name:", "Email:", "Password:" })
            Assert.That(bad.Error, Does.Contain(field));
    }

    [Test]
    public async Task Roles_and_passwords_change()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        var before = await place.Ask(new FindAccount(1, null));

        Assert.That((await Run(["user", "role", "ada@example.org", "--moderator", .. place.Database])).Code, Is.Zero);
        Assert.That((await place.Ask(new ShowUser(1))).User.IsModerator, Is.True);
        Assert.That((await Run(["user", "role", "1", "--member", .. place.Database])).Code, Is.Zero);
        Assert.That((await place.Ask(new ShowUser(1))).User.IsModerator, Is.False);

        Assert.That((await Run(["user", "password", "ADA-lovelace", "--password", "analytical engine", .. place.Database])).Code, Is.Zero);
        var after = await place.Ask(new FindAccount(1, null));
        Assert.That(after!.PasswordHash, Is.Not.EqualTo(before!.PasswordHash));
        Assert.That(after.SecurityStamp, Is.Not.EqualTo(before.SecurityStamp));

        Assert.That((await Run(["user", "password", "1", "--password", "short", .. place.Database])).Code, Is.EqualTo(2));
        Assert.That((await Run(["user", "role", "nobody", "--admin", .. place.Database])).Error, Does.Contain("nobody"));
    }

    [Test]
    public async Task Commands_that_need_a_database_say_so_when_there_is_none()
    {
        using var place = new Place();

        var (code, _, error) = await Run(["verify", .. place.Database]);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("no database"));
        Assert.That(File.Exists(place.Path), Is.False);
    }

    [Test]
    public async Task Verify_prints_each_difference_and_ends_with_1()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await place.Write("update users set gold = 3 where id = 1");
        await place.Write("update users set reputation = 77 where id = 1");

        var (code, output, _) = await Run(["verify", .. place.Database]);

        Assert.That(code, Is.EqualTo(CommandLine.FoundSomething));
        Assert.That(output, Does.Contain("77"));
    }

    [Test]
    public async Task A_second_server_refuses_with_one_line()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await using var database = new Database(place.Path);
        using var taken = ServerLock.Take(database);

        var (code, output, error) = await Run(["serve", "--urls", "http://127.0.0.1:0", .. place.Database]);

        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain(place.Path));
    }

    [Test]
    public async Task A_sample_whose_password_everybody_knows_is_not_served_in_production()
    {
        using var place = new Place();
        await Run(["user", "create", "--name", "Somebody", "--email", "s@example.org", "--password", "difference engine", .. place.Database]);
        await using (var database = new Database(place.Path))
        await using (var db = new Db(database))
            await db.InTransaction(() => db.Execute("insert into samples (made_at, last_event) values (9000000000000, 0)"), default);

        var (code, _, error) = await Run(["serve", "--environment", "Production", "--urls", "http://127.0.0.1:0", .. place.Database]).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("sample"));
    }

    [Test]
    public async Task A_community_is_seeded_once_and_true_in_itself()
    {
        using var place = new Place();

        await Run([.. Ada, .. place.Database]);

        var seeded = await Run(["seed", "--questions", "8", .. place.Database]);

        Assert.That(seeded.Code, Is.Zero, seeded.Error);
        Assert.That(seeded.Output.Trim().Split('\n')[^1], Does.Match(@"^\d+ posts in .* posts/s; .* bytes a post\.$"));
        Assert.That(await Run(["verify", .. place.Database]), Is.EqualTo((0, "", "")));
        Assert.That((await place.Ask(new ShowUser(1))).User.Name, Is.EqualTo("Ada Lovelace"));
        Assert.That((await Run(["seed", "--questions", "8", .. place.Database])).Code, Is.EqualTo(2));
        Assert.That((await Run(["seed", "--questions", "0", .. place.Database])).Code, Is.EqualTo(2));
        Assert.That((await Run(["reputation", "recalculate", .. place.Database])).Code, Is.Zero);
        Assert.That((await Run(["render", .. place.Database])).Code, Is.Zero);
    }

    [Test]
    public async Task Serial_votes_are_looked_for_and_taken_out()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await place.Write("insert into users (id, name, created_at, seen_at) values (2, 'Bob', 0, 0)");
        await place.Write("update totals set users = users + 1");
        await place.Write(
            """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 8)
            insert into posts (id, kind, author_id, title, body, html, renderer, score, created_at, active_at, license)
            select i, 1, 1, 'A question', '', '', 0, 1, 0, 0, '' from n
            """);
        await place.Write("insert into votes (post_id, user_id, direction, cast_at) select id, 2, 1, unixepoch() * 1000 from posts");

        var dry = await Run(["votes", "serial", "--dry-run", .. place.Database]);
        Assert.That(dry.Output, Does.Contain("User 2 voted 8 times up for user 1").And.Contain("1 series, 8 votes would be taken out."));
        Assert.That((await Run(["votes", "serial", "--dry-run", "--days", "1", .. place.Database])).Output, Does.Contain("1 series"), "a dry run takes nothing out");
        Assert.That((await Run(["votes", "serial", .. place.Database])).Output, Does.Contain("1 series, 8 votes taken out."));
        Assert.That((await Run(["votes", "serial", .. place.Database])).Output, Does.StartWith("0 series"));
        Assert.That((await Run(["votes", "serial", "--days", "0", .. place.Database])).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task An_import_prints_its_table_and_says_what_is_wrong()
    {
        using var place = new Place();
        using var dump = new Importing.Dump();
        dump.With("Users", Importing.Dump.User(1, "Ada")).With("Posts");

        var done = await Run(["import", "stackexchange", dump.Folder, "--site", "old.example.org", .. place.Database]);
        var missing = await Run(["import", "stackexchange", dump.Folder + "-not-there", .. place.Database]);
        var nothing = await Run(["import", "discard", .. place.Database]);

        Assert.That(done.Code, Is.Zero, done.Error);
        Assert.That(done.Output, Does.Contain("Users").And.Contain("old.example.org"));
        Assert.That((missing.Code, missing.Error.Trim().Split('\n').Length), Is.EqualTo((2, 1)));
        Assert.That(nothing.Code, Is.EqualTo(2).Or.Zero);
    }

    [Test]
    public async Task Users_are_made_beside_a_server()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await using var database = new Database(place.Path);
        using var taken = ServerLock.Take(database);

        Assert.That((await Run(["user", "role", "1", "--admin", .. place.Database])).Code, Is.Zero);
    }

    [Test]
    public async Task Nothing_is_served_while_an_import_is_unfinished()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await place.Write("insert into imports (site, state, started_at) values ('beer.example.org', 'running', 0)");

        var (code, output, error) = await Run(["serve", "--urls", "http://127.0.0.1:0", .. place.Database]);

        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("beer.example.org"));
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused_with_one_line()
    {
        using var place = new Place();
        await Run([.. Ada, .. place.Database]);
        await place.Write("update schema_version set version = 9999");

        var (code, _, error) = await Run(["verify", .. place.Database]);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.Run(words, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Place : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("forum-commands-").FullName;

        public string Path => System.IO.Path.Combine(folder, "forum.db");

        public string[] Database => ["--database", Path];

        public async Task<T> Ask<T>(MediatR.IRequest<T> request)
        {
            await using var forum = await Operator.Open(CommandLine.Parse(Database));
            return await forum.Send(request, default);
        }

        public async Task Write(string sql)
        {
            await using var database = new Database(Path);
            await using var db = new Db(database);
            await db.InTransaction(() => db.Execute(sql), default);
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
