namespace Forum.Core;

/// <summary>Who is asking. Scoped; filled once by whoever opens the scope, empty for an anonymous visitor.</summary>
public sealed class CurrentUser
{
    /// <summary>The person's id, or null when nobody is signed in.</summary>
    public long? Id { get; set; }

    /// <summary>The name others see.</summary>
    public string Name { get; set; } = "";

    /// <summary>As it was when the request began; a rule reads it anew inside its transaction.</summary>
    public int Reputation { get; set; }

    /// <summary>Whether the person moderates; administrators do.</summary>
    public bool IsModerator { get; set; }

    /// <summary>Whether the person administers the site.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>Until when the person may only read; null when not suspended.</summary>
    public DateTimeOffset? SuspendedUntil { get; set; }

    /// <summary>A warning of the moderators that they have yet to acknowledge: until then they write nothing. Null: there is none.</summary>
    public long? Warning { get; set; }

    /// <summary>When the account that they asked to have deleted goes; null: it stays.</summary>
    public DateTimeOffset? LeavesAt { get; set; }

    /// <summary>Of a moderator: flags that wait for moderators, and answers of people to them, as far as they are counted.</summary>
    public int ToModerate { get; set; }

    /// <summary>Notices in their inbox that they have not read.</summary>
    public int Unread { get; set; }

    /// <summary>Whether lists leave out what carries a tag they ignore.</summary>
    public bool HidesIgnored { get; set; }

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsSignedIn => Id is not null;

    /// <summary>The id of the person who must be signed in here.</summary>
    /// <exception cref="RefusedException">Nobody is.</exception>
    public long Required => Id ?? throw new RefusedException(Refusals.SignIn);
}

/// <summary>The one-time key of the form that was posted, if it was one. Scoped. See <see cref="Pipeline.InTransaction{TRequest,TResponse}"/>.</summary>
public sealed class FormKey
{
    /// <summary>The key, or null when the request comes from no form.</summary>
    public string? Value { get; set; }
}
