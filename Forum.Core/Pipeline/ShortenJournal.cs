using Forum.Data;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>Copies what was committed from the database's journal into its file, so that nobody who writes has to.</summary>
public sealed class ShortenJournal(Database database, ILogger<ShortenJournal> log)
    : Recurring(Interval, "The journal of the database could not be shortened; it grows until it can be.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Does it now.</summary>
    public Task Shorten()
    {
        database.Checkpoint();
        return Task.CompletedTask;
    }

    // A journal that is not shortened makes reading dearer.
    protected override bool IsUrgent => true;

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Shorten();
}
