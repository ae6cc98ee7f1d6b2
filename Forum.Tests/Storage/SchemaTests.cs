using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Core.Verification;
using Forum.Data;
using Forum.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Forum.Tests.Storage;

public sealed partial class SchemaTests
{
    [Test]
    public void Every_table_says_what_it_is_for()
    {
        var lines = Schema.Text.Split('\n');
        var silent = lines
            .Select((line, i) => (line, before: i > 0 ? lines[i - 1] : ""))
            .Where(l => l.line.StartsWith("create table", StringComparison.Ordinal) || l.line.StartsWith("create virtual table", StringComparison.Ordinal))
            .Where(l => !l.before.StartsWith("--", StringComparison.Ordinal))
            .Select(l => l.line);

        Assert.That(silent, Is.EquivalentTo(SelfExplaining));
    }

    // comments and bounties are the words themselves, and the tables of votes and badges stand among their kind.
    private static readonly string[] SelfExplaining =
        ["create table comments (", "create table comment_votes (", "create table bounties (", "create table user_badges (", "create table setting_changes ("];

    [Test]
    public async Task A_migrated_first_database_equals_a_fresh_one_and_keeps_its_rows()
    {
        using var folder = new TempFolder();
        await using var old = new Database(Path.Combine(folder.Path, "old.db"));
        await using var fresh = new Database(Path.Combine(folder.Path, "fresh.db"));
        Load(old, await FirstDatabase());
        var before = Rows(old);

        Schema.Apply(old);
        Schema.Apply(fresh);

        Assert.That(Structure(old), Is.EqualTo(Structure(fresh)));
        var after = Rows(old);
        foreach (var (table, rows) in before.Where(t => t.Key != "schema_version"))
            Assert.That(after.GetValueOrDefault(table), Is.EqualTo(rows), $"rows of {table}");
    }

    [Test]
    public async Task A_migrated_first_database_counts_what_it_lists()
    {
        using var folder = new TempFolder();
        await using var old = new Database(Path.Combine(folder.Path, "old.db"));
        Load(old, await FirstDatabase());

        Schema.Apply(old);

        await using var db = new Db(old);
        Assert.That(await new TotalsAreCounted().Differences(db, default), Is.Empty);
        Assert.That(await new PeopleCountPosts().Differences(db, default), Is.Empty);
        Assert.That(await new PostsKnowWhetherListed().Differences(db, default), Is.Empty);
        Assert.That(await db.Get<int>("select questions + users + tags from totals"), Is.GreaterThan(0));
        Assert.That(await db.Query<long>("select rowid from title_search where title_search match 'begin'"), Is.EqualTo(await db.Query<long>("select rowid from post_search where post_search match '{title} : begin'")).And.Not.Empty);
        Assert.That(await db.Query<string>("select word from search_words"), Does.Contain("begin"));
    }

    [Test]
    public async Task The_first_database_has_rows_in_every_table()
    {
        using var folder = new TempFolder();
        await using var old = new Database(Path.Combine(folder.Path, "old.db"));

        Load(old, await FirstDatabase());

        Assert.That(Rows(old).Where(t => t.Value == 0).Select(t => t.Key), Is.Empty);
    }

    [Test]
    public async Task Applying_the_schema_twice_changes_nothing()
    {
        await using var forum = new TestForum();
        await forum.Make.Question();
        var before = Rows(forum.Database);

        Schema.Apply(forum.Database);

        Assert.That(Rows(forum.Database), Is.EqualTo(before));
    }

    [Test]
    public async Task A_copy_that_lost_its_journal_gets_one_again()
    {
        using var folder = new TempFolder();
        await using var forum = new TestForum();
        await using var copy = new Database(Path.Combine(folder.Path, "copy.db"));
        using (var connection = forum.Database.OpenPlain())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "vacuum into @Path";
            command.Parameters.AddWithValue("@Path", copy.Path);
            command.ExecuteNonQuery();
        }

        Schema.Apply(copy);

        await using var db = new Db(copy);
        Assert.That(await db.Get<string>("pragma journal_mode"), Is.EqualTo("wal"));
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var forum = new TestForum();
        await forum.Write("update schema_version set version = 9999");

        Assert.Throws<InvalidOperationException>(() => Schema.Apply(forum.Database));
    }

    [Test]
    public async Task Each_migration_is_named_as_it_begins_and_nothing_is_said_without_any()
    {
        using var folder = new TempFolder();
        await using var old = new Database(Path.Combine(folder.Path, "old.db"));
        await using var fresh = new Database(Path.Combine(folder.Path, "fresh.db"));
        Load(old, await FirstDatabase());
        var log = new Lines();

        Schema.Apply(old, log);

        var migrations = typeof(Schema).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).ToList();
        Assert.That(log.Said[0], Does.Contain($"schema 1 and is brought to {Schema.Newest};"));
        Assert.That(log.Said[1..^1], Is.EqualTo(migrations.Select((name, i) => $"Migration {name} begins ({i + 1} of {migrations.Count}).")));
        Assert.That(log.Said[^1], Does.Contain($"has schema {Schema.Newest} now"));

        log.Said.Clear();
        Schema.Apply(old, log);
        Schema.Apply(fresh, log);
        Assert.That(log.Said, Is.Empty);
    }

    [Test]
    public async Task A_server_says_on_the_console_which_migrations_it_waits_for()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "old.db");
        await using (var old = new Database(path))
            // An import that was never finished would be refused.
            Load(old, await FirstDatabase() + "update imports set state = 'complete';");

        using var server = await ServerProcess.Start(path);

        Assert.That(server.Said, Has.Some.Contains("Migration 0002-"));
        Assert.That(server.Said, Has.Some.Contains($"has schema {Schema.Newest} now"));
    }

    [Test]
    public async Task A_command_says_so_too_on_the_error_stream_however_quiet_it_is_to_be()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "old.db");
        await using (var old = new Database(path))
            Load(old, await FirstDatabase());

        using var verify = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Forum.Web.dll"), "verify", "--database", path },
            Environment = { ["Logging__LogLevel__Default"] = "Error" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (verify.StandardOutput.ReadToEndAsync(), verify.StandardError.ReadToEndAsync());
        await verify.WaitForExitAsync();

        Assert.That(await error, Does.Contain("Migration 0002-").And.Contain($"has schema {Schema.Newest} now"));
        Assert.That(await output, Does.Not.Contain("Migration"));
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }

    private static async Task<string> FirstDatabase()
    {
        await using var stream = typeof(SchemaTests).Assembly.GetManifestResourceStream("first-database.sql")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static void Load(Database database, string sql)
    {
        using var connection = database.OpenPlain();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma foreign_keys = off;" + sql;
        command.ExecuteNonQuery();
    }

    private static Dictionary<string, long> Rows(Database database)
    {
        using var connection = database.OpenPlain();
        return Read(connection, "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'post_search_%' and name not like 'title_search_%' and name not like 'code_search_%' and name not like 'link_search_%'")
            .ToDictionary(name => name, name => long.Parse(Read(connection, $"select count(*) from {name}").Single(), CultureInfo.InvariantCulture));
    }

    // Columns as a set, because a migration can only append them; keys, checks and indexes to the letter but for white space.
    private static string Structure(Database database)
    {
        using var connection = database.OpenPlain();
        var lines = new List<string>(Read(connection, "select 'version ' || version from schema_version"));
        foreach (var table in Read(connection, "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"))
        {
            lines.AddRange(Read(connection, $"select '{table} without rowid ' || wr || ' strict ' || strict from pragma_table_list('{table}')"));
            lines.AddRange(Read(connection, $"select '{table} column ' || name || ' ' || type || ' ' || \"notnull\" || ' ' || coalesce(dflt_value, '-') || ' ' || pk from pragma_table_xinfo('{table}') order by name"));
            lines.AddRange(Read(connection, $"select '{table} key ' || \"from\" || ' ' || \"table\" || ' ' || coalesce(\"to\", '') || ' ' || on_delete from pragma_foreign_key_list('{table}') order by 1"));
            lines.AddRange(Read(connection, $"select '{table} index ' || origin || ' ' || \"unique\" || ' ' || partial from pragma_index_list('{table}') order by 1"));
            var text = Read(connection, $"select sql from sqlite_schema where name = '{table}'").Single();
            lines.AddRange(Check().Matches(Space().Replace(Comment().Replace(text, ""), " ")).Select(m => $"{table} {m.Value}").Order(StringComparer.Ordinal));
        }

        lines.AddRange(Read(connection, "select 'search ' || k || ' ' || v from post_search_config union all select 'titles ' || k || ' ' || v from title_search_config union all select 'code ' || k || ' ' || v from code_search_config union all select 'links ' || k || ' ' || v from link_search_config order by 1"));
        lines.AddRange(Read(connection, "select sql from sqlite_schema where type in ('index', 'trigger', 'view') and sql is not null order by name")
            .Select(sql => Space().Replace(sql, " ")));
        return string.Join('\n', lines);
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetValue(0).ToString() ?? "");
        return rows;
    }

    [GeneratedRegex(@"check \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Check();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();

    [GeneratedRegex("--[^\n]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
