using Forum.Core.Editing;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Suggestions;

/// <summary>A suggested edit as its row has it.</summary>
public sealed record Suggestion
{
    public long Id { get; init; }
    public long PostId { get; init; }
    public long? AuthorId { get; init; }
    public string? AuthorName { get; init; }

    /// <summary>Of a question.</summary>
    public string? Title { get; init; }
    public string Body { get; init; } = "";
    public string Tags { get; init; } = "";
    public string Comment { get; init; } = "";

    /// <summary><see cref="EditingRules.Basis"/> of the text that it began from.</summary>
    public string Basis { get; init; } = "";

    /// <summary>The number of that text's revision.</summary>
    public int Revision { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What became of it; null while it waits.</summary>
    public SuggestionOutcome? Outcome { get; init; }

    /// <summary>Why it was rejected: a key of <see cref="SuggestedEdits.Reasons"/>, or words.</summary>
    public string Reason { get; init; } = "";
    public DateTimeOffset? DecidedAt { get; init; }
    public long? DecidedBy { get; init; }
    public string? DeciderName { get; init; }

    /// <summary>By what its text is hidden; null when it is not.</summary>
    public long? RedactionId { get; init; }

    /// <summary>The names of the tags it gives the question.</summary>
    public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Suggested edits, for the handlers that write them.</summary>
internal static class SuggestionLedger
{
    /// <summary>The suggested edit with this id.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<Suggestion> Suggestion(this Db db, long id, CancellationToken token) =>
        await db.Find<Suggestion>(
            """
            select s.id as Id, s.post_id as PostId, s.author_id as AuthorId, a.name as AuthorName, s.title as Title, s.body as Body, s.tags as Tags,
                   s.comment as Comment, s.basis as Basis, s.revision as Revision, s.created_at as CreatedAt, s.outcome as Outcome,
                   s.reason as Reason, s.decided_at as DecidedAt, s.decided_by as DecidedBy, d.name as DeciderName, s.redaction_id as RedactionId
            from suggested_edits s
            left join users a on a.id = s.author_id
            left join users d on d.id = s.decided_by
            where s.id = @id
            """,
            new { id }, token) ?? throw new NotFoundException();

    /// <summary>What rules need to know before somebody suggests an edit.</summary>
    public static async Task<SuggestionFacts> SuggestionFacts(this Db db, long userId, long postId, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var queue = await db.Get<SuggestionFacts>(
            """
            select exists (select 1 from suggested_edits where post_id = @postId and outcome is null) as IsOneWaiting,
                   (select count(*) from (select 1 from suggested_edits where outcome is null limit @most)) as Waiting,
                   (select count(*) from (select 1 from suggested_edits where outcome is null and +author_id = @Owner limit @mostOfStrangers)) as WaitingOfStrangers,
                   (select created_at from posts where id = @postId) as PostedAt
            """,
            new { postId, most = settings.Limits.SuggestionsWaiting, mostOfStrangers = settings.Limits.AnonymousSuggestionsWaiting, Strangers.Owner }, token);
        // A rejection of a week ago is weighed with those of the week before it.
        var decisions = await db.Query<Decision>(
            $"""
            select decided_at as At, outcome = {(int)SuggestionOutcome.Rejected} as IsRejected
            from suggested_edits
            where author_id = @userId and created_at > @before and decided_at > @since
              and outcome in ({(int)SuggestionOutcome.Approved}, {(int)SuggestionOutcome.Improved}, {(int)SuggestionOutcome.Rejected})
            """,
            new { userId, since = now - 2 * settings.Windows.SuggestionBan, before = now - 12 * settings.Windows.SuggestionBan }, token);
        return queue with { Decisions = [.. decisions.Select(d => (d.At, d.IsRejected))] };
    }

    /// <summary>Writes a suggested edit down, asks reviewers for what they think of it, and returns its id.</summary>
    public static async Task<long> Suggest(this Db db, RevisedText was, RevisedText becomes, long author, string comment, DateTimeOffset now, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into suggested_edits (post_id, author_id, title, body, tags, comment, basis, revision, created_at)
            values (@Id, @author, @Title, @Body, @Tags, @comment, @Basis, @RevisionCount, @now)
            returning id
            """,
            new { becomes.Id, author, becomes.Title, becomes.Body, becomes.Tags, comment = TextLength.Clean(comment), was.Basis, was.RevisionCount, now }, token);
        await db.OpenEditTask(id, becomes.Id, now, token);
        return id;
    }

    /// <summary>Makes a suggested edit the post's text, and gives whoever suggested it their due. Returns what to note.</summary>
    public static async Task<PostEdited> Approve(this Db db, Suggestion edit, PostFacts post, PostRendering text, Person by, SuggestionOutcome outcome,
        ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var was = await db.TextOf(post.Id, token);
        if (was.Basis != edit.Basis)
            throw new ConflictException(new("suggestions.overtaken"));

        await db.Decide(edit.Id, outcome, "", by.Id, now, token);
        var becomes = text.Apply(post, was, edit.Title, edit.Tags.Length == 0 ? null : await db.Masters(edit.Tags, now, token));
        var edited = await db.Rewrite(new TextChange(post, was, becomes, edit.AuthorId ?? by.Id, by, edit.Comment), text, settings, now, token);
        await db.Log(post.Id, "suggested-edit-applied", by.Id, now, token);
        if (edit.AuthorId is { } author and > 0 && await db.EarnedBySuggesting(author, token) < settings.Reputation.SuggestedEditsAtMost)
            await db.Record([new ReputationChange(author, ReputationKind.SuggestedEditApproved, post.Id, by.Id)], settings.Reputation, now, token);
        return edited;
    }

    /// <summary>Ends a suggested edit.</summary>
    /// <exception cref="ConflictException">It is decided already.</exception>
    public static async Task Decide(this Db db, long id, SuggestionOutcome outcome, string reason, long? by, DateTimeOffset now, CancellationToken token)
    {
        var decided = await db.Execute(
            "update suggested_edits set outcome = @outcome, reason = @reason, decided_at = @now, decided_by = @by where id = @id and outcome is null",
            new { id, outcome = (int)outcome, reason, by, now }, token);
        if (decided == 0)
            throw new ConflictException(new("suggestions.decided"));
        await db.EndEditTasks("t.edit_id = @id", new { id }, token);
    }

    /// <summary>
    /// Ends the edit that waits for a post whose text is another now; of a post that was deleted, those for its answers too. Returns what
    /// to note, so that whoever suggested it is told.
    /// </summary>
    public static Task<IReadOnlyList<SuggestionDecided>> Overtake(this Db db, PostFacts post, long decider, bool isDeleted, DateTimeOffset now, CancellationToken token) =>
        db.Overtake(post.Id, post.QuestionId, decider, isDeleted, now, token);

    /// <inheritdoc cref="Overtake(Db, PostFacts, long, bool, DateTimeOffset, CancellationToken)" />
    public static async Task<IReadOnlyList<SuggestionDecided>> Overtake(
        this Db db, long postId, long questionId, long decider, bool isDeleted, DateTimeOffset now, CancellationToken token)
    {
        var posts = $"in (select @postId{(isDeleted ? " union all select id from posts where question_id = @postId and kind = 2" : "")})";
        var ended = await db.Query<Ended>(
            $"""
            update suggested_edits
            set outcome = {(int)SuggestionOutcome.Overtaken}, decided_at = @now
            where outcome is null and post_id {posts}
            returning id as Id, post_id as PostId, author_id as AuthorId
            """,
            new { postId, now }, token);
        if (ended.Count > 0)
            await db.EndEditTasks($"t.post_id {posts}", new { postId }, token);
        return [.. ended.Select(edit => new SuggestionDecided(edit.Id, edit.PostId, questionId, edit.AuthorId, decider, SuggestionOutcome.Overtaken))];
    }

    private static Task<int> EarnedBySuggesting(this Db db, long userId, CancellationToken token) =>
        db.Get<int>(
            $"select coalesce(sum(nominal), 0) from reputation_events where user_id = @userId and kind = {(int)ReputationKind.SuggestedEditApproved} and state in (0, 2)",
            new { userId }, token);

    private sealed record Ended
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public long? AuthorId { get; init; }
    }

    private sealed record Decision
    {
        public DateTimeOffset At { get; init; }
        public bool IsRejected { get; init; }
    }
}
