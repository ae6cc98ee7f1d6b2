using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Voting;

/// <summary>Marks somebody else's comment as useful; once is enough. Rules: <see cref="VotingRules"/>, docs/rules/limits.md.</summary>
[Paced(PacedAct.Vote)]
public sealed record VoteForComment(long CommentId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<VoteForComment>
    {
        public async Task Handle(VoteForComment vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var comment = await db.CommentTarget(vote.CommentId, user.Required, token);
            if (comment.IsMine)
                return;

            var me = await db.Me(user, token);
            VotingRules.WhyNot(me, comment, await db.CommentVotesToday(me.Id, now, token), settings)?.Throw();

            await db.Execute(
                "insert into comment_votes (comment_id, user_id, cast_at) values (@CommentId, @me, @now)", new { vote.CommentId, me = me.Id, now }, token);
            await db.Execute("update comments set score = score + 1 where id = @CommentId", new { vote.CommentId }, token);
            happened.Note(new CommentVoteCast(comment.Id, comment.PostId, comment.QuestionId, me.Id));
        }
    }
}

/// <summary>Takes back one's vote for a comment; without one it changes nothing.</summary>
public sealed record RetractCommentVote(long CommentId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Happened happened) : IRequestHandler<RetractCommentVote>
    {
        public async Task Handle(RetractCommentVote retract, CancellationToken token)
        {
            var comment = await db.CommentTarget(retract.CommentId, user.Required, token);
            if (!comment.IsMine)
                return;

            VotingRules.WhyNotRetract(comment)?.Throw();

            await db.Execute("delete from comment_votes where comment_id = @CommentId and user_id = @me", new { retract.CommentId, me = user.Required }, token);
            await db.Execute("update comments set score = score - 1 where id = @CommentId", new { retract.CommentId }, token);
            happened.Note(new CommentVoteRetracted(comment.Id, comment.PostId, comment.QuestionId, user.Required));
        }
    }
}

/// <summary>Someone marked a comment as useful.</summary>
public sealed record CommentVoteCast(long CommentId, long PostId, long QuestionId, long VoterId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>Someone took their vote for a comment back.</summary>
public sealed record CommentVoteRetracted(long CommentId, long PostId, long QuestionId, long VoterId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
