using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>Comments.xml. Of a comment that is here already only the score follows the dump.</summary>
internal sealed class ImportComments(Db db, ImportRun run, DumpText text)
{
    private const string File = "Comments";
    private const int BatchSize = 500;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static Comment Parse(DumpRow row)
    {
        var created = row.Time("CreationDate");
        return new Comment
        {
            Id = row.Number("Id"),
            PostId = row.Number("PostId"),
            AuthorId = row.OptionalNumber("UserId"),
            AuthorName = DumpText.Line(row.Text("UserDisplayName"), 100),
            Body = DumpText.Clean(row.Text("Text") ?? ""),
            Score = row.Count("Score"),
            CreatedAt = created,
            License = Licenses.Of(row.Text("ContentLicense"), created),
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<Comment> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var posts = await run.Posts(rows.Select(r => (long?)r.PostId));
        var users = await run.Users(rows.Select(r => r.AuthorId));
        var counts = batch.Of(File);
        var kept = new List<Comment>(rows.Count);
        foreach (var row in rows)
        {
            batch.Saw(row.CreatedAt);
            if (posts.Contains(row.PostId))
                kept.Add(row);
            else
                counts.Skip(Skip.NoPost);
        }

        var ready = kept.AsParallel().AsOrdered().Select(row =>
        {
            var (id, name) = ImportPosts.Person(row.AuthorId, row.AuthorName, users);
            return row with { AuthorId = id, AuthorName = name, Html = text.Comment(row.Body).Html };
        }).ToList();
        return () => Write(ready, counts, token);
    }

    private async Task Write(List<Comment> comments, FileReport counts, CancellationToken token)
    {
        var here = (await run.Look<Here>("select id as Id, is_imported as IsImported from comments where", "id", comments.Select(c => (long?)c.Id), db))
            .ToDictionary(h => h.Id, h => h.IsImported);
        var added = new List<Comment>(comments.Count);
        var known = new List<Comment>();
        foreach (var comment in comments)
        {
            if (here.TryAdd(comment.Id, true))
                added.Add(comment);
            else if (here[comment.Id])
                known.Add(comment);
            else
                counts.Skip(Skip.IdTaken);
        }

        counts.Imported += added.Count;
        counts.Already += known.Count;
        await db.Execute(
            """
            insert into comments (id, post_id, author_id, author_name, body, html, renderer, score, legacy_score, created_at, license, is_imported)
            values (@Id, @PostId, @AuthorId, @AuthorName, @Body, @Html, @Renderer, @Score, @Score, @CreatedAt, @License, 1)
            """, added, token);
        await db.Execute(
            """
            update comments
            set legacy_score = @Score, score = @Score + (select count(*) from comment_votes v where v.comment_id = comments.id)
            where id = @Id and legacy_score <> @Score
            """, known, token);
    }

    private sealed record Comment
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string Body { get; init; } = "";
        public string Html { get; init; } = "";
        public int Renderer { get; } = Markdown.MarkdownRenderer.Version;
        public int Score { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public string License { get; init; } = "";
    }

    private sealed record Here
    {
        public long Id { get; init; }
        public bool IsImported { get; init; }
    }
}
