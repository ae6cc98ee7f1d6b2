using Forum.Core.Locks;
using Forum.Web.Languages;

namespace Forum.Web.Pages.Locks;

/// <summary>Locks, in words.</summary>
public static class LockWords
{
    /// <summary>The end of the keys of a kind's texts: <c>locks.kind-…</c>, <c>locks.about-…</c>, <c>locks.notice-…</c>.</summary>
    public static string Of(LockKind kind) => kind switch
    {
        LockKind.Dispute => "dispute",
        LockKind.Comments => "comments",
        LockKind.WikiAnswer => "wiki-answer",
        LockKind.Historical => "historical",
        LockKind.Policy => "policy",
        LockKind.Merged => "merged",
        LockKind.Migrated => "migrated",
        LockKind.RejectedMigration => "rejected-migration",
        LockKind.Spam => "spam",
    };

    /// <summary>How long, in whole days or hours.</summary>
    public static string Of(TimeSpan length, Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return length.TotalDays >= 1 && length.TotalDays % 1 == 0
            ? words.Count("locks.days", (int)length.TotalDays)
            : words.Count("locks.hours", (int)Math.Ceiling(length.TotalHours));
    }
}
