using Forum.Core.Flags;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Who a session belongs to, in one statement; null when the account is gone.</summary>
public sealed record RecogniseUser(long Id) : IRequest<RecogniseUser.View?>
{
    /// <summary>What a request needs to know of the one who makes it.</summary>
    public sealed record View
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public bool IsModerator { get; init; }
        public bool IsAdministrator { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }
        public DateTimeOffset SeenAt { get; init; }

        /// <summary>A session with another stamp has ended.</summary>
        public string SecurityStamp { get; init; } = "";
        public string? Language { get; init; }
        public string? Theme { get; init; }
        public string Picture { get; init; } = "";

        /// <summary>Notices in the inbox that were not read.</summary>
        public int Unread { get; init; }

        /// <summary>The oldest warning that was not acknowledged.</summary>
        public long? Warning { get; init; }

        /// <summary>When the account that they asked to have deleted goes.</summary>
        public DateTimeOffset? LeavesAt { get; init; }

        /// <summary>Of a moderator: what waits for one, up to <see cref="MostWaiting"/>.</summary>
        public int ToModerate { get; init; }

        /// <summary>Whether lists leave out what carries a tag they ignore.</summary>
        public bool HidesIgnored { get; init; }
    }

    /// <summary>How far what waits for moderators is counted.</summary>
    public const int MostWaiting = 1_000;

    internal sealed class Handler(Db db) : IRequestHandler<RecogniseUser, View?>
    {
        private static readonly string ForModerators = FlagKinds.AreForModerators("f.kind");

        public Task<View?> Handle(RecogniseUser request, CancellationToken cancellationToken) =>
            db.Find<View>(
                $"""
                select u.id as Id, u.name as Name, u.reputation as Reputation, u.is_moderator | u.is_administrator as IsModerator,
                    u.is_administrator as IsAdministrator, u.suspended_until as SuspendedUntil, u.seen_at as SeenAt, u.picture as Picture,
                    a.security_stamp as SecurityStamp, a.language as Language, a.theme as Theme, u.hides_ignored as HidesIgnored,
                    (select count(*) from inbox i where i.user_id = u.id and i.read_at is null) as Unread,
                    (select min(w.id) from moderator_messages w where w.user_id = u.id and w.kind = 2 and w.acknowledged_at is null) as Warning,
                    (select d.due_at from departures d where d.user_id = u.id and d.asked_by = u.id and d.finished_at is null and d.called_off_at is null) as LeavesAt,
                    case when u.is_moderator | u.is_administrator then
                        (select count(*) from (select 1 from flags f where f.state = 0 and {ForModerators} limit @MostWaiting))
                        + (select count(*) from (select 1 from moderator_messages m where m.kind = 5 and m.handled_at is null limit @MostWaiting))
                    else 0 end as ToModerate
                from users u
                join accounts a on a.user_id = u.id
                where u.id = @Id and u.removed_at is null
                """,
                new { request.Id, MostWaiting }, cancellationToken);
    }
}

/// <summary>Notes that the signed-in person is here now.</summary>
[For(Who.Anyone), EachTime]
public sealed record NoteVisit : IRequest, ICommand
{
    // A visit is noted when the last note is older than this, or of another day.
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Whether a visit now is worth noting.</summary>
    public static bool IsDue(DateTimeOffset seenAt, DateTimeOffset now) => now - seenAt > Every || now.UtcDateTime.Date > seenAt.UtcDateTime.Date;

    internal sealed class Handler(Db db, CurrentUser user, Happened happened, TimeProvider clock) : IRequestHandler<NoteVisit>
    {
        public async Task Handle(NoteVisit request, CancellationToken cancellationToken)
        {
            var (me, now) = (user.Required, clock.GetUtcNow());
            var was = await db.Get<Visits>("select seen_at as SeenAt, streak as Streak, longest_streak as Longest from users where id = @me", new { me }, cancellationToken);
            // Whoever has only registered has been here for a day.
            var streak = (now.UtcDateTime.Date - was.SeenAt.UtcDateTime.Date).Days switch
            {
                <= 0 => Math.Max(was.Streak, 1),
                1 => Math.Max(was.Streak, 1) + 1,
                _ => 1,
            };
            await db.Execute(
                "update users set seen_at = max(seen_at, @now), streak = @streak, longest_streak = max(longest_streak, @streak) where id = @me",
                new { me, now, streak }, cancellationToken);
            if (streak > was.Longest)
                happened.Note(new StreakGrew(user.Required, streak));
        }
    }

    private sealed record Visits
    {
        public DateTimeOffset SeenAt { get; init; }
        public int Streak { get; init; }
        public int Longest { get; init; }
    }
}

/// <summary>Somebody was here more days in a row than ever before.</summary>
public sealed record StreakGrew(long UserId, int Days) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(UserId);
}
