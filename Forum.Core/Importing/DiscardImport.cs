using Forum.Core.Pipeline;
using Forum.Data;
using Forum.Data.Sqlite;
using MediatR;

namespace Forum.Core.Importing;

/// <summary>
/// Undoes an import that is not complete: the database is again what it was before the import began. Returns the site, or
/// null when there was nothing to undo.
/// </summary>
[For(Who.Anyone)]
public sealed record DiscardImport : IRequest<string?>
{
    internal sealed class Handler(Db db, Database database) : IRequestHandler<DiscardImport, string?>
    {
        public async Task<string?> Handle(DiscardImport request, CancellationToken token)
        {
            if (await db.RunningImport(token) is not { } site)
                return null;

            var copy = BeginImport.CopyOf(database);
            if (!File.Exists(copy))
                throw new RefusedException(new Refusal("importing.no-copy", copy));

            DatabaseCopy.Restore(database, copy);
            BeginImport.Forget(database);
            return site;
        }
    }
}
