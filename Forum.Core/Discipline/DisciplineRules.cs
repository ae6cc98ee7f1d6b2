using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Discipline;

/// <summary>What a message between moderators and a person is; stored, so numbers never change (docs/rules/discipline.md, section 1).</summary>
public enum MessageKind
{
    /// <summary>A moderator says something.</summary>
    Message = 1,

    /// <summary>A moderator warns: the person says that they read it before they write anything else.</summary>
    Warning = 2,

    /// <summary>A moderator suspends.</summary>
    Suspension = 3,

    /// <summary>A moderator ends a suspension before its time.</summary>
    Lifting = 4,

    /// <summary>The person answers.</summary>
    Answer = 5,
}

/// <summary>What messages are about, as moderators choose it; the words are under <c>discipline.template-…</c>.</summary>
public static class Templates
{
    /// <summary>Words of one's own.</summary>
    public const string Other = "other";

    /// <summary>All, in the order they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["rude", "spam", "voting", "second-account", "plagiarism", "low-quality", "vandalism", Other];
}

/// <summary>What rules need to know of the person that a moderator turns to.</summary>
public sealed record Subject
{
    public long Id { get; init; }
    public bool IsModerator { get; init; }
    public DateTimeOffset? SuspendedUntil { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }
}

/// <summary>Whom moderators may write to, warn and suspend (docs/rules/discipline.md).</summary>
public static class DisciplineRules
{
    /// <summary>Why a moderator may not write to somebody, warn or suspend them.</summary>
    /// <param name="me">The moderator.</param>
    /// <param name="isAdministrator">Whether the moderator administers.</param>
    /// <param name="who">The person.</param>
    public static Refusal? WhyNot(Person me, bool isAdministrator, Subject who) => who switch
    {
        { Id: <= 0 } => new("discipline.nobody"),
        { RemovedAt: not null } => new("discipline.removed"),
        var person when person.Id == me.Id => new("discipline.yourself"),
        // Moderators answer to administrators, not to each other.
        { IsModerator: true } when !isAdministrator => new("discipline.moderator"),
        _ => null,
    };

    /// <summary>Why a suspension may not be lifted: there is none.</summary>
    public static Refusal? WhyNotLift(Subject who, DateTimeOffset now) => who.SuspendedUntil > now ? null : new("discipline.not-suspended");

    /// <summary>Why a person may not answer: nobody wrote to them, or they have answered often enough today.</summary>
    public static Refusal? WhyNotAnswer(bool hasThread, int today, DisciplineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return !hasThread ? new("discipline.no-thread") : today >= settings.AnswersPerDay ? new("discipline.answers-used", settings.AnswersPerDay) : null;
    }
}
