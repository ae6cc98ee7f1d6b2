using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>A badge: what earns it, and who was awarded it when and for which post, the newest first. Posts that are deleted are not named.</summary>
/// <exception cref="NotFoundException">There is no such badge.</exception>
public sealed record ShowBadge(long Id, int Page = 1) : IRequest<ShowBadge.View>
{
    /// <param name="Id">Its row.</param>
    /// <param name="Name">Its English name, or the tag's.</param>
    /// <param name="Class">Gold, silver or bronze.</param>
    /// <param name="IsTag">Whether it is a tag's.</param>
    /// <param name="Badge">What the catalogue says of it; null of a tag's, and of one that cannot be earned here.</param>
    /// <param name="IsHeld">Whether the reader holds it.</param>
    /// <param name="Awards">A page of them.</param>
    public sealed record View(long Id, string Name, BadgeClass Class, bool IsTag, Badge? Badge, bool IsHeld, PageOf<Award> Awards)
    {
        /// <summary>The readable end of the address.</summary>
        public string Slug => Questions.Slug.Of(Name);
    }

    /// <summary>An award.</summary>
    public sealed record Award
    {
        public long UserId { get; init; }
        public string UserName { get; init; } = "";
        public int Reputation { get; init; }
        public string Picture { get; init; } = "";
        public int Gold { get; init; }
        public int Silver { get; init; }
        public int Bronze { get; init; }
        public DateTimeOffset AwardedAt { get; init; }

        /// <summary>The post that earned it; null when none did, or it is deleted.</summary>
        public long? PostId { get; init; }
        public bool IsAnswer { get; init; }
        public string? Title { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowBadge, View>
    {
        public async Task<View> Handle(ShowBadge show, CancellationToken token)
        {
            var badge = await db.Find<Row>(
                """
                select id as Id, name as Name, class as Class, is_tag as IsTag, award_count as Awards,
                       exists (select 1 from user_badges h where h.user_id = @me and h.badge_id = badges.id) as IsHeld
                from badges
                where id = @Id
                """, new { show.Id, me = user.Id ?? 0 }, token) ?? throw new NotFoundException();
            var size = settings.Pages.Awards;
            var number = Math.Clamp(show.Page, 1, Math.Max(1, (badge.Awards + size - 1) / size));
            // The page's awards come from an index alone, so that skipping pages does not read the awards skipped.
            var awards = await db.Query<Award>(
                $"""
                select u.id as UserId, u.name as UserName, {UserCard.ShownReputation} as Reputation, u.picture as Picture, {UserCard.ShownBadges}, h.awarded_at as AwardedAt,
                       case when p.is_listed = 1 then p.id end as PostId, p.kind = 2 as IsAnswer, case when p.is_listed = 1 then coalesce(q.title, p.title) end as Title
                from (select id from user_badges where badge_id = @Id order by awarded_at desc limit @size offset @skip) page
                join user_badges h on h.id = page.id
                join users u on u.id = h.user_id
                left join posts p on p.id = h.post_id
                left join posts q on q.id = p.question_id
                order by h.awarded_at desc, h.id desc
                """, new { show.Id, size, skip = (number - 1L) * size, now = clock.GetUtcNow() }, token);
            return new View(
                badge.Id, badge.Name, (BadgeClass)badge.Class, badge.IsTag, badge.IsTag ? null : Badge.Find(badge.Name), badge.IsHeld,
                new PageOf<Award>(awards, number, size, badge.Awards));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
        public bool IsTag { get; init; }
        public int Awards { get; init; }
        public bool IsHeld { get; init; }
    }
}
