using System.Diagnostics;
using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Badges;

/// <summary>
/// Awards badges soon after what earned them. It reads the events in their order, many at a time, looks on a reader for what those
/// concerned by them have earned, and writes that together with how far it has read: a crash repeats a step or none
/// (docs/decisions/0012-badges-read-on-from-a-watermark.md). Once a day it looks for what no event tells of. A singleton.
/// </summary>
public sealed class AwardBadges(IServiceScopeFactory scopes, SettingsStore settings, DeliverySignal signal, TimeProvider clock, ILogger<AwardBadges> log)
    : Recurring(Interval, "Badges could not be awarded; it is tried again.", log)
{
    internal const string Reader = "badges";
    private const string DailyJob = "badges-daily";
    private const int AtOnce = 200;
    private const int PeopleAtOnce = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim alone = new(1, 1);
    private bool hasCatalogue;

    /// <summary>Awards what has been earned until now and returns how many badges.</summary>
    public async Task<int> Award(CancellationToken token)
    {
        await alone.WaitAsync(token);
        try
        {
            await KeepCatalogue(token);
            var awarded = await Daily(token);
            while (true)
            {
                var (read, some) = await ReadOn(token);
                awarded += some;
                if (read < AtOnce)
                    return awarded;
            }
        }
        finally
        {
            alone.Release();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        alone.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Award(token);

    private async Task KeepCatalogue(CancellationToken token)
    {
        if (hasCatalogue)
            return;

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().KeepCatalogue(token);
        hasCatalogue = true;
    }

    private async Task<(int Read, int Awarded)> ReadOn(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var mark = await db.Mark(Reader, token) ?? 0;
        var events = await db.After(mark, AtOnce, token);
        if (events.Count == 0)
            return (0, 0);

        // Read and looked for in one snapshot: what happens meanwhile is an event beyond the last of these.
        var concerned = new Concerned();
        foreach (var what in events.Select(e => e.What).OfType<INotification>())
            concerned.By(what);
        var earned = await Look(db, concerned, events[0].At, token);
        return (events.Count, await Write(scope.ServiceProvider, earned, (mark, events[^1].Id), token));
    }

    private async Task<List<Award>> Look(Db db, Concerned concerned, DateTimeOffset since, CancellationToken token)
    {
        if (concerned.Found.Count == 0)
            return [];

        var search = await db.BadgeSearch(settings.Current, new DateTimeOffset(since.UtcDateTime.Date, TimeSpan.Zero), clock.GetUtcNow(), token);
        var earned = new List<Award>();
        foreach (var badge in Badge.All)
        {
            foreach (var trigger in badge.Feat.On.Keys)
            {
                if (!concerned.Found.TryGetValue(trigger, out var ids))
                    continue;
                var began = Stopwatch.GetTimestamp();
                earned.AddRange(await db.Earned(badge, trigger, ids, search, token));
                await GiveWay(began, 9, token);
            }
        }

        return earned;
    }

    private async Task<int> Write(IServiceProvider scope, List<Award> earned, (long From, long To)? read, CancellationToken token)
    {
        var (db, happened) = (scope.GetRequiredService<Db>(), scope.GetRequiredService<Happened>());
        var written = await db.InTransaction(
            async () =>
            {
                happened.Forget();
                // Another process may have been here: then all this is done.
                if (read is { } step && await Keep(db, step.From, step.To, token) == 0)
                    return 0;

                var awards = await db.Write(earned, clock.GetUtcNow(), token);
                foreach (var award in awards)
                    happened.Note(new BadgeAwarded(award.UserId, award.BadgeId, award.PostId));
                await happened.Write(db, token);
                return awards.Count;
            }, token);
        if (happened.Tell(isCommitted: true))
            signal.Raise();
        return written;
    }

    private static Task<int> Keep(Db db, long from, long to, CancellationToken token) =>
        db.Execute(
            """
            insert into watermarks (reader, event_id) values (@Reader, @to)
            on conflict (reader) do update set event_id = @to where event_id = @from
            """, new { Reader, from, to }, token);

    // Years that are full, tags that have grown, scores by tag: looked for when a day is some hours old.
    private async Task<int> Daily(CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var today = (now - settings.Current.Badges.DailyAt).ToUnixTimeMilliseconds() / (long)TimeSpan.FromDays(1).TotalMilliseconds;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var last = await db.Job(DailyJob, token);
        if (last is not null && long.Parse(last.Cursor, CultureInfo.InvariantCulture) >= today)
            return 0;

        var people = await db.Query<long>(
            $"""
            select u.id
            from json_each(@years) y
            join users u on u.created_at > @last - y.value * {Feat.Year} and u.created_at <= @now - y.value * {Feat.Year}
            union
            select created_by from tags where question_count >= @tagged and created_by is not null
            union
            select s.user_id
            from (select id from tags order by question_count desc, name limit @tags) t
            join tag_scores s on s.tag_id = t.id and s.answers > 0 and s.answer_score >= @score
            group by s.user_id
            having count(*) >= @several
            """,
            new
            {
                years = db.Dialect.List(Enumerable.Range(1, 99).Select(y => (long)y)),
                last = last?.UpdatedAt ?? now.AddDays(-1),
                now,
                tagged = Badge.Find("Taxonomist")!.Goal(settings.Current),
                several = Badge.Find("Generalist")!.Numbers(settings.Current)[0],
                score = Badge.Find("Generalist")!.Numbers(settings.Current)[1],
                tags = Badge.Find("Generalist")!.Numbers(settings.Current)[2],
            }, token);
        var awarded = 0;
        foreach (var some in people.Chunk(PeopleAtOnce))
        {
            var concerned = new Concerned();
            foreach (var person in some)
                concerned.Add(Trigger.DayPassed, person);
            awarded += await Write(scope.ServiceProvider, await Look(db, concerned, now, token), read: null, token);
        }

        awarded += await Tags(scope.ServiceProvider, token);
        await db.KeepJob(DailyJob, today.ToString(CultureInfo.InvariantCulture), now, token);
        return awarded;
    }

    private async Task<int> Tags(IServiceProvider scope, CancellationToken token)
    {
        var (db, happened) = (scope.GetRequiredService<Db>(), scope.GetRequiredService<Happened>());
        var awarded = 0;
        for (var tags = await db.TagsWithBadges(0, settings.Current, token); tags.Count > 0; tags = await db.TagsWithBadges(tags[^1], settings.Current, token))
        {
            var (earned, lost) = await db.TagBadges(tags, settings.Current, token);
            await db.InTransaction(
                async () =>
                {
                    happened.Forget();
                    awarded += await db.ChangeTagBadges(earned, lost, happened, clock.GetUtcNow(), token);
                    await happened.Write(db, token);
                }, token);
            if (happened.Tell(isCommitted: true))
                signal.Raise();
        }

        return awarded;
    }
}
