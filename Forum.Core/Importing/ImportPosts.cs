using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// Posts.xml, read twice: questions, wikis and the rest first, then the answers, whose questions may come after them.
/// With each post come its revisions and its timeline from PostHistory. A post that an earlier import brought follows the
/// dump as long as nobody edited or deleted it here.
/// </summary>
internal sealed class ImportPosts(Db db, ImportRun run, DumpText text)
{
    private const string File = "Posts";
    private const int BatchSize = 200;
    private const int Question = 1;
    private const int Answer = 2;

    internal Task Questions(CancellationToken token) =>
        run.Read(File, BatchSize, row => Parse(row) is { Kind: not Answer } post ? post : null, (rows, batch) => Prepare(rows, batch, token), token);

    internal Task Answers(CancellationToken token) =>
        run.Read(File, BatchSize, row => Parse(row) is { Kind: Answer } post ? post : null, (rows, batch) => Prepare(rows, batch, token), token, again: true);

    private static Post Parse(DumpRow row)
    {
        var id = row.Number("Id");
        var kind = (int)Math.Clamp(row.Number("PostTypeId"), 0, int.MaxValue);
        var created = row.Time("CreationDate");
        return new Post
        {
            Id = id,
            Kind = kind,
            QuestionId = kind == Answer ? row.Number("ParentId") : null,
            AuthorId = row.OptionalNumber("OwnerUserId"),
            AuthorName = DumpText.Line(row.Text("OwnerDisplayName"), 100),
            Title = DumpText.Line(row.Text("Title")) ?? (kind == Question ? throw new BrokenRowException(new Refusal("importing.missing", "Title")) : null),
            SourceHtml = row.Text("Body") ?? "",
            Tags = PostHistory.Tags(row.Text("Tags")),
            Score = (int)Math.Clamp(row.OptionalNumber("Score") ?? 0, int.MinValue, int.MaxValue),
            ViewCount = row.Count("ViewCount"),
            AcceptedAnswerId = kind == Question ? row.OptionalNumber("AcceptedAnswerId") : null,
            CreatedAt = created,
            EditedAt = row.OptionalTime("LastEditDate"),
            EditorId = row.OptionalNumber("LastEditorUserId"),
            EditorName = DumpText.Line(row.Text("LastEditorDisplayName"), 100),
            ClosedAt = row.OptionalTime("ClosedDate"),
            WikiAt = row.OptionalTime("CommunityOwnedDate"),
            License = Licenses.Of(row.Text("ContentLicense"), created),
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<Post> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var counts = batch.Of(File);
        var ids = rows.Select(r => (long?)r.Id).ToList();
        var history = (await run.Look<HistoryRow>(
            """
            select id as Id, post_id as PostId, type as Type, guid as Guid, created_at as CreatedAt, user_id as UserId, user_name as UserName,
                   comment as Comment, text as Text, license as License
            from import_history
            where
            """, "post_id", ids)).ToLookup(h => h.PostId);
        var here = (await run.Look<Here>(
            "select id as Id, is_imported as IsImported, deleted_at is not null as IsDeleted from posts where", "id", ids)).ToDictionary(h => h.Id);
        var users = await run.Users(rows.SelectMany(r => new[] { r.AuthorId, r.EditorId }).Concat(history.SelectMany(g => g).Select(h => h.UserId)));
        var questions = await run.Posts(rows.Select(r => r.QuestionId));

        var kept = new List<Post>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Kind is < 1 or > 7)
                counts.Skip(Skip.PostKind);
            else if (row.QuestionId is { } question && !questions.Contains(question))
                counts.Skip(Skip.NoQuestion);
            else if (here.GetValueOrDefault(row.Id) is { IsImported: false })
                counts.Skip(Skip.IdTaken);
            else
                kept.Add(row);
        }

        foreach (var row in kept)
            batch.Saw(row.CreatedAt);
        var ready = kept.AsParallel().AsOrdered().Select(row => Complete(row, [.. history[row.Id]], users)).ToList();
        return () => Write(ready, here, batch, token);
    }

    // Everything about a post that takes thinking, outside the writer and on all processors.
    private Post Complete(Post row, HistoryRow[] history, HashSet<long> users)
    {
        var revisions = PostHistory.Revisions(history) is { Count: > 0 } known ? known : [Only(row)];
        var newest = revisions.LastOrDefault(r => r.Body is not null);
        var stored = text.Post(newest?.Body, row.SourceHtml, row.EditedAt ?? row.CreatedAt);
        // The first revision is a whole post, whatever the history lacks.
        var isQuestion = row.Kind == Question;
        var first = revisions[0] with
        {
            Title = revisions[0].Title ?? (isQuestion ? row.Title : null),
            Tags = revisions[0].Tags ?? (isQuestion ? row.Tags : null),
            Body = revisions[0].Body ?? (revisions.Any(r => r.Body is not null) ? "" : stored.Body),
        };
        revisions = [first, .. revisions.Skip(1)];

        var (authorId, authorName) = Person(row.AuthorId, row.AuthorName, users);
        var (editorId, editorName) = Person(row.EditorId, row.EditorName, users);
        return row with
        {
            AuthorId = authorId,
            AuthorName = authorName,
            EditorId = editorId,
            EditorName = editorName,
            Body = stored.Body,
            BodyIsHtml = stored.IsHtml,
            Html = stored.Html,
            Words = row.Kind is Question or Answer ? IndexedWords.Of(row.Title, stored.Html) : null,
            ActiveAt = row.EditedAt > row.CreatedAt ? row.EditedAt.Value : row.CreatedAt,
            CloseReason = row.ClosedAt is null ? null : PostHistory.CloseReason(history),
            LockedAt = PostHistory.Since(history, on: 14, off: 15),
            ProtectedAt = PostHistory.Since(history, on: 19, off: 20),
            History = history,
            Revisions = [.. revisions.Select(r => Person(r.UserId, r.UserName, users) is var (id, name) ? new Revision(row.Id, r, id, name) : null!)],
            Events = [.. history.Where(h => !h.IsEdit).Select(h => Person(h.UserId, h.UserName, users) is var (id, name) ? new Event(h, id, name) : null!)],
        };
    }

    // Without PostHistory only the last state is known; the time of the last edit tells one state from another.
    private static DumpRevision Only(Post row) => new()
    {
        Number = 1,
        Guid = FormattableString.Invariant($"{OnlyMark}{(row.EditedAt ?? row.CreatedAt).ToUnixTimeMilliseconds()}"),
        UserId = row.AuthorId,
        UserName = row.AuthorName,
        CreatedAt = row.CreatedAt,
        License = row.License,
    };

    private const string OnlyMark = "post-";

    /// <summary>Somebody as a row names them: a user who is here, else the name; a removed user is <c>userNNN</c>, as on the old site.</summary>
    internal static (long? Id, string? Name) Person(long? id, string? name, HashSet<long> users) => (id, name) switch
    {
        ({ } known, _) when users.Contains(known) => (known, null),
        (_, { }) => (null, name),
        ({ } gone, null) => (null, FormattableString.Invariant($"user{gone}")),
        _ => (null, null),
    };

    private async Task Write(List<Post> posts, Dictionary<long, Here> here, ImportRun.Batch batch, CancellationToken token)
    {
        // Asked of the writer, which has the batch before this one.
        var done = await run.Posts(posts.Select(p => (long?)p.Id), db);
        var fresh = posts.Where(p => done.Add(p.Id)).ToList();
        var added = fresh.Where(p => !here.ContainsKey(p.Id)).ToList();
        var known = fresh.Where(p => here.ContainsKey(p.Id)).ToList();
        var counts = batch.Of(File);
        counts.Imported += added.Count;
        counts.Already += known.Count;
        if (fresh.Count < posts.Count)
            counts.Skip(Skip.Twice, posts.Count - fresh.Count);
        batch.Of(ImportHistory.File).Imported += added.Sum(p => (long)p.History.Length);

        await db.Execute(
            """
            insert into posts (id, kind, question_id, author_id, author_name, title, body, body_is_html, html, renderer, tags, view_count,
                               created_at, edited_at, editor_id, editor_name, active_at, closed_at, close_reason, locked_at, protected_at, wiki_at,
                               license, revision_count, is_imported)
            values (@Id, @Kind, @QuestionId, @AuthorId, @AuthorName, @Title, @Body, @BodyIsHtml, @Html, @Renderer, @Tags, @ViewCount,
                    @CreatedAt, @EditedAt, @EditorId, @EditorName, @ActiveAt, @ClosedAt, @CloseReason, @LockedAt, @ProtectedAt, @WikiAt,
                    @License, @RevisionCount, 1)
            """, added, token);
        await InsertRevisions(added.SelectMany(p => p.Revisions), token);
        await InsertEvents(added.SelectMany(p => p.Events), token);
        var hidden = await HiddenQuestions(fresh);
        foreach (var post in added)
            await Index(post, hidden, token);

        foreach (var post in known)
            await Follow(post, here[post.Id].IsDeleted, hidden, batch.Of(ImportHistory.File), token);

        await db.Execute(
            "insert into import_posts (id, is_new, score, accepted_answer_id) values (@Id, @IsNew, @Score, @AcceptedAnswerId)",
            added.Select(p => new { p.Id, IsNew = true, p.Score, p.AcceptedAnswerId })
                .Concat(known.Select(p => new { p.Id, IsNew = false, p.Score, p.AcceptedAnswerId })), token);
    }

    // A post that is here from an earlier import.
    private async Task Follow(Post post, bool isDeleted, HashSet<long> hidden, FileReport counts, CancellationToken token)
    {
        var revisions = await db.Query<string?>("select guid from revisions where post_id = @Id order by number", new { post.Id }, token);
        var events = (await db.Query<long?>("select legacy_id from post_events where post_id = @Id", new { post.Id }, token)).ToHashSet();
        var guids = revisions.ToHashSet(StringComparer.Ordinal);
        // What was hidden here does not come back with another dump.
        var isEdited = isDeleted || guids.Contains(null)
            || await db.Get<bool>("select exists (select 1 from revisions where post_id = @Id and redaction_id is not null)", new { post.Id }, token);
        var hasText = !post.Revisions[0].Guid.StartsWith(OnlyMark, StringComparison.Ordinal) || revisions is [{ } only] && only.StartsWith(OnlyMark, StringComparison.Ordinal);
        var isNewer = hasText && !isEdited && !post.Revisions.Select(r => r.Guid).SequenceEqual(revisions, StringComparer.Ordinal);

        foreach (var row in post.History)
        {
            if (row.IsEdit ? guids.Contains(row.Guid) : events.Contains(row.Id))
                counts.Already++;
            else if (row.IsEdit && isEdited)
                counts.Skip(Skip.EditedHere);
            else
                counts.Imported++;
        }

        if (isNewer)
        {
            await db.Execute("delete from revisions where post_id = @Id", new { post.Id }, token);
            await InsertRevisions(post.Revisions, token);
            await db.Execute(
                """
                update posts
                set title = @Title, body = @Body, body_is_html = @BodyIsHtml, html = @Html, renderer = @Renderer, tags = @Tags,
                    edited_at = @EditedAt, editor_id = @EditorId, editor_name = @EditorName, active_at = max(active_at, @ActiveAt),
                    revision_count = @RevisionCount
                where id = @Id
                """, post, token);
            await Index(post, hidden, token);
        }

        await InsertEvents(post.Events.Where(e => !events.Contains(e.LegacyId)), token);
        await db.Execute("update posts set view_count = max(view_count, @ViewCount) where id = @Id", post, token);
        // What was closed, locked or protected here stays so.
        if (!isDeleted && !events.Contains(null))
        {
            await db.Execute(
                """
                update posts
                set closed_at = @ClosedAt, close_reason = @CloseReason, locked_at = @LockedAt, protected_at = @ProtectedAt, wiki_at = @WikiAt
                where id = @Id
                """, post, token);
        }
    }

    // An answer is not found when its question was deleted here.
    private async Task<HashSet<long>> HiddenQuestions(IEnumerable<Post> posts) =>
        run.Report.Earlier is null
            ? []
            : [.. await run.Look<long>("select id from posts where deleted_at is not null and", "id", posts.Select(p => p.QuestionId), db)];

    private async Task Index(Post post, HashSet<long> hidden, CancellationToken token)
    {
        if (post.Kind is Question or Answer && !(post.QuestionId is { } question && hidden.Contains(question)))
            await db.Index(post.Id, post.Words!, token);
    }

    private Task<int> InsertRevisions(IEnumerable<Revision> revisions, CancellationToken token) =>
        db.Execute(
            """
            insert into revisions (post_id, number, author_id, author_name, title, body, tags, comment, created_at, license, guid)
            values (@PostId, @Number, @AuthorId, @AuthorName, @Title, @Body, @Tags, @Comment, @CreatedAt, @License, @Guid)
            """, revisions, token);

    private Task<int> InsertEvents(IEnumerable<Event> events, CancellationToken token) =>
        db.Execute(
            """
            insert into post_events (post_id, kind, actor_id, actor_name, at, details, legacy_id)
            values (@PostId, @Kind, @ActorId, @ActorName, @At, @Details, @LegacyId)
            on conflict (legacy_id) do nothing
            """, events, token);

    private sealed record Post
    {
        public long Id { get; init; }
        public int Kind { get; init; }
        public long? QuestionId { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string? Title { get; init; }
        public string SourceHtml { get; init; } = "";
        public string Body { get; init; } = "";
        public bool BodyIsHtml { get; init; }
        public string Html { get; init; } = "";
        public IndexedWords? Words { get; init; }
        public int Renderer { get; } = MarkdownRenderer.Version;
        public string Tags { get; init; } = "";
        public int Score { get; init; }
        public int ViewCount { get; init; }
        public long? AcceptedAnswerId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? EditedAt { get; init; }
        public long? EditorId { get; init; }
        public string? EditorName { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public string? CloseReason { get; init; }
        public DateTimeOffset? LockedAt { get; init; }
        public DateTimeOffset? ProtectedAt { get; init; }
        public DateTimeOffset? WikiAt { get; init; }
        public string License { get; init; } = "";
        public int RevisionCount => Revisions.Count;
        public HistoryRow[] History { get; init; } = [];
        public IReadOnlyList<Revision> Revisions { get; init; } = [];
        public IReadOnlyList<Event> Events { get; init; } = [];
    }

    private sealed class Revision(long postId, DumpRevision from, long? authorId, string? authorName)
    {
        public long PostId { get; } = postId;
        public int Number { get; } = from.Number;
        public long? AuthorId { get; } = authorId;
        public string? AuthorName { get; } = authorName;
        public string? Title { get; } = from.Title;
        public string? Body { get; } = from.Body;
        public string? Tags { get; } = from.Tags;
        public string Comment { get; } = from.Comment;
        public DateTimeOffset CreatedAt { get; } = from.CreatedAt;
        public string License { get; } = from.License;
        public string Guid { get; } = from.Guid;
    }

    private sealed class Event(HistoryRow from, long? actorId, string? actorName)
    {
        public long PostId { get; } = from.PostId;
        public string Kind { get; } = PostHistory.Event(from.Type);
        public long? ActorId { get; } = actorId;
        public string? ActorName { get; } = actorName;
        public DateTimeOffset At { get; } = from.CreatedAt;
        public string Details { get; } = PostHistory.Details(from);
        public long LegacyId { get; } = from.Id;
    }

    private sealed record Here
    {
        public long Id { get; init; }
        public bool IsImported { get; init; }
        public bool IsDeleted { get; init; }
    }
}
