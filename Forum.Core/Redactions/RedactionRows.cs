using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Data;

namespace Forum.Core.Redactions;

/// <summary>A proposal to hide revisions.</summary>
public sealed record Redaction
{
    public long Id { get; init; }
    public long PostId { get; init; }
    public string Reason { get; init; } = "";
    public long? ProposedBy { get; init; }
    public string? ProposerName { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public RedactionState State { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>How many moderators are for it.</summary>
    public int Supporters { get; init; }

    /// <summary>Whether the one who asks is among them.</summary>
    public bool IsMine { get; init; }
}

/// <summary>Hiding revisions and showing them again, for the handlers that decide it.</summary>
internal static class RedactionRows
{
    public const string Hidden = "revisions-redacted";
    public const string Shown = "revisions-restored";

    /// <summary>The columns of a redaction <c>x</c>; needs <c>@me</c>.</summary>
    public const string Columns =
        """
        x.id as Id, x.post_id as PostId, x.reason as Reason, x.proposed_by as ProposedBy, (select name from users where id = x.proposed_by) as ProposerName,
               x.proposed_at as ProposedAt, x.state as State, x.decided_at as DecidedAt,
               (select count(*) from redaction_supports s where s.redaction_id = x.id) as Supporters,
               exists (select 1 from redaction_supports s where s.redaction_id = x.id and s.user_id = @me) as IsMine
        """;

    /// <summary>A proposal and its post.</summary>
    /// <exception cref="NotFoundException">There is no such proposal, or its post is not theirs to see.</exception>
    public static async Task<(Redaction Redaction, PostFacts Post)> VisibleRedaction(this Db db, long id, CurrentUser user, ForumSettings settings, CancellationToken token)
    {
        var redaction = await db.Find<Redaction>($"select {Columns} from redactions x where x.id = @id", new { id, me = user.Required }, token) ?? throw new NotFoundException();
        return (redaction, await db.VisibleText(redaction.PostId, user, settings, token));
    }

    /// <summary>All revisions of a post, the first one first, as they are stored.</summary>
    public static Task<IReadOnlyList<RedactedText>> RevisionsOf(this Db db, long postId, CancellationToken token) =>
        db.Query<RedactedText>(
            "select number as Number, title as Title, body as Body, tags as Tags, comment as Comment, redaction_id as RedactionId from revisions where post_id = @postId order by number",
            new { postId }, token);

    /// <summary>The numbers of the revisions that a proposal names.</summary>
    public static Task<IReadOnlyList<int>> NamedBy(this Db db, long redactionId, CancellationToken token) =>
        db.Query<int>("select number from redacted_revisions where redaction_id = @redactionId order by number", new { redactionId }, token);

    /// <summary>Seals what a proposal names: the texts leave the history for a table that nothing but moderators' asking reads.</summary>
    public static async Task Hide(this Db db, Redaction redaction, IReadOnlyList<RedactedText> revisions, IReadOnlyCollection<int> named, long by, DateTimeOffset now, CancellationToken token)
    {
        // What it is a suggestion of, or what became of it, says the same.
        var bodies = RedactionRules.Sealed(revisions, named).Select(text => text.Body).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var edit in await db.Query<SuggestedText>(
            "select id as Id, revision as Revision, body as Body from suggested_edits where post_id = @PostId and redaction_id is null and outcome is not null", new { redaction.PostId }, token))
        {
            if (!named.Contains(edit.Revision) && !bodies.Contains(edit.Body))
                continue;

            await db.Execute(
                "insert into redacted_suggestions (redaction_id, edit_id, title, body, tags, comment) select @redaction, id, title, body, tags, comment from suggested_edits where id = @Id",
                new { redaction = redaction.Id, edit.Id }, token);
            await db.Execute(
                "update suggested_edits set redaction_id = @redaction, title = case when title is not null then @Mark end, body = @Mark, tags = '', comment = '' where id = @Id",
                new { redaction = redaction.Id, edit.Id, RedactionRules.Mark }, token);
        }

        foreach (var text in RedactionRules.Sealed(revisions, named))
        {
            await db.Execute(
                "update redacted_revisions set title = @Title, body = @Body, tags = @Tags, comment = @Comment where redaction_id = @redaction and number = @Number",
                new { redaction = redaction.Id, text.Number, text.Title, text.Body, text.Tags, text.Comment }, token);
            await db.Execute(
                """
                update revisions
                set redaction_id = @redaction, comment = '',
                    title = case when @Title is null then title else @Mark end,
                    body = case when @Body is null then body when @Body = '' then '' else @Mark end,
                    tags = case when @Tags is null then tags else @Mark end
                where post_id = @PostId and number = @Number
                """,
                new { redaction = redaction.Id, redaction.PostId, text.Number, text.Title, text.Body, text.Tags, RedactionRules.Mark }, token);
        }

        await db.Decide(redaction.Id, RedactionState.Done, now, token);
        await db.Event(redaction.PostId, Hidden, by, new { Revisions = named }, now, token);
    }

    /// <summary>Puts back what a redaction hid.</summary>
    public static async Task Show(this Db db, Redaction redaction, long by, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute(
            """
            update revisions
            set redaction_id = null, title = coalesce(x.title, revisions.title), body = coalesce(x.body, revisions.body), tags = coalesce(x.tags, revisions.tags), comment = x.comment
            from redacted_revisions x
            where x.redaction_id = @Id and revisions.post_id = @PostId and revisions.number = x.number
            """, new { redaction.Id, redaction.PostId }, token);
        await db.Execute(
            """
            update suggested_edits
            set redaction_id = null, title = x.title, body = x.body, tags = x.tags, comment = x.comment
            from redacted_suggestions x
            where x.redaction_id = @Id and suggested_edits.id = x.edit_id
            """, new { redaction.Id }, token);
        var numbers = await db.NamedBy(redaction.Id, token);
        await db.Execute("update redacted_revisions set title = null, body = null, tags = null, comment = null where redaction_id = @Id", new { redaction.Id }, token);
        await db.Execute("delete from redacted_suggestions where redaction_id = @Id", new { redaction.Id }, token);
        await db.Decide(redaction.Id, RedactionState.Restored, now, token);
        await db.Event(redaction.PostId, Shown, by, new { Revisions = numbers }, now, token);
    }

    /// <summary>Writes down what became of a proposal.</summary>
    public static Task<int> Decide(this Db db, long id, RedactionState state, DateTimeOffset now, CancellationToken token) =>
        db.Execute("update redactions set state = @state, decided_at = @now where id = @id", new { id, state, now }, token);

    private sealed record SuggestedText
    {
        public long Id { get; init; }
        public int Revision { get; init; }
        public string Body { get; init; } = "";
    }
}

/// <summary>Revisions of a post were hidden, or are there again.</summary>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="Tag">Of a tag's text, the tag.</param>
public sealed record RevisionsRedacted(long PostId, long QuestionId, string? Tag = null) : IChangePages
{
    /// <summary>Of this post.</summary>
    internal static RevisionsRedacted Of(PostFacts post) => new(post.Id, post.QuestionId, post.TagPart is null ? null : post.Title);

    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId);
        if (Tag is not null)
            pages.Tagged(Tag);
    }
}
