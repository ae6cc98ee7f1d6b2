using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Fairness;

/// <summary>
/// Looks for serial voting every night and takes it out (docs/rules/fairness.md). Found on a reader, by who voted lately, some people at a
/// time; each finding is written by itself, so that people's votes pass between.
/// </summary>
public sealed class ReverseSerialVotes(IServiceScopeFactory scopes, SettingsStore settings, DeliverySignal signal, TimeProvider clock, ILogger<ReverseSerialVotes> log)
    : Recurring(Interval, "Serial votes could not be looked for; it is tried again.", log)
{
    private const string Job = "serial-votes";
    private const int PeopleAtOnce = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // How far the first night looks back.
    private static readonly TimeSpan AtFirst = TimeSpan.FromDays(30);

    /// <summary>Does tonight's work, if it is time and nobody did it yet; returns what was taken out, or null when there was nothing to do.</summary>
    public async Task<IReadOnlyList<SerialVotes>?> Nightly(CancellationToken token)
    {
        var (rules, now) = (settings.Current.Fairness, clock.GetUtcNow());
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(rules.Hour);
        var last = await LastTime(token);
        if (!rules.IsOn || now < due || last >= due)
            return null;

        // A vote that waited is found once it counts, by when it was cast.
        var found = await Search((last ?? now - AtFirst) - rules.Within - rules.HoldFor, isDry: false, token);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().KeepJob(Job, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), now, token);
        return found;
    }

    /// <summary>Looks among the votes cast since a time; a dry run takes nothing out.</summary>
    public async Task<IReadOnlyList<SerialVotes>> Search(DateTimeOffset since, bool isDry, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var found = new List<SerialVotes>();
        for (var after = 0L; ;)
        {
            var people = await db.Query<long>("select id from users where id > @after order by id limit @PeopleAtOnce", new { after, PeopleAtOnce }, token);
            if (people.Count == 0)
                break;

            found.AddRange((await Votes(db, people, since, token)).GroupBy(vote => vote.VoterId).SelectMany(of => FairnessRules.Serial([.. of], settings.Current.Fairness)));
            // Nothing keeps the journal waiting for a reader that goes through everybody.
            db.EndSnapshot();
            after = people[^1];
        }

        if (!isDry)
            await Cancel(scope.ServiceProvider, db, found, token);
        return found;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);

    private async Task<DateTimeOffset?> LastTime(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var until = await scope.ServiceProvider.GetRequiredService<Db>().Job(Job, token);
        return until is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(until.Cursor, CultureInfo.InvariantCulture));
    }

    // Everything that those voted for who voted often enough for one author.
    private Task<IReadOnlyList<SeenVote>> Votes(Db db, IReadOnlyList<long> people, DateTimeOffset since, CancellationToken token) =>
        db.Query<SeenVote>(
            $"""
            with recent as (
                select v.user_id as voter_id, v.post_id, v.direction, v.cast_at, p.author_id
                from votes v
                join posts p on p.id = v.post_id
                where {db.Dialect.In("v.user_id", "@people")} and v.cast_at >= @since)
            select r.voter_id as VoterId, r.post_id as PostId, r.author_id as AuthorId, r.direction as Direction, r.cast_at as CastAt,
                   exists (
                       select 1 from vote_cancellations c
                       where c.voter_id = r.voter_id and c.author_id = r.author_id and c.undone_at >= r.cast_at) as IsRestored
            from recent r
            where r.voter_id in (select voter_id from recent group by voter_id, author_id, direction having count(*) >= @Votes)
            """,
            new { people, since, settings.Current.Fairness.Votes }, token);

    private async Task Cancel(IServiceProvider services, Db db, IReadOnlyList<SerialVotes> found, CancellationToken token)
    {
        var happened = services.GetRequiredService<Happened>();
        var isCommitted = false;
        try
        {
            await db.InShortTransactions(
                found,
                async series =>
                {
                    await db.Cancel(
                        new Cancellation(series.VoterId, series.AuthorId, series.PostIds, AdjustmentReason.SerialVoting),
                        happened, settings.Current.Reputation, clock.GetUtcNow(), token);
                    await happened.Write(db, token);
                },
                token);
            isCommitted = true;
        }
        finally
        {
            if (happened.Tell(isCommitted))
                signal.Raise();
        }
    }
}
