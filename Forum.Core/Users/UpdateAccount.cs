using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>
/// Writes what changed between the account as it was read and as it shall be, and nothing else, so that sign-ins at the same
/// time do not undo each other's lockout.
/// </summary>
/// <param name="Before">As it was read.</param>
/// <param name="After">As it shall be.</param>
[For(Who.Anyone), EachTime]
public sealed record UpdateAccount(Account Before, Account After) : IRequest, ICommand
{
    internal sealed class Handler(Db db) : IRequestHandler<UpdateAccount>
    {
        public async Task Handle(UpdateAccount request, CancellationToken cancellationToken)
        {
            var (before, after) = (request.Before, request.After);
            if ((before.PasswordHash, before.SecurityStamp) != (after.PasswordHash, after.SecurityStamp))
            {
                var written = await db.Execute(
                    """
                    update accounts
                    set password_hash = @PasswordHash, security_stamp = @SecurityStamp
                    where user_id = @UserId and security_stamp = @read
                    """,
                    new { after.UserId, after.PasswordHash, after.SecurityStamp, read = before.SecurityStamp }, cancellationToken);
                if (written == 0)
                    throw new ConflictException(new("accounts.changed-meanwhile"));
            }

            if (before.LockoutEndsAt != after.LockoutEndsAt)
            {
                await db.Execute(
                    "update accounts set lockout_ends_at = @LockoutEndsAt where user_id = @UserId",
                    new { after.UserId, after.LockoutEndsAt }, cancellationToken);
            }

            if (before.FailedSignIns != after.FailedSignIns)
            {
                await db.Execute(
                    "update accounts set failed_sign_ins = @FailedSignIns where user_id = @UserId",
                    new { after.UserId, after.FailedSignIns }, cancellationToken);
            }
        }
    }
}

/// <summary>Counts one more wrong password and returns how many there are now. Counted in the database, so that guesses at the same time all count.</summary>
[For(Who.Anyone), EachTime]
public sealed record CountFailedSignIn(long UserId) : IRequest<int>, ICommand
{
    internal sealed class Handler(Db db) : IRequestHandler<CountFailedSignIn, int>
    {
        public Task<int> Handle(CountFailedSignIn request, CancellationToken cancellationToken) =>
            db.Find<int>(
                "update accounts set failed_sign_ins = failed_sign_ins + 1 where user_id = @UserId returning failed_sign_ins",
                new { request.UserId }, cancellationToken);
    }
}
