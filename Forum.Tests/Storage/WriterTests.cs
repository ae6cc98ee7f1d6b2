using Forum.Core.Pipeline;
using Forum.Data;
using Forum.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Forum.Tests.Storage;

public sealed class WriterTests
{
    private const string Insert = "insert into settings (key, value) values (@key, 'x')";
    private const string Count = "select count(*) from settings";

    [Test]
    public async Task Every_answered_write_is_in_the_file()
    {
        await using var forum = new TestForum();

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (i, _) =>
        {
            await forum.Write(Insert, new { key = $"k{i}" });
            // Another connection sees it the moment it is answered: it is committed, not waiting for its batch.
            Assert.That(await forum.Value<int>("select count(*) from settings where key = @key", new { key = $"k{i}" }), Is.EqualTo(1));
        });

        Assert.That(await forum.Value<int>(Count), Is.EqualTo(500));
    }

    [Test]
    public async Task Who_writes_leaves_the_journal_to_be_copied_into_the_file_beside()
    {
        await using var forum = new TestForum();
        await forum.Service<ShortenJournal>().Shorten();
        for (var i = 0; i < 50; i++)
            await forum.Write(Insert, new { key = $"k{i}" });

        Assert.That(InTheFile(forum), Is.Zero);

        await forum.Service<ShortenJournal>().Shorten();

        Assert.That(InTheFile(forum), Is.EqualTo(50));
    }

    // The file alone, as it would be without its journal.
    private static long InTheFile(TestForum forum)
    {
        var copy = forum.Database.Path + ".copy";
        File.Copy(forum.Database.Path, copy, overwrite: true);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Count;
        return (long)command.ExecuteScalar()!;
    }

    [Test]
    public async Task A_command_that_fails_takes_nothing_of_its_neighbours_along()
    {
        await using var forum = new TestForum();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, _) =>
        {
            var write = forum.Sql(db => db.InTransaction(async () =>
            {
                await db.Execute(Insert, new { key = $"k{i}" });
                return i % 2 == 0 ? i : throw new InvalidOperationException("no");
            }, default));
            if (i % 2 == 0)
                await write;
            else
                Assert.ThrowsAsync<InvalidOperationException>(() => write);
        });

        Assert.That(await forum.Value<int>(Count), Is.EqualTo(100));
    }

    [Test]
    public async Task Whoever_gives_up_waiting_leaves_no_batch_open()
    {
        await using var forum = new TestForum();

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), async (i, _) =>
        {
            using var stop = new CancellationTokenSource();
            var write = forum.Sql(db => db.InTransaction(() => db.Execute(Insert, new { key = $"k{i}" }), stop.Token));
            if (i % 3 == 0)
                await stop.CancelAsync();
            try
            {
                await write;
            }
            catch (OperationCanceledException)
            {
                Assert.That(i % 3, Is.Zero);
            }
        });

        await forum.Write(Insert, new { key = "last" });
        Assert.That(await forum.Value<int>("select count(*) from settings where key = 'last'"), Is.EqualTo(1));
        Assert.That(await forum.Value<int>(Count), Is.GreaterThanOrEqualTo(201));
    }

    [Test]
    public async Task A_transaction_within_one_joins_it()
    {
        await using var forum = new TestForum();

        var failed = forum.Sql(db => db.InTransaction(async () =>
        {
            await db.InTransaction(() => db.Execute(Insert, new { key = "inner" }), default);
            return 1 / int.Parse("0", System.Globalization.CultureInfo.InvariantCulture);
        }, default));

        Assert.ThrowsAsync<DivideByZeroException>(() => failed);
        Assert.That(await forum.Value<int>(Count), Is.Zero);
    }

    [Test]
    public async Task All_statements_of_a_session_see_one_snapshot()
    {
        await using var forum = new TestForum();

        var seen = await forum.Sql(async db =>
        {
            var before = await db.Get<int>(Count);
            await forum.Write(Insert, new { key = "meanwhile" });
            var during = await db.Get<int>(Count);
            db.EndSnapshot();
            return (before, during, after: await db.Get<int>(Count));
        });

        Assert.That(seen, Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public async Task Outside_a_transaction_nothing_can_be_written()
    {
        await using var forum = new TestForum();

        Assert.ThrowsAsync<SqliteException>(() => forum.Sql(db => db.Execute(Insert, new { key = "k" })));
    }

    [Test]
    public async Task Who_gives_way_to_others_writes_on_another_thread_than_its_own()
    {
        await using var forum = new TestForum();
        var (own, writing, after) = (0, 0, 0);

        await BesideRequests.Scheduler.Start(async () =>
        {
            await using var db = new Db(forum.Database);
            own = Environment.CurrentManagedThreadId;
            await db.InTransaction(
                () =>
                {
                    writing = Environment.CurrentManagedThreadId;
                    return db.Execute(Insert, new { key = "k" });
                }, default);
            after = Environment.CurrentManagedThreadId;
        });

        Assert.That(writing, Is.Not.EqualTo(own));
        Assert.That(after, Is.EqualTo(own));
    }

    [Test]
    public async Task A_second_process_that_writes_waits_its_turn()
    {
        await using var forum = new TestForum();
        await using var other = new Database(forum.Database.Path);

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (i, _) =>
        {
            if (i % 2 == 0)
            {
                await forum.Write(Insert, new { key = $"k{i}" });
                return;
            }

            await using var db = new Db(other);
            await db.InTransaction(() => db.Execute(Insert, new { key = $"k{i}" }), default);
        });

        Assert.That(await forum.Value<int>(Count), Is.EqualTo(100));
    }

    [Test]
    public async Task The_database_is_opened_so_that_an_answered_write_survives_power_loss()
    {
        await using var forum = new TestForum();

        var settings = await forum.Sql(db => db.InTransaction(async () => (
            Journal: await db.Get<string>("pragma journal_mode"),
            Synchronous: await db.Get<int>("pragma synchronous"),
            Keys: await db.Get<int>("pragma foreign_keys")), default));

        Assert.That(settings, Is.EqualTo(("wal", 2, 1)));
    }
}
