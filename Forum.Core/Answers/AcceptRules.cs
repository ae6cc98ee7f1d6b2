using Forum.Core.Settings;

namespace Forum.Core.Answers;

/// <summary>An answer and its question, as the rules of accepting see them.</summary>
public sealed record Acceptable
{
    public long AnswerId { get; init; }
    public long? AnswererId { get; init; }
    public bool IsWiki { get; init; }
    public long QuestionId { get; init; }
    public long? AskerId { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    /// <summary>The answer that is accepted now, whichever it is.</summary>
    public long? AcceptedId { get; init; }
    public bool IsDeleted { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>Whether this asker's accept of it counts already: they gave it where the answer stood before it was moved.</summary>
    public bool IsPaid { get; init; }

    /// <summary>Whether this is the answer that is accepted now.</summary>
    public bool IsAccepted => AcceptedId == AnswerId;
}

/// <summary>Who may accept an answer, and when (docs/rules/limits.md).</summary>
public static class AcceptRules
{
    /// <summary>Why a person may not accept this answer, or move the accept to it.</summary>
    public static Refusal? WhyNot(long userId, Acceptable answer, WindowSettings windows, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(windows);
        var wait = answer.AnswererId == userId ? windows.AcceptOwnAfter : windows.AcceptAfter;
        return answer switch
        {
            { IsDeleted: true } => new("voting.deleted-post"),
            _ when answer.AskerId != userId => new("voting.accept-not-asker"),
            { IsLocked: true } => new("voting.locked-post"),
            _ when now < answer.AskedAt + wait && answer.AnswererId == userId
                => new("voting.accept-own-too-soon", (int)wait.TotalHours, (int)Math.Ceiling((answer.AskedAt + wait - now).TotalHours)),
            _ when now < answer.AskedAt + wait
                => new("voting.accept-too-soon", (int)wait.TotalMinutes, (int)Math.Ceiling((answer.AskedAt + wait - now).TotalMinutes)),
            _ => null,
        };
    }

    /// <summary>
    /// Why a person may not take the accept from this answer. A deleted answer keeps its accept for when it returns, and
    /// the asker may take it away meanwhile.
    /// </summary>
    public static Refusal? WhyNotUnaccept(long userId, Acceptable answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer switch
        {
            _ when answer.AskerId != userId => new("voting.accept-not-asker"),
            { IsLocked: true } => new("voting.locked-post"),
            _ => null,
        };
    }
}
