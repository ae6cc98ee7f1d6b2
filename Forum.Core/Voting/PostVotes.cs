using Forum.Core.Answers;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Voting;

/// <summary>What the one asking sees beside a question or an answer: score, arrows, the tick.</summary>
public sealed record PostVotes
{
    public long PostId { get; init; }
    public long QuestionId { get; init; }
    public bool IsQuestion { get; init; }
    public int Score { get; init; }

    /// <summary>Whether somebody is asking; else the arrows lead to sign-in.</summary>
    public bool IsSignedIn { get; init; }

    /// <summary>The vote the one asking has here.</summary>
    public Direction? Mine { get; init; }

    /// <summary>When that vote begins to count, while it waits.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why the upper arrow does nothing for them: voting up or, when it is lit, taking that back.</summary>
    public Refusal? WhyNotUp { get; init; }

    /// <summary>Why the lower arrow does nothing for them.</summary>
    public Refusal? WhyNotDown { get; init; }

    /// <summary>Whether it is the accepted answer.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the tick is a button: it is for the asker of the question it answers.</summary>
    public bool IsAsker { get; init; }

    /// <summary>Why the tick does nothing for the asker: accepting or, when it is lit, taking that back.</summary>
    public Refusal? WhyNotAccept { get; init; }

    /// <summary>Votes up and down, for those who may see them apart (<see cref="Privilege.EstablishedUser"/>).</summary>
    public VoteCounts? Counts { get; init; }
}

/// <summary>Votes each way; their difference is the score.</summary>
public sealed record VoteCounts
{
    public long PostId { get; init; }
    public int Up { get; init; }
    public int Down { get; init; }
}

/// <summary>What the one asking sees beside a comment.</summary>
public sealed record CommentVotes
{
    public long CommentId { get; init; }
    public long PostId { get; init; }
    public int Score { get; init; }

    /// <summary>Whether somebody is asking; else the arrow leads to sign-in.</summary>
    public bool IsSignedIn { get; init; }

    /// <summary>Whether the one asking voted for it.</summary>
    public bool IsMine { get; init; }

    /// <summary>Why the arrow does nothing for them: voting or, when it is lit, taking that back.</summary>
    public Refusal? WhyNot { get; init; }
}

/// <summary>
/// What the arrows of a page depend on besides the posts: who is asking, and the votes they cast today. Null stands for a stranger.
/// </summary>
/// <param name="Me">Who.</param>
/// <param name="Today">Their votes on posts, in their order; none while there are fewer than any day allows.</param>
/// <param name="CommentVotes">For how many comments they voted.</param>
internal sealed record Ballot(Person Me, IReadOnlyList<VoteToday> Today, int CommentVotes);

/// <summary>Votes as a page shows them.</summary>
internal static class VotesOnPage
{
    /// <summary>What the one asking sees beside a question or an answer. At most four statements.</summary>
    public static async Task<PostVotes> VotesOn(this Db db, VoteTarget post, CurrentUser user, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var answer = post.IsQuestion ? null : (await db.Acceptables([post.Id], token)).SingleOrDefault();
        var ballot = user.IsSignedIn ? await db.Ballot(await db.Me(user, token), settings.Limits, now, token) : null;
        var counts = ballot is not null && settings.WhyNot(Privilege.EstablishedUser, ballot.Me) is null
            ? (await db.VoteCounts([post.Id], token)).SingleOrDefault()
            : null;
        return Seen(post, answer, ballot, settings, now) with { Counts = counts };
    }

    /// <summary>What the one asking sees beside each of these comments. One statement for an anonymous reader, three for others.</summary>
    public static async Task<IReadOnlyDictionary<long, CommentVotes>> VotesOnComments(this Db db, IReadOnlyCollection<long> commentIds, CurrentUser user,
        ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var comments = await db.CommentTargets(commentIds, user.Id, token);
        var ballot = user.IsSignedIn ? await db.Ballot(await db.Me(user, token), settings.Limits, now, token) : null;
        return comments.ToDictionary(c => c.Id, c => Seen(c, ballot, settings));
    }

    /// <summary>What the one asking sees beside a question or an answer.</summary>
    public static PostVotes Seen(VoteTarget post, Acceptable? answer, Ballot? ballot, ForumSettings settings, DateTimeOffset now)
    {
        var seen = new PostVotes
        {
            PostId = post.Id,
            QuestionId = post.QuestionId,
            IsQuestion = post.IsQuestion,
            Score = post.Score,
            IsAccepted = answer is { IsAccepted: true },
        };
        if (ballot is null)
            return seen with { WhyNotUp = Refusals.SignIn, WhyNotDown = Refusals.SignIn };

        var voter = Voter.Of(ballot.Me, ballot.Today, post, settings.Limits);
        return seen with
        {
            IsSignedIn = true,
            Mine = post.Mine,
            HeldUntil = post.HeldUntil,
            WhyNotUp = WhyNotPress(Direction.Up, voter, post, settings, now),
            WhyNotDown = WhyNotPress(Direction.Down, voter, post, settings, now),
            IsAsker = answer is not null && answer.AskerId == ballot.Me.Id,
            WhyNotAccept = answer switch
            {
                null => null,
                { IsAccepted: true } => AcceptRules.WhyNotUnaccept(ballot.Me.Id, answer),
                _ => AcceptRules.WhyNot(ballot.Me.Id, answer, settings.Windows, now),
            },
        };
    }

    /// <summary>What the one asking sees beside a comment.</summary>
    public static CommentVotes Seen(CommentTarget comment, Ballot? ballot, ForumSettings settings) => new()
    {
        CommentId = comment.Id,
        PostId = comment.PostId,
        Score = comment.Score,
        IsSignedIn = ballot is not null,
        IsMine = comment.IsMine,
        WhyNot = ballot switch
        {
            null => Refusals.SignIn,
            _ when comment.IsMine => VotingRules.WhyNotRetract(comment),
            _ => VotingRules.WhyNot(ballot.Me, comment, ballot.CommentVotes, settings),
        },
    };

    private static Refusal? WhyNotPress(Direction direction, Voter voter, VoteTarget post, ForumSettings settings, DateTimeOffset now) =>
        post.Mine == direction ? VotingRules.WhyNotRetract(post, settings, now) : VotingRules.WhyNot(direction, voter, post, settings, now);

    /// <summary>Columns of a post <c>p</c> with its votes each way.</summary>
    public const string CountColumns =
        """
        (select count(*) from votes where post_id = p.id and direction = 1)
               + coalesce((select sum(votes) from legacy_votes where post_id = p.id and kind = 2), 0) as Up,
               (select count(*) from votes where post_id = p.id and direction = -1)
               + coalesce((select sum(votes) from legacy_votes where post_id = p.id and kind = 3), 0)
               + (select count(*) from flags where post_id = p.id and is_downvote = 1) as Down
        """;

    private static Task<IReadOnlyList<VoteCounts>> VoteCounts(this Db db, IReadOnlyCollection<long> postIds, CancellationToken token) =>
        db.Query<VoteCounts>(
            $"""
            select p.id as PostId, {CountColumns}
            from posts p
            where {db.Dialect.In("p.id", "@postIds")}
            """,
            new { postIds }, token);
}
