using Forum.Data;
using MediatR;

namespace Forum.Core.Inbox;

/// <summary>How many notices of the signed-in person are unread; 0 for a stranger.</summary>
public sealed record CountUnread : IRequest<long>
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<CountUnread, long>
    {
        public async Task<long> Handle(CountUnread request, CancellationToken cancellationToken) =>
            user.Id is not { } id ? 0 : await db.Get<long>(
                "select count(*) from inbox where user_id = @id and read_at is null", new { id }, cancellationToken);
    }
}
