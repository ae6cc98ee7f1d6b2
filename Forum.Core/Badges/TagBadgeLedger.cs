using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Badges;

/// <summary>
/// Badges of tags: for a person's answers under a tag, by <c>tag_scores</c>. Made when somebody first earns them, and the only ones that
/// can be lost: when the answers are not there any more, or not under the tag. What an import brought stays.
/// </summary>
internal static class TagBadgeLedger
{
    private const int TagsAtOnce = 20;

    /// <summary>What a tag badge of each class needs.</summary>
    public static IReadOnlyList<(BadgeClass Class, TagBadgeLevel Level)> Levels(BadgeSettings settings) =>
        [(BadgeClass.Gold, settings.TagGold), (BadgeClass.Silver, settings.TagSilver), (BadgeClass.Bronze, settings.TagBronze)];

    /// <summary>Some tags that have badges or may have some, those after an id.</summary>
    public static Task<IReadOnlyList<long>> TagsWithBadges(this Db db, long after, ForumSettings settings, CancellationToken token) =>
        db.Query<long>(
            """
            select t.id
            from tags t
            where t.id > @after and (t.question_count >= @TagQuestions or exists (select 1 from badges b where b.name = t.name and b.is_tag = 1))
            order by t.id
            limit @TagsAtOnce
            """, new { after, settings.Badges.TagQuestions, TagsAtOnce }, token);

    /// <summary>Who has earned and who has lost badges of some tags.</summary>
    public static async Task<(IReadOnlyList<TagAward> Earned, IReadOnlyList<Award> Lost)> TagBadges(this Db db, IReadOnlyList<long> tags, ForumSettings settings, CancellationToken token)
    {
        var earned = new List<TagAward>();
        var lost = new List<Award>();
        foreach (var (rank, level) in Levels(settings.Badges))
        {
            var asked = new { tags = db.Dialect.List(tags), rank = (int)rank, level.Score, level.Answers, settings.Badges.TagQuestions };
            earned.AddRange(await db.Query<TagAward>(
                $"""
                select s.user_id as UserId, t.name as Tag, @rank as Class
                from tags t
                join tag_scores s on s.tag_id = t.id and s.answer_score >= @Score and s.answers >= @Answers and s.answers > 0
                where {db.Dialect.InList("t.id", "@tags")} and t.question_count >= @TagQuestions and s.user_id > 0
                  and not exists (
                      select 1 from badges b
                      join user_badges h on h.badge_id = b.id and h.user_id = s.user_id
                      where b.name = t.name and b.is_tag = 1 and b.class = @rank)
                """, asked, token));
            lost.AddRange((await db.Query<Holder>(
                $"""
                select h.user_id as UserId, b.id as BadgeId
                from tags t
                join badges b on b.name = t.name and b.is_tag = 1 and b.class = @rank
                join user_badges h on h.badge_id = b.id and h.thing = 0
                where {db.Dialect.InList("t.id", "@tags")}
                  and not exists (
                      select 1 from tag_scores s
                      where s.user_id = h.user_id and s.tag_id = t.id and s.answer_score >= @Score and s.answers >= @Answers)
                """, asked, token)).Select(h => new Award(h.UserId, h.BadgeId, null, 0)));
        }

        return (earned, lost);
    }

    /// <summary>The rows of badges that were earned, made if need be. In a transaction.</summary>
    public static async Task<IReadOnlyList<Award>> Named(this Db db, IReadOnlyList<TagBadgeLedger.TagAward> earned, CancellationToken token)
    {
        var awards = new List<Award>();
        foreach (var badge in earned.GroupBy(e => (e.Tag, e.Class)))
        {
            await db.Execute("insert into badges (name, class, is_tag) values (@Tag, @Class, 1) on conflict do nothing", new { badge.Key.Tag, badge.Key.Class }, token);
            var id = await db.Get<long>("select id from badges where name = @Tag and is_tag = 1 and class = @Class", new { badge.Key.Tag, badge.Key.Class }, token);
            awards.AddRange(badge.Select(e => new Award(e.UserId, id, null, 0)));
        }

        return awards;
    }

    /// <summary>Takes back what was lost and awards what was earned, and returns how many that were. In a transaction.</summary>
    public static async Task<int> ChangeTagBadges(this Db db, IReadOnlyList<TagAward> earned, IReadOnlyList<Award> lost, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        foreach (var gone in await db.TakeBack(lost, token))
            happened.Note(new BadgeLost(gone.UserId, gone.BadgeId));
        var awards = await db.Write(await db.Named(earned, token), now, token);
        foreach (var award in awards)
            happened.Note(new BadgeAwarded(award.UserId, award.BadgeId, award.PostId));
        return awards.Count;
    }

    /// <summary>Takes badges back and returns those that were there. In a transaction.</summary>
    public static async Task<IReadOnlyList<Award>> TakeBack(this Db db, IReadOnlyList<Award> lost, CancellationToken token)
    {
        var gone = new List<Award>();
        foreach (var badge in lost)
        {
            if (await db.Execute("delete from user_badges where user_id = @UserId and badge_id = @BadgeId and thing = 0", new { badge.UserId, badge.BadgeId }, token) == 0)
                continue;

            await db.CountBadge(badge.UserId, badge.BadgeId, -1, token);
            gone.Add(badge);
        }

        return gone;
    }

    /// <summary>A badge of a tag that somebody has earned.</summary>
    internal sealed record TagAward
    {
        public long UserId { get; init; }
        public string Tag { get; init; } = "";
        public int Class { get; init; }
    }

    private sealed record Holder
    {
        public long UserId { get; init; }
        public long BadgeId { get; init; }
    }
}
