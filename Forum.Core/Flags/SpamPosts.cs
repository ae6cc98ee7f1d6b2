using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>Posts that the community, or a moderator, found to be spam or rude (docs/rules/flags.md, section 4).</summary>
internal static class SpamPosts
{
    /// <summary>The one who acts when no person does.</summary>
    public const long Community = -1;

    /// <summary>Deletes and locks a post, and takes the reputation that this costs its author.</summary>
    public static async Task Condemn(this Db db, PostFacts post, ModerationLog log, bool byItself, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update posts set spam_at = @now, locked_at = coalesce(locked_at, @now) where id = @Id", new { post.Id, now }, token);
        await db.TakeAway(post, Community, settings, happened, now, token);
        await db.Log(post.Id, "locked", Community, now, token);
        if (post.AuthorId is { } author and > 0)
            await db.Record([new ReputationChange(author, ReputationKind.PostIsSpam, post.Id, Community)], settings.Reputation, now, token);
        await log.Record(new Act("delete-as-spam", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, ByItself = byItself, Before = new { Locked = post.LockedAt is not null } }, token);
    }

    /// <summary>Deletes a post in somebody's name, by no rule but the caller's.</summary>
    public static async Task TakeAway(this Db db, PostFacts post, long by, ForumSettings settings, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update posts set deleted_at = @now, deleted_by = @by where id = @Id", new { post.Id, by, now }, token);
        await db.Log(post.Id, Deletion.Deleted, by, now, token);
        foreach (var overtaken in await db.Overtake(post, by, isDeleted: true, now, token))
            happened.Note(overtaken);
        await db.FollowDeletion(post.Id, token);
        await db.Unindex(post.Id, token);
        await db.Relist(post.QuestionId, token);
        await db.HidePost(post.Id, settings.Reputation, now, token);
        happened.Note(new PostDeleted(post.Id, post.QuestionId, post.AuthorId, by));
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

    internal sealed class Handler(Db db, CurrentUser user, Words words, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ClearSpam>
    {
        public async Task Handle(ClearSpam clear, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(clear.PostId, user, settings, token);
            if (post.SpamAt is null)
                throw new ConflictException(new Refusal("flags.not-spam"));

            await log.Record(new Act("clear-spam", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId }, token);
            await db.Execute("update posts set deleted_at = null, deleted_by = null, locked_at = null, spam_at = null where id = @Id", new { post.Id }, token);
            await db.Log(post.Id, Deletion.Undeleted, me.Id, now, token);
            await db.Log(post.Id, "unlocked", me.Id, now, token);
            await db.FollowDeletion(post.Id, token);
            await db.Reindex(post.Id, words.Thread, token);
            await db.Relist(post.QuestionId, token);
            await db.Undo(post.Id, SpamPosts.Community, [ReputationKind.PostIsSpam], AdjustmentReason.FlagsCleared, settings.Reputation, now, token);
            await db.ShowPost(post.Id, settings.Reputation, now, token);
            var red = await db.Query<Flag>(
                $"select {Flag.Columns} from flags f where f.post_id = @Id and f.kind in ({(int)FlagKind.Spam}, {(int)FlagKind.Rude}) and f.state in (0, {(int)FlagState.Helpful})",
                new { post.Id }, token);
            await db.End(red, new Verdict(FlagState.Disputed, "", me.Id), new Flagging(log, settings), now, token);
            happened.Note(new PostUndeleted(post.Id, post.QuestionId, post.AuthorId, me.Id));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "delete-as-spam";

        public IBaseRequest? Command(LoggedAct act) => new ClearSpam(act.SubjectId);
    }
}
