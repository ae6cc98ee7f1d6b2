using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.PostNotices;

/// <summary>A post and the notices above it, for whoever would put one there or take one away.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ShowNotices(long PostId) : IRequest<ShowNotices.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Notices">What stands above it.</param>
    public sealed record View(PostFacts Post, IReadOnlyList<Notice> Notices);

    /// <summary>A notice.</summary>
    public sealed record Notice
    {
        public NoticeKind Kind { get; init; }
        public DateTimeOffset At { get; init; }

        /// <summary>When it goes; null: not by itself.</summary>
        public DateTimeOffset? EndsAt { get; init; }

        /// <summary>Who put it there; null: nobody who is known.</summary>
        public string? ByName { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowNotices, View>
    {
        public async Task<View> Handle(ShowNotices show, CancellationToken token) => new(
            await db.VisiblePost(show.PostId, user, settings, token),
            await db.Query<Notice>(
                """
                select n.kind as Kind, n.at as At, n.ends_at as EndsAt, u.name as ByName
                from post_notices n
                left join users u on u.id = n.by_id
                where n.post_id = @PostId and (n.ends_at is null or n.ends_at > @now)
                order by n.kind
                """,
                new { show.PostId, now = clock.GetUtcNow() }, token));
    }
}
