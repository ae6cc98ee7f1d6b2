using System.Reflection;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Paces;

/// <summary>Turns away who does something too often in a short time.</summary>
internal sealed class KeepPace<TRequest, TResponse>(Counters counters, CurrentUser user, Origin origin) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly PacedAct? Act = typeof(TRequest).GetCustomAttribute<PacedAttribute>()?.Act;

    public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        if (Act is { } act)
            counters.Count(act, user, origin)?.Throw();
        return next();
    }
}

/// <summary>The same for what is counted by the day: in the command's transaction, so that only what was done counts, and on every node.</summary>
internal sealed class KeepDailyPace<TRequest, TResponse>(Db db, ForumSettings settings, CurrentUser user, Origin origin, TimeProvider clock) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IDailyPaced
{
    private static readonly PacedAct Act = typeof(TRequest).GetCustomAttribute<PacedAttribute>()!.Act;

    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        foreach (var (limit, who) in PaceRules.Counting(Act, user, origin, settings).Where(line => line.Limit.IsKept))
            await Count(limit, who, cancellationToken);
        return await next();
    }

    private async Task Count(PaceLimit limit, string who, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var kept = new { act = (int)limit.Act, scope = (int)limit.By, who };
        var free = await db.Find<DateTimeOffset?>("select free_at from paces where act = @act and scope = @scope and who = @who", kept, token);
        var (next, wait) = PaceRules.Once(free ?? default, limit.Most(settings), limit.Window, now);
        if (wait is { } late)
            PaceRules.WhyNot(limit.By, late).Throw();

        await db.Execute(
            """
            insert into paces (act, scope, who, free_at) values (@act, @scope, @who, @next)
            on conflict (act, scope, who) do update set free_at = excluded.free_at
            """,
            new { kept.act, kept.scope, kept.who, next }, token);
    }
}

/// <summary>A command of which there may be only so many in a day.</summary>
public interface IDailyPaced : Pipeline.ICommand;
