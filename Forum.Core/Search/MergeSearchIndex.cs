using System.Diagnostics;
using Forum.Core.Pipeline;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Search;

/// <summary>
/// Keeps the index in few pieces, so that searching stays fast, by steps that hold the writer for a few milliseconds each.
/// See docs/decisions/0011-search-index-is-merged-beside.md.
/// </summary>
public sealed class MergeSearchIndex(IServiceScopeFactory scopes, ILogger<MergeSearchIndex> log)
    : Recurring(Interval, "The search index could not be merged; searching becomes slower until it can be.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // To rewrite a large index takes minutes of work. People come first: it rests so many times as long as it works.
    private const int Rest = 19;

    // Of the index, about 4 KB each.
    private const int PagesAtOnce = 16;

    /// <summary>Merges until there is nothing to merge and returns how many steps it took.</summary>
    public async Task<int> Merge(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var steps = 0;
        foreach (var index in SearchIndex.Tables)
            steps += await Merge(db, index, token);
        return steps;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Merge(token);

    private static async Task<int> Merge(Db db, string index, CancellationToken token)
    {
        for (var steps = 0; ; steps++)
        {
            var worked = Stopwatch.StartNew();
            if (!await db.InTransaction(() => Step(db, index, token), token))
                return steps;
            await Task.Delay(worked.Elapsed * Rest, token);
        }
    }

    // Asking is counted as one change, and any work as more.
    private static async Task<bool> Step(Db db, string index, CancellationToken token)
    {
        var before = await db.Get<long>("select total_changes()", token: token);
        await db.Execute(
            db.Dialect switch
            {
                SqlDialect.Sqlite => $"insert into {index} ({index}, rank) values ('merge', @PagesAtOnce)",
            },
            new { PagesAtOnce }, token);
        return await db.Get<long>("select total_changes()", token: token) - before > 1;
    }
}
