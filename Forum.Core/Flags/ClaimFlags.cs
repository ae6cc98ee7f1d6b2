using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>Keeps the flags of a post for the moderator who asks, for a while. Rules: docs/rules/flags.md, section 6.</summary>
[For(Who.Moderator)]
public sealed record ClaimFlags(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ClaimFlags>
    {
        public async Task Handle(ClaimFlags claim, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            await db.WhyNotTake(claim.PostId, user.Required, now, token);
            if (!await db.Get<bool>("select exists (select 1 from flags where post_id = @PostId and state = 0)", new { claim.PostId }, token))
                throw new NotFoundException();
            await db.Execute(
                """
                insert into flag_claims (post_id, user_id, ends_at) values (@PostId, @me, @until)
                on conflict (post_id) do update set user_id = excluded.user_id, ends_at = excluded.ends_at
                """,
                new { claim.PostId, me = user.Required, until = now + settings.Flags.Claim }, token);
        }
    }
}

/// <summary>Gives the flags of a post that one took back to the others.</summary>
[For(Who.Moderator)]
public sealed record ReleaseFlags(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ReleaseFlags>
    {
        public Task Handle(ReleaseFlags release, CancellationToken token) =>
            db.Execute("delete from flag_claims where post_id = @PostId and user_id = @me", new { release.PostId, me = user.Required }, token);
    }
}

/// <summary>Whose the flags of a post are for now.</summary>
internal static class FlagClaims
{
    /// <summary>Ends the matter when another moderator has the flags of a post.</summary>
    /// <exception cref="ConflictException">One has.</exception>
    public static async Task WhyNotTake(this Db db, long postId, long me, DateTimeOffset now, CancellationToken token)
    {
        var other = await db.Find<string>(
            "select u.name from flag_claims c join users u on u.id = c.user_id where c.post_id = @postId and c.user_id <> @me and c.ends_at > @now",
            new { postId, me, now }, token);
        if (other is not null)
            throw new ConflictException(new Refusal("flags.claimed", other));
    }
}
