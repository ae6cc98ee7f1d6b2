using System.Diagnostics;
using Forum.Core.Badges;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Tags;

/// <summary>
/// Moves the questions of tags that become another one, some at a time, so that people's writes pass between. How far it is, is which
/// questions still have the old tag: a process that dies in between loses nothing and repeats nothing
/// (docs/decisions/0013-a-tag-becomes-another-question-by-question.md). Then what hangs on the old tag follows, and the tag goes.
/// </summary>
public sealed class ApplyTagMerges(IServiceScopeFactory scopes, SettingsStore settings, DeliverySignal signal, TimeProvider clock, ILogger<ApplyTagMerges> log)
    : Recurring(Interval, "Tags could not be merged; it is tried again.", log)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A vote waits for no longer than this and a question, whatever a question's lists cost to move.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(5);

    /// <summary>Finishes all merges that were asked for and returns how many questions were moved.</summary>
    public async Task<int> Apply(CancellationToken token)
    {
        for (var moved = 0; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var merge = await db.Find<Merge>(
                """
                select m.id as Id, m.tag_id as FromId, f.name as FromName, m.into_id as IntoId, i.name as IntoName, m.is_rename as IsRename
                from tag_merges m
                join tags f on f.id = m.tag_id
                join tags i on i.id = m.into_id
                where m.finished_at is null
                order by m.id
                limit 1
                """, token: token);
            db.EndSnapshot();
            if (merge is null)
                return moved;

            moved += await Move(scope.ServiceProvider, db, merge, token);
        }
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Apply(token);

    private async Task<int> Move(IServiceProvider services, Db db, Merge merge, CancellationToken token)
    {
        for (var moved = 0; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var questions = await db.Query<long>("select question_id from question_tags where tag_id = @FromId limit @AtOnce", new { merge.FromId, AtOnce }, token);
            db.EndSnapshot();
            if (questions.Count == 0)
            {
                await Finish(services, db, merge, token);
                return moved;
            }

            moved += await Write(services, db, happened => Some(db, merge, questions, happened, token), token);
            await GiveWay(began, 1, token);
        }
    }

    // As many of them as a moment allows, with the event that says so.
    private static async Task<int> Some(Db db, Merge merge, IReadOnlyList<long> questions, Happened happened, CancellationToken token)
    {
        var held = Stopwatch.StartNew();
        var moved = new List<long>();
        foreach (var question in questions)
        {
            if (moved.Count > 0 && held.Elapsed >= Hold)
                break;
            await db.MoveTag(question, merge, token);
            moved.Add(question);
        }

        await db.Execute("update tag_merges set moved = moved + @Count where id = @Id", new { moved.Count, merge.Id }, token);
        happened.Note(new QuestionsRetagged([.. moved], merge.FromName, merge.IntoName));
        return moved.Count;
    }

    private async Task Finish(IServiceProvider services, Db db, Merge merge, CancellationToken token)
    {
        await CountScores(db, merge, token);
        await MoveBadges(services, db, merge, token);
        await Write(
            services, db, async happened =>
            {
                // An edit that began before may have brought the tag back, or whoever reads events written a score: then it is looked at again.
                var isThere = await db.Get<bool>(
                    "select exists (select 1 from question_tags where tag_id = @FromId) or exists (select 1 from tag_scores where tag_id = @FromId)", merge, token);
                if (isThere)
                    return 0;

                var now = clock.GetUtcNow();
                await db.MoveTexts(merge, token);
                await db.MoveWatches(merge, token);
                foreach (var overtaken in await db.DropTag(merge.FromId, settings.Current.Reputation, now, token))
                    happened.Note(overtaken);
                await db.Execute("update tag_merges set finished_at = @now where id = @Id", new { merge.Id, now }, token);
                await db.LogTag(merge.IsRename ? TagEvent.Renamed : TagEvent.Merged, merge.IntoName, merge.FromName, null, now, token);
                happened.Note(new QuestionsRetagged([], merge.FromName, merge.IntoName));
                return 1;
            }, token);
    }

    // Badges of the old tag are the other's now, and by the scores under it they are lost or awarded as every day.
    private async Task MoveBadges(IServiceProvider services, Db db, Merge merge, CancellationToken token)
    {
        while (true)
        {
            var held = await db.Query<HeldTagBadge>(
                """
                select h.id as Id, h.user_id as UserId, h.badge_id as BadgeId, b.class as Class
                from badges b
                join user_badges h on h.badge_id = b.id
                where b.name = @FromName and b.is_tag = 1
                limit @AtOnce
                """, new { merge.FromName, AtOnce }, token);
            db.EndSnapshot();
            if (held.Count == 0)
                break;
            await Write(
                services, db, async happened =>
                {
                    foreach (var badge in held)
                        await db.MoveBadge(badge, merge.IntoName, token);
                    happened.Note(new BadgesRecomputed(held.Count));
                    return held.Count;
                }, token);
        }

        await Write(services, db, async _ => await db.Execute("delete from badges where name = @FromName and is_tag = 1 and not exists (select 1 from inbox where badge_id = badges.id)", merge, token), token);
        var (earned, lost) = await db.TagBadges([merge.IntoId], settings.Current, token);
        db.EndSnapshot();
        await Write(services, db, happened => db.ChangeTagBadges(earned, lost, happened, clock.GetUtcNow(), token), token);
    }

    // Nobody has a score under the tag any more: whoever had one has another under the other tag.
    private static async Task CountScores(Db db, Merge merge, CancellationToken token)
    {
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var people = await db.Query<long>("select user_id from tag_scores where tag_id = @FromId limit @AtOnce", new { merge.FromId, AtOnce }, token);
            if (people.Count == 0)
                break;
            await db.CountTagScores(people, token);
            db.EndSnapshot();
            await GiveWay(began, 1, token);
        }

        db.EndSnapshot();
    }

    private async Task<int> Write(IServiceProvider services, Db db, Func<Happened, Task<int>> work, CancellationToken token)
    {
        var happened = services.GetRequiredService<Happened>();
        var isCommitted = false;
        try
        {
            var done = await db.InTransaction(
                async () =>
                {
                    happened.Forget();
                    var some = await work(happened);
                    await happened.Write(db, token);
                    return some;
                }, token);
            isCommitted = true;
            return done;
        }
        finally
        {
            if (happened.Tell(isCommitted))
                signal.Raise();
        }
    }
}

/// <summary>A tag that is becoming another.</summary>
internal sealed record Merge
{
    public long Id { get; init; }
    public long FromId { get; init; }
    public string FromName { get; init; } = "";
    public long IntoId { get; init; }
    public string IntoName { get; init; } = "";
    public bool IsRename { get; init; }
}

/// <summary>A badge of a tag that somebody holds.</summary>
internal sealed record HeldTagBadge
{
    public long Id { get; init; }
    public long UserId { get; init; }
    public long BadgeId { get; init; }
    public int Class { get; init; }
}

/// <summary>What goes over from a tag to another, one thing at a time.</summary>
internal static class TagMoves
{
    /// <summary>Gives a question the other tag in the place of the old one. No revision is written: nobody edited it.</summary>
    public static async Task MoveTag(this Db db, long questionId, Merge merge, CancellationToken token)
    {
        var added = await db.Execute(
            """
            insert into question_tags (tag_id, question_id, is_listed, is_answered, created_at, active_at, score)
            select @IntoId, question_id, is_listed, is_answered, created_at, active_at, score
            from question_tags
            where question_id = @questionId and tag_id = @FromId
            on conflict do nothing
            """,
            new { questionId, merge.FromId, merge.IntoId }, token);
        if (added > 0)
        {
            await db.Execute(
                """
                update tags
                set question_count = question_count + 1, unanswered_count = unanswered_count + (q.is_answered = 0)
                from (select is_answered from question_tags where question_id = @questionId and tag_id = @IntoId and is_listed = 1) q
                where id = @IntoId
                """,
                new { questionId, merge.IntoId }, token);
            await db.Execute(
                "update posts set tags = trim(replace(' ' || tags || ' ', ' ' || @FromName || ' ', ' ' || @IntoName || ' ')) where id = @questionId",
                new { questionId, merge.FromName, merge.IntoName }, token);
            await db.PutUnderTags(questionId, merge.IntoId, token);
        }

        await db.TakeTag(questionId, merge.FromId, merge.FromName, token);
    }

    /// <summary>Makes what is said of the old tag the other's, where nothing is said of that.</summary>
    public static Task<int> MoveTexts(this Db db, Merge merge, CancellationToken token) =>
        db.Execute(
            """
            update tags
            set excerpt_post_id = case when coalesce((select body from posts where id = tags.excerpt_post_id), '') = '' and o.excerpt_post_id is not null then o.excerpt_post_id else tags.excerpt_post_id end,
                wiki_post_id = case when coalesce((select body from posts where id = tags.wiki_post_id), '') = '' and o.wiki_post_id is not null then o.wiki_post_id else tags.wiki_post_id end
            from (select excerpt_post_id, wiki_post_id from tags where id = @FromId) o
            where tags.id = @IntoId
            """,
            new { merge.FromId, merge.IntoId }, token);

    /// <summary>Lets those who watch or ignore the old tag do so with the other, unless they said what that is to them.</summary>
    public static async Task MoveWatches(this Db db, Merge merge, CancellationToken token)
    {
        await db.Execute(
            """
            insert into watched_tags (user_id, pattern, is_ignored, added_at)
            select user_id, @IntoName, is_ignored, added_at
            from watched_tags
            where pattern = @FromName
            on conflict do nothing
            """,
            new { merge.FromName, merge.IntoName }, token);
        await db.Execute("delete from watched_tags where pattern = @FromName", new { merge.FromName }, token);
    }

    /// <summary>Deletes a tag that no question has: what is said of it is deleted too, with its history kept. Returns what to note.</summary>
    public static async Task<IReadOnlyList<SuggestionDecided>> DropTag(this Db db, long tagId, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var texts = await db.Query<long>(
            """
            select p.id
            from posts p
            where p.id in (select excerpt_post_id from tags where id = @tagId union select wiki_post_id from tags where id = @tagId)
              and not exists (select 1 from tags where id <> @tagId and excerpt_post_id = p.id)
              and not exists (select 1 from tags where id <> @tagId and wiki_post_id = p.id)
            """,
            new { tagId }, token);
        var overtaken = new List<SuggestionDecided>();
        foreach (var id in texts)
        {
            await db.Execute("update posts set deleted_at = @now, deleted_by = -1, is_listed = 0 where id = @id", new { id, now }, token);
            overtaken.AddRange(await db.Overtake(id, id, decider: -1, isDeleted: true, now, token));
            await db.HidePost(id, rules, now, token);
        }

        await db.Execute("delete from tag_synonyms where tag_id = @tagId", new { tagId }, token);
        await db.Execute("delete from tags where id = @tagId", new { tagId }, token);
        await db.Execute("update totals set tags = tags - 1", token: token);
        return overtaken;
    }

    /// <summary>Makes a badge of the old tag one of the other's of the same class, unless the person holds that.</summary>
    public static async Task MoveBadge(this Db db, HeldTagBadge held, string into, CancellationToken token)
    {
        await db.Execute("insert into badges (name, class, is_tag) values (@into, @Class, 1) on conflict do nothing", new { into, held.Class }, token);
        var badge = await db.Get<long>("select id from badges where name = @into and is_tag = 1 and class = @Class", new { into, held.Class }, token);
        await db.CountBadge(held.UserId, held.BadgeId, -1, token);
        var moved = await db.Execute(
            """
            update user_badges
            set badge_id = @badge
            where id = @Id and not exists (select 1 from user_badges o where o.user_id = user_badges.user_id and o.badge_id = @badge and o.thing = user_badges.thing)
            """,
            new { held.Id, badge }, token);
        if (moved > 0)
            await db.CountBadge(held.UserId, badge, +1, token);
        else
            await db.Execute("delete from user_badges where id = @Id", new { held.Id }, token);
        await db.Execute("update inbox set badge_id = @badge where user_id = @UserId and badge_id = @BadgeId", new { badge, held.UserId, held.BadgeId }, token);
    }
}
