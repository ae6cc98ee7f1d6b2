using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Closing;

/// <summary>Who may vote to delete and undelete which post, and how many votes it takes (docs/rules/deleting.md).</summary>
public static class DeletionRules
{
    /// <summary>Why a person may not vote to delete a post now. Moderators delete without votes.</summary>
    public static Refusal? WhyNotVote(Person person, PostFacts post, VotingRecord record, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return post switch
        {
            { IsGone: true } => new("editing.already-deleted"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Delete) => new("editing.locked-post"),
            { IsQuestion: true, HasBounty: true } => new("editing.has-bounty"),
            { IsQuestion: true, ClosedAt: null } => new("deleting.open-question"),
            _ => (post.IsQuestion ? WhyNotQuestion(person, post, now, settings) : WhyNotAnswer(person, post, settings)) ?? WhyNotNow(record, person, now, settings),
        };
    }

    /// <summary>Why a person may not vote to bring a post back now. Moderators do it without votes.</summary>
    public static Refusal? WhyNotVoteBack(Person person, PostFacts post, VotingRecord record, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(post);
        return post switch
        {
            { DeletedAt: null } => new("editing.not-deleted"),
            { IsQuestion: false, QuestionDeletedAt: not null } => new("editing.question-is-deleted"),
            { Deletion: DeletionKind.Moderator or DeletionKind.Spam } => new("deleting.moderators-decide"),
            _ when LockRules.Stops(person, post.Lock, LockedAct.Delete) => new("editing.locked-post"),
            _ => settings.WhyNot(post.IsQuestion ? Privilege.ModeratorTools : Privilege.TrustedUser, person) ?? WhyNotNow(record, person, now, settings),
        };
    }

    /// <summary>How many votes delete a post: more the better it, or the best answer to it, is.</summary>
    public static int Needed(PostFacts post, DeletionSettings rules)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(rules);
        var score = Math.Max(0, Math.Max(post.Score, post.IsQuestion ? post.BestAnswer ?? 0 : 0));
        return Math.Max(rules.Votes, Math.Min(rules.MostVotes, rules.Votes + score / rules.ScorePerVote));
    }

    /// <summary>How many votes to delete a person has a day, and as many to undelete.</summary>
    public static int PerDay(Person person, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = settings.Deletion;
        var above = Math.Max(0, person.Reputation - settings.Needs(Privilege.ModeratorTools));
        return Math.Max(rules.VotesPerDay, Math.Min(rules.MostVotesPerDay, rules.VotesPerDay + above / rules.ReputationPerVote));
    }

    private static Refusal? WhyNotQuestion(Person person, PostFacts post, DateTimeOffset now, ForumSettings settings)
    {
        if (settings.WhyNot(Privilege.TrustedUser, person) is null && post.Score <= settings.Deletion.QuestionScore)
            return null;
        var wait = post.ClosedAt!.Value + settings.Deletion.ClosedFor - now;
        return settings.WhyNot(Privilege.ModeratorTools, person)
            ?? (wait > TimeSpan.Zero ? new("deleting.closed-lately", (int)Math.Ceiling(settings.Deletion.ClosedFor.TotalHours), (int)Math.Ceiling(wait.TotalHours)) : null);
    }

    private static Refusal? WhyNotAnswer(Person person, PostFacts post, ForumSettings settings) =>
        settings.WhyNot(Privilege.TrustedUser, person)
        ?? (post.Score > settings.Deletion.AnswerScore ? new("deleting.answer-too-good", settings.Deletion.AnswerScore) : null);

    private static Refusal? WhyNotNow(VotingRecord record, Person person, DateTimeOffset now, ForumSettings settings)
    {
        var again = record.LapsedAt + settings.Closing.VoteAgain;
        return record switch
        {
            { HasVoted: true } => new("closing.voted-already"),
            { HasRetracted: true } => new("closing.retracted-vote"),
            _ when again > now => new("closing.lapsed-vote", Math.Max(1, (int)Math.Ceiling((again.Value - now).TotalDays))),
            { Today: var today } when today >= PerDay(person, settings) => new("closing.too-many-votes", PerDay(person, settings)),
            _ => null,
        };
    }
}
