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
    }

    internal sealed class Handler(Db db) : IRequestHandler<RecogniseUser, View?>
    {
        public Task<View?> Handle(RecogniseUser request, CancellationToken cancellationToken) =>
            db.Find<View>(
                """
                select u.id as Id, u.name as Name, u.reputation as Reputation, u.is_moderator | u.is_administrator as IsModerator,
                    u.is_administrator as IsAdministrator, u.suspended_until as SuspendedUntil, u.seen_at as SeenAt, u.picture as Picture,
                    a.security_stamp as SecurityStamp, a.language as Language, a.theme as Theme,
                    (select count(*) from inbox i where i.user_id = u.id and i.read_at is null) as Unread
                from users u
                join accounts a on a.user_id = u.id
                where u.id = @Id and u.removed_at is null
                """,
                new { request.Id }, cancellationToken);
    }
}

/// <summary>Notes that the signed-in person is here now.</summary>
[For(Who.Anyone), EachTime]
public sealed record NoteVisit : IRequest, ICommand
{
    /// <summary>A visit is noted when the last note is older than this.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<NoteVisit>
    {
        public async Task Handle(NoteVisit request, CancellationToken cancellationToken)
        {
            await db.Execute("update users set seen_at = @now where id = @id", new { id = user.Required, now = clock.GetUtcNow() }, cancellationToken);
        }
    }
}
