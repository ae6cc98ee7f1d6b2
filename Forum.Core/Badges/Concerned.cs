using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Saves;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
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
        foreach (var (trigger, id) in Of(happened))
            Add(trigger, id);
        if (happened is FlagsDecided { State: FlagState.Helpful } flags)
        {
            foreach (var flagger in flags.Flaggers)
                Add(Trigger.Flagged, flagger);
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(Trigger trigger, long id)
    {
        if (!found.TryGetValue(trigger, out var ids))
            found.Add(trigger, ids = []);
        ids.Add(id);
    }

    private static (Trigger Trigger, long Id)[] Of(INotification happened) => happened switch
    {
        VoteCast { Direction: Direction.Up } vote => [(Trigger.Scored, vote.PostId), (Trigger.Gained, vote.PostId), (Trigger.Voted, vote.VoterId)],
        VoteCast vote => [(Trigger.Scored, vote.PostId), (Trigger.Voted, vote.VoterId)],
        VoteRetracted vote => [(Trigger.Scored, vote.PostId)],
        AnswerAccepted accepted => [(Trigger.Accepted, accepted.AnswerId), (Trigger.Gained, accepted.AnswerId), (Trigger.Gained, accepted.QuestionId)],
        ViewsReached views => [(Trigger.Viewed, views.QuestionId)],
        SavesReached saves => [(Trigger.Saved, saves.PostId)],
        PostDeleted deleted => [(Trigger.Deleted, deleted.PostId)],
        CommentPosted comment => [(Trigger.Commented, comment.AuthorId)],
        CommentVoteCast vote => [(Trigger.CommentScored, vote.CommentId)],
        PostEdited { Revision: > 1, EditorId: > 0 } edited => [(Trigger.Edited, edited.EditorId)],
        SuggestionReviewed review => [(Trigger.Reviewed, review.ReviewerId)],
        SuggestionDecided { Outcome: not SuggestionOutcome.Overtaken } decided => [(Trigger.Reviewed, decided.DeciderId)],
        PostReviewed { IsAudit: false } review => [(Trigger.Reviewed, review.ReviewerId)],
        FlagRaised { UserId: { } flagger } => [(Trigger.Flagged, flagger)],
        SynonymApproved { ProposedBy: { } proposer } => [(Trigger.Synonym, proposer)],
        ProfileEdited profile => [(Trigger.ProfileEdited, profile.UserId)],
        BountyStarted bounty => [(Trigger.Sponsored, bounty.SponsorId)],
        BountyAwarded { SponsorId: { } sponsor } bounty => [(Trigger.Gained, bounty.AnswerId), (Trigger.Sponsored, sponsor)],
        BountyAwarded bounty => [(Trigger.Gained, bounty.AnswerId)],
        StreakGrew streak => [(Trigger.Visited, streak.UserId)],
        _ => [],
    };
}
