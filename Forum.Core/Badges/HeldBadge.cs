using Forum.Data;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>A badge that somebody holds, once or more often.</summary>
public sealed record HeldBadge
{
    public long BadgeId { get; init; }

    /// <summary>Its English name, or the tag's.</summary>
    public string Name { get; init; } = "";

    /// <summary>1 gold, 2 silver, 3 bronze.</summary>
    public int Class { get; init; }

    /// <summary>Whether it is a tag's.</summary>
    public bool IsTag { get; init; }

    /// <summary>How often they hold it.</summary>
    public int Times { get; init; }

    /// <summary>When they last earned it.</summary>
    public DateTimeOffset AwardedAt { get; init; }
}

/// <summary>All badges that somebody holds, gold first, the newest of a class first.</summary>
public sealed record ListHeldBadges(long UserId) : IRequest<IReadOnlyList<HeldBadge>>
{
    internal sealed class Handler(Db db) : IRequestHandler<ListHeldBadges, IReadOnlyList<HeldBadge>>
    {
        public Task<IReadOnlyList<HeldBadge>> Handle(ListHeldBadges list, CancellationToken token) =>
            db.Query<HeldBadge>(
                """
                select b.id as BadgeId, b.name as Name, b.class as Class, b.is_tag as IsTag, count(*) as Times, max(h.awarded_at) as AwardedAt
                from user_badges h
                join badges b on b.id = h.badge_id
                where h.user_id = @UserId
                group by b.id
                order by Class, AwardedAt desc, b.name
                """,
                new { list.UserId }, token);
    }
}

/// <summary>Badges of people, for other features' handlers.</summary>
internal static class HeldBadges
{
    /// <summary>The newest awards of each class, at most so many.</summary>
    public static Task<IReadOnlyList<HeldBadge>> NewestBadges(this Db db, long userId, int most, CancellationToken token) =>
        db.Query<HeldBadge>(
            $"""
            select b.id as BadgeId, b.name as Name, b.class as Class, b.is_tag as IsTag, 1 as Times, h.awarded_at as AwardedAt
            from (
                select badge_id, awarded_at from ({Newest(1)}) gold
                union all
                select badge_id, awarded_at from ({Newest(2)}) silver
                union all
                select badge_id, awarded_at from ({Newest(3)}) bronze) h
            join badges b on b.id = h.badge_id
            order by Class, AwardedAt desc, b.name
            """,
            new { userId, most }, token);

    private static string Newest(int ofClass) =>
        $"select badge_id, awarded_at from user_badges where user_id = @userId and class = {ofClass} order by awarded_at desc limit @most";
}
