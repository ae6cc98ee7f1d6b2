using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>
/// All badges that can be earned here, and those that only an imported community had; which of them the reader holds; and who was
/// awarded one last. Three statements, four for who is signed in.
/// </summary>
public sealed record ListBadges : IRequest<ListBadges.View>
{
    /// <param name="Badges">The catalogue in its order, then others by name.</param>
    /// <param name="Recent">The newest awards.</param>
    public sealed record View(IReadOnlyList<Item> Badges, IReadOnlyList<Recent> Recent);

    /// <summary>A badge.</summary>
    /// <param name="Id">Its row; null when nobody could have earned it yet.</param>
    /// <param name="Name">Its English name.</param>
    /// <param name="Class">Gold, silver or bronze.</param>
    /// <param name="Badge">What the catalogue says of it; null of one that cannot be earned here.</param>
    /// <param name="Awards">How often it was awarded.</param>
    /// <param name="IsHeld">Whether the reader holds it.</param>
    public sealed record Item(long? Id, string Name, BadgeClass Class, Badge? Badge, int Awards, bool IsHeld);

    /// <summary>An award.</summary>
    public sealed record Recent
    {
        public long BadgeId { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
        public bool IsTag { get; init; }
        public long UserId { get; init; }
        public string UserName { get; init; } = "";
        public DateTimeOffset AwardedAt { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListBadges, View>
    {
        public async Task<View> Handle(ListBadges list, CancellationToken token)
        {
            var rows = (await db.Query<BadgeRow>(
                "select id as Id, name as Name, class as Class, award_count as Awards from badges where is_tag = 0 order by name, id", token: token))
                .ToLookup(row => row.Name, StringComparer.Ordinal);
            var held = user.Id is { } me
                ? (await db.Query<long>("select distinct badge_id from user_badges where user_id = @me", new { me }, token)).ToHashSet()
                : [];
            var recent = await db.Query<Recent>(
                """
                select h.badge_id as BadgeId, b.name as Name, b.class as Class, b.is_tag as IsTag, u.id as UserId, u.name as UserName, h.awarded_at as AwardedAt
                from (select id, badge_id, user_id, awarded_at from user_badges order by awarded_at desc limit @RecentAwards) h
                join badges b on b.id = h.badge_id
                join users u on u.id = h.user_id and u.removed_at is null
                order by h.awarded_at desc, h.id desc
                """, new { settings.Pages.RecentAwards }, token);
            return new View(
                [
                    .. Badge.All.Select(badge => Of(badge.Name, badge, [.. rows[badge.Name]], held)),
                    .. rows.Where(named => Badge.Find(named.Key) is null && named.Any(row => row.Awards > 0)).Select(named => Of(named.Key, null, [.. named], held)),
                ],
                recent);
        }

        // An imported community may have had a badge in another class: one badge, whatever row was awarded.
        private static Item Of(string name, Badge? badge, List<BadgeRow> rows, HashSet<long> held)
        {
            var own = rows.Find(row => row.Class == (int?)badge?.Class) ?? rows.FirstOrDefault();
            return new Item(
                own?.Id, name, badge?.Class ?? (BadgeClass)own!.Class, badge, rows.Sum(row => row.Awards), rows.Exists(row => held.Contains(row.Id)));
        }
    }

    private sealed record BadgeRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
        public int Awards { get; init; }
    }
}

/// <summary>A page of the badges of tags that somebody was awarded, those awarded most often first.</summary>
public sealed record ListTagBadges(int Page = 1) : IRequest<PageOf<ListTagBadges.Item>>
{
    /// <summary>A tag's badge.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
        public int Awards { get; init; }
        public bool IsHeld { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListTagBadges, PageOf<Item>>
    {
        public async Task<PageOf<Item>> Handle(ListTagBadges list, CancellationToken token)
        {
            var total = await db.Get<long>("select count(*) from badges where is_tag = 1 and award_count > 0", token: token);
            var size = settings.Pages.Tags;
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var items = await db.Query<Item>(
                """
                select b.id as Id, b.name as Name, b.class as Class, b.award_count as Awards,
                       exists (select 1 from user_badges h where h.user_id = @me and h.badge_id = b.id) as IsHeld
                from badges b
                where b.is_tag = 1 and b.award_count > 0
                order by b.class, b.award_count desc, b.name
                limit @size offset @skip
                """, new { me = user.Id ?? 0, size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(items, number, size, total);
        }
    }
}
