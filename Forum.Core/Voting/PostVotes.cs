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

/// <summary>Votes as a page shows them: a fixed number of statements for all the posts or comments on it.</summary>
internal static class VotesOnPage
{
    /// <summary>What the one asking sees beside each of these questions and answers. One statement for an anonymous reader, at most five for others.</summary>
    public static async Task<IReadOnlyDictionary<long, PostVotes>> VotesOn(this Db db, IReadOnlyCollection<long> postIds, CurrentUser user,
        ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var posts = await db.VoteTargets(postIds, user.Id, token);
        var answers = (await db.Acceptables([.. posts.Where(p => !p.IsQuestion).Select(p => p.Id)], token)).ToDictionary(a => a.AnswerId);
        if (!user.IsSignedIn)
            return posts.ToDictionary(p => p.Id, p => Seen(p, answers.GetValueOrDefault(p.Id)) with { WhyNotUp = Refusals.SignIn, WhyNotDown = Refusals.SignIn });

        var me = await db.Me(user, token);
        var today = await db.VotesToday(me.Id, now, token);
        var counts = settings.WhyNot(Privilege.EstablishedUser, me) is null
            ? (await db.VoteCounts(postIds, token)).ToDictionary(c => c.PostId)
            : [];
        return posts.ToDictionary(p => p.Id, post =>
        {
            var voter = Voter.Of(me, today, post, settings.Limits);
            var answer = answers.GetValueOrDefault(post.Id);
            return Seen(post, answer) with
            {
                IsSignedIn = true,
                Mine = post.Mine,
                WhyNotUp = WhyNotPress(Direction.Up, voter, post, settings, now),
                WhyNotDown = WhyNotPress(Direction.Down, voter, post, settings, now),
                IsAsker = answer is not null && answer.AskerId == me.Id,
                WhyNotAccept = answer switch
                {
                    null => null,
                    { IsAccepted: true } => AcceptRules.WhyNotUnaccept(me.Id, answer),
                    _ => AcceptRules.WhyNot(me.Id, answer, settings.Windows, now),
                },
                Counts = counts.GetValueOrDefault(post.Id),
            };
        });
    }

    /// <summary>What the one asking sees beside each of these comments. One statement for an anonymous reader, three for others.</summary>
    public static async Task<IReadOnlyDictionary<long, CommentVotes>> VotesOnComments(this Db db, IReadOnlyCollection<long> commentIds, CurrentUser user,
        ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        var comments = await db.CommentTargets(commentIds, user.Id, token);
        var me = user.IsSignedIn ? await db.Me(user, token) : null;
        var today = me is null ? 0 : await db.CommentVotesToday(me.Id, now, token);
        return comments.ToDictionary(c => c.Id, c => new CommentVotes
        {
            CommentId = c.Id,
            PostId = c.PostId,
            Score = c.Score,
            IsSignedIn = me is not null,
            IsMine = c.IsMine,
            WhyNot = me switch
            {
                null => Refusals.SignIn,
                _ when c.IsMine => VotingRules.WhyNotRetract(c),
                _ => VotingRules.WhyNot(me, c, today, settings),
            },
        });
    }

    private static PostVotes Seen(VoteTarget post, Acceptable? answer) => new()
    {
        PostId = post.Id,
        QuestionId = post.QuestionId,
        IsQuestion = post.IsQuestion,
        Score = post.Score,
        IsAccepted = answer is { IsAccepted: true },
    };

    private static Refusal? WhyNotPress(Direction direction, Voter voter, VoteTarget post, ForumSettings settings, DateTimeOffset now) =>
        post.Mine == direction ? VotingRules.WhyNotRetract(post, settings, now) : VotingRules.WhyNot(direction, voter, post, settings, now);

    private static Task<IReadOnlyList<VoteCounts>> VoteCounts(this Db db, IReadOnlyCollection<long> postIds, CancellationToken token) =>
        db.Query<VoteCounts>(
            $"""
            select p.id as PostId,
                   (select count(*) from votes where post_id = p.id and direction = 1)
                   + coalesce((select sum(votes) from legacy_votes where post_id = p.id and kind = 2), 0) as Up,
                   (select count(*) from votes where post_id = p.id and direction = -1)
                   + coalesce((select sum(votes) from legacy_votes where post_id = p.id and kind = 3), 0) as Down
            from posts p
            where {db.Dialect.In("p.id", "@postIds")}
            """,
            new { postIds }, token);
}
