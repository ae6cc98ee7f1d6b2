using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Closing;

/// <summary>Who may vote to close and reopen which question, what the votes come to, and who may protect (docs/rules/closing.md).</summary>
public static class ClosingRules
{
    /// <summary>Whether a person's vote decides alone: a moderator's, and that of who holds a gold badge, on duplicates.</summary>
    public static bool IsBinding(Person person, string? hammer)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.IsModerator || hammer is not null;
    }

    /// <summary>Why a person may not vote to close a question now.</summary>
    /// <param name="hammer">The tag whose gold badge makes their vote decide, if the reason is that it is a duplicate.</param>
    public static Refusal? WhyNotClose(Person person, PostFacts question, VotingRecord record, string? hammer, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (person, question) switch
        {
            (_, { IsGone: true }) => new("closing.deleted-question"),
            (_, { ClosedAt: not null }) => new("closing.closed-already"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            ({ IsModerator: true }, _) => null,
            (_, { HasBounty: true }) => new("closing.has-bounty"),
            _ => WhyNotVote(person, question, record, hammer, settings.Closing.CloseVotesPerDay, now, settings),
        };
    }

    /// <summary>Why a person may not vote to reopen a question now.</summary>
    /// <param name="hammer">The tag whose gold badge makes their vote decide, if the question is closed as a duplicate.</param>
    public static Refusal? WhyNotReopen(Person person, PostFacts question, VotingRecord record, string? hammer, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (person, question) switch
        {
            (_, { IsGone: true }) => new("closing.deleted-question"),
            (_, { ClosedAt: null }) => new("closing.not-closed"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            ({ IsModerator: true }, _) => null,
            _ => WhyNotVote(person, question, record, hammer, settings.Closing.ReopenVotesPerDay, now, settings),
        };
    }

    private static Refusal? WhyNotVote(Person person, PostFacts question, VotingRecord record, string? hammer, int perDay, DateTimeOffset now, ForumSettings settings)
    {
        var again = record.LapsedAt + settings.Closing.VoteAgain;
        return record switch
        {
            _ when hammer is null && WhyNotHelp(person, question, settings) is { } needs => needs,
            { HasVoted: true } => new("closing.voted-already"),
            { HasRetracted: true } => new("closing.retracted-vote"),
            _ when again > now => new("closing.lapsed-vote", Days(again.Value - now)),
            { Today: var today } when today >= perDay => new("closing.too-many-votes", perDay),
            _ => null,
        };
    }

    /// <summary>Why a person may take no part in closing a question and reopening it, whatever there is to vote on.</summary>
    public static Refusal? WhyNotHelp(Person person, PostFacts question, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(settings);
        return question.AuthorId == person.Id && settings.WhyNot(Privilege.ViewCloseVotes, person) is null ? null : settings.WhyNot(Privilege.CloseVotes, person);
    }

    /// <summary>Why an asker may not say by themselves that their question is a duplicate.</summary>
    /// <param name="proposed">How many questions votes propose.</param>
    public static Refusal? WhyNotConfirm(Person person, PostFacts question, int proposed)
    {
        ArgumentNullException.ThrowIfNull(person);
        return question switch
        {
            { IsGone: true } => new("closing.deleted-question"),
            { ClosedAt: not null } => new("closing.closed-already"),
            { AuthorId: var author } when author != person.Id => new("closing.not-asker"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            { HasBounty: true } => new("closing.has-bounty"),
            _ when proposed == 0 => new("closing.no-proposal"),
            _ => null,
        };
    }

    /// <summary>Why a person may not name other originals of a duplicate.</summary>
    public static Refusal? WhyNotChangeTargets(Person person, PostFacts question, bool isDuplicate, string? hammer)
    {
        ArgumentNullException.ThrowIfNull(person);
        return question switch
        {
            { IsGone: true } => new("closing.deleted-question"),
            { ClosedAt: null } => new("closing.not-closed"),
            _ when !isDuplicate => new("closing.no-duplicate"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            _ when person.IsModerator => null,
            _ when hammer is null => new("closing.not-yours-to-change"),
            _ => null,
        };
    }

    /// <summary>Why a question may not stand as the original of another.</summary>
    public static Refusal? WhyNotTarget(long questionId, DuplicateTarget target) => target switch
    {
        { IsQuestion: false } or { IsDeleted: true } => new("closing.no-target", target.Named),
        _ when target.Id == questionId => new("closing.own-target"),
        { IsAnswered: false } => new("closing.unanswered-target", target.Named),
        _ => null,
    };

    /// <summary>
    /// What votes come to: the reason most of them give, of several the one that was given first; and the questions named by those who give
    /// it, the most often named first.
    /// </summary>
    public static (string Reason, IReadOnlyList<long> Targets) Verdict(IReadOnlyList<CloseVoteRow> votes, int mostTargets)
    {
        ArgumentNullException.ThrowIfNull(votes);
        var winner = votes.GroupBy(v => v.Reason).OrderByDescending(g => g.Select(v => v.Id).Distinct().Count()).ThenBy(g => g.Min(v => v.Id)).First();
        var targets = winner
            .Where(v => v.TargetId is not null)
            .GroupBy(v => v.TargetId!.Value)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Min(v => v.Id)).ThenBy(g => g.Min(v => v.Place))
            .Select(g => g.Key)
            .Take(mostTargets);
        return (winner.Key, [.. targets]);
    }

    /// <summary>
    /// The tag whose gold badge makes somebody's vote decide: one of the question's that was there from the beginning, or that another
    /// put there.
    /// </summary>
    /// <param name="me">Who votes.</param>
    /// <param name="golden">The question's tags whose gold badge they hold.</param>
    /// <param name="history">The question's tags as revisions left them, oldest first.</param>
    public static string? Hammer(long me, IReadOnlyCollection<string> golden, IReadOnlyList<Retagging> history)
    {
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(history);
        return golden.Order(StringComparer.Ordinal).FirstOrDefault(tag => history.Count == 0 || history[0].Has(tag) || AddedBy(tag) != me);

        long? AddedBy(string tag)
        {
            for (var i = history.Count - 1; i > 0; i--)
            {
                if (history[i].Has(tag) && !history[i - 1].Has(tag))
                    return history[i].AuthorId;
            }

            return null;
        }
    }

    /// <summary>Why a person may not protect a question from answers of newcomers.</summary>
    public static Refusal? WhyNotProtect(Person person, PostFacts question, DateTimeOffset askedAt, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (person, question) switch
        {
            (_, { IsGone: true }) => new("closing.deleted-question"),
            (_, { ProtectedAt: not null }) => new("closing.protected-already"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            ({ IsModerator: true }, _) => null,
            _ when settings.WhyNot(Privilege.ProtectQuestions, person) is { } needs => needs,
            _ when now < askedAt + settings.Closing.ProtectAfter
                => new("closing.too-young-to-protect", (int)Math.Ceiling(settings.Closing.ProtectAfter.TotalHours), (int)Math.Ceiling((askedAt + settings.Closing.ProtectAfter - now).TotalHours)),
            _ => null,
        };
    }

    /// <summary>Why a person may not take the protection of a question away.</summary>
    public static Refusal? WhyNotUnprotect(Person person, PostFacts question, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (person, question) switch
        {
            (_, { IsGone: true }) => new("closing.deleted-question"),
            (_, { ProtectedAt: null }) => new("closing.not-protected"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Close) => new("closing.locked-question"),
            ({ IsModerator: true }, _) => null,
            _ => settings.WhyNot(Privilege.ProtectQuestions, person),
        };
    }

    private static int Days(TimeSpan span) => Math.Max(1, (int)Math.Ceiling(span.TotalDays));
}

/// <summary>A question that is named as the original of another.</summary>
public sealed record DuplicateTarget
{
    /// <summary>The post it was named by; an answer stands for its question.</summary>
    public long Named { get; init; }
    public long Id { get; init; }
    public bool IsQuestion { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>Whether it has an accepted answer, or one with a score above 0.</summary>
    public bool IsAnswered { get; init; }
}

/// <summary>A vote to close, with one of the questions it names if it names any.</summary>
public sealed record CloseVoteRow
{
    public long Id { get; init; }
    public long UserId { get; init; }
    public string Reason { get; init; } = "";
    public long? TargetId { get; init; }
    public int Place { get; init; }
}

/// <summary>The tags of a question as a revision left them.</summary>
public sealed record Retagging
{
    public long? AuthorId { get; init; }

    /// <summary>Names between blanks.</summary>
    public string Tags { get; init; } = "";

    /// <summary>Whether a tag is among them.</summary>
    public bool Has(string tag) => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(tag);
}
