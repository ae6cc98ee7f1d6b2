using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>
/// Folds the reputation of some people anew, for when the rules were changed: those who come after an id. Everybody is many
/// calls. The folding is done on a reader; only who has another reputation by it is written, a moment's worth at a time, so
/// that people's writes pass between.
/// </summary>
/// <param name="After">The id to go on after; <see cref="long.MinValue"/> begins.</param>
/// <param name="Count">How many people, at most.</param>
[For(Who.Anyone)]
public sealed record RecalculateReputation(long After, int Count) : IRequest<RecalculateReputation.Result>
{
    /// <summary>What came of it.</summary>
    /// <param name="Last">The last person's id, or null when there was nobody left.</param>
    /// <param name="People">How many people were looked at.</param>
    /// <param name="Changed">How many have another reputation now.</param>
    public sealed record Result(long? Last, int People, int Changed);

    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<RecalculateReputation, Result>
    {
        public async Task<Result> Handle(RecalculateReputation request, CancellationToken token)
        {
            var people = await db.Query<long>("select id from users where id > @After order by id limit @Count", new { request.After, request.Count }, token);
            var stale = await db.Stale(people, settings.Reputation, token);
            var changed = 0;
            await db.InShortTransactions([.. stale], async person => changed += await db.Recalculate([person], settings.Reputation, clock.GetUtcNow(), token), token);
            if (changed > 0)
                await happened.Announce(new ReputationsRecalculated(changed), db, token);
            return new Result(people.Count == 0 ? null : people[^1], people.Count, changed);
        }
    }
}

/// <summary>Some people's reputation came out otherwise when it was folded anew.</summary>
public sealed record ReputationsRecalculated(int Changed) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Reputations().People();
}
