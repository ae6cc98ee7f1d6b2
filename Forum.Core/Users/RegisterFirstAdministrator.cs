using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Makes the first administrator of a community that has none and returns the person's id. Whoever sends it has seen the one-time link.</summary>
/// <param name="SignInName">What they sign in with.</param>
/// <param name="Name">What others see.</param>
/// <param name="Email">Their address.</param>
/// <param name="Password">As typed; only its hash is kept.</param>
[For(Who.Anyone)]
public sealed record RegisterFirstAdministrator(string SignInName, string Name, string Email, string Password) : IRequest<long>, ICommand, INewAccount
{
    public override string ToString() => nameof(RegisterFirstAdministrator);

    internal sealed class Rules(ForumSettings settings) : NewAccountRules<RegisterFirstAdministrator>(settings);

    internal sealed class Handler(Db db, HashedPassword password, Happened happened, TimeProvider clock) : IRequestHandler<RegisterFirstAdministrator, long>
    {
        public async Task<long> Handle(RegisterFirstAdministrator request, CancellationToken cancellationToken)
        {
            var id = await db.AddAccount(request, password.Hash, clock.GetUtcNow(), cancellationToken);
            var appointed = await db.Execute(
                """
                update users
                set is_administrator = 1
                where id = @id and not exists (select 1 from users where is_administrator = 1)
                """,
                new { id }, cancellationToken);
            if (appointed == 0)
                throw new RefusedException(new("accounts.administrator-exists"));

            happened.Note(new AccountRegistered(id));
            return id;
        }
    }
}

/// <summary>Whether the community has an administrator.</summary>
public sealed record HasAdministrator : IRequest<bool>
{
    internal sealed class Handler(Db db) : IRequestHandler<HasAdministrator, bool>
    {
        public Task<bool> Handle(HasAdministrator request, CancellationToken cancellationToken) =>
            db.Get<bool>("select exists (select 1 from users where is_administrator = 1)", token: cancellationToken);
    }
}
