using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Saves;

/// <summary>Asks to be told of what happens to a question or an answer: answers, comments, edits, acceptance.</summary>
public sealed record FollowPost(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<FollowPost>
    {
        public async Task Handle(FollowPost follow, CancellationToken token)
        {
            var post = await db.VisiblePost(follow.PostId, user, settings, token);
            await db.Execute(
                "insert into follows (user_id, post_id, followed_at) values (@me, @Id, @now) on conflict do nothing",
                new { me = user.Required, post.Id, now = clock.GetUtcNow() }, token);
        }
    }
}

/// <summary>Asks to be told no longer; nothing happens when one was not.</summary>
public sealed record UnfollowPost(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<UnfollowPost>
    {
        public Task Handle(UnfollowPost unfollow, CancellationToken token) =>
            db.Execute("delete from follows where user_id = @me and post_id = @PostId", new { me = user.Required, unfollow.PostId }, token);
    }
}
