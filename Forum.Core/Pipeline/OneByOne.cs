using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>
/// Recurring work that looks for what is due and does each of it by a command of its own, so that people's writes pass between. Whether
/// it still is due is for the command to see, in the transaction that does it.
/// </summary>
/// <param name="interval"><inheritdoc cref="Recurring" path="/param[@name='interval']"/></param>
/// <param name="failure"><inheritdoc cref="Recurring" path="/param[@name='failure']"/></param>
public abstract class OneByOne<T>(TimeSpan interval, string failure, IServiceScopeFactory scopes, ILogger log) : Recurring(interval, failure, log)
{
    /// <summary>What is due. On a reader: mostly there is nothing to write.</summary>
    protected abstract Task<IReadOnlyList<T>> Due(Db db, CancellationToken token);

    /// <summary>The command that does one of it.</summary>
    protected abstract IRequest Command(T due);

    /// <summary>Does what is due now and returns how much that was.</summary>
    protected async Task<int> Each(CancellationToken token)
    {
        IReadOnlyList<T> due;
        await using (var reading = scopes.CreateAsyncScope())
            due = await Due(reading.ServiceProvider.GetRequiredService<Db>(), token);

        foreach (var one in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(Command(one), token);
        }

        return due.Count;
    }
}
