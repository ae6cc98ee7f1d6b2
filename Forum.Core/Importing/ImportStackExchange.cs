using System.Text.Json;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Forum.Data.Sqlite;
using MediatR;

namespace Forum.Core.Importing;

/// <summary>
/// Brings a Stack Exchange data dump in, or goes on with one that was cut off, and returns what became of its rows. Nobody
/// else may use the database meanwhile. See docs/importing.md.
/// </summary>
/// <param name="Folder">The folder with <c>Users.xml</c>, <c>Posts.xml</c> and what else there is, plain or gzipped.</param>
/// <param name="Site">The host the community lived at; null: the folder's name.</param>
/// <param name="Watch">Who hears how it goes on; null: nobody.</param>
[For(Who.Anyone)]
public sealed record ImportStackExchange(string Folder, string? Site = null, IWatchImport? Watch = null) : IRequest<ImportReport>
{
    internal sealed class Handler(Db db, Database database, MarkdownRenderer renderer, ForumSettings settings, SettingsStore store, TimeProvider clock)
        : IRequestHandler<ImportStackExchange, ImportReport>
    {
        public async Task<ImportReport> Handle(ImportStackExchange import, CancellationToken token)
        {
            ImportRules.WhyNot(import.Folder)?.Throw();
            var site = ImportRules.Site(import.Site, import.Folder) ?? throw new RefusedException(new Refusal("importing.no-site"));
            if (!await db.IsImporting(site, token))
                await new BeginImport(db, database, clock).Begin(import.Folder, site, token);

            var run = await ImportRun.Resume(db, database, import.Watch ?? new NobodyWatches(), import.Folder, site, token);
            var text = new DumpText(renderer, [settings.PublicUrl.Host, site], ImportRules.MainHost(site));
            var posts = new ImportPosts(db, run, text);
            var history = new ImportHistory(db, run);
            var finish = new FinishImport(db, run, hasVotes: DumpFile.Exists(import.Folder, ImportVotes.File));

            await run.Step(BeginImport.FirstStep, "history", new ImportUsers(db, run, text, settings.Reputation).Run, token);
            await run.Step("history", "questions", history.Run, token);
            await run.Step("questions", "answers", posts.Questions, token);
            await run.Step("answers", "tags", posts.Answers, token);
            await run.Step("tags", "comments", new ImportTags(db, run).Run, token);
            await run.Step("comments", "votes", new ImportComments(db, run, text).Run, token);
            await run.Step("votes", "links", new ImportVotes(db, run).Run, token);
            await run.Step("links", "badges", new ImportLinks(db, run).Run, token);
            await run.Step("badges", "posts-derived", new ImportBadges(db, run).Run, token);
            await run.Step("posts-derived", "questions-derived", finish.OfPosts, token);
            await run.Step("questions-derived", "users-derived", finish.OfQuestions, token);
            await run.Step("users-derived", "tags-derived", finish.OfUsers, token);
            await run.Step("tags-derived", "end", finish.OfTagsAndTotals, token);
            await End(run, history, token);
            BeginImport.Forget(database);
            await store.Load(db, token);
            return run.Report;
        }

        private Task End(ImportRun run, ImportHistory history, CancellationToken token) =>
            db.InTransaction(async () =>
            {
                await history.CountRest(run.Report.Of(ImportHistory.File), token);
                await db.Execute("delete from import_history", token: token);
                await db.Execute("delete from import_posts", token: token);
                await db.Execute("delete from import_votes", token: token);
                await db.Execute(
                    "update imports set state = 'complete', completed_at = @now, step = '', rows_done = 0, last_row = '', report = @report where site = @Site",
                    new { now = clock.GetUtcNow(), report = JsonSerializer.Serialize(run.Report), run.Report.Site }, token);
                // The planner has seen an empty database so far.
                await db.Execute("analyze", token: token);
            }, token);
    }
}

/// <summary>What a dump must be and how its community is called. Pure, but for looking into the folder.</summary>
internal static class ImportRules
{
    /// <summary>Why a folder cannot be imported.</summary>
    public static Refusal? WhyNot(string folder)
    {
        if (!Directory.Exists(folder))
            return new Refusal("importing.no-folder", folder);
        foreach (var needed in (string[])["Users", "Posts"])
        {
            if (!DumpFile.Exists(folder, needed))
                return new Refusal("importing.no-file", needed, folder);
        }

        return null;
    }

    /// <summary>The community's host: as named, else the folder's name when that is one; else null.</summary>
    public static string? Site(string? named, string folder)
    {
        var site = (named ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))).Trim().ToLowerInvariant();
        return site.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(site) == UriHostNameType.Dns ? site : null;
    }

    /// <summary>Of a meta community, the host it talks about; else null.</summary>
    public static string? MainHost(string site)
    {
        const string meta = "meta.";
        if (site.StartsWith(meta, StringComparison.Ordinal) && site != "meta.stackexchange.com")
            return site[meta.Length..];
        return site.Contains("." + meta, StringComparison.Ordinal) ? site.Replace("." + meta, ".", StringComparison.Ordinal) : null;
    }
}
