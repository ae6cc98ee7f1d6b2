using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Tags;

/// <summary>A tag that is cleared away.</summary>
public sealed record ClearedTag
{
    public long Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>The one question that has it; null when none does.</summary>
    public long? QuestionId { get; init; }
}

/// <summary>
/// Deletes every night the tags that no question has, and those that one question alone has had for long and nobody describes. Found on a
/// reader; each is written by itself, so that people's writes pass between. Rules: docs/rules/tags.md.
/// </summary>
public sealed class ClearTags(IServiceScopeFactory scopes, SettingsStore settings, DeliverySignal signal, TimeProvider clock, ILogger<ClearTags> log)
    : Recurring(Interval, "Unused tags could not be cleared away; it is tried again.", log)
{
    private const string Job = "clear-tags";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does tonight's work, if it is time and nobody did it yet; returns what was cleared away, or null when there was nothing to do.</summary>
    public async Task<IReadOnlyList<ClearedTag>?> Nightly(CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(settings.Current.Tags.ClearHour);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var last = await db.Job(Job, token);
        db.EndSnapshot();
        if (now < due || last?.UpdatedAt >= due)
            return null;

        var cleared = await Clear(isDry: false, token);
        await db.KeepJob(Job, cleared.Count.ToString(CultureInfo.InvariantCulture), now, token);
        return cleared;
    }

    /// <summary>Clears away what is to be; a dry run only finds it.</summary>
    public async Task<IReadOnlyList<ClearedTag>> Clear(bool isDry, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var found = await Find(db, null, token);
        db.EndSnapshot();
        if (isDry || found.Count == 0)
            return found;

        var happened = scope.ServiceProvider.GetRequiredService<Happened>();
        var cleared = new List<ClearedTag>();
        var isCommitted = false;
        try
        {
            await db.InShortTransactions(
                found,
                async tag =>
                {
                    if (!await Delete(db, tag, happened, token))
                        return;
                    cleared.Add(tag);
                    await happened.Write(db, token);
                },
                token);
            isCommitted = true;
        }
        finally
        {
            if (happened.Tell(isCommitted))
                signal.Raise();
        }

        return cleared;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);

    // Asked again of the writer: somebody may have taken it meanwhile.
    private async Task<bool> Delete(Db db, ClearedTag tag, Happened happened, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        if ((await Find(db, tag.Id, token)).SingleOrDefault() is not { } still)
            return false;

        if (still.QuestionId is { } question)
            await db.TakeTag(question, tag.Id, tag.Name, token);
        await db.Execute("delete from tag_scores where tag_id = @Id", new { tag.Id }, token);
        foreach (var overtaken in await db.DropTag(tag.Id, settings.Current.Reputation, now, token))
            happened.Note(overtaken);
        await db.LogTag(TagEvent.Cleared, tag.Name, "", null, now, token);
        happened.Note(new QuestionsRetagged(still.QuestionId is { } id ? [id] : [], tag.Name, null));
        return true;
    }

    // A question that is deleted counts too: it may come back. No question loses its only tag.
    private Task<IReadOnlyList<ClearedTag>> Find(Db db, long? id, CancellationToken token)
    {
        var rules = settings.Current.Tags;
        return db.Query<ClearedTag>(
            $"""
            select c.id as Id, c.name as Name, c.question_id as QuestionId
            from (
                select t.id, t.name, t.created_at,
                       (select count(*) from (select 1 from question_tags q where q.tag_id = t.id limit 2)) as questions,
                       (select q.question_id from question_tags q where q.tag_id = t.id limit 1) as question_id,
                       (select max(p.body) from posts p where p.id in (t.excerpt_post_id, t.wiki_post_id)) as body
                from tags t
                where t.question_count <= 1 and t.is_required = 0 and t.is_moderator_only = 0 and t.is_blocked = 0{(id is null ? "" : " and t.id = @id")}
                  and not exists (select 1 from tag_synonyms s where s.tag_id = t.id)
                  and not exists (select 1 from tag_merges m where m.finished_at is null and (m.tag_id = t.id or m.into_id = t.id))) c
            where @ClearUnused and c.questions = 0
               or @ClearLone and c.questions = 1 and c.created_at < @before and coalesce(c.body, '') = ''
                  and exists (
                      select 1 from question_tags o
                      where o.question_id = c.question_id and o.tag_id <> c.id
                        and (select n.question_count from tags n where n.id = o.tag_id) > 1)
            order by c.id
            """,
            new { id, rules.ClearUnused, rules.ClearLone, before = clock.GetUtcNow() - rules.LoneAfter }, token);
    }
}
