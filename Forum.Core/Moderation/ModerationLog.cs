using System.Text.Json;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Moderation;

/// <summary>What an act was done to; stored by these numbers.</summary>
public enum ActSubject
{
    Post = 1,
    Comment = 2,
    User = 3,
    Tag = 4,
    Setting = 5,
    Flag = 6,
}

/// <summary>Something that was done to moderate. Details are ids, codes and numbers, never names or addresses.</summary>
/// <param name="Action">What: a key such as <c>close</c>, which the log words as <c>moderation.act.close</c>.</param>
/// <param name="Subject">To what kind of thing.</param>
/// <param name="SubjectId">To which.</param>
internal sealed record Act(string Action, ActSubject Subject, long SubjectId)
{
    /// <summary>Whose post, comment or account it was.</summary>
    public long? ConcernsId { get; init; }

    /// <summary>What was there; written as JSON.</summary>
    public object? Before { get; init; }

    /// <summary>What is there now; written as JSON.</summary>
    public object? After { get; init; }

    /// <summary>What the actor says of it, plain text.</summary>
    public string Reason { get; init; } = "";

    /// <summary>That no person did it, but the rules.</summary>
    public bool ByItself { get; init; }

    /// <summary>That the Community user did it, in nobody's name.</summary>
    public bool ByCommunity { get; init; }
}

/// <summary>
/// The log of everything that is done to moderate, by moderators and by votes, flags and reviews: rows are only ever added. It is written
/// in the transaction of what it tells of. Scoped. Rules: docs/rules/audit.md.
/// </summary>
public sealed class ModerationLog(Db db, CurrentUser user, Undoing undoing, TimeProvider clock)
{
    /// <summary>Adds a line; returns its number. While an act is being undone, the first line says so.</summary>
    internal async Task<long> Record(Act act, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into moderation_acts (action, actor_id, subject_kind, subject_id, concerns_id, before, after, reason, at, undoes_id)
            values (@Action, @actor, @Subject, @SubjectId, @ConcernsId, @before, @after, @Reason, @now, @undoes)
            returning id
            """,
            new
            {
                act.Action, actor = act.ByItself ? null : act.ByCommunity ? People.Community : user.Id, act.Subject, act.SubjectId, act.ConcernsId, before = Json(act.Before), after = Json(act.After),
                act.Reason, now = clock.GetUtcNow(), undoes = undoing.ActId,
            }, token);
        undoing.ActId = null;
        return id;
    }

    private static string Json(object? details) => details is null ? "" : JsonSerializer.Serialize(details, details.GetType());
}

/// <summary>Which act is being undone, if one is. Scoped.</summary>
public sealed class Undoing
{
    /// <summary>The act's number; null once its undoing is in the log.</summary>
    public long? ActId { get; set; }
}
