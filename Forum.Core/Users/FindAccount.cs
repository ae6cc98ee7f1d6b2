using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>The account with this id, or that somebody signs in to with this name or address; null when there is none.</summary>
/// <param name="Id">The person's id…</param>
/// <param name="Key">…or the sign-in name or address in the form of <see cref="AccountKeys.Of"/>. No sign-in name holds an @, so the two never meet.</param>
public sealed record FindAccount(long? Id, string? Key) : IRequest<Account?>
{
    public override string ToString() => nameof(FindAccount);

    internal sealed class Handler(Db db) : IRequestHandler<FindAccount, Account?>
    {
        public Task<Account?> Handle(FindAccount request, CancellationToken cancellationToken) =>
            db.Find<Account>(
                """
                select user_id as UserId, sign_in_name as SignInName, email as Email, password_hash as PasswordHash,
                    security_stamp as SecurityStamp, lockout_ends_at as LockoutEndsAt, failed_sign_ins as FailedSignIns
                from accounts
                where user_id = @Id or sign_in_key = @Key or email_key = @Key
                """,
                new { request.Id, request.Key }, cancellationToken);
    }
}
