using System.Text.Json;
using Forum.Core.Importing;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Badges;

/// <summary>A badge that somebody has earned and does not hold yet.</summary>
/// <param name="UserId">Who.</param>
/// <param name="BadgeId">Which, as a row of <c>badges</c>.</param>
/// <param name="PostId">By which post, or null.</param>
/// <param name="Thing">What it is earned for; 0 when it is earned once.</param>
internal sealed record Award(long UserId, long BadgeId, long? PostId, long Thing);

/// <summary>Finds what was earned, on a reader, and writes it down.</summary>
internal static class BadgeLedger
{
    // Earned by a single vote: the second of the award would tell which.
    private static readonly string[] OfOneVote = ["Supporter", "Critic"];

    // Of a year of membership no more than these exist.
    private static readonly string Years = $"[{string.Join(',', Enumerable.Range(1, 99))}]";

    /// <summary>Makes the rows of the badges that can be earned here. A row that an import made, with the class it had there, stays the badge's.</summary>
    public static async Task KeepCatalogue(this Db db, CancellationToken token)
    {
        var known = (await db.Query<string>("select name from badges where is_tag = 0", token: token)).ToHashSet(StringComparer.Ordinal);
        db.EndSnapshot();
        var missing = Badge.All.Where(b => !known.Contains(b.Name)).Select(b => new { b.Name, Class = (int)b.Class }).ToList();
        if (missing.Count > 0)
        {
            await db.InTransaction(() => db.Execute(
                "insert into badges (name, class, is_tag) values (@Name, @Class, 0) on conflict do nothing", missing, token), token);
        }
    }

    /// <summary>What looking for badges needs to know besides: rows of the badges, and until when an import knows better.</summary>
    public static async Task<Search> BadgeSearch(this Db db, ForumSettings settings, DateTimeOffset since, DateTimeOffset now, CancellationToken token)
    {
        var rows = await db.Query<Row>("select id as Id, name as Name, class as Class from badges where is_tag = 0", token: token);
        var reports = await db.Query<string>("select report from imports where state = 'complete'", token: token);
        var imported = reports.Select(r => JsonSerializer.Deserialize<ImportReport>(r)!.Newest).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        var ids = rows.GroupBy(r => r.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (g.FirstOrDefault(r => r.Class == (int?)Badge.Find(g.Key)?.Class) ?? g.First()).Id, StringComparer.Ordinal);
        return new Search(ids, settings, since, now, imported);
    }

    /// <summary>Who has earned a badge among what is concerned and does not hold it for that yet.</summary>
    /// <param name="trigger">What is concerned; null: people.</param>
    public static async Task<IReadOnlyList<Award>> Earned(this Db db, Badge badge, Trigger? trigger, IReadOnlyCollection<long> concerned, Search search, CancellationToken token)
    {
        var which = trigger is { } after ? badge.Feat.On[after] : badge.Feat.ByPerson;
        if (badge.Feat.HasProgress && trigger is not null)
            (which, concerned) = (badge.Feat.ByPerson, await db.Without(badge, which, concerned, search, token));
        if (concerned.Count == 0)
            return [];

        var found = await db.NotHeld(badge, which, concerned, search, token);
        if (found.Count == 0)
            return [];
        if (badge.Feat.Per == Per.Once)
            return [.. found.DistinctBy(f => f.UserId)];

        // What an import brought was earned for something too, nobody knows for what: the oldest things are those.
        var imported = (await db.Query<Held>(
            $"""
            select user_id as UserId, count(*) as Count
            from user_badges
            where {db.Dialect.InList("user_id", "@people")} and badge_id in (select id from badges where name = @Name and is_tag = 0) and thing < 0
            group by user_id
            """, new { people = db.Dialect.List(found.Select(f => f.UserId).Distinct()), badge.Name }, token)).ToDictionary(h => h.UserId, h => h.Count);
        if (imported.Count == 0)
            return found;

        var everything = (await db.NotHeld(badge, badge.Feat.ByPerson, imported.Keys, search, token)).GroupBy(f => f.UserId).ToDictionary(g => g.Key, g => g.Count());
        return
        [
            .. from mine in found.GroupBy(f => f.UserId)
               let open = imported.TryGetValue(mine.Key, out var old) ? Math.Max(0, everything.GetValueOrDefault(mine.Key) - old) : int.MaxValue
               from award in mine.OrderByDescending(f => f.Thing).Take(open)
               select award,
        ];
    }

    /// <summary>Writes awards and what is counted from them, unless they are there already, and returns those that were new. In a transaction.</summary>
    public static async Task<IReadOnlyList<Award>> Write(this Db db, IEnumerable<Award> awards, DateTimeOffset now, CancellationToken token)
    {
        var written = new List<Award>();
        foreach (var award in awards)
        {
            var isNew = await db.Execute(
                $"""
                insert into user_badges (user_id, badge_id, class, post_id, thing, awarded_at)
                select u.id, b.id, b.class, @PostId, @Thing, case when {db.Dialect.In("b.name", "@OfOneVote")} and b.is_tag = 0 then @today else @now end
                from users u
                join badges b on b.id = @BadgeId
                where u.id = @UserId and u.removed_at is null
                on conflict do nothing
                """, new { award.UserId, award.BadgeId, award.PostId, award.Thing, now, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), OfOneVote }, token);
            if (isNew == 0)
                continue;

            await db.CountBadge(award.UserId, award.BadgeId, +1, token);
            written.Add(award);
        }

        return written;
    }

    /// <summary>Counts a badge that was awarded or lost, of the person and of the badge.</summary>
    public static async Task CountBadge(this Db db, long userId, long badgeId, int by, CancellationToken token)
    {
        await db.Execute(
            """
            update users
            set gold = gold + case b.class when 1 then @by else 0 end,
                silver = silver + case b.class when 2 then @by else 0 end,
                bronze = bronze + case b.class when 3 then @by else 0 end
            from badges b
            where users.id = @userId and b.id = @badgeId
            """, new { userId, badgeId, by }, token);
        await db.Execute("update badges set award_count = award_count + @by where id = @badgeId", new { badgeId, by }, token);
    }

    /// <summary>How far a person is on the way to a badge: 0 up to its goal. Null for one that cannot be approached in steps.</summary>
    public static async Task<long?> BadgeProgress(this Db db, Badge badge, long userId, Search search, CancellationToken token)
    {
        if (!badge.Feat.HasProgress)
            return null;

        var value = await db.Find<long?>(
            $"select found.Value from ({badge.Feat.Sql(badge.Feat.ByPerson)}) found", search.Parameters(badge, db.Dialect.List([userId])), token);
        return Math.Clamp(value ?? 0, 0, badge.Goal(search.Settings));
    }

    // Counting what somebody did in all their time is worth it only for those who do not hold the badge.
    private static Task<IReadOnlyList<long>> Without(this Db db, Badge badge, string people, IReadOnlyCollection<long> concerned, Search search, CancellationToken token) =>
        db.Query<long>(
            $"""
            select distinct who.id
            from ({people}) who
            where who.id > 0
              and not exists (
                  select 1 from user_badges h
                  where h.user_id = who.id and h.badge_id in (select id from badges where name = @name and is_tag = 0))
            """, search.Parameters(badge, db.Dialect.List(concerned)), token);

    private static async Task<IReadOnlyList<Award>> NotHeld(this Db db, Badge badge, string which, IReadOnlyCollection<long> concerned, Search search, CancellationToken token)
    {
        var rows = await db.Query<Found>(
            $"""
            select found.UserId, found.PostId, found.Thing
            from ({badge.Feat.Sql(which)}) found
            where found.UserId > 0 and found.Value >= @a
              and not exists (
                  select 1 from user_badges h
                  where h.user_id = found.UserId and h.badge_id in (select id from badges where name = @name and is_tag = 0){(badge.Feat.Per == Per.Once ? "" : " and h.thing = found.Thing")})
            order by found.UserId, found.Thing, found.PostId
            """, search.Parameters(badge, db.Dialect.List(concerned)), token);
        return [.. rows.Select(r => new Award(r.UserId, search.IdOf(badge), r.PostId, r.Thing))];
    }

    /// <summary>What every search for badges is told.</summary>
    /// <param name="Ids">Rows of <c>badges</c> by name.</param>
    /// <param name="Settings">Numbers in force.</param>
    /// <param name="Since">The day from which on something new may have been done.</param>
    /// <param name="Now">Until when.</param>
    /// <param name="Imported">What is older an import brought.</param>
    internal sealed record Search(IReadOnlyDictionary<string, long> Ids, ForumSettings Settings, DateTimeOffset Since, DateTimeOffset Now, DateTimeOffset Imported)
    {
        public long IdOf(Badge badge) => Ids[badge.Name];

        public object Parameters(Badge badge, string ids)
        {
            var numbers = badge.Numbers(Settings);
            return new
            {
                ids,
                name = badge.Name,
                a = numbers[0],
                b = numbers.Count > 1 ? numbers[1] : 0,
                c = numbers.Count > 2 ? numbers[2] : 0,
                years = Years,
                since = Since,
                now = Now,
                imported = Imported,
            };
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
    }

    private sealed record Held
    {
        public long UserId { get; init; }
        public int Count { get; init; }
    }

    private sealed record Found
    {
        public long UserId { get; init; }
        public long? PostId { get; init; }
        public long Thing { get; init; }
    }
}
