using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>Tags.xml. A tag that exists under its name is that tag, whatever its number.</summary>
internal sealed class ImportTags(Db db, ImportRun run)
{
    private const string File = "Tags";
    private const int BatchSize = 500;
    private const int LongestName = 35;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static Tag Parse(DumpRow row)
    {
        var name = PostHistory.TagName(row.Text("TagName") is { Length: > 0 } text ? text : throw new BrokenRowException(new Refusal("importing.missing", "TagName")));
        if (name.Length is 0 or > LongestName || name.Contains(' ', StringComparison.Ordinal))
            throw new BrokenRowException(new Refusal("importing.wrong", "TagName", name));
        return new Tag
        {
            Id = row.Number("Id"),
            Name = name,
            ExcerptPostId = row.OptionalNumber("ExcerptPostId"),
            WikiPostId = row.OptionalNumber("WikiPostId"),
            IsRequired = row.Is("IsRequired"),
            IsModeratorOnly = row.Is("IsModeratorOnly"),
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<Tag> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var posts = await run.Posts(rows.SelectMany(r => new[] { r.ExcerptPostId, r.WikiPostId }));
        long? Here(long? id) => id is { } post && posts.Contains(post) ? post : null;
        return async () =>
        {
            var counts = batch.Of(File);
            foreach (var row in rows)
            {
                var tag = row with { ExcerptPostId = Here(row.ExcerptPostId), WikiPostId = Here(row.WikiPostId) };
                if (await Write(tag, token))
                    counts.Imported++;
                else
                    counts.Already++;
            }
        };
    }

    // Whether the tag is new. When it came into being the dump does not say: the first question that has it will.
    private async Task<bool> Write(Tag tag, CancellationToken token)
    {
        var isKnown = await db.Execute(
            """
            update tags
            set excerpt_post_id = coalesce(excerpt_post_id, @ExcerptPostId), wiki_post_id = coalesce(wiki_post_id, @WikiPostId)
            where name = @Name
            """, tag, token) > 0;
        if (isKnown)
            return false;

        const string columns = "name, created_at, excerpt_post_id, wiki_post_id, is_required, is_moderator_only";
        const string values = "@Name, 0, @ExcerptPostId, @WikiPostId, @IsRequired, @IsModeratorOnly";
        if (await db.Execute($"insert into tags (id, {columns}) values (@Id, {values}) on conflict do nothing", tag, token) == 0)
            await db.Execute($"insert into tags ({columns}) values ({values})", tag, token);
        return true;
    }

    private sealed record Tag
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? ExcerptPostId { get; init; }
        public long? WikiPostId { get; init; }
        public bool IsRequired { get; init; }
        public bool IsModeratorOnly { get; init; }
    }
}
