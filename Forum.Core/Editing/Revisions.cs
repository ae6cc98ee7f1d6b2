using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>A post's text as writers see it.</summary>
internal sealed record RevisedText
{
    public long Id { get; init; }
    public string? Title { get; init; }
    public string Body { get; init; } = "";
    public string Html { get; init; } = "";
    public string Tags { get; init; } = "";
    public int RevisionCount { get; init; }

    public string Basis => EditingRules.Basis(Title, Body, Tags);
}

/// <summary>A post's text as a revision left it.</summary>
internal sealed record TextOfRevision
{
    public string? Title { get; init; }
    public string Body { get; init; } = "";
    public string? Tags { get; init; }
}

/// <summary>The history of posts' texts.</summary>
internal static class Revisions
{
    /// <summary>Columns of the whole text at a revision <c>r</c>: what it left as it was is in one before it.</summary>
    public const string WholeText =
        """
        (select title from revisions w where w.post_id = r.post_id and w.number <= r.number and w.title is not null order by w.number desc limit 1) as Title,
               (select body from revisions w where w.post_id = r.post_id and w.number <= r.number and w.body is not null order by w.number desc limit 1) as Body,
               (select tags from revisions w where w.post_id = r.post_id and w.number <= r.number and w.tags is not null order by w.number desc limit 1) as Tags
        """;

    /// <summary>The text a post had at a revision.</summary>
    /// <exception cref="NotFoundException">There is no such revision.</exception>
    public static async Task<TextOfRevision> TextAt(this Db db, long postId, int number, CancellationToken token) =>
        await db.Find<TextOfRevision>($"select {WholeText} from revisions r where r.post_id = @postId and r.number = @number", new { postId, number }, token)
        ?? throw new NotFoundException();

    /// <summary>Why a revision may not be brought back: it is hidden; null when it is not.</summary>
    public static async Task<Refusal?> WhyNotBringBack(this Db db, long postId, int? number, CancellationToken token) =>
        number is not null && await db.Get<bool>(
            "select exists (select 1 from revisions where post_id = @postId and number = @number and redaction_id is not null)", new { postId, number }, token)
            ? new("redactions.no-rollback")
            : null;

    /// <summary>The text a post has now.</summary>
    public static Task<RevisedText> TextOf(this Db db, long postId, CancellationToken token) =>
        db.Get<RevisedText>(
            "select id as Id, title as Title, body as Body, html as Html, tags as Tags, revision_count as RevisionCount from posts where id = @postId",
            new { postId }, token);

    /// <summary>Writes a text as a new revision or into the editor's own of a moment ago, and returns its number.</summary>
    public static async Task<int> Revise(this Db db, RevisedText text, long editor, string comment, int? rollbackTo, DateTimeOffset now, ForumSettings settings, CancellationToken token)
    {
        var last = await db.Get<Last>(
            """
            select number as Number, author_id as AuthorId, created_at as CreatedAt
            from revisions
            where post_id = @Id
            order by number desc
            limit 1
            """,
            new { text.Id }, token);
        var number = EditingRules.Joins(editor, last.AuthorId, last.CreatedAt, now, settings.Windows) ? last.Number : last.Number + 1;

        // What is as it was in the revision before is left null; the first revision has everything.
        await db.Execute(
            """
            insert into revisions (post_id, number, author_id, title, body, tags, comment, created_at, license, rollback_to)
            select @Id, @number, @editor,
                   nullif(@Title, (select title from revisions where post_id = @Id and number < @number and title is not null order by number desc limit 1)),
                   nullif(@Body, (select body from revisions where post_id = @Id and number < @number and body is not null order by number desc limit 1)),
                   nullif(nullif(@Tags, ''), (select tags from revisions where post_id = @Id and number < @number and tags is not null order by number desc limit 1)),
                   @comment, @now, @License, @rollbackTo
            where true
            on conflict (post_id, number) do update
            set title = excluded.title, body = excluded.body, tags = excluded.tags,
                comment = case when excluded.comment = '' then comment else excluded.comment end, rollback_to = excluded.rollback_to
            """,
            new { text.Id, number, editor, text.Title, text.Body, text.Tags, comment, now, settings.License, rollbackTo }, token);
        return number;
    }

    private sealed record Last
    {
        public int Number { get; init; }
        public long? AuthorId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
