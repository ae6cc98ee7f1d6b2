using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>A person's reputation day by day, for a chart. Everybody may see it.</summary>
/// <param name="UserId">Whose.</param>
public sealed record ShowReputation(long UserId) : IRequest<ShowReputation.View>
{
    /// <summary>What there is to show.</summary>
    /// <param name="Reputation">Now.</param>
    /// <param name="Since">When the person came.</param>
    /// <param name="Days">The balance at the end of each UTC day on which something counted, oldest first.</param>
    public sealed record View(int Reputation, DateTimeOffset Since, IReadOnlyList<Day> Days);

    /// <summary>A day's end.</summary>
    public sealed record Day
    {
        internal long Number { get; init; }
        public DateOnly Date => DateOnly.FromDateTime(DayBalance.Start(Number).UtcDateTime);
        public int Balance { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<ShowReputation, View>
    {
        // A day on which others see no line would tell them when somebody voted.
        private static readonly string Shown =
            $"""

              and exists (
                  select 1 from reputation_events e
                  where e.user_id = d.user_id and e.at >= d.day * 86400000 and e.at < (d.day + 1) * 86400000
                    and e.kind not in ({(int)ReputationKind.Adjustment}, {(int)ReputationKind.AnswerDownvoteCast}))
            """;

        public async Task<View> Handle(ShowReputation show, CancellationToken token)
        {
            var person = await db.LedgerOwner(show.UserId, user, clock.GetUtcNow(), token);
            if (person.IsHidden)
                return new View(person.Reputation, person.Since, []);

            var days = await db.Query<Day>(
                $"""
                select d.day as Number, d.balance as Balance
                from reputation_days d
                where d.user_id = @UserId{(user.Id == show.UserId ? "" : Shown)}
                order by d.day
                """, new { show.UserId }, token);
            return new View(person.Reputation, person.Since, days);
        }
    }
}
