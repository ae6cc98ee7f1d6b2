namespace Forum.Core;

/// <summary>
/// Why a rule says no: a stable code (<c>voting.own-post</c>) and what the sentence needs. The sentence people read is
/// looked up by the code in their language.
/// </summary>
public sealed record Refusal(string Code, params object[] Arguments)
{
    /// <summary>Of what was only done too often: after how long it may be done again. Null: waiting is not what helps.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Ends the matter.</summary>
    /// <exception cref="RefusedException">Always.</exception>
    public void Throw() => throw new RefusedException(this);
}

/// <summary>A rule says no, or nobody is signed in (<see cref="Refusals.SignIn"/>).</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    /// <summary>What the rule says.</summary>
    public Refusal Refusal { get; } = refusal;
}

/// <summary>There is no such thing, or it is not theirs to know of.</summary>
public sealed class NotFoundException(bool wasDeleted = false, Refusal? why = null) : Exception
{
    /// <summary>Whether it was there once: a page answers 410 instead of 404.</summary>
    public bool WasDeleted { get; } = wasDeleted;

    /// <summary>Why it is not there any more, as far as it is anybody's to know.</summary>
    public Refusal? Why { get; } = why;
}

/// <summary>Someone was faster, or the thing is not as the person saw it.</summary>
public sealed class ConflictException(Refusal refusal) : Exception(refusal.Code)
{
    /// <summary>What changed meanwhile.</summary>
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Refusals that belong to no feature.</summary>
public static class Refusals
{
    /// <summary>Nobody is signed in.</summary>
    public static readonly Refusal SignIn = new("accounts.sign-in-first");

    /// <summary>Only a moderator may.</summary>
    public static readonly Refusal ModeratorsOnly = new("moderation.moderators-only");

    /// <summary>How long it is until the next UTC day begins, when what is counted by the day is free again.</summary>
    public static TimeSpan UntilTomorrow(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) - now;

    /// <summary>Only an administrator may.</summary>
    public static readonly Refusal AdministratorsOnly = new("moderation.administrators-only");
}
