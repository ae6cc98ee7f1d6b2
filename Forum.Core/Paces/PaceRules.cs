using Forum.Core.Settings;

namespace Forum.Core.Paces;

/// <summary>What is done so often only (docs/rules/limits.md).</summary>
public enum PacedAct
{
    /// <summary>Making an account.</summary>
    Register = 1,

    /// <summary>Signing in with a wrong name or password.</summary>
    FailToSignIn = 2,

    /// <summary>Asking a question.</summary>
    Ask = 3,

    /// <summary>Answering.</summary>
    Answer = 4,

    /// <summary>Commenting.</summary>
    Comment = 5,

    /// <summary>Voting on posts and comments.</summary>
    Vote = 6,

    /// <summary>Telling moderators: flagging posts and comments.</summary>
    Flag = 7,

    /// <summary>Searching.</summary>
    Search = 8,
}

/// <summary>A request that may be sent so often only by one account, from one address and from the addresses around it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PacedAttribute(PacedAct act) : Attribute
{
    /// <summary>Which numbers count it.</summary>
    public PacedAct Act { get; } = act;
}

/// <summary>Whom a number counts.</summary>
public enum PacedBy
{
    /// <summary>One account.</summary>
    Account = 1,

    /// <summary>One address: IPv4 /32, IPv6 /64.</summary>
    Address = 2,

    /// <summary>The addresses around it: IPv4 /24, IPv6 /48.</summary>
    Range = 3,
}

/// <summary>A line of the table of limits: of what, by whom, in which time, how often.</summary>
/// <param name="Most">So often at once; 0: no limit. One comes back with each part of the time.</param>
/// <param name="IsKept">Whether it is kept in the database, because it is longer than a server may run.</param>
public sealed record PaceLimit(PacedAct Act, PacedBy By, TimeSpan Window, Func<ForumSettings, int> Most, bool IsKept = false);

/// <summary>How often what may be done (docs/rules/limits.md).</summary>
public static class PaceRules
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The table.</summary>
    public static IReadOnlyList<PaceLimit> All { get; } =
    [
        new(PacedAct.Register, PacedBy.Address, Hour, s => s.Limits.RegistrationsPerHour),
        new(PacedAct.Register, PacedBy.Range, Hour, s => s.Paces.RegistrationsAround),
        new(PacedAct.Register, PacedBy.Address, Day, s => s.Paces.RegistrationsADay, IsKept: true),
        new(PacedAct.Register, PacedBy.Range, Day, s => s.Paces.RegistrationsADayAround, IsKept: true),
        new(PacedAct.FailToSignIn, PacedBy.Address, Hour, s => s.Paces.FailedSignIns),
        new(PacedAct.FailToSignIn, PacedBy.Range, Hour, s => s.Paces.FailedSignInsAround),
        new(PacedAct.Ask, PacedBy.Address, Hour, s => s.Paces.Questions),
        new(PacedAct.Ask, PacedBy.Range, Hour, s => s.Paces.QuestionsAround),
        new(PacedAct.Ask, PacedBy.Address, Day, s => s.Paces.QuestionsADay, IsKept: true),
        new(PacedAct.Ask, PacedBy.Range, Day, s => s.Paces.QuestionsADayAround, IsKept: true),
        new(PacedAct.Answer, PacedBy.Address, Hour, s => s.Paces.Answers),
        new(PacedAct.Answer, PacedBy.Range, Hour, s => s.Paces.AnswersAround),
        new(PacedAct.Comment, PacedBy.Account, Minute, s => s.Paces.CommentsOfOne),
        new(PacedAct.Comment, PacedBy.Address, Minute, s => s.Paces.Comments),
        new(PacedAct.Comment, PacedBy.Range, Minute, s => s.Paces.CommentsAround),
        new(PacedAct.Vote, PacedBy.Account, Minute, s => s.Paces.VotesOfOne),
        new(PacedAct.Vote, PacedBy.Address, Minute, s => s.Paces.Votes),
        new(PacedAct.Vote, PacedBy.Range, Minute, s => s.Paces.VotesAround),
        new(PacedAct.Flag, PacedBy.Account, Minute, s => s.Paces.FlagsOfOne),
        new(PacedAct.Flag, PacedBy.Address, Minute, s => s.Paces.Flags),
        new(PacedAct.Flag, PacedBy.Range, Minute, s => s.Paces.FlagsAround),
        new(PacedAct.Search, PacedBy.Account, Minute, s => s.Limits.SearchesPerMinute),
        new(PacedAct.Search, PacedBy.Address, Minute, s => s.Limits.SearchesPerMinute),
        new(PacedAct.Search, PacedBy.Range, Minute, s => s.Paces.SearchesAround),
    ];

    /// <summary>
    /// The lines that count what somebody does now, each with whom it counts. Moderators are not counted; who has earned some trust is,
    /// by their account alone: a whole office may have one address.
    /// </summary>
    public static IEnumerable<(PaceLimit Limit, string Who)> Counting(PacedAct act, CurrentUser user, Origin origin, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Paces.IsOn || user.IsModerator)
            return [];

        var isTrusted = user.IsSignedIn && user.Reputation >= settings.Limits.PacedBelowReputation;
        return
            from limit in All
            where limit.Act == act && limit.Most(settings) > 0
            let who = limit.By == PacedBy.Account ? user.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : isTrusted || origin.Address is null ? null
                : limit.By == PacedBy.Address ? Networks.Near(origin.Address)
                : Networks.Around(origin.Address)
            where who is not null
            select (limit, who);
    }

    /// <summary>
    /// Counts once more. All that may be done at once may be done again once the whole time has passed; every act puts that moment off by its
    /// part of the time, and none may put it off by more than the time.
    /// </summary>
    /// <param name="free">When nothing will be counted any more.</param>
    /// <returns>That moment after the act, or how long to wait.</returns>
    public static (DateTimeOffset Free, TimeSpan? Wait) Once(DateTimeOffset free, int most, TimeSpan window, DateTimeOffset now)
    {
        var next = (free > now ? free : now) + window / most;
        return next - now > window ? (free, next - now - window) : (next, null);
    }

    /// <summary>What is said to who must wait.</summary>
    public static Refusal WhyNot(PacedBy by, TimeSpan wait)
    {
        var isOne = by == PacedBy.Account;
        return wait switch
        {
            { TotalSeconds: <= 90 } =>
                new Refusal(isOne ? "limits.too-often-seconds" : "limits.too-often-around-seconds", Math.Max(2, (int)Math.Ceiling(wait.TotalSeconds))) { Wait = wait },
            { TotalMinutes: <= 90 } =>
                new Refusal(isOne ? "limits.too-often-minutes" : "limits.too-often-around-minutes", (int)Math.Ceiling(wait.TotalMinutes)) { Wait = wait },
            _ => new Refusal(isOne ? "limits.too-often-hours" : "limits.too-often-around-hours", (int)Math.Ceiling(wait.TotalHours)) { Wait = wait },
        };
    }
}
