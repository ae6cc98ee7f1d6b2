using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Inbox;

/// <summary>Marks a notice as read and says what it leads to. A suspended person may still read.</summary>
/// <exception cref="NotFoundException">The signed-in person has no such notice.</exception>
[For(Who.Anyone)]
public sealed record OpenNotice(long Id) : IRequest<OpenNotice.View>, ICommand
{
    /// <summary>The post that the notice is about, the comment if it is about one, the badge of one about a badge; or none of them.</summary>
    public sealed record View
    {
        public string Kind { get; init; } = "";
        public long? PostId { get; init; }
        public long? CommentId { get; init; }
        public long? BadgeId { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<OpenNotice, View>
    {
        public async Task<View> Handle(OpenNotice open, CancellationToken token) =>
            await db.Find<View>(
                """
                update inbox set read_at = coalesce(read_at, @now)
                where id = @Id and user_id = @me
                returning kind as Kind, post_id as PostId, comment_id as CommentId, badge_id as BadgeId
                """,
                new { open.Id, me = user.Required, now = clock.GetUtcNow() }, token) ?? throw new NotFoundException();
    }
}
