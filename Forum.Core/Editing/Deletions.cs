using Forum.Core.Closing;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>Who took a post away, which says who may bring it back and who sees it; stored by these numbers. Rules: docs/rules/deleting.md.</summary>
public enum DeletionKind
{
    /// <summary>Its author.</summary>
    Author = 1,

    /// <summary>A moderator.</summary>
    Moderator = 2,

    /// <summary>Votes.</summary>
    Votes = 3,

    /// <summary>Reviewers.</summary>
    Review = 4,

    /// <summary>Flags for spam or abuse, or a moderator for the same: nobody sees it but its author and moderators.</summary>
    Spam = 5,

    /// <summary>The rules by themselves.</summary>
    Rules = 6,
}

/// <summary>Takes posts out of sight and brings them back, for whatever decides it. Scoped. Rules: docs/rules/deleting.md.</summary>
internal sealed class Deletions(Db db, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    /// <summary>Takes a post out of sight: out of lists, counts, search and reputation; a question with its answers. Returns what to note.</summary>
    /// <param name="by">Who did it; null: votes, reviewers or the rules.</param>
    /// <param name="vote">The vote that decided alone, if one did.</param>
    /// <param name="reason">What is said of it, for the log.</param>
    public async Task<PostDeleted> Delete(PostFacts post, DeletionKind kind, long? by, CancellationToken token, long? vote = null, string reason = "")
    {
        var now = clock.GetUtcNow();
        var round = await db.Round(post.Id, ModerationVoteKind.Delete, token);
        var votes = await db.EndVotes(post.Id, ModerationVoteKind.Delete, ModerationVoteOutcome.Counted, now, token);
        await db.Event(post.Id, Deletion.Deleted, by, new { Deletion = (int)kind, Votes = votes }, now, token);
        await Hide(post, kind, by, token);

        await log.Record(
            new Act("delete", ActSubject.Post, post.Id)
            {
                ConcernsId = post.AuthorId, After = new { Deletion = (int)kind, Vote = vote, Round = round, Votes = votes }, Reason = reason, ByItself = by is null,
            }, token);
        return new PostDeleted(post.Id, post.QuestionId, post.AuthorId, by ?? People.Community, kind);
    }

    /// <summary>Brings a deleted post back as it was. Returns what to note.</summary>
    /// <param name="words">Its words and those of its answers: <see cref="SearchIndex.ThreadWords"/>.</param>
    public async Task<PostUndeleted> Undelete(PostFacts post, IReadOnlyDictionary<string, IndexedWords> words, long? by, CancellationToken token, long? vote = null)
    {
        var now = clock.GetUtcNow();
        var round = await db.Round(post.Id, ModerationVoteKind.Undelete, token);
        var votes = await db.EndVotes(post.Id, ModerationVoteKind.Undelete, ModerationVoteOutcome.Counted, now, token);
        await db.Event(post.Id, Deletion.Undeleted, by, new { Votes = votes }, now, token);
        await Show(post, words, token);

        await log.Record(
            new Act("undelete", ActSubject.Post, post.Id)
            {
                ConcernsId = post.AuthorId, Before = new { Deletion = (int?)post.Deletion }, After = new { Vote = vote, Round = round, Votes = votes }, ByItself = by is null,
            }, token);
        return new PostUndeleted(post.Id, post.QuestionId, post.AuthorId, by ?? People.Community);
    }

    /// <summary>Takes a post out of sight for a reason that its caller tells of: deleted, with what follows from that.</summary>
    public async Task Hide(PostFacts post, DeletionKind kind, long? by, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        await db.Execute("update posts set deleted_at = @now, deleted_by = @by, deletion = @kind where id = @Id", new { post.Id, by, kind = (int)kind, now }, token);
        foreach (var overtaken in await db.Overtake(post, by ?? People.Community, isDeleted: true, now, token))
            happened.Note(overtaken);
        await db.FollowDeletion(post.Id, token);
        await db.Unindex(post.Id, token);
        await db.Relist(post.QuestionId, token);
        await db.HidePost(post.Id, settings.Reputation, now, token);
    }

    /// <summary>Brings a post back into sight that was hidden so.</summary>
    public async Task Show(PostFacts post, IReadOnlyDictionary<string, IndexedWords> words, CancellationToken token)
    {
        await db.Execute("update posts set deleted_at = null, deleted_by = null, deletion = null where id = @Id", new { post.Id }, token);
        await db.FollowDeletion(post.Id, token);
        await db.Reindex(post.Id, words, token);
        await db.Relist(post.QuestionId, token);
        await db.ShowPost(post.Id, settings.Reputation, clock.GetUtcNow(), token);
    }
}

/// <summary>A deletion is undone by a moderator's undeleting.</summary>
internal sealed class UndoDeletion : IUndo
{
    public string Action => "delete";

    public MediatR.IBaseRequest Command(LoggedAct act) => new UndeletePost(act.SubjectId);
}

/// <summary>An undeletion is undone by a moderator's deleting.</summary>
internal sealed class UndoUndeletion : IUndo
{
    public string Action => "undelete";

    public MediatR.IBaseRequest Command(LoggedAct act) => new DeletePost(act.SubjectId);
}
