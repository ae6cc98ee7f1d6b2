using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Importing;

/// <summary>The site whose import was begun and is not complete, or null: while there is one, the forum is not served.</summary>
[For(Who.Anyone)]
public sealed record PendingImport : IRequest<string?>
{
    internal sealed class Handler(Db db) : IRequestHandler<PendingImport, string?>
    {
        public Task<string?> Handle(PendingImport request, CancellationToken token) => db.RunningImport(token);
    }
}

/// <summary>Imports, for those who must know of them.</summary>
internal static class Imports
{
    /// <summary>The site whose import is not complete, or null.</summary>
    public static async Task<string?> RunningImport(this Db db, CancellationToken token)
    {
        var site = await db.Find<string>("select site from imports where state = 'running'", token: token);
        db.EndSnapshot();
        return site;
    }

    /// <summary>Whether this site's import is the one under way.</summary>
    /// <exception cref="RefusedException">Another site's is.</exception>
    public static async Task<bool> IsImporting(this Db db, string site, CancellationToken token) => await db.RunningImport(token) switch
    {
        null => false,
        var running when running == site => true,
        var other => throw new RefusedException(new Refusal("importing.other-running", other)),
    };
}
