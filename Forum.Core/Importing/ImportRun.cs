using System.Diagnostics;
using System.Text.Json;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// An import under way: where it stands, and how a file is read into it. Rows come in batches; what a batch needs from the
/// database and the rendering of its texts is done outside the writer, while the batch before is written; a batch and the
/// mark that it is done are one transaction. So whoever takes up an import that was cut off goes on with the very next row.
/// </summary>
internal sealed class ImportRun
{
    private readonly Db db;
    private readonly Database database;
    private readonly IWatchImport watch;
    private readonly long id;
    private readonly string folder;
    private string step;
    private long rowsDone;
    private string lastRow;

    private ImportRun(Db db, Database database, IWatchImport watch, string folder, Row row)
    {
        (this.db, this.database, this.watch, this.folder) = (db, database, watch, folder);
        (id, step, rowsDone, lastRow) = (row.Id, row.Step, row.RowsDone, row.LastRow);
        Report = JsonSerializer.Deserialize<ImportReport>(row.Report)!;
    }

    /// <summary>What has been done, up to the last batch that was committed.</summary>
    internal ImportReport Report { get; }

    /// <summary>Takes up the import of <paramref name="site"/> where it stands.</summary>
    internal static async Task<ImportRun> Resume(Db db, Database database, IWatchImport watch, string folder, string site, CancellationToken token)
    {
        var row = await db.Get<Row>(
            "select id as Id, step as Step, rows_done as RowsDone, last_row as LastRow, report as Report from imports where site = @site",
            new { site }, token);
        db.EndSnapshot();
        return new ImportRun(db, database, watch, folder, row);
    }

    /// <summary>Whether an earlier import had the file and its newest row is newer than <paramref name="at"/>'s day: what of it is not here was removed here.</summary>
    internal bool IsOld(string file, DateTimeOffset at) =>
        Report.Earlier is { } earlier && at.UtcDateTime.Date < earlier.UtcDateTime.Date && Report.EarlierFiles.Contains(file, StringComparer.Ordinal);

    /// <summary>Does one step unless it was done before, and marks it done.</summary>
    internal async Task Step(string name, string next, Func<CancellationToken, Task> work, CancellationToken token)
    {
        if (step != name)
            return;

        await work(token);
        (step, rowsDone, lastRow) = (next, 0, "");
        await db.InTransaction(() => Mark(token), token);
    }

    /// <summary>Reads a file that the folder may lack.</summary>
    /// <param name="file">Its name without the ending; also its line in the report.</param>
    /// <param name="size">Rows in a batch.</param>
    /// <param name="parse">What is kept of a row, or null when this reading passes it over.</param>
    /// <param name="prepare">Everything that does not need the writer; returns what does.</param>
    /// <param name="again">Whether the file is read for the second time: its rows have been counted.</param>
    internal async Task Read<T>(string file, int size, Func<DumpRow, T?> parse, Func<IReadOnlyList<T>, Batch, Task<Func<Task>>> prepare,
        CancellationToken token, bool again = false)
        where T : class
    {
        using var dump = DumpFile.Open(folder, file);
        if (dump is null)
            return;

        Report.Of(file);
        var clock = Stopwatch.StartNew();
        var writing = Task.CompletedTask;
        try
        {
            using var reading = dump.Rows().GetEnumerator();
            PassOver(reading, file);
            foreach (var rows in Rest(reading).Chunk(size))
            {
                var batch = new Batch();
                var kept = Parse(file, rows, parse, again, batch);
                var write = await prepare(kept, batch);
                await writing;
                writing = Commit(file, dump, rows, batch, write, clock, token);
            }
        }
        finally
        {
            await writing;
        }
    }

    /// <summary>Goes through what has been read, a chunk of ids at a time.</summary>
    /// <param name="name">How those who watch know it.</param>
    /// <param name="table">The table whose ids are gone through.</param>
    /// <param name="size">Ids in a chunk.</param>
    /// <param name="write">Does the ids after the first and up to the second number.</param>
    internal async Task Chunks(string name, string table, int size, Func<long, long, Task> write, CancellationToken token)
    {
        var total = await db.Get<long>($"select count(*) from {table}", token: token);
        var from = rowsDone == 0 ? long.MinValue : rowsDone;
        for (var done = 0L; ; done += size)
        {
            var clock = Stopwatch.StartNew();
            var upTo = await db.Get<long?>(
                $"select max(id) from (select id from {table} where id > @from order by id limit @size) as chunk", new { from, size }, token);
            db.EndSnapshot();
            if (upTo is null)
                return;

            await db.InTransaction(async () =>
            {
                await write(from, upTo.Value);
                rowsDone = upTo.Value;
                Report.Of(name).Time += clock.Elapsed;
                await Mark(token);
            }, token);
            from = upTo.Value;
            watch.Advanced(name, Math.Min(done + size, total), total, done + size);
        }
    }

    /// <summary>Which of these ids the old site gave to users that are here.</summary>
    internal async Task<HashSet<long>> Users(IEnumerable<long?> ids) => [.. await Look<long>("select id from users where is_imported = 1 and", "id", ids)];

    /// <summary>Which of these ids are posts of the dump that are here.</summary>
    /// <param name="ids">The ids; nulls are passed over.</param>
    /// <param name="inside">The session whose transaction is to be asked; without it, what is committed.</param>
    internal async Task<HashSet<long>> Posts(IEnumerable<long?> ids, Db? inside = null) =>
        [.. await Look<long>("select id from import_posts where", "id", ids, inside)];

    /// <summary>The rows whose <paramref name="column"/> is one of some values.</summary>
    /// <param name="sql">A statement that ends before that condition.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">The values; nulls are passed over.</param>
    /// <param name="inside">The session whose transaction is to be asked; without it, what is committed, beside the writer.</param>
    internal async Task<IReadOnlyList<T>> Look<T>(string sql, string column, IEnumerable<long?> values, Db? inside = null)
    {
        long[] wanted = [.. values.OfType<long>().Distinct()];
        if (wanted.Length == 0)
            return [];

        // A statement's text tells how many values it has: round numbers make few texts, each prepared once.
        var padded = new long[Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Length))];
        Array.Fill(padded, wanted[^1]);
        wanted.CopyTo(padded, 0);
        sql = $"{sql} {db.Dialect.In(column, "@padded")}";
        if (inside is not null)
            return await inside.Query<T>(sql, new { padded });

        await using var reading = new Db(database);
        return await reading.Query<T>(sql, new { padded });
    }

    // Rows that were committed before are read and passed over; the last of them must be the one it was then.
    private void PassOver(IEnumerator<DumpRow> rows, string file)
    {
        for (var row = 1L; row <= rowsDone; row++)
        {
            if (!rows.MoveNext() || (row == rowsDone && Key(rows.Current) != lastRow))
                throw new RefusedException(new Refusal("importing.changed-file", file));
        }
    }

    private static IEnumerable<DumpRow> Rest(IEnumerator<DumpRow> rows)
    {
        while (rows.MoveNext())
            yield return rows.Current;
    }

    private static string Key(DumpRow row)
    {
        try
        {
            return row.Key;
        }
        catch (BrokenRowException)
        {
            return "";
        }
    }

    private List<T> Parse<T>(string file, DumpRow[] rows, Func<DumpRow, T?> parse, bool again, Batch batch)
        where T : class
    {
        var kept = new List<T>(rows.Length);
        if (!again)
            batch.Of(file).Read += rows.Length;
        foreach (var row in rows)
        {
            try
            {
                if (parse(row) is { } parsed)
                    kept.Add(parsed);
            }
            catch (BrokenRowException e)
            {
                if (again)
                    continue;

                batch.Of(file).Skip(Skip.Broken);
                watch.Skipped(file, row.Line, e.Why);
            }
        }

        return kept;
    }

    private async Task Commit(string file, DumpFile dump, DumpRow[] rows, Batch batch, Func<Task> write, Stopwatch clock, CancellationToken token)
    {
        var position = dump.Position;
        await db.InTransaction(async () =>
        {
            await write();
            rowsDone += rows.Length;
            lastRow = Key(rows[^1]);
            batch.Of(file).Time += clock.Elapsed;
            clock.Restart();
            foreach (var line in batch.Files)
                Report.Of(line.File).Add(line);
            if (batch.Newest > Report.Newest)
                Report.Newest = batch.Newest;
            await Mark(token);
        }, token);
        watch.Advanced(file, position, dump.Length, Report.Of(file).Read);
    }

    private Task<int> Mark(CancellationToken token) =>
        db.Execute(
            "update imports set step = @step, rows_done = @rowsDone, last_row = @lastRow, report = @report where id = @id",
            new { id, step, rowsDone, lastRow, report = JsonSerializer.Serialize(Report) }, token);

    /// <summary>What a batch adds to the report when it is committed.</summary>
    internal sealed class Batch
    {
        private readonly ImportReport report = new();

        internal DateTimeOffset Newest { get; private set; } = DateTimeOffset.UnixEpoch;
        internal IReadOnlyList<FileReport> Files => report.Files;
        internal FileReport Of(string file) => report.Of(file);

        /// <summary>Notes when something in the dump happened.</summary>
        internal void Saw(DateTimeOffset at)
        {
            if (at > Newest)
                Newest = at;
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Step { get; init; } = "";
        public long RowsDone { get; init; }
        public string LastRow { get; init; } = "";
        public string Report { get; init; } = "";
    }
}
