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
                select a.sign_in_name
                from samples s
                join users u on u.created_at < s.made_at and u.id > 0
                join accounts a on a.user_id = u.id
                order by a.user_id
                limit @Most
                """,
                new { Most }, cancellationToken);
    }
}
