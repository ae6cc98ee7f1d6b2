using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Abuse;

/// <summary>How a person's posts of one kind fared.</summary>
public sealed record PostingRecord
{
    /// <summary>How many there are, deleted ones among them.</summary>
    public int Posts { get; init; }

    /// <summary>Those that were deleted, closed other than as a duplicate, or score below 0.</summary>
    public int Bad { get; init; }

    /// <summary>When the last one was written.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>Who may not ask, or answer, because of what they asked or answered before (docs/rules/abuse.md).</summary>
public static class BanRules
{
    /// <summary>Why a person may not ask another question.</summary>
    public static Refusal? WhyNotAsk(Person person, PostingRecord record, DateTimeOffset now, AbuseSettings rules) =>
        WhyNot("abuse.question-ban", person, record, now, rules);

    /// <summary>Why a person may not give another answer.</summary>
    public static Refusal? WhyNotAnswer(Person person, PostingRecord record, DateTimeOffset now, AbuseSettings rules) =>
        WhyNot("abuse.answer-ban", person, record, now, rules);

    /// <summary>Whether a person's posts are judged at all.</summary>
    public static bool IsJudged(Person person, AbuseSettings rules)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Bans && !person.IsModerator && person.Reputation < rules.BanBelowReputation;
    }

    private static Refusal? WhyNot(string code, Person person, PostingRecord record, DateTimeOffset now, AbuseSettings rules)
    {
        ArgumentNullException.ThrowIfNull(record);
        return IsJudged(person, rules)
            && record.Posts >= rules.BanFromPosts
            && record.Bad * 100L >= record.Posts * (long)rules.BanFromShare
            && record.LastAt is { } last && now - last < rules.BanProbe
            ? new Refusal(code, record.Bad, record.Posts)
            : null;
    }
}
