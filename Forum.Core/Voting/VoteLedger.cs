using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Voting;

/// <summary>What a vote brings about: score and reputation.</summary>
internal static class VoteLedger
{
    /// <summary>Everything that a vote on a post may bring about.</summary>
    public static readonly ReputationKind[] Kinds =
        [ReputationKind.QuestionUpvoted, ReputationKind.AnswerUpvoted, ReputationKind.PostDownvoted, ReputationKind.AnswerDownvoteCast];

    /// <summary>Whose reputation a vote moves. Nobody's on community wiki; no author's whose account is gone.</summary>
    public static IReadOnlyList<ReputationChange> Changes(Direction direction, long voter, VoteTarget post)
    {
        if (post.IsWiki)
            return [];

        var kind = direction switch
        {
            Direction.Up => post.IsQuestion ? ReputationKind.QuestionUpvoted : ReputationKind.AnswerUpvoted,
            Direction.Down => ReputationKind.PostDownvoted,
        };
        var changes = new List<ReputationChange>();
        if (post.AuthorId is { } author)
            changes.Add(new ReputationChange(author, kind, post.Id, voter));
        if (direction == Direction.Down && !post.IsQuestion)
            changes.Add(new ReputationChange(voter, ReputationKind.AnswerDownvoteCast, post.Id, voter));
        return changes;
    }

    /// <summary>Removes a person's vote on a post and what it did to anyone's reputation, if there is one.</summary>
    public static async Task UndoVote(this Db db, VoteTarget post, long voter, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var removed = await db.Execute("delete from votes where post_id = @Id and user_id = @voter", new { post.Id, voter }, token);
        if (removed > 0)
            await db.Undo(post.Id, voter, Kinds, AdjustmentReason.VoteUndone, rules, now, token);
        else
            await db.Execute("delete from held_votes where post_id = @Id and user_id = @voter", new { post.Id, voter }, token);
    }

    /// <summary>Removes a vote that has waited until now, for whatever reason.</summary>
    public static Task<int> DropHeldVote(this Db db, long postId, long voter, DateTimeOffset now, CancellationToken token) =>
        db.Execute("delete from held_votes where post_id = @postId and user_id = @voter and counts_at <= @now", new { postId, voter, now }, token);

    /// <summary>
    /// Adds to a post's score, and makes the lists follow as far as they can differ: a question's score is repeated by its
    /// tags, an answer's matters to them only when it passes 0.
    /// </summary>
    public static async Task Rescore(this Db db, VoteTarget post, int by, CancellationToken token)
    {
        await db.Execute("update posts set score = score + @by where id = @Id", new { post.Id, by }, token);
        if (post.IsQuestion)
            await db.Execute("update question_tags set score = score + @by where question_id = @Id", new { post.Id, by }, token);
        else if (post.Score > 0 != post.Score + by > 0)
            await db.Relist(post.QuestionId, token);
    }
}
