using System.Security.Cryptography;
using System.Text;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;

namespace Forum.Core.Editing;

/// <summary>Who may edit, delete and undelete which post (docs/rules/editing.md).</summary>
public static class EditingRules
{
    /// <summary>Why a person may not edit a post.</summary>
    public static Refusal? WhyNotEdit(Person person, PostFacts post, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(post);
        var needed = settings.Needs(post.WikiAt is null ? Privilege.EditFreely : Privilege.EditWiki);
        return (person, post) switch
        {
            (_, { IsGone: true }) => new("editing.deleted-post"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Edit) => new("editing.locked-post"),
            ({ IsModerator: true }, _) => null,
            (_, { TagPart: not null }) => TagRules.WhyNotEdit(person, post.HasGold, settings),
            var (who, what) when what.AuthorId == who.Id || who.Reputation >= needed => null,
            _ => new(post.WikiAt is null ? "editing.edit-freely" : "privileges.edit-wiki.needs", needed, person.Reputation),
        };
    }

    /// <summary>Why a person who has deleted so many posts today may not delete this one.</summary>
    public static Refusal? WhyNotDelete(Person person, PostFacts post, int deletedToday, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var limits = settings.Limits;
        return (person, post) switch
        {
            (_, { DeletedAt: not null }) => new("editing.already-deleted"),
            var (who, what) when !who.IsModerator && what.AuthorId != who.Id => new("editing.not-yours-to-delete"),
            (_, { IsQuestion: true, HasBounty: true }) => new("editing.has-bounty"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Delete) => new("editing.locked-post"),
            ({ IsModerator: true }, _) => null,
            (_, { QuestionDeletedAt: not null }) => new("editing.already-deleted"),
            (_, { IsQuestion: true, ClosedAt: { } closed }) when closed + settings.Deletion.ClosedFor > now
                => new("deleting.closed-lately", (int)Math.Ceiling(settings.Deletion.ClosedFor.TotalHours), (int)Math.Ceiling((closed + settings.Deletion.ClosedFor - now).TotalHours)),
            (_, { IsQuestion: true, HasUpvotedAnswer: true }) => new("editing.has-upvoted-answer"),
            (_, { IsQuestion: true } what) when what.AnswerCount >= limits.AnswersThatKeepAQuestion
                => new("editing.has-answers", limits.AnswersThatKeepAQuestion),
            (_, { IsQuestion: false, IsAccepted: true }) => new("editing.accepted-answer"),
            _ when deletedToday >= limits.SelfDeletionsPerDay => new("editing.too-many-deletions", limits.SelfDeletionsPerDay),
            _ => null,
        };
    }

    /// <summary>Why a person may not bring a deleted post back.</summary>
    public static Refusal? WhyNotUndelete(Person person, PostFacts post) => (person, post) switch
    {
        (_, { DeletedAt: null }) => new("editing.not-deleted"),
        (_, { IsSpam: true }) => new("flags.deleted-as-spam"),
        (_, { IsQuestion: false, QuestionDeletedAt: not null }) => new("editing.question-is-deleted"),
        _ when LockRules.Stops(person, post.Lock, LockedAct.Delete) => new("editing.locked-post"),
        ({ IsModerator: true }, _) => null,
        var (who, what) when what.AuthorId != who.Id || !IsOwnDeletion(what) => new("editing.not-yours-to-undelete"),
        _ => null,
    };

    // What reviewers took away its author may bring back, if it is an answer.
    private static bool IsOwnDeletion(PostFacts post) =>
        post.DeletedBy == post.AuthorId || post is { Deletion: DeletionKind.Review, IsQuestion: false };

    /// <summary>
    /// A mark of the text an edit began from. The form carries it; when the post has another one by then, somebody was
    /// faster. It is made of the text because a grace period's edits share a revision's number.
    /// </summary>
    public static string Basis(string? title, string body, string? tags) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\0{tags}\0{body}")).AsSpan(0, 8));

    /// <summary>Whether an edit joins the newest revision instead of making one: the same person's, within the grace period.</summary>
    public static bool Joins(long editor, long? lastAuthor, DateTimeOffset lastAt, DateTimeOffset now, WindowSettings windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return editor == lastAuthor && now - lastAt < windows.EditGrace;
    }
}
