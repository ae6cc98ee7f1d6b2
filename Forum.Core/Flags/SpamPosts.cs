using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>Posts that the community, or a moderator, found to be spam or rude (docs/rules/flags.md, section 4).</summary>
internal static class SpamPosts
{
    /// <summary>Deletes and locks a post, and takes the reputation that this costs its author.</summary>
    /// <param name="by">The moderator who did it; null: the flags of several.</param>
    public static async Task Condemn(
        this Db db, PostFacts post, Deletions deletions, ModerationLog log, long? by, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update posts set locked_at = coalesce(locked_at, @now), lock_kind = @kind, locked_until = null where id = @Id", new { post.Id, now, kind = (int)LockKind.Spam }, token);
        await db.Log(post.Id, "locked", by ?? People.Community, now, token);
        if (post.AuthorId is { } author and > 0)
            await db.Record([new ReputationChange(author, ReputationKind.PostIsSpam, post.Id, People.Community)], settings.Reputation, now, token);
        happened.Note(await deletions.Delete(post, DeletionKind.Spam, by, token));
        await log.Record(new Act("delete-as-spam", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, ByItself = by is null, Before = new { Locked = post.LockedAt is not null } }, token);
    }
}

/// <summary>
/// Brings a post back that was deleted as spam or rude, exactly as it was: its votes down by flags are gone, and so is what it cost its
/// author. The flags were disputed. Rules: docs/rules/flags.md, section 4.
/// </summary>
[For(Who.Moderator)]
public sealed record ClearSpam(long PostId) : IRequest, ICommand
{
    internal sealed class Words(Db db) : IPrepare<ClearSpam>
    {
        public IReadOnlyDictionary<string, IndexedWords> Thread { get; private set; } = new Dictionary<string, IndexedWords>();

        public async Task Prepare(ClearSpam request, CancellationToken token) => Thread = await db.ThreadWords(request.PostId, token);
    }

    internal sealed class Handler(Db db, CurrentUser user, Words words, Deletions deletions, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ClearSpam>
    {
        public async Task Handle(ClearSpam clear, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(clear.PostId, user, settings, token);
            if (!post.IsSpam)
                throw new ConflictException(new Refusal("flags.not-spam"));

            await log.Record(new Act("clear-spam", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId }, token);
            await db.Execute("update posts set locked_at = null, lock_kind = null, locked_until = null, locked_by = null where id = @Id", new { post.Id }, token);
            await db.Log(post.Id, "unlocked", me.Id, now, token);
            await db.Undo(post.Id, People.Community, [ReputationKind.PostIsSpam], AdjustmentReason.FlagsCleared, settings.Reputation, now, token);
            var back = await deletions.Undelete(post, words.Thread, me.Id, token);
            var red = await db.Query<Flag>(
                $"select {Flag.Columns} from flags f where f.post_id = @Id and f.kind in ({(int)FlagKind.Spam}, {(int)FlagKind.Rude}) and f.state in (0, {(int)FlagState.Helpful})",
                new { post.Id }, token);
            await db.End(red, new Verdict(FlagState.Disputed, "", me.Id), new Flagging(log, settings), now, token);
            happened.Note(back);
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "delete-as-spam";

        public IBaseRequest? Command(LoggedAct act) => new ClearSpam(act.SubjectId);
    }
}
