using System.Diagnostics;
using Forum.Core;
using Forum.Core.Importing;
using Forum.Tests.Support;

namespace Forum.Tests.Importing;

/// <summary>An import that is cut off, however often and wherever, ends like one that is not.</summary>
public sealed class InterruptedImportTests
{
    private const string Conlang = "conlang.meta.stackexchange.com";
    private const string French = "french.meta.stackexchange.com";

    [TestCase(Conlang)]
    [TestCase(French)]
    public async Task Cut_off_after_each_single_batch_it_ends_in_the_same_content(string site)
    {
        var folder = RealData.Dump(site);
        var whole = await Whole(folder);
        await using var forum = new TestForum();

        var rounds = 0;
        while (await IsCutOff(forum, folder))
            rounds++;

        Assert.That(rounds, Is.GreaterThan(10));
        Assert.That(Dump.Content(forum.Database.Path), Is.EqualTo(whole));
        await forum.Verify();
    }

    [Test]
    public async Task Killed_as_a_process_it_ends_in_the_same_content()
    {
        var folder = RealData.Dump(Conlang);
        var whole = await Whole(folder);
        var home = Directory.CreateTempSubdirectory("forum-kill-").FullName;
        var database = Path.Combine(home, "forum.db");
        var moments = new Random(5);

        var cutOff = 0;
        for (var round = 0; round < 20; round++)
        {
            using var killed = Start(folder, database);
            if (!killed.WaitForExit(moments.Next(300, 1300)))
                killed.Kill();
            await killed.WaitForExitAsync();
            cutOff += killed.ExitCode == 0 ? 0 : 1;
        }

        Assert.That(cutOff, Is.GreaterThan(0));

        using var last = Start(folder, database);
        await last.WaitForExitAsync();
        Assert.That(last.ExitCode, Is.Zero);
        Assert.That(Dump.Content(database), Is.EqualTo(whole));
        Directory.Delete(home, recursive: true);
    }

    [Test]
    public async Task Discarded_it_leaves_the_database_as_it_was()
    {
        var folder = RealData.Dump(Conlang);
        await using var forum = new TestForum();
        await forum.Make.User(name: "root", administrator: true);
        await forum.Write("insert into settings (key, value) values ('Name', 'Ours')");
        var before = Dump.Content(forum.Database.Path);
        for (var round = 0; round < 7; round++)
            await IsCutOff(forum, folder);
        Assert.That(Dump.Content(forum.Database.Path), Is.Not.EqualTo(before));

        var site = await forum.Send(new DiscardImport());

        Assert.That(site, Is.EqualTo(Conlang));
        Assert.That(Dump.Content(forum.Database.Path), Is.EqualTo(before));
        Assert.That(await forum.Send(new DiscardImport()), Is.Null);
        await forum.Send(new ImportStackExchange(folder));
        await forum.Verify();
    }

    [Test]
    public async Task Another_community_waits_until_it_is_complete()
    {
        var folder = RealData.Dump(Conlang);
        await using var forum = new TestForum();
        await IsCutOff(forum, folder);

        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ImportStackExchange(folder, "other.example.com")))!;

        Assert.That((refused.Refusal.Code, refused.Refusal.Arguments[0]), Is.EqualTo(("importing.other-running", (object)Conlang)));
    }

    [Test]
    public async Task Another_file_than_the_one_that_was_cut_off_is_not_taken()
    {
        using var dump = new Dump();
        dump.With("Users", [.. Enumerable.Range(1, 1200).Select(id => Dump.User(id, $"Person {id}"))]).With("Posts");
        await using var forum = new TestForum();
        await IsCutOff(forum, dump.Folder);
        dump.With("Users", [.. Enumerable.Range(2, 1200).Select(id => Dump.User(id, $"Person {id}"))]);

        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ImportStackExchange(dump.Folder)))!;

        Assert.That(refused.Refusal.Code, Is.EqualTo("importing.changed-file"));
    }

    private static async Task<SortedDictionary<string, string>> Whole(string folder)
    {
        await using var forum = new TestForum();
        await forum.Send(new ImportStackExchange(folder));
        return Dump.Content(forum.Database.Path);
    }

    // Whether it was cut off before it was done.
    private static async Task<bool> IsCutOff(TestForum forum, string folder)
    {
        try
        {
            await forum.Send(new ImportStackExchange(folder, Watch: new CutsOff()));
            return false;
        }
        catch (CutOffException)
        {
            return true;
        }
    }

    private static Process Start(string folder, string database) =>
        Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Forum.Web.dll"), "import", "stackexchange", folder, "--database", database },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private sealed class CutOffException : Exception;

    // The first batch is written; the one after it never is.
    private sealed class CutsOff : IWatchImport
    {
        public void Advanced(string file, long done, long total, long rows) => throw new CutOffException();

        public void Skipped(string file, int line, Refusal why) { }
    }
}
