using Forum.Core.Settings;

namespace Forum.Core.Care;

/// <summary>Why the rules delete a post; stored by these numbers.</summary>
public enum CareJob
{
    /// <summary>A question that stayed closed.</summary>
    Closed = 1,

    /// <summary>A question without answers that people voted down.</summary>
    Dead = 2,

    /// <summary>A question without answers that nobody looks at.</summary>
    Abandoned = 3,

    /// <summary>A post voted down whose author's account is gone.</summary>
    Removed = 4,
}

/// <summary>What the rules need to know of a post that they may delete.</summary>
public sealed record CareFacts
{
    public long Id { get; init; }
    public long QuestionId { get; init; }
    public bool IsQuestion { get; init; }
    public string Title { get; init; } = "";
    public long? AuthorId { get; init; }

    /// <summary>Whether its author's account is no more.</summary>
    public bool IsAuthorGone { get; init; }
    public int Score { get; init; }

    /// <summary>Votes down that are too fresh to count.</summary>
    public int FreshDownVotes { get; init; }
    public int Answers { get; init; }
    public bool HasUpvotedAnswer { get; init; }
    public bool HasAccepted { get; init; }
    public bool IsLocked { get; init; }
    public bool HasBounty { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>Whether somebody brought it back once: what people want is theirs to keep.</summary>
    public bool WasUndeleted { get; init; }

    /// <summary>Whether it came from another community.</summary>
    public bool IsMigrated { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? CloseReason { get; init; }

    /// <summary>Whether a vote to reopen it waits.</summary>
    public bool HasReopenVote { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Views { get; init; }
    public int Comments { get; init; }
}

/// <summary>What a question needs to know of itself to be protected by the rules.</summary>
public sealed record ProtectionFacts
{
    public bool IsProtected { get; init; }

    /// <summary>Whether somebody took a protection away: the rules do not quarrel with people.</summary>
    public bool WasUnprotected { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>Who asked it; null: nobody any more.</summary>
    public long? AuthorId { get; init; }

    /// <summary>Answers that were deleted as spam, whoever wrote them.</summary>
    public int SpamAnswers { get; init; }

    /// <summary>Deleted answers of newcomers.</summary>
    public int DeletedAnswers { get; init; }

    /// <summary>Late answers of newcomers that nobody voted up.</summary>
    public int PoorAnswers { get; init; }
}

/// <summary>What the forum does by itself to stay tidy (docs/rules/care.md).</summary>
public static class CareRules
{
    /// <summary>What deletes, in the order it is done.</summary>
    public static IReadOnlyList<CareJob> Jobs { get; } = Enum.GetValues<CareJob>();

    /// <summary>Whether the rules delete a post for this reason.</summary>
    public static bool Deletes(CareJob job, CareFacts post, DateTimeOffset now, CareSettings rules)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(rules);
        if (post.IsDeleted || post.IsLocked || post.HasBounty || post.WasUndeleted)
            return false;
        if (job == CareJob.Removed)
            return post is { IsAuthorGone: true, Score: < 0 };

        var age = now - post.CreatedAt;
        var isUnanswered = post is { IsQuestion: true, Answers: 0 };
        return job switch
        {
            CareJob.Closed => post is { IsQuestion: true, IsMigrated: false, HasUpvotedAnswer: false, HasAccepted: false, HasReopenVote: false, ClosedAt: { } closed, CloseReason: not "duplicate" }
                && now - closed > rules.ClosedAfter && (post.EditedAt is not { } edited || now - edited > rules.ClosedAfter) && post.Score <= rules.ClosedScore,
            CareJob.Dead => isUnanswered && !post.IsMigrated && age > rules.DeadAfter && post.Score + post.FreshDownVotes <= rules.DeadScore,
            CareJob.Abandoned => isUnanswered && age > rules.AbandonedAfter && post.Comments <= rules.AbandonedComments
                && post.Score <= (post.IsAuthorGone ? rules.AbandonedScoreOfNobody : rules.AbandonedScore)
                && post.Views <= rules.AbandonedViewsADay * age.TotalDays,
            _ => false,
        };
    }

    /// <summary>How long each kind rests.</summary>
    public static TimeSpan Every(CareJob job, CareSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return job is CareJob.Dead or CareJob.Abandoned ? rules.Week : TimeSpan.FromDays(1);
    }

    /// <summary>Whether the rules protect a question from answers of newcomers.</summary>
    public static bool Protects(ProtectionFacts question, CareSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Protects && question is { IsProtected: false, WasUnprotected: false, IsDeleted: false }
            && (question.DeletedAnswers >= rules.ProtectAfterDeleted || question.SpamAnswers >= rules.ProtectAfterSpam || question.PoorAnswers >= rules.ProtectAfterAnswers);
    }

    /// <summary>What a kind is called: on the command line, in the log and in the keys of its words.</summary>
#pragma warning disable CA1308 // A key, not a text to be compared.
    public static string Key(this CareJob job) => job.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
