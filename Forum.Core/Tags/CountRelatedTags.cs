using System.Diagnostics;
using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Verification;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Tags;

/// <summary>
/// Counts once a day which tags stand beside each on its newest questions, and keeps the most frequent in <c>tags.related</c>, so that no
/// page counts. Read some tags at a time; written is only what is otherwise.
/// </summary>
public sealed class CountRelatedTags(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<CountRelatedTags> log)
    : Recurring(Interval, "Related tags could not be counted; it is tried again.", log)
{
    internal const string Job = "related-tags";
    private const int TagsAtOnce = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Counts and returns how many tags have others beside them than before.</summary>
    public async Task<int> Count(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var newest = await db.NewestEvent(token);
        var changed = new List<Related>();
        for (var after = 0L; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var tags = await db.Query<Related>("select id as Id, name as Name, related as Text from tags where id > @after order by id limit @TagsAtOnce", new { after, TagsAtOnce }, token);
            foreach (var tag in tags)
            {
                if (await db.RelatedTo(tag.Id, settings.Current, token) is var now && now != tag.Text)
                    changed.Add(tag with { Text = now });
            }

            db.EndSnapshot();
            if (tags.Count == 0)
                break;
            after = tags[^1].Id;
            await GiveWay(began, 9, token);
        }

        await db.InShortTransactions(changed, tag => db.Execute("update tags set related = @Text where id = @Id", tag, token), token);
        await db.KeepJob(Job, newest.ToString(CultureInfo.InvariantCulture), clock.GetUtcNow(), token);
        if (changed.Count > 0)
            await scope.ServiceProvider.GetRequiredService<Happened>().Announce(new RelatedTagsCounted(changed.Count), db, token);
        return changed.Count;
    }

    /// <inheritdoc />
    protected override async Task Once(CancellationToken token)
    {
        if (await IsDue(token))
            await Count(token);
    }

    private async Task<bool> IsDue(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<Db>().Job(Job, token);
        return last is null || clock.GetUtcNow() - last.UpdatedAt >= settings.Current.Tags.RelatedEvery;
    }

    private sealed record Related
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Text { get; init; } = "";
    }
}

/// <summary>Tags have others beside them than before.</summary>
public sealed record RelatedTagsCounted(int Changed) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Tags();
}

/// <summary>A tag that often stands beside another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Questions">How many of the other's newest questions have both.</param>
public sealed record RelatedTag(string Name, int Questions)
{
    /// <summary>Those that a tag's <c>related</c> names: <c>linq 80 .net 41</c>.</summary>
    public static IReadOnlyList<RelatedTag> Parse(string related)
    {
        ArgumentNullException.ThrowIfNull(related);
        return [.. related.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(pair => new RelatedTag(pair[0], int.Parse(pair[1], CultureInfo.InvariantCulture)))];
    }
}

/// <summary>Which tags stand beside each other.</summary>
internal static class RelatedTags
{
    /// <summary>The number of the newest event.</summary>
    public static Task<long> NewestEvent(this Db db, CancellationToken token) => db.Get<long>("select coalesce(max(id), 0) from events", token: token);

    /// <summary>What a tag's <c>related</c> is to say now. One that stands beside it once is no relative.</summary>
    public static async Task<string> RelatedTo(this Db db, long tagId, ForumSettings settings, CancellationToken token)
    {
        var related = await db.Query<Beside>(
            """
            select n.name as Name, o.questions as Questions
            from (
                select other.tag_id, count(*) as questions
                from (select question_id from question_tags where tag_id = @tagId and is_listed = 1 order by created_at desc, question_id desc limit @MostCounted) q
                cross join question_tags other on other.question_id = q.question_id and other.tag_id <> @tagId
                group by other.tag_id
                having count(*) > 1) o
            join tags n on n.id = o.tag_id
            order by o.questions desc, n.name
            limit @Related
            """,
            new { tagId, settings.Pages.MostCounted, settings.Tags.Related }, token);
        return string.Join(' ', related.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} {r.Questions}")));
    }

    private sealed record Beside
    {
        public string Name { get; init; } = "";
        public int Questions { get; init; }
    }
}

/// <summary>
/// Related tags are those that stand beside each other. They are a day old at most, so it is compared only when nothing has happened
/// since they were counted.
/// </summary>
internal sealed class RelatedTagsAddUp(SettingsStore settings) : ICheck
{
    public string Name => "related tags";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        // The event that says so itself is the first after those that were counted.
        if (await db.Job(CountRelatedTags.Job, token) is not { } counted
            || await db.Get<bool>(
                "select exists (select 1 from events where id > @counted and kind <> @itself)",
                new { counted = long.Parse(counted.Cursor, CultureInfo.InvariantCulture), itself = typeof(RelatedTagsCounted).FullName }, token))
            return [];

        var differences = new List<string>();
        foreach (var tag in await db.Query<Kept>("select id as Id, name as Name, related as Text from tags order by id", token: token))
        {
            if (await db.RelatedTo(tag.Id, settings.Current, token) is var now && now != tag.Text)
                differences.Add($"tag {tag.Id} has \"{tag.Text}\" beside it, its questions say \"{now}\"");
        }

        return differences;
    }

    private sealed record Kept
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
