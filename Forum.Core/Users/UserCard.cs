namespace Forum.Core.Users;

/// <summary>An author as shown beside what they wrote.</summary>
/// <param name="Id">Null when the author was removed: then the name alone is known.</param>
public sealed record UserCard(long? Id, string Name, int Reputation, int Gold, int Silver, int Bronze, bool IsModerator, string Picture)
{
    /// <summary>The reputation of a user <c>u</c> as others see it at <c>@now</c>: of who is suspended it is 1, and is kept.</summary>
    internal const string ShownReputation = "case when u.suspended_until > @now then 1 else u.reputation end";

    /// <summary>Columns of a user <c>u</c> with their badges as others see them at <c>@now</c>: of who is suspended none.</summary>
    internal const string ShownBadges =
        """
        case when u.suspended_until > @now then 0 else u.gold end as Gold, case when u.suspended_until > @now then 0 else u.silver end as Silver,
               case when u.suspended_until > @now then 0 else u.bronze end as Bronze
        """;

    /// <summary>A card from a joined row: nothing is known but the name of who was removed.</summary>
    public static UserCard Of(long? id, string? name, string? removedName, long? reputation, long? gold, long? silver, long? bronze, long? moderator, string? picture) =>
        new(id, name ?? removedName ?? "user", (int)(reputation ?? 0), (int)(gold ?? 0), (int)(silver ?? 0), (int)(bronze ?? 0), moderator > 0, picture ?? "");
}
