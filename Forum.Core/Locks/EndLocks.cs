using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Locks;

/// <summary>Unlocks what was locked for a time that is over, every minute, one transaction each.</summary>
public sealed class EndLocks(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EndLocks> log)
    : OneByOne<long>(Interval, "Locks could not be ended; it is tried again.", scopes, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Ends the locks whose time is over and returns how many.</summary>
    public Task<int> End(CancellationToken token) => Each(token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => End(token);

    /// <inheritdoc />
    protected override Task<IReadOnlyList<long>> Due(Db db, CancellationToken token) =>
        db.Query<long>("select id from posts where locked_until <= @now order by locked_until", new { now = clock.GetUtcNow() }, token);

    /// <inheritdoc />
    protected override IRequest Command(long due) => new EndLock(due);
}

/// <summary>
/// Ends a lock whose time is over. The server asks for it; whether it is over is looked up in the transaction that ends it.
/// </summary>
[For(Who.Anyone), EachTime]
public sealed record EndLock(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<EndLock>
    {
        public async Task Handle(EndLock end, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var locked = await db.Find<Row>(
                """
                select id as Id, coalesce(question_id, id) as QuestionId, author_id as AuthorId, lock_kind as Kind, locked_until as Until
                from posts
                where id = @PostId and locked_until <= @now
                """,
                new { end.PostId, now }, token);
            if (locked is null)
                return;

            await db.Unlock(locked.Id, token);
            await db.Log(locked.Id, Locks.Unlocked, People.Community, now, token);
            var post = new PostFacts { Id = locked.Id, AuthorId = locked.AuthorId, Lock = locked.Kind };
            await log.Record(UnlockPost.Unlocked(post, locked.Until) with { ByItself = true }, token);
            happened.Note(new PostLockChanged(locked.Id, locked.QuestionId, Kind: null));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long QuestionId { get; init; }
        public long? AuthorId { get; init; }
        public LockKind? Kind { get; init; }
        public DateTimeOffset Until { get; init; }
    }
}
