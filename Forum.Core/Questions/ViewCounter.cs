using System.Collections.Concurrent;
using Forum.Core.Badges;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Questions;

/// <summary>
/// Counts views of questions: a visitor's repeated views count once within the window. Kept in memory and written in
/// batches, so that reading never waits for writing. A singleton.
/// </summary>
public sealed class ViewCounter(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<ViewCounter> log)
    : Recurring(Interval, "Views could not be written.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Past this many visitors the oldest are forgotten: better a view counted twice than memory without bound.
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(long QuestionId, Visitor Visitor), DateTimeOffset> seen = new();
    private readonly ConcurrentDictionary<long, int> pending = new();

    /// <summary>Notes that a visitor looks at a question.</summary>
    /// <param name="questionId">The question.</param>
    /// <param name="visitor">The account, or the address of who has none.</param>
    public void Count(long questionId, Visitor visitor)
    {
        var now = clock.GetUtcNow();
        var key = (questionId, visitor);
        if (seen.TryGetValue(key, out var last) && now - last < settings.Current.Windows.View)
            return;

        seen[key] = now;
        pending.AddOrUpdate(questionId, 1, (_, views) => views + 1);
    }

    /// <summary>Writes what has been counted.</summary>
    public async Task Write(CancellationToken token)
    {
        var counts = new List<(long Id, int Views)>();
        foreach (var id in pending.Keys)
        {
            if (pending.TryRemove(id, out var views))
                counts.Add((id, views));
        }

        Forget();
        if (counts.Count == 0)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var (db, happened) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<Happened>());
        var marks = Badge.All.Where(b => b.Feat == Feat.QuestionViews).Select(b => b.Goal(settings.Current)).ToList();
        await db.InShortTransactions(
            counts,
            async seen =>
            {
                var views = await db.Find<int>("update posts set view_count = view_count + @Views where id = @Id returning view_count", new { seen.Id, seen.Views }, token);
                if (!marks.Exists(mark => views >= mark && views - seen.Views < mark))
                    return;

                happened.Note(new ViewsReached(seen.Id, views));
                await happened.Write(db, token);
            }, token);
        happened.Tell(isCommitted: true);
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Write(token);

    /// <inheritdoc />
    protected override Task AtTheEnd() => Write(CancellationToken.None);

    private void Forget()
    {
        var now = clock.GetUtcNow();
        if (seen.Count > MostRemembered)
            seen.Clear();
        foreach (var (key, at) in seen)
        {
            if (now - at >= settings.Current.Windows.View)
                seen.TryRemove(key, out _);
        }
    }
}

/// <summary>A question was looked at so often that its author may have earned something.</summary>
public sealed record ViewsReached(long QuestionId, int Views) : IChangePages, IHappenByItself
{
    /// <summary>None: views may lag.</summary>
    public void Mark(PageTags pages)
    {
    }
}
