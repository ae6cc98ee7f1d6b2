using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Voting;

/// <summary>Votes of accounts that have just been made wait before they count: whoever makes accounts to vote with them gains nothing (docs/rules/fairness.md).</summary>
public static class HoldingRules
{
    /// <summary>Whether a vote that a person casts now waits before it counts.</summary>
    public static bool Holds(Person voter, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(voter);
        ArgumentNullException.ThrowIfNull(settings);
        var isOn = settings.Fairness.Holds switch
        {
            VoteHolding.Never => false,
            VoteHolding.OnceOpen => settings.Preset != Privileges.Preset.PrivateBeta,
            VoteHolding.Always => true,
        };
        return isOn && !voter.IsModerator && now - voter.CreatedAt < settings.Fairness.YoungFor;
    }

    /// <summary>What becomes of a vote that has waited.</summary>
    public static HeldOutcome Outcome(HeldVote vote, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(vote);
        return vote switch
        {
            { IsVoterGone: true } or { IsInvalidated: true } => HeldOutcome.Dropped,
            _ when vote.SuspendedUntil > now || vote.AuthorId == vote.VoterId => HeldOutcome.Dropped,
            { IsDeleted: true } => HeldOutcome.Waits,
            _ => HeldOutcome.Counts,
        };
    }
}

/// <summary>What becomes of a vote that has waited.</summary>
public enum HeldOutcome
{
    /// <summary>It counts from now on.</summary>
    Counts,

    /// <summary>Its post is deleted: it waits for as long again.</summary>
    Waits,

    /// <summary>It never counts.</summary>
    Dropped,
}

/// <summary>A vote that has waited.</summary>
public sealed record HeldVote
{
    public long VoterId { get; init; }
    public Direction Direction { get; init; }
    public DateTimeOffset CastAt { get; init; }

    /// <summary>Whether the account of who cast it is no more.</summary>
    public bool IsVoterGone { get; init; }
    public DateTimeOffset? SuspendedUntil { get; init; }

    /// <summary>Whether votes of theirs for the author were taken out since.</summary>
    public bool IsInvalidated { get; init; }

    /// <summary>Whose post it is on.</summary>
    public long? AuthorId { get; init; }
    public bool IsDeleted { get; init; }
}

/// <summary>Lets votes count that have waited long enough, each by itself, so that people's votes pass between. Rules: docs/rules/fairness.md.</summary>
public sealed class ReleaseVotes(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReleaseVotes> log)
    : OneByOne<CountHeldVote>(Interval, "Votes that waited could not be counted; it is tried again.", scopes, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>Does what is due now and returns how many votes were looked at.</summary>
    public async Task<int> Release(CancellationToken token)
    {
        for (var all = 0; ;)
        {
            var done = await Each(token);
            all += done;
            if (done < AtOnce)
                return all;
        }
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Release(token);

    /// <inheritdoc />
    protected override async Task<IReadOnlyList<CountHeldVote>> Due(Db db, CancellationToken token) =>
    [
        .. (await db.Query<Row>(
            "select post_id as PostId, user_id as UserId from held_votes where counts_at <= @now order by counts_at limit @AtOnce", new { now = clock.GetUtcNow(), AtOnce }, token))
            .Select(vote => new CountHeldVote(vote.PostId, vote.UserId)),
    ];

    /// <inheritdoc />
    protected override IRequest Command(CountHeldVote due) => due;

    private sealed record Row
    {
        public long PostId { get; init; }
        public long UserId { get; init; }
    }
}

/// <summary>Lets one vote count that has waited long enough, or throws it away. Nobody's act.</summary>
[For(Who.Anyone)]
public sealed record CountHeldVote(long PostId, long VoterId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<CountHeldVote>
    {
        public async Task Handle(CountHeldVote count, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var vote = await db.Find<HeldVote>(
                """
                select h.user_id as VoterId, h.direction as Direction, h.cast_at as CastAt, u.removed_at is not null as IsVoterGone, u.suspended_until as SuspendedUntil,
                       exists (select 1 from vote_cancellations c
                               where c.voter_id = h.user_id and c.author_id = p.author_id and c.undone_at is null and c.cancelled_at >= h.cast_at) as IsInvalidated,
                       p.author_id as AuthorId, p.deleted_at is not null or q.deleted_at is not null as IsDeleted
                from held_votes h
                join users u on u.id = h.user_id
                join posts p on p.id = h.post_id
                left join posts q on q.id = p.question_id
                where h.post_id = @PostId and h.user_id = @VoterId and h.counts_at <= @now
                """,
                new { count.PostId, count.VoterId, now }, token);
            switch (vote is null ? HeldOutcome.Dropped : HoldingRules.Outcome(vote, now))
            {
                case HeldOutcome.Waits:
                    await db.Execute(
                        "update held_votes set counts_at = @next where post_id = @PostId and user_id = @VoterId",
                        new { count.PostId, count.VoterId, next = now + settings.Fairness.HoldFor }, token);
                    break;
                case HeldOutcome.Dropped:
                    await db.DropHeldVote(count.PostId, count.VoterId, now, token);
                    break;
                case HeldOutcome.Counts:
                    await Count(vote!, count, now, token);
                    break;
            }
        }

        private async Task Count(HeldVote vote, CountHeldVote count, DateTimeOffset now, CancellationToken token)
        {
            await db.DropHeldVote(count.PostId, count.VoterId, now, token);
            await db.Execute(
                "insert into votes (post_id, user_id, direction, cast_at, counted_at) values (@PostId, @VoterId, @direction, @CastAt, @now)",
                new { count.PostId, count.VoterId, direction = (int)vote.Direction, vote.CastAt, now }, token);
            var post = await db.VoteTarget(count.PostId, count.VoterId, token);
            await db.Record(VoteLedger.Changes(vote.Direction, count.VoterId, post), settings.Reputation, now, token);
            await db.Rescore(post, (int)vote.Direction, token);
            happened.Note(new VoteCast(post.Id, post.QuestionId, post.AuthorId, count.VoterId, vote.Direction));
        }
    }
}
