using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// PostHistory.xml. Its rows wait in <c>import_history</c> for their posts, whose Markdown they hold; what became of them is
/// known, and counted, when the posts have been read.
/// </summary>
internal sealed class ImportHistory(Db db, ImportRun run)
{
    internal const string File = "PostHistory";
    private const int BatchSize = 500;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    /// <summary>Counts the rows that no post took.</summary>
    internal async Task CountRest(FileReport counts, CancellationToken token)
    {
        var rest = await db.Get<long>(
            "select count(*) from import_history h where not exists (select 1 from import_posts p where p.id = h.post_id)", token: token);
        if (rest > 0)
            counts.Skip(Skip.NoPost, rest);
    }

    private static HistoryRow Parse(DumpRow row)
    {
        var id = row.Number("Id");
        return new HistoryRow
        {
            Id = id,
            PostId = row.Number("PostId"),
            Type = (int)row.Number("PostHistoryTypeId"),
            Guid = row.Text("RevisionGUID") is { Length: > 0 } guid ? guid : $"row-{id}",
            CreatedAt = row.Time("CreationDate"),
            UserId = row.OptionalNumber("UserId"),
            UserName = DumpText.Line(row.Text("UserDisplayName"), 100),
            Comment = row.Text("Comment"),
            Text = row.Text("Text"),
            License = row.Text("ContentLicense"),
        };
    }

    private Task<Func<Task>> Prepare(IReadOnlyList<HistoryRow> rows, ImportRun.Batch batch, CancellationToken token)
    {
        foreach (var row in rows)
            batch.Saw(row.CreatedAt);
        return Task.FromResult<Func<Task>>(async () =>
        {
            var written = await db.Execute(
                """
                insert into import_history (id, post_id, type, guid, created_at, user_id, user_name, comment, text, license)
                values (@Id, @PostId, @Type, @Guid, @CreatedAt, @UserId, @UserName, @Comment, @Text, @License)
                on conflict do nothing
                """, rows, token);
            if (written < rows.Count)
                batch.Of(File).Skip(Skip.Twice, rows.Count - written);
        });
    }
}
