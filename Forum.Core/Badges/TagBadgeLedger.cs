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

    /// <summary>Who has earned and who has lost badges of some tags, those after an id; the last one's id, or null when there were no more.</summary>
    public static async Task<(long? Last, IReadOnlyList<TagBadgeLedger.TagAward> Earned, IReadOnlyList<Award> Lost)> TagBadges(this Db db, long after, ForumSettings settings, CancellationToken token)
    {
        var tags = await db.Query<long>(
            """
            select t.id
            from tags t
            where t.id > @after and (t.question_count >= @TagQuestions or exists (select 1 from badges b where b.name = t.name and b.is_tag = 1))
            order by t.id
            limit @TagsAtOnce
            """, new { after, settings.Badges.TagQuestions, TagsAtOnce }, token);
        var earned = new List<TagAward>();
        var lost = new List<Award>();
        if (tags.Count == 0)
            return (null, earned, lost);

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

        return (tags[^1], earned, lost);
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
