using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>What the community votes on; stored by these numbers.</summary>
public enum ModerationVoteKind
{
    /// <summary>To close a question.</summary>
    Close = 1,

    /// <summary>To reopen it.</summary>
    Reopen = 2,

    /// <summary>To delete a post.</summary>
    Delete = 3,

    /// <summary>To bring it back.</summary>
    Undelete = 4,
}

/// <summary>What became of a vote; stored by these numbers.</summary>
public enum ModerationVoteOutcome
{
    /// <summary>What it was for was done.</summary>
    Counted = 1,

    /// <summary>It was taken back.</summary>
    Retracted = 2,

    /// <summary>Not enough others came in time.</summary>
    Lapsed = 3,

    /// <summary>What it was for was done another way, or cannot be any more.</summary>
    Overtaken = 4,
}

/// <summary>What a person has voted of late, and on this post.</summary>
public sealed record VotingRecord
{
    /// <summary>Votes of the kind since midnight.</summary>
    public int Today { get; init; }

    /// <summary>Whether one of theirs waits.</summary>
    public bool HasVoted { get; init; }

    /// <summary>Whether they took one back in this round.</summary>
    public bool HasRetracted { get; init; }

    /// <summary>When their last one of this round lapsed.</summary>
    public DateTimeOffset? LapsedAt { get; init; }
}

/// <summary>The table of votes to close, reopen, delete and undelete, for the commands that cast them. Rules: docs/rules/closing.md.</summary>
internal static class ModerationVotes
{
    /// <summary>How the log calls a vote of a kind.</summary>
    public static string ActOf(ModerationVoteKind kind) => kind switch
    {
        ModerationVoteKind.Close => "close-vote",
        ModerationVoteKind.Reopen => "reopen-vote",
        ModerationVoteKind.Delete => "delete-vote",
        ModerationVoteKind.Undelete => "undelete-vote",
    };

    /// <summary>How often votes of a kind and of its opposite have decided on a post: the round that a vote belongs to.</summary>
    public static Task<int> Round(this Db db, long postId, ModerationVoteKind kind, CancellationToken token) =>
        db.Get<int>(
            $"select coalesce(max(round) + 1, 0) from moderation_votes where post_id = @postId and kind in ({Both(kind)}) and outcome = {(int)ModerationVoteOutcome.Counted}",
            new { postId }, token);

    /// <summary>What rules need to know of a person's votes of a kind.</summary>
    public static Task<VotingRecord> VotingRecord(this Db db, long me, long postId, ModerationVoteKind kind, int round, DateTimeOffset now, CancellationToken token) =>
        db.Get<VotingRecord>(
            $"""
            select (select count(*) from moderation_votes where user_id = @me and kind = @kind and cast_at >= @today) as Today,
                   exists (select 1 from moderation_votes where post_id = @postId and user_id = @me and kind = @kind and outcome is null) as HasVoted,
                   exists (select 1 from moderation_votes
                           where post_id = @postId and kind = @kind and round = @round and user_id = @me and outcome = {(int)ModerationVoteOutcome.Retracted}) as HasRetracted,
                   (select max(ended_at) from moderation_votes
                    where post_id = @postId and kind = @kind and round = @round and user_id = @me and outcome = {(int)ModerationVoteOutcome.Lapsed}) as LapsedAt
            """,
            new { me, postId, kind = (int)kind, round, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) }, token);

    /// <summary>Writes a vote that waits and returns its id.</summary>
    public static Task<long> AddVote(
        this Db db, long postId, long me, ModerationVoteKind kind, int round, string reason, string? hammer, DateTimeOffset now, CancellationToken token) =>
        db.Get<long>(
            """
            insert into moderation_votes (post_id, user_id, kind, round, reason, hammer, cast_at) values (@postId, @me, @kind, @round, @reason, @hammer, @now)
            returning id
            """,
            new { postId, me, kind = (int)kind, round, reason, hammer, now }, token);

    /// <summary>Votes of a kind that wait on a post.</summary>
    public static Task<int> Waiting(this Db db, long postId, ModerationVoteKind kind, CancellationToken token) =>
        db.Get<int>("select count(*) from moderation_votes where post_id = @postId and kind = @kind and outcome is null", new { postId, kind = (int)kind }, token);

    /// <summary>Ends all votes of a kind that wait on a post, and returns how many.</summary>
    public static Task<int> EndVotes(this Db db, long postId, ModerationVoteKind kind, ModerationVoteOutcome outcome, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "update moderation_votes set ended_at = @now, outcome = @outcome where post_id = @postId and kind = @kind and outcome is null",
            new { postId, kind = (int)kind, outcome = (int)outcome, now }, token);

    /// <summary>Ends votes on a post that are too old: those of a kind lapse together, so long after the latest. Each is a line of the log.</summary>
    /// <param name="of">Only votes of this kind and of its opposite.</param>
    public static async Task<int> Lapse(this Db db, long postId, TimeSpan last, ModerationLog log, DateTimeOffset now, CancellationToken token, ModerationVoteKind? of = null)
    {
        var lapsed = await db.Query<EndedVote>(
            $"""
            update moderation_votes
            set ended_at = @now, outcome = {(int)ModerationVoteOutcome.Lapsed}
            where post_id = @postId and outcome is null and kind in ({(of is { } kind ? Both(kind) : "1, 2, 3, 4")})
              and not exists (
                  select 1 from moderation_votes o
                  where o.post_id = @postId and o.kind = moderation_votes.kind and o.outcome is null and o.cast_at > @before)
            returning id as Id, kind as Kind, user_id as UserId
            """,
            new { postId, now, before = now - last }, token);
        foreach (var vote in lapsed)
        {
            await log.Record(
                new Act("lapse-" + ActOf(vote.Kind), ActSubject.Post, postId) { ConcernsId = vote.UserId, Before = new { Vote = vote.Id }, ByItself = true }, token);
        }

        return lapsed.Count;
    }

    private static string Both(ModerationVoteKind kind) => kind is ModerationVoteKind.Close or ModerationVoteKind.Reopen ? "1, 2" : "3, 4";
}

/// <summary>A vote that ended.</summary>
internal sealed record EndedVote
{
    public long Id { get; init; }
    public ModerationVoteKind Kind { get; init; }
    public long UserId { get; init; }
}

/// <summary>Takes back one's vote on a post while it waits. It is not cast again in the same round. Rules: docs/rules/closing.md.</summary>
public sealed record RetractModerationVote(long PostId, ModerationVoteKind Kind) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, DuplicateProposals proposals, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<RetractModerationVote>
    {
        public async Task Handle(RetractModerationVote retract, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var vote = await db.Find<long?>(
                $"""
                update moderation_votes
                set ended_at = @now, outcome = {(int)ModerationVoteOutcome.Retracted}
                where post_id = @PostId and user_id = @me and kind = @kind and outcome is null
                returning id
                """,
                new { retract.PostId, me = me.Id, kind = (int)retract.Kind, now }, token) ?? throw new ConflictException(new Refusal("closing.no-vote"));
            await log.Record(
                new Act("retract-" + ModerationVotes.ActOf(retract.Kind), ActSubject.Post, retract.PostId) { ConcernsId = me.Id, Before = new { Vote = vote } }, token);
            if (retract.Kind == ModerationVoteKind.Close)
                await proposals.Keep(retract.PostId, now, token);
            var question = await db.Get<long>("select coalesce(question_id, id) from posts where id = @PostId", new { retract.PostId }, token);
            happened.Note(new ModerationVoteRetracted(retract.PostId, question, me.Id, retract.Kind));
        }
    }
}

/// <summary>Somebody took a vote to close, reopen, delete or undelete back.</summary>
public sealed record ModerationVoteRetracted(long PostId, long QuestionId, long UserId, ModerationVoteKind Kind) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
