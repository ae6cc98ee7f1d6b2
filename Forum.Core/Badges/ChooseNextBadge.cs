using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>Chooses the badge whose progress the signed-in person sees on their profile; null chooses none.</summary>
/// <exception cref="NotFoundException">It is none that can be approached step by step.</exception>
public sealed record ChooseNextBadge(long? BadgeId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ChooseNextBadge>
    {
        public async Task Handle(ChooseNextBadge choose, CancellationToken token)
        {
            if (choose.BadgeId is { } id && (await db.Find<string>("select name from badges where id = @id and is_tag = 0", new { id }, token) is not { } name || !NextBadges.CanBeNext(name)))
                throw new NotFoundException();

            await db.Execute("update users set next_badge = @BadgeId where id = @me", new { choose.BadgeId, me = user.Required }, token);
        }
    }
}

/// <summary>How far the signed-in person is on the way to the badge they chose, and which they could choose.</summary>
[For(Who.SignedIn)]
public sealed record ShowNextBadge : IRequest<ShowNextBadge.View>
{
    /// <param name="Chosen">The badge they chose, unless they have it meanwhile.</param>
    /// <param name="Choices">Badges to choose from that they do not hold, bronze first.</param>
    public sealed record View(Progress? Chosen, IReadOnlyList<Choice> Choices);

    /// <summary>How far somebody is.</summary>
    public sealed record Progress(long BadgeId, Badge Badge, long Value, int Goal)
    {
        /// <summary>In parts of a hundred.</summary>
        public int Percent => (int)(100 * Value / Goal);
    }

    /// <summary>A badge to choose.</summary>
    public sealed record Choice(long BadgeId, Badge Badge);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowNextBadge, View>
    {
        public async Task<View> Handle(ShowNextBadge show, CancellationToken token)
        {
            var me = user.Required;
            // A badge that was earned is no more the next.
            var open = await db.Query<Row>(
                """
                select b.id as Id, b.name as Name, u.next_badge = b.id as IsChosen
                from users u
                join badges b on b.is_tag = 0
                where u.id = @me and not exists (
                    select 1 from user_badges h where h.user_id = u.id and h.badge_id in (select id from badges where name = b.name and is_tag = 0))
                """, new { me }, token);
            var badges = (
                from row in open
                where NextBadges.CanBeNext(row.Name)
                let badge = Badge.Find(row.Name)
                group row by badge into rows
                select (Badge: rows.Key, rows.First().Id, Chosen: rows.FirstOrDefault(row => row.IsChosen ?? false))).ToList();
            var chosen = badges.Find(one => one.Chosen is not null);
            return new View(
                chosen.Badge is null ? null : await Far(me, chosen.Badge, chosen.Chosen!.Id, token),
                [.. badges.OrderByDescending(one => one.Badge.Class).ThenBy(one => Order[one.Badge]).Select(one => new Choice(one.Chosen?.Id ?? one.Id, one.Badge))]);
        }

        private static readonly Dictionary<Badge, int> Order = Badge.All.Select((badge, i) => (badge, i)).ToDictionary(one => one.badge, one => one.i);

        private async Task<Progress> Far(long userId, Badge badge, long id, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var search = await db.BadgeSearch(settings, DateTimeOffset.UnixEpoch, now, token);
            return new Progress(id, badge, await db.BadgeProgress(badge, userId, search, token) ?? 0, badge.Goal(settings));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public bool? IsChosen { get; init; }
    }
}

/// <summary>Which badges can be a person's next. Pure.</summary>
internal static class NextBadges
{
    /// <summary>Whether a badge can be approached step by step.</summary>
    public static bool CanBeNext(string name) => Badge.Find(name) is { Feat.HasProgress: true };
}
