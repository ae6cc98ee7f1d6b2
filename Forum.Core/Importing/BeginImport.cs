using System.Text.Json;
using Forum.Core.Pipeline;
using Forum.Data;
using Forum.Data.Sqlite;

namespace Forum.Core.Importing;

/// <summary>
/// The start of an import: whether this database may take it, a copy of the database so that the import can be discarded
/// to the last bit, room for the old site's ids.
/// </summary>
internal sealed class BeginImport(Db db, Database database, TimeProvider clock)
{
    internal const string FirstStep = "users";

    /// <summary>Where the copy lies that a discarded import is restored from.</summary>
    internal static string CopyOf(Database database) => database.Path + ".before-import";

    /// <summary>Removes the copy, when the import is complete or discarded.</summary>
    internal static void Forget(Database database) => File.Delete(CopyOf(database));

    /// <summary>Begins, or says why not.</summary>
    /// <exception cref="RefusedException">The database has content that an import would mix with.</exception>
    internal async Task Begin(string folder, string site, CancellationToken token)
    {
        var earlier = await Earlier(site, token);
        var isSample = earlier is null && await IsUntouchedSample(token);
        if (earlier is null && !isSample)
            (await WhyNot(token))?.Throw();

        var highestId = earlier is null ? HighestUser(folder, token) : 0;
        db.EndSnapshot();
        DatabaseCopy.Make(database, CopyOf(database));
        var report = new ImportReport { Site = site, Earlier = earlier?.Newest, EarlierFiles = [.. earlier?.Files.Select(f => f.File) ?? []] };
        await db.InTransaction(async () =>
        {
            if (isSample)
                await db.RemoveContent(token);
            if (earlier is null)
                await MakeRoom(highestId, token);
            await db.Execute(
                """
                insert into imports (site, state, step, started_at, report) values (@site, 'running', @FirstStep, @now, @report)
                on conflict (site) do update
                set state = excluded.state, step = excluded.step, rows_done = 0, last_row = '', started_at = excluded.started_at,
                    completed_at = null, report = excluded.report
                """, new { site, FirstStep, now = clock.GetUtcNow(), report = JsonSerializer.Serialize(report) }, token);
            await Remember("OldHost", site, token);
            if (ImportRules.MainHost(site) is { } main)
                await Remember("MainHost", main, token);
        }, token);
    }

    private async Task<ImportReport?> Earlier(string site, CancellationToken token) =>
        await db.Find<string>("select report from imports where site = @site", new { site }, token) is { } report
            ? JsonSerializer.Deserialize<ImportReport>(report)
            : null;

    private async Task<Refusal?> WhyNot(CancellationToken token)
    {
        if (await db.Find<string>("select site from imports order by id limit 1", token: token) is { } other)
            return new Refusal("importing.other-site", other);
        if (await db.Get<bool>("select exists (select 1 from samples)", token: token))
            return new Refusal("importing.sample-used");
        return await db.Get<bool>("select exists (select 1 from posts)", token: token) ? new Refusal("importing.has-posts") : null;
    }

    // Registering and saving are no events, and yet somebody's.
    private Task<bool> IsUntouchedSample(CancellationToken token) =>
        db.Get<bool>(
            $"""
            select exists (
                select 1 from samples s
                where not exists (select 1 from events where id > s.last_event and not ({db.Dialect.In("kind", "@nobodys")}))
                  and not exists (select 1 from users where created_at > s.made_at)
                  and not exists (select 1 from saves where saved_at > s.made_at)
                  and not exists (select 1 from follows where followed_at > s.made_at))
            """,
            new { nobodys = EventKinds.ByThemselves }, token);

    // The old site's ids are kept, so whoever registered here before moves above them.
    private async Task MakeRoom(long highestId, CancellationToken token)
    {
        var movers = await db.Query<long>("select id from users where id > 0 and is_imported = 0 and id <= @highestId order by id", new { highestId }, token);
        if (movers.Count == 0)
            return;

        var next = Math.Max(highestId, await db.Get<long>("select max(id) from users", token: token));
        foreach (var id in movers)
            await db.MoveRow("users", id, ++next, token);
        // A cookie from before would now name somebody else: every session ends.
        await db.Execute("delete from data_protection_keys", token: token);
    }

    private static long HighestUser(string folder, CancellationToken token)
    {
        using var users = DumpFile.Open(folder, "Users")!;
        var highest = 0L;
        foreach (var row in users.Rows())
        {
            token.ThrowIfCancellationRequested();
            try
            {
                highest = Math.Max(highest, row.Number("Id"));
            }
            catch (BrokenRowException)
            {
                // It is reported when it is read.
            }
        }

        return highest;
    }

    private Task<int> Remember(string key, string value, CancellationToken token) =>
        db.Execute(
            "insert into settings (key, value) values (@key, @value) on conflict (key) do update set value = excluded.value", new { key, value }, token);
}

/// <summary>Imports, for those who go on with them or undo them.</summary>
internal static class Imports
{
    /// <summary>The site whose import is not complete, or null.</summary>
    public static async Task<string?> RunningImport(this Db db, CancellationToken token)
    {
        var site = await db.Find<string>("select site from imports where state = 'running'", token: token);
        db.EndSnapshot();
        return site;
    }

    /// <summary>Whether this site's import is the one under way.</summary>
    /// <exception cref="RefusedException">Another site's is.</exception>
    public static async Task<bool> IsImporting(this Db db, string site, CancellationToken token) => await db.RunningImport(token) switch
    {
        null => false,
        var running when running == site => true,
        var other => throw new RefusedException(new Refusal("importing.other-running", other)),
    };
}
