using System.Diagnostics;
using System.Globalization;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Questions;

/// <summary>Which questions are like which, kept in <c>related_questions</c>: the page of a question only reads them. Rules: docs/rules/search.md, "Related questions".</summary>
internal static class RelatedQuestions
{
    /// <summary>
    /// Finds anew what is related to a question, on a reader, and writes it where it is otherwise; of one that is deleted nothing is.
    /// Returns what was found, and whether that is new.
    /// </summary>
    public static async Task<(IReadOnlyList<long> Found, bool IsNew)> Relate(this Db db, long questionId, WordCounts words, SearchSettings settings, CancellationToken token)
    {
        var question = await db.Find<Text>(
            "select title as Title, html as Html, tags as Tags from posts where id = @questionId and kind = 1 and deleted_at is null", new { questionId }, token);
        IReadOnlyList<long> found = question is null
            ? []
            : LikeEnough(
                questionId, settings.RelatedLeast,
                await db.MostAlike(new Draft(question.Title, PlainText.Of(question.Html), question.TagNames), settings.RelatedKept + 1, words, settings, token));
        var kept = await db.Query<long>("select related_id from related_questions where question_id = @questionId order by place", new { questionId }, token);
        db.EndSnapshot();
        if (kept.SequenceEqual(found))
            return (found, false);

        await db.InTransaction(
            async () =>
            {
                await db.Execute("delete from related_questions where question_id = @questionId", new { questionId }, token);
                // What was deleted for good meanwhile is nowhere to point at.
                await db.Execute(
                    $"""
                    insert into related_questions (question_id, place, related_id)
                    select @questionId, r.key + 1, p.id
                    from json_each(@found) r
                    join posts p on p.id = r.value
                    """,
                    new { questionId, found = db.Dialect.List(found) }, token);
            },
            token);
        return (found, true);
    }

    // A question is like itself wholly, and in a small community like all others a little: so much of the former is asked for.
    private static List<long> LikeEnough(long questionId, double least, IReadOnlyList<Alike> found)
    {
        var own = found.FirstOrDefault(q => q.Id == questionId)?.Likeness ?? 0;
        return [.. found.Where(q => q.Id != questionId && q.Likeness >= least * own).Select(q => q.Id)];
    }

    /// <summary>Questions after an id, in their order.</summary>
    public static Task<IReadOnlyList<long>> QuestionsAfter(this Db db, long after, int count, CancellationToken token) =>
        db.Query<long>("select id from posts where id > @after and kind = 1 order by id limit @count", new { after, count }, token);

    /// <summary>Says that nothing is to be found for what is here already: for a community that was made up.</summary>
    public static Task<int> NothingIsToBeRelated(this Db db, CancellationToken token) =>
        db.Execute(
            "insert into watermarks (reader, event_id) select @Reader, coalesce(max(id), 0) from events where true on conflict do nothing", new { KeepRelated.Reader }, token);

    /// <summary>Says that everything is to be found anew, for whoever writes very much at once.</summary>
    public static Task<int> EverythingIsToBeRelated(this Db db, CancellationToken token) =>
        db.Execute("delete from watermarks where reader = @Reader", new { KeepRelated.Reader }, token);

    private sealed record Text
    {
        public string Title { get; init; } = "";
        public string Html { get; init; } = "";
        public string Tags { get; init; } = "";
        public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>
/// Finds what is related to a question soon after it was asked, edited or brought back, and anew for what it is like: to them it may be
/// the news. The first time it goes through all there are, slowly. It writes only what is otherwise, so that doing it twice does no harm.
/// </summary>
public sealed class KeepRelated(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<KeepRelated> log)
    : ReadEvents(Reader, Interval, "Related questions could not be found; it is tried again.", scopes, log)
{
    internal const string Reader = "related";
    private const string Job = "related-all";
    private const int QuestionsAtOnce = 50;
    // What it takes of a processor beside requests: a tenth.
    private const int Rest = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task Begin(IServiceProvider scope, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        var after = long.Parse((await db.Job(Job, token))?.Cursor is { Length: > 0 } cursor ? cursor : "0", CultureInfo.InvariantCulture);
        while (true)
        {
            var some = await db.QuestionsAfter(after, QuestionsAtOnce, token);
            db.EndSnapshot();
            foreach (var question in some)
                await Relate(scope, question, token);
            after = some.Count < QuestionsAtOnce ? 0 : some[^1];
            await db.KeepJob(Job, after.ToString(CultureInfo.InvariantCulture), clock.GetUtcNow(), token);
            if (after == 0)
                return;
        }
    }

    /// <inheritdoc />
    protected override async Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token)
    {
        var done = new HashSet<long>();
        foreach (var question in events.Select(e => Concerned(e.What)).OfType<long>())
        {
            if (!done.Add(question))
                continue;
            foreach (var other in await Relate(scope, question, token))
            {
                if (done.Add(other))
                    await Relate(scope, other, token);
            }
        }
    }

    private static long? Concerned(INotification? what) => what switch
    {
        QuestionAsked asked => asked.QuestionId,
        PostEdited edited when edited.PostId == edited.QuestionId => edited.QuestionId,
        PostUndeleted back when back.PostId == back.QuestionId => back.QuestionId,
        _ => null,
    };

    private async Task<IReadOnlyList<long>> Relate(IServiceProvider scope, long question, CancellationToken token)
    {
        var began = Stopwatch.GetTimestamp();
        var (found, _) = await scope.GetRequiredService<Db>().Relate(question, scope.GetRequiredService<WordCounts>(), settings.Current.Search, token);
        await GiveWay(began, Rest, token);
        return found;
    }
}

/// <summary>Finds what is related to some questions, those after an id, for a community that was brought along. Everything is many calls.</summary>
/// <param name="After">The id to go on after; 0 begins.</param>
/// <param name="Count">How many questions, at most.</param>
[For(Who.Anyone)]
public sealed record RelateAll(long After, int Count) : IRequest<RelateAll.Result>
{
    /// <summary>What came of it.</summary>
    /// <param name="Last">The last question's id, or null when there was none left.</param>
    /// <param name="Questions">How many questions were looked at.</param>
    /// <param name="Changed">For how many of them something else was found than was kept.</param>
    public sealed record Result(long? Last, int Questions, int Changed);

    internal sealed class Handler(Db db, WordCounts words, ForumSettings settings) : IRequestHandler<RelateAll, Result>
    {
        public async Task<Result> Handle(RelateAll all, CancellationToken token)
        {
            var some = await db.QuestionsAfter(all.After, all.Count, token);
            var changed = 0;
            foreach (var question in some)
                changed += (await db.Relate(question, words, settings.Search, token)).IsNew ? 1 : 0;
            if (some.Count == 0)
                await db.InTransaction(() => db.NothingIsToBeRelated(token), token);
            return new Result(some.Count == 0 ? null : some[^1], some.Count, changed);
        }
    }
}
