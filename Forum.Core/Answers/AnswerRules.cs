using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Answers;

/// <summary>What a person has answered of late.</summary>
public sealed record AnsweringRecord
{
    public DateTimeOffset? LastAt { get; init; }
    /// <summary>Whether they have given this very answer, to this question or moments ago to another.</summary>
    public bool HasSaidSo { get; init; }
}

/// <summary>Who may answer which question, and when (docs/rules/answers.md).</summary>
public static class AnswerRules
{
    /// <summary>Why a person may not answer a question now.</summary>
    public static Refusal? WhyNotPost(Person person, PostFacts question, AnsweringRecord record, DateTimeOffset now, ForumSettings settings, DateTimeOffset? begunAt = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var wait = settings.Windows.BetweenAnswers;
        return WhyNotAnswer(person, IsInTime(question, begunAt, now, settings) ? question with { ClosedAt = null } : question, settings) ?? (person, record) switch
        {
            (_, { HasSaidSo: true }) => new("answers.said-already"),
            ({ IsModerator: true }, _) => null,
            var (who, what) when who.Reputation < settings.Limits.PacedBelowReputation && what.LastAt is { } last && last + wait > now
                => new("answers.too-soon", (int)Math.Ceiling((last + wait - now).TotalMinutes), settings.Limits.PacedBelowReputation) { Wait = last + wait - now },
            _ => null,
        };
    }

    /// <summary>Whether a closed question still takes an answer that was begun while it was open (docs/rules/closing.md).</summary>
    public static bool IsInTime(PostFacts question, DateTimeOffset? begunAt, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(settings);
        return question.ClosedAt is { } closed && begunAt < closed && now < closed + settings.Closing.AnswerGrace;
    }

    /// <summary>Why a question takes no answer of this person, whatever it says: what the page says in place of its form.</summary>
    public static Refusal? WhyNotAnswer(Person person, PostFacts question, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(settings);
        var needed = settings.Needs(Privilege.NewUserLifted);
        return (person, question) switch
        {
            (_, { IsGone: true }) => new("answers.deleted-question"),
            _ when LockRules.Stops(person, question.Lock, LockedAct.Answer) => new("answers.locked-question"),
            (_, { ClosedAt: not null }) => new("answers.closed-question"),
            ({ IsModerator: true }, _) => null,
            (var who, { ProtectedAt: not null }) when who.Reputation < needed => new("answers.protected-question", needed, who.Reputation),
            _ => null,
        };
    }
}
