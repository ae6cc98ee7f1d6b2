using Forum.Core.Abuse;
using Forum.Core.Departures;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Makes a new person with an account and returns the person's id.</summary>
/// <param name="SignInName">What they sign in with; unique.</param>
/// <param name="Name">What others see.</param>
/// <param name="Email">Their address; unique.</param>
/// <param name="Password">As typed; only its hash is kept.</param>
[For(Who.Anyone), Paced(PacedAct.Register)]
public sealed record RegisterAccount(string SignInName, string Name, string Email, string Password) : IRequest<long>, ICommand, INewAccount, IBringText, IDailyPaced
{
    /// <summary>When they began to fill the form; null: that is not known.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Name), Name, WrittenKind.Line)];

    // A password must not come into a log by way of the request that brings it.
    public override string ToString() => nameof(RegisterAccount);

    internal sealed class Rules(ForumSettings settings) : NewAccountRules<RegisterAccount>(settings);

    // Before the transaction: what is refused leaves nothing behind but that it is counted.
    internal sealed class Haste(Db db, ForumSettings settings, TimeProvider clock) : IPrepare<RegisterAccount>
    {
        public async Task Prepare(RegisterAccount request, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (request.BegunAt is not { } began || now - began >= settings.Abuse.RegisterAfter)
                return;

            await db.InTransaction(() => db.CountTrap(SpringTrap.TooFast, now, token), token);
            new Refusal("abuse.too-fast").Throw();
        }
    }

    internal sealed class Handler(Db db, HashedPassword password, Happened happened, TimeProvider clock) : IRequestHandler<RegisterAccount, long>
    {
        public async Task<long> Handle(RegisterAccount request, CancellationToken cancellationToken)
        {
            var id = await db.AddAccount(request, password.Hash, clock.GetUtcNow(), cancellationToken);
            await db.Recognise(id, request.Email, clock.GetUtcNow(), cancellationToken);
            happened.Note(new AccountRegistered(id));
            return id;
        }
    }
}

/// <summary>A person has a new account.</summary>
public sealed record AccountRegistered(long UserId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.People();
}
