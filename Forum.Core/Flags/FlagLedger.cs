using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Flags;

/// <summary>A flag as its row has it.</summary>
public sealed record Flag
{
    internal const string Columns =
        """
        f.id as Id, f.kind as Kind, f.post_id as PostId, f.comment_id as CommentId, f.user_id as UserId, f.reason as Reason, f.source as Source, f.words as Words,
        f.raised_at as RaisedAt, f.state as State, f.reply as Reply, f.decided_at as DecidedAt, f.decided_by as DecidedBy, f.is_downvote as IsDownvote
        """;

    public long Id { get; init; }
    public FlagKind Kind { get; init; }

    /// <summary>The post; of a comment's flag the one that the comment is on.</summary>
    public long PostId { get; init; }
    public long? CommentId { get; init; }

    /// <summary>Who raised it; null: the rules.</summary>
    public long? UserId { get; init; }

    /// <summary>Why a question should be closed (<see cref="FlagKinds.CloseReasons"/>), or what was noticed: a key.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where the text is from, or what the question duplicates.</summary>
    public string Source { get; init; } = "";
    public string Words { get; init; } = "";
    public DateTimeOffset RaisedAt { get; init; }
    public FlagState State { get; init; }

    /// <summary>What the flagger is told: one of <see cref="FlagKinds.Replies"/>, or words.</summary>
    public string Reply { get; init; } = "";
    public DateTimeOffset? DecidedAt { get; init; }
    public long? DecidedBy { get; init; }

    internal bool IsDownvote { get; init; }
}

/// <summary>How a flag ends.</summary>
/// <param name="State">What becomes of it.</param>
/// <param name="Reply">What its flagger is told.</param>
/// <param name="By">Who decides; null: the rules.</param>
internal sealed record Verdict(FlagState State, string Reply = "", long? By = null);

/// <summary>Flags, for the handlers that raise and end them. Each change is a line of the log of moderation.</summary>
internal static class FlagLedger
{
    /// <summary>The flag with this id.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<Flag> Flag(this Db db, long id, CancellationToken token) =>
        await db.Find<Flag>($"select {Flags.Flag.Columns} from flags f where f.id = @id", new { id }, token) ?? throw new NotFoundException();

    /// <summary>The flags of a post and its comments that wait, oldest first.</summary>
    public static Task<IReadOnlyList<Flag>> WaitingFlags(this Db db, long postId, CancellationToken token) =>
        db.Query<Flag>($"select {Flags.Flag.Columns} from flags f where f.post_id = @postId and f.state = 0 order by f.raised_at, f.id", new { postId }, token);

    /// <summary>What rules need to know of somebody who wants to flag.</summary>
    public static async Task<Flagger> Flagger(this Db db, Person person, FlagSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var counts = await db.Get<Counts>(
            $"""
            select (select count(*) from flags where user_id = @Id and raised_at >= @today and kind < {(int)FlagKind.Harassment}) as PostsToday,
                   (select count(*) from flags where user_id = @Id and raised_at >= @today and kind >= {(int)FlagKind.Harassment}) as CommentsToday,
                   (select max(raised_at) from flags where user_id = @Id and raised_at >= @paced and kind >= {(int)FlagKind.Harassment}) as LastCommentFlag,
                   (select count(*) from flags where user_id = @Id and state = {(int)FlagState.Helpful}) as Helpful,
                   (select count(*) from flags where user_id = @Id and state = {(int)FlagState.Declined}) as Declined
            """,
            new { person.Id, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), paced = now - rules.BetweenCommentFlags }, token);
        // A flag declined a week ago is weighed with those of the week before it.
        var decisions = counts.Declined == 0 ? [] : await db.Query<Decision>(
            $"""
            select decided_at as At, state = {(int)FlagState.Declined} as IsDeclined
            from flags
            where user_id = @Id and state in ({(int)FlagState.Helpful}, {(int)FlagState.Declined}) and decided_at > @since
            """,
            new { person.Id, since = now - 2 * rules.Ban }, token);
        return new Flagger
        {
            Person = person, PostsToday = counts.PostsToday, CommentsToday = counts.CommentsToday, LastCommentFlag = counts.LastCommentFlag,
            Helpful = counts.Helpful, Declined = counts.Declined, Decisions = [.. decisions.Select(d => (d.At, d.IsDeclined))],
        };
    }

    /// <summary>A post with the flags that a person has on it.</summary>
    public static async Task<FlaggedPost> FlaggedPost(this Db db, PostFacts post, long userId, CancellationToken token)
    {
        var facts = await db.Get<Facts>(
            """
            select p.score as Score, p.created_at as CreatedAt,
                   exists (select 1 from review_tasks t where t.queue = 7 and t.post_id = p.id and t.outcome is null and t.audit is null) as IsInReview
            from posts p
            where p.id = @Id
            """, new { post.Id }, token);
        var own = await db.Query<Flag>($"select {Flags.Flag.Columns} from flags f where f.post_id = @Id and f.user_id = @userId and f.comment_id is null", new { post.Id, userId }, token);
        return new FlaggedPost
        {
            Post = post, Score = facts.Score, CreatedAt = facts.CreatedAt, IsInReview = facts.IsInReview,
            Own = [.. own.Select(flag => new OwnFlag(flag.Kind, flag.State, flag.DecidedAt))],
        };
    }

    /// <summary>Raises a flag and returns its id.</summary>
    public static async Task<long> Raise(this Db db, Flag flag, long? authorId, ModerationLog log, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into flags (kind, post_id, comment_id, user_id, reason, source, words, raised_at)
            values (@kind, @PostId, @CommentId, @UserId, @Reason, @Source, @Words, @RaisedAt)
            returning id
            """,
            new { kind = (int)flag.Kind, flag.PostId, flag.CommentId, flag.UserId, flag.Reason, flag.Source, flag.Words, flag.RaisedAt }, token);
        await log.Record(
            new Act("flag", ActSubject.Flag, id)
            {
                ConcernsId = authorId, ByItself = flag.UserId is null,
                After = new { State = (int)FlagState.Pending, Kind = (int)flag.Kind, Post = flag.PostId, Comment = flag.CommentId, flag.Reason },
            }, token);
        return id;
    }

    /// <summary>Ends flags that wait, with what hangs on them: unless it was right, a flag is no vote down any more.</summary>
    public static async Task End(this Db db, IEnumerable<Flag> flags, Verdict verdict, Flagging flagging, DateTimeOffset now, CancellationToken token)
    {
        foreach (var flag in flags)
            await db.Become(flag, verdict, flagging, now, token);
    }

    /// <summary>Gives a flag another state than it has.</summary>
    public static async Task Become(this Db db, Flag flag, Verdict verdict, Flagging flagging, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute(
            "update flags set state = @state, reply = @Reply, decided_at = @at, decided_by = @By where id = @Id",
            new { flag.Id, state = (int)verdict.State, verdict.Reply, verdict.By, at = verdict.State == FlagState.Pending ? (DateTimeOffset?)null : now }, token);
        await flagging.Log.Record(
            new Act("flag-" + verdict.State.Key(), ActSubject.Flag, flag.Id)
            {
                ConcernsId = flag.UserId, ByItself = verdict.By is null, Reason = verdict.Reply,
                Before = new { State = (int)flag.State }, After = new { State = (int)verdict.State },
            }, token);
        if (flag.IsDownvote && verdict.State is not (FlagState.Helpful or FlagState.Pending))
            await db.TakeVoteBack(flag, flagging.Settings, now, token);
    }

    /// <summary>Lets a flag count as a vote down by the one who acts when no person does.</summary>
    public static async Task VoteDown(this Db db, long flagId, long flaggerId, VoteTarget post, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update flags set is_downvote = 1 where id = @flagId", new { flagId }, token);
        if (post is { IsWiki: false, AuthorId: { } author })
            await db.Record([new ReputationChange(author, ReputationKind.PostFlagged, post.Id, flaggerId)], settings.Reputation, now, token);
        await db.Rescore(post, -1, token);
    }

    private static async Task TakeVoteBack(this Db db, Flag flag, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update flags set is_downvote = 0 where id = @Id", new { flag.Id }, token);
        if (flag.UserId is { } flagger)
            await db.Undo(flag.PostId, flagger, [ReputationKind.PostFlagged], AdjustmentReason.FlagsCleared, settings.Reputation, now, token);
        var post = (await db.VoteTargets([flag.PostId], null, token)).Single();
        await db.Rescore(post, +1, token);
        // What of a deleted post goes on counting depends on its score.
        if (post.IsDeleted)
            await db.HidePost(post.Id, settings.Reputation, now, token);
    }

    private sealed record Counts
    {
        public int PostsToday { get; init; }
        public int CommentsToday { get; init; }
        public DateTimeOffset? LastCommentFlag { get; init; }
        public int Helpful { get; init; }
        public int Declined { get; init; }
    }

    private sealed record Decision
    {
        public DateTimeOffset At { get; init; }
        public bool IsDeclined { get; init; }
    }

    private sealed record Facts
    {
        public int Score { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public bool IsInReview { get; init; }
    }
}

/// <summary>What ending flags needs besides the database.</summary>
internal sealed record Flagging(ModerationLog Log, ForumSettings Settings);
