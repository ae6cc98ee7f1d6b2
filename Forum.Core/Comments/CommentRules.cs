using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Comments;

/// <summary>What rules need to know of a comment.</summary>
public sealed record CommentFacts
{
    public long Id { get; init; }
    public long PostId { get; init; }
    public long? AuthorId { get; init; }
    public string Body { get; init; } = "";
    public string Html { get; init; } = "";
    public int Score { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
}

/// <summary>Who may write, change and delete comments (docs/rules/comments.md).</summary>
public static class CommentRules
{
    /// <summary>Why a person may not comment on a post.</summary>
    public static Refusal? WhyNotPost(Person person, PostFacts post, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(settings);
        var needed = settings.Needs(Privilege.CommentEverywhere);
        return (person, post) switch
        {
            (_, { IsGone: true }) => new("comments.deleted-post"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Comment) => new("comments.locked-post"),
            ({ IsModerator: true }, _) => null,
            var (who, what) when what.AuthorId == who.Id || what.AskerId == who.Id || who.Reputation >= needed => null,
            _ => new("comments.comment-everywhere", needed, person.Reputation),
        };
    }

    /// <summary>Why a person may not change a comment now.</summary>
    public static Refusal? WhyNotEdit(Person person, CommentFacts comment, PostFacts post, DateTimeOffset now, WindowSettings windows)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(windows);
        return (person, comment) switch
        {
            _ when post is { IsGone: true } => new("comments.deleted-post"),
            ({ IsModerator: true }, _) => null,
            var (who, what) when what.AuthorId != who.Id => new("comments.not-yours-to-edit"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Comment) => new("comments.locked-post"),
            var (_, what) when now - what.CreatedAt >= windows.CommentEdit => new("comments.too-late-to-edit", (int)windows.CommentEdit.TotalMinutes),
            var (_, what) when now - what.EditedAt < windows.BetweenCommentEdits => new("comments.edited-just-now", (int)windows.BetweenCommentEdits.TotalSeconds) { Wait = what.EditedAt + windows.BetweenCommentEdits - now },
            _ => null,
        };
    }

    /// <summary>Why a person who has deleted so many voted comments of their own today may not delete this one.</summary>
    public static Refusal? WhyNotDelete(Person person, CommentFacts comment, int votedDeletedToday, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return (person, comment) switch
        {
            ({ IsModerator: true }, _) => null,
            var (who, what) when what.AuthorId != who.Id => new("comments.not-yours-to-delete"),
            (_, { Score: > 0 }) when votedDeletedToday >= limits.VotedCommentDeletionsPerDay
                => new("comments.too-many-deletions", limits.VotedCommentDeletionsPerDay),
            _ => null,
        };
    }
}
