using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Care;

/// <summary>
/// Deletes every night what the rules say nobody needs. Found on a reader; each post is deleted by a command of its own, so that people's
/// writes pass between. Rules: docs/rules/care.md.
/// </summary>
public sealed class TakeCare(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<TakeCare> log)
    : Recurring(Interval, "What nobody needs could not be cleared away; it is tried again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>What <c>jobs</c> calls a kind.</summary>
    internal static string Job(CareJob job) => "care-" + job.Key();

    /// <summary>Does tonight's work, as far as it is time and nobody did it yet; returns what was deleted.</summary>
    public async Task<IReadOnlyList<CareFacts>> Nightly(CancellationToken token)
    {
        var (now, rules) = (clock.GetUtcNow(), settings.Current.Care);
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(rules.Hour);
        if (!rules.ClearsAway || now < due)
            return [];

        var cleared = new List<CareFacts>();
        foreach (var job in CareRules.Jobs)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var last = await db.Job(Job(job), token);
            db.EndSnapshot();
            // Tonight, or the night that is a week after the last one's day.
            if (last?.UpdatedAt >= due - CareRules.Every(job, rules) + TimeSpan.FromDays(1))
                continue;

            var done = await Clear(job, isDry: false, token);
            await db.KeepJob(Job(job), done.Count.ToString(CultureInfo.InvariantCulture), now, token);
            cleared.AddRange(done);
        }

        return cleared;
    }

    /// <summary>Deletes what is to be deleted for one reason; a dry run only finds it.</summary>
    public async Task<IReadOnlyList<CareFacts>> Clear(CareJob job, bool isDry, CancellationToken token)
    {
        var rules = settings.Current.Care;
        IReadOnlyList<CareFacts> found;
        await using (var scope = scopes.CreateAsyncScope())
            found = await scope.ServiceProvider.GetRequiredService<Db>().ToClearAway(job, rules.MostANight, clock.GetUtcNow(), rules, token);
        if (isDry)
            return found;

        var cleared = new List<CareFacts>();
        foreach (var post in found)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ClearAway(post.Id, job), token))
                cleared.Add(post);
        }

        return cleared;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);
}
