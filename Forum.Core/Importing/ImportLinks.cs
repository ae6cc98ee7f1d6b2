using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>PostLinks.xml: posts that name each other, and duplicates.</summary>
internal sealed class ImportLinks(Db db, ImportRun run)
{
    private const string File = "PostLinks";
    private const int BatchSize = 1000;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static Link Parse(DumpRow row) => new()
    {
        From = row.Number("PostId"),
        To = row.Number("RelatedPostId"),
        Kind = (int)row.Number("LinkTypeId"),
        At = row.Time("CreationDate"),
    };

    private async Task<Func<Task>> Prepare(IReadOnlyList<Link> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var posts = (await run.Look<Post>(
            "select id as Id, is_new as IsNew from import_posts where", "id", rows.SelectMany(r => new long?[] { r.From, r.To }))).ToDictionary(p => p.Id, p => p.IsNew);
        var counts = batch.Of(File);
        var kept = new List<Link>(rows.Count);
        foreach (var row in rows)
        {
            batch.Saw(row.At);
            if (row.Kind is not (1 or 3))
                counts.Skip(Skip.LinkKind);
            else if (!posts.TryGetValue(row.From, out var isNew) || !posts.TryGetValue(row.To, out var isOtherNew))
                counts.Skip(Skip.NoPost);
            else if (!isNew && !isOtherNew && run.IsOld(File, row.At))
                counts.Already++;
            else
                kept.Add(row);
        }

        return async () =>
        {
            var written = await db.Execute(
                """
                insert into post_links (from_post_id, to_post_id, kind, created_at) values (@From, @To, @Kind, @At)
                on conflict do nothing
                """, kept, token);
            counts.Imported += written;
            counts.Already += kept.Count - written;
        };
    }

    private sealed record Link
    {
        public long From { get; init; }
        public long To { get; init; }
        public int Kind { get; init; }
        public DateTimeOffset At { get; init; }
    }

    private sealed record Post
    {
        public long Id { get; init; }
        public bool IsNew { get; init; }
    }
}
