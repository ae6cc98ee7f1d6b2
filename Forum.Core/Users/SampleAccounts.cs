using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Sign-in names of the sample community that Development fills an empty database with; none when there is no sample.</summary>
public sealed record ListSampleAccounts : IRequest<IReadOnlyList<string>>
{
    /// <summary>What everybody in the sample signs in with. It is printed, and a Production site has no sample.</summary>
    public const string Password = "sample-password";

    private const int Most = 12;

    internal sealed class Handler(Db db) : IRequestHandler<ListSampleAccounts, IReadOnlyList<string>>
    {
        public Task<IReadOnlyList<string>> Handle(ListSampleAccounts request, CancellationToken cancellationToken) =>
            db.Query<string>(
                """
                select sign_in_name
                from accounts
                where exists (select 1 from samples)
                order by user_id
                limit @Most
                """,
                new { Most }, cancellationToken);
    }
}
