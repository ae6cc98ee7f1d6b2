using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>Where the one asking stands: their reputation, and how much of today's cap they used.</summary>
[For(Who.SignedIn)]
public sealed record ShowStanding : IRequest<ShowStanding.View>
{
    /// <summary>It.</summary>
    public sealed record View
    {
        public int Reputation { get; init; }

        /// <summary>What votes earned them today, of what they can earn at most.</summary>
        public int Today { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<ShowStanding, View>
    {
        public Task<View> Handle(ShowStanding request, CancellationToken token) =>
            db.Get<View>(
                """
                select u.reputation as Reputation, coalesce(d.capped, 0) as Today
                from users u
                left join reputation_days d on d.user_id = u.id and d.day = @today
                where u.id = @me
                """,
                new { me = user.Required, today = DayBalance.Of(clock.GetUtcNow()) }, token);
    }
}
