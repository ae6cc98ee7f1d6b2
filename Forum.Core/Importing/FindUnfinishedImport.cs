using Forum.Data;
using MediatR;

namespace Forum.Core.Importing;

/// <summary>The host of the community whose import is not complete, or null: until it is, nobody is served what is half there.</summary>
public sealed record FindUnfinishedImport : IRequest<string?>
{
    internal sealed class Handler(Db db) : IRequestHandler<FindUnfinishedImport, string?>
    {
        public Task<string?> Handle(FindUnfinishedImport request, CancellationToken cancellationToken) =>
            db.Find<string>("select site from imports where state = 'running' limit 1", token: cancellationToken);
    }
}
