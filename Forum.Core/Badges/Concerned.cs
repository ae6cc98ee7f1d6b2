using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Saves;
using Forum.Core.Users;
using Forum.Core.Voting;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>Whom and what a number of events concern: the posts and people that badges are looked for among.</summary>
internal sealed class Concerned
{
    private readonly Dictionary<Trigger, HashSet<long>> found = [];

    /// <summary>What there is to look at.</summary>
    public IReadOnlyDictionary<Trigger, HashSet<long>> Found => found;

    /// <summary>Adds what an event concerns; most kinds of events can earn nobody anything.</summary>
    public void By(INotification happened)
    {
        switch (happened)
        {
            case VoteCast vote:
                Add(Trigger.Scored, vote.PostId);
                Add(Trigger.Voted, vote.VoterId);
                if (vote.Direction == Direction.Up)
                    Add(Trigger.Gained, vote.PostId);
                break;
            case VoteRetracted vote:
                Add(Trigger.Scored, vote.PostId);
                break;
            case AnswerAccepted accepted:
                Add(Trigger.Accepted, accepted.AnswerId);
                Add(Trigger.Gained, accepted.AnswerId);
                Add(Trigger.Gained, accepted.QuestionId);
                break;
            case ViewsReached views:
                Add(Trigger.Viewed, views.QuestionId);
                break;
            case SavesReached saved:
                Add(Trigger.Saved, saved.PostId);
                break;
            case PostDeleted deleted:
                Add(Trigger.Deleted, deleted.PostId);
                break;
            case CommentPosted comment:
                Add(Trigger.Commented, comment.AuthorId);
                break;
            case CommentVoteCast vote:
                Add(Trigger.CommentScored, vote.CommentId);
                break;
            case PostEdited { Revision: > 1 } edited:
                Add(Trigger.Edited, edited.EditorId);
                break;
            case ProfileEdited profile:
                Add(Trigger.ProfileEdited, profile.UserId);
                break;
            case BountyStarted bounty:
                Add(Trigger.Sponsored, bounty.SponsorId);
                break;
            case BountyAwarded bounty:
                Add(Trigger.Gained, bounty.AnswerId);
                if (bounty.SponsorId is { } sponsor)
                    Add(Trigger.Sponsored, sponsor);
                break;
            case StreakGrew streak:
                Add(Trigger.Visited, streak.UserId);
                break;
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(Trigger trigger, long id)
    {
        if (!found.TryGetValue(trigger, out var ids))
            found.Add(trigger, ids = []);
        ids.Add(id);
    }
}
