using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Pipeline;

/// <summary>
/// Throws away what has served its time: used form keys, addresses that are free again, and events that everybody has heard of, but for the newest, so that
/// no number is given twice, and for those that a reader of events has yet to come to. In chunks, so that people's writes pass between.
/// </summary>
public sealed class Housekeeping(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<Housekeeping> log)
    : Recurring(Interval, "Old rows could not be thrown away; it is tried again.", log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does it once and returns how many rows went.</summary>
    public async Task<int> Tidy(CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var before = now - settings.Current.Windows.FormKey;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await InChunks(db, "delete from form_keys where key in (select key from form_keys where used_at < @before limit @AtOnce)", before, token)
            + await InChunks(
                db,
                """
                delete from events
                where id in (
                    select e.id from events e
                    where e.at < @before and e.id < (select max(id) from events) and not exists (select 1 from deliveries d where d.event_id = e.id)
                      and e.id <= coalesce((select min(event_id) from watermarks), e.id)
                    order by e.id
                    limit @AtOnce)
                """, before, token)
            + await InChunks(db, "delete from paces where (act, scope, who) in (select act, scope, who from paces where free_at < @before limit @AtOnce)", now, token);
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Tidy(token);

    private static async Task<int> InChunks(Db db, string sql, DateTimeOffset before, CancellationToken token)
    {
        for (var gone = 0; ;)
        {
            var now = await db.InTransaction(() => db.Execute(sql, new { before, AtOnce }, token), token);
            gone += now;
            if (now < AtOnce)
                return gone;
            await Task.Delay(Pause, token);
        }
    }
}
