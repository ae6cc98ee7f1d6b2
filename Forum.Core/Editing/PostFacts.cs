using Forum.Core.Locks;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>What rules need to know of a question or an answer, and of the question it belongs to; or of a tag's excerpt or wiki.</summary>
public sealed record PostFacts
{
    public long Id { get; init; }
    /// <summary>1 question, 2 answer, 4 and 5 as in <see cref="TagPart"/>.</summary>
    public int Kind { get; init; }
    public long? AuthorId { get; init; }
    /// <summary>The question's; of a tag's text the tag's name.</summary>
    public string Title { get; init; } = "";
    public int Score { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }
    /// <summary>Who took it away; null: not deleted, or not known.</summary>
    public DeletionKind? Deletion { get; init; }

    /// <summary>Whether it was deleted as spam or rude.</summary>
    public bool IsSpam => Deletion == DeletionKind.Spam;
    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>What locks it: its own lock, or its question's where that reaches its answers; null when nothing does.</summary>
    public LockKind? Lock
    {
        get => field ?? (LockedAt is null ? null : LockKind.Dispute);
        init;
    }

    public DateTimeOffset? WikiAt { get; init; }
    /// <summary>The question; of a question itself.</summary>
    public long QuestionId { get; init; }
    public long? AskerId { get; init; }
    public DateTimeOffset? QuestionDeletedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>A key of <see cref="Closing.CloseReason"/>.</summary>
    public string? CloseReason { get; init; }
    public DateTimeOffset? QuestionLockedAt { get; init; }
    public DateTimeOffset? ProtectedAt { get; init; }
    /// <summary>Whether it is the accepted answer.</summary>
    public bool IsAccepted { get; init; }
    /// <summary>Answers of the question that are not deleted.</summary>
    public int AnswerCount { get; init; }
    /// <summary>Whether one of them has a score above 0.</summary>
    public bool HasUpvotedAnswer { get; init; }
    /// <summary>Of a question: the score of the best of them; null when there is none.</summary>
    public int? BestAnswer { get; init; }
    /// <summary>Who took the question away.</summary>
    public DeletionKind? QuestionDeletion { get; init; }

    /// <summary>Whether a bounty runs on the question.</summary>
    public bool HasBounty { get; init; }

    /// <summary>Of a tag's text: whether the one who asks holds the tag's gold badge.</summary>
    public bool HasGold { get; init; }

    public bool IsQuestion => Kind == 1;

    /// <summary>Which text of a tag it is; null of a question or an answer.</summary>
    public TagPart? TagPart => Kind is (int)Tags.TagPart.Excerpt or (int)Tags.TagPart.Wiki ? (TagPart)Kind : null;

    /// <summary>Whether it is out of sight: deleted itself, or with its question.</summary>
    public bool IsGone => DeletedAt is not null || QuestionDeletedAt is not null;
}

/// <summary>Posts, for the handlers of several rooms.</summary>
internal static class Posts
{
    /// <summary>The question or answer, if the one who asks may see it.</summary>
    /// <exception cref="NotFoundException">There is none, or it is deleted and not theirs to see.</exception>
    public static Task<PostFacts> VisiblePost(this Db db, long id, CurrentUser user, ForumSettings settings, CancellationToken token) =>
        db.Visible(id, "1, 2", user, settings, token);

    /// <summary>The same for whatever has a history: also a tag's excerpt or wiki.</summary>
    /// <exception cref="NotFoundException">There is none, or it is deleted and not theirs to see.</exception>
    public static Task<PostFacts> VisibleText(this Db db, long id, CurrentUser user, ForumSettings settings, CancellationToken token) =>
        db.Visible(id, "1, 2, 4, 5", user, settings, token);

    private static async Task<PostFacts> Visible(this Db db, long id, string kinds, CurrentUser user, ForumSettings settings, CancellationToken token)
    {
        var post = await db.Find<PostFacts>(
            $"""
            select p.id as Id, p.kind as Kind, p.author_id as AuthorId, p.deleted_at as DeletedAt, p.deleted_by as DeletedBy, p.deletion as Deletion, p.score as Score, p.created_at as CreatedAt, p.locked_at as LockedAt, {LockColumns.Kind("p", "q")} as Lock, p.wiki_at as WikiAt,
                   q.id as QuestionId, {TagTexts.TitleOf("q")} as Title, q.author_id as AskerId, q.deleted_at as QuestionDeletedAt, q.closed_at as ClosedAt, q.close_reason as CloseReason, q.deletion as QuestionDeletion,
                   q.locked_at as QuestionLockedAt, q.protected_at as ProtectedAt, q.answer_count as AnswerCount,
                   coalesce(q.accepted_answer_id = p.id, 0) as IsAccepted,
                   exists (
                       select 1 from posts a
                       where a.question_id = q.id and a.kind = 2 and a.deleted_at is null and a.score > 0) as HasUpvotedAnswer,
                   (select max(a.score) from posts a where a.question_id = q.id and a.kind = 2 and a.deleted_at is null) as BestAnswer,
                   exists (select 1 from bounties b where b.question_id = q.id and b.ended_at is null) as HasBounty,
                   {TagTexts.HasGold("q")} as HasGold
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.id = @id and p.kind in ({kinds})
            """,
            new { id, me = user.Id }, token) ?? throw new NotFoundException();
        return IsVisible(post, user, settings) ? post : throw new NotFoundException(wasDeleted: true, Deletion.Why(post.DeletedAt is null ? post.QuestionDeletion : post.Deletion));
    }

    /// <summary>Whether the reader may see a post: one that is deleted only with the right to, and its question likewise.</summary>
    public static bool IsVisible(PostFacts post, CurrentUser user, ForumSettings settings) =>
        (post.DeletedAt is null || ShowQuestion.MaySeeDeleted(user, post.AuthorId, post.Deletion, settings))
        && (post.QuestionDeletedAt is null || ShowQuestion.MaySeeDeleted(user, post.AskerId, post.QuestionDeletion, settings));
}
