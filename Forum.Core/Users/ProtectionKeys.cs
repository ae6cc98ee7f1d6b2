using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>The keys that protect cookies and forms, each as XML.</summary>
public sealed record ListProtectionKeys : IRequest<IReadOnlyList<string>>
{
    internal sealed class Handler(Db db) : IRequestHandler<ListProtectionKeys, IReadOnlyList<string>>
    {
        public Task<IReadOnlyList<string>> Handle(ListProtectionKeys request, CancellationToken cancellationToken) =>
            db.Query<string>("select xml from data_protection_keys order by id", token: cancellationToken);
    }
}

/// <summary>Keeps one more such key.</summary>
[For(Who.Anyone), EachTime]
public sealed record KeepProtectionKey(string Xml) : IRequest, ICommand
{
    public override string ToString() => nameof(KeepProtectionKey);

    internal sealed class Handler(Db db) : IRequestHandler<KeepProtectionKey>
    {
        public async Task Handle(KeepProtectionKey request, CancellationToken cancellationToken)
        {
            await db.Execute("insert into data_protection_keys (xml) values (@Xml)", new { request.Xml }, cancellationToken);
        }
    }
}
