using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Badges;

/// <summary>
/// Awards every badge that some people have earned and do not hold, for a community that was here before its badges or whose numbers
/// were changed: those who come after an id. Everybody is many calls. It is looked for on a reader and written a moment's worth at a
/// time, so that people's writes pass between. Nobody gets a notice of what they did long ago.
/// </summary>
/// <param name="After">The id to go on after; 0 begins.</param>
/// <param name="Count">How many people, at most.</param>
[For(Who.Anyone)]
public sealed record AwardAllBadges(long After, int Count) : IRequest<AwardAllBadges.Result>
{
    /// <summary>What came of it.</summary>
    /// <param name="Last">The last person's id, or null when there was nobody left.</param>
    /// <param name="People">How many people were looked at.</param>
    /// <param name="Awarded">How many of each badge were awarded, by name.</param>
    public sealed record Result(long? Last, int People, IReadOnlyDictionary<string, int> Awarded);

    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AwardAllBadges, Result>
    {
        public async Task<Result> Handle(AwardAllBadges request, CancellationToken token)
        {
            await db.KeepCatalogue(token);
            var now = clock.GetUtcNow();
            var people = await db.Query<long>(
                "select id from users where id > max(0, @After) and removed_at is null order by id limit @Count", new { request.After, request.Count }, token);
            if (people.Count == 0)
                return new Result(null, 0, new Dictionary<string, int>());

            var search = await db.BadgeSearch(settings, DateTimeOffset.UnixEpoch, now, token);
            var names = search.Ids.ToDictionary(b => b.Value, b => b.Key);
            var earned = new List<Award>();
            foreach (var badge in Badge.All)
                earned.AddRange(await db.Earned(badge, null, people, search, token));

            var written = new List<Award>();
            await db.InShortTransactions(
                [.. earned.GroupBy(e => e.UserId)], async mine => written.AddRange(await db.Write(mine, now, token)), token);
            if (written.Count > 0)
                await happened.Announce(new BadgesRecomputed(written.Count), db, token);
            return new Result(people[^1], people.Count, written.CountBy(a => names[a.BadgeId]).ToDictionary());
        }
    }
}

/// <summary>Awards the badges of some tags, those after an id, and takes back those that were lost. See <see cref="AwardAllBadges"/>.</summary>
/// <param name="After">The id to go on after; 0 begins.</param>
[For(Who.Anyone)]
public sealed record AwardAllTagBadges(long After) : IRequest<AwardAllTagBadges.Result>
{
    /// <summary>What came of it.</summary>
    /// <param name="Last">The last tag's id, or null when there was none left.</param>
    /// <param name="Awarded">How many of each tag's badges were awarded, by the tag's name.</param>
    /// <param name="Lost">How many were taken back.</param>
    public sealed record Result(long? Last, IReadOnlyDictionary<string, int> Awarded, int Lost);

    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AwardAllTagBadges, Result>
    {
        public async Task<Result> Handle(AwardAllTagBadges request, CancellationToken token)
        {
            var tags = await db.TagsWithBadges(request.After, settings, token);
            var (earned, lost) = await db.TagBadges(tags, settings, token);
            var awarded = new Dictionary<string, int>(StringComparer.Ordinal);
            var gone = 0;
            await db.InShortTransactions(lost, async badge => gone += (await db.TakeBack([badge], token)).Count, token);
            await db.InShortTransactions(
                earned,
                async badge =>
                {
                    if ((await db.Write(await db.Named([badge], token), clock.GetUtcNow(), token)).Count > 0)
                        awarded[badge.Tag] = awarded.GetValueOrDefault(badge.Tag) + 1;
                }, token);
            if (awarded.Count + gone > 0)
                await happened.Announce(new BadgesRecomputed(awarded.Values.Sum()), db, token);
            return new Result(tags.Count == 0 ? null : tags[^1], awarded, gone);
        }
    }
}
