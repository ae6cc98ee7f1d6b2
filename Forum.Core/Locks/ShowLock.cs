using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Locks;

/// <summary>A post and what locks it, for whoever would lock or unlock it.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ShowLock(long PostId) : IRequest<ShowLock.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Lock">Its lock; null when it has none of its own.</param>
    public sealed record View(PostFacts Post, Lock? Lock);

    /// <summary>A lock.</summary>
    public sealed record Lock
    {
        public LockKind Kind { get; init; }
        public DateTimeOffset At { get; init; }

        /// <summary>When it ends; null: not by itself.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>Who locked it; null: an import or the rules.</summary>
        public long? ById { get; init; }
        public string? ByName { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowLock, View>
    {
        public async Task<View> Handle(ShowLock show, CancellationToken token) => new(
            await db.VisiblePost(show.PostId, user, settings, token),
            await db.Find<Lock>(
                $"""
                select {LockColumns.Kind("p")} as Kind, p.locked_at as At, p.locked_until as Until, p.locked_by as ById, u.name as ByName
                from posts p
                left join users u on u.id = p.locked_by
                where p.id = @PostId and p.locked_at is not null
                """,
                new { show.PostId }, token));
    }
}
