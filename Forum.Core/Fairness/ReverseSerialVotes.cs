using System.Globalization;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
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
    /// <summary>What the log calls it.</summary>
    internal const string Reversal = "reverse-serial-votes";

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
        var (found, borderline) = (new List<SerialVotes>(), new List<SerialVotes>());
        for (var after = 0L; ;)
        {
            var people = await db.Query<long>("select id from users where id > @after order by id limit @PeopleAtOnce", new { after, PeopleAtOnce }, token);
            if (people.Count == 0)
                break;

            foreach (var of in (await Votes(db, people, since, token)).GroupBy(vote => vote.VoterId))
            {
                found.AddRange(FairnessRules.Serial([.. of], settings.Current.Fairness));
                borderline.AddRange(FairnessRules.Borderline([.. of], settings.Current.Fairness));
            }

            // Nothing keeps the journal waiting for a reader that goes through everybody.
            db.EndSnapshot();
            after = people[^1];
        }

        if (!isDry)
        {
            await Cancel(scope.ServiceProvider, db, found, token);
            await Notice(db, borderline, token);
        }

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
            where r.voter_id in (select voter_id from recent group by voter_id, author_id, direction having count(*) >= @votes)
            """,
            new { people, since, votes = FairnessRules.NoticedVotes(settings.Current.Fairness) }, token);

    private async Task Cancel(IServiceProvider services, Db db, IReadOnlyList<SerialVotes> found, CancellationToken token)
    {
        var (happened, acts) = (services.GetRequiredService<Happened>(), services.GetRequiredService<ModerationLog>());
        var isCommitted = false;
        try
        {
            await db.InShortTransactions(
                found,
                async series =>
                {
                    var cancelled = await db.Cancel(
                        new Cancellation(series.VoterId, series.AuthorId, series.PostIds, AdjustmentReason.SerialVoting),
                        happened, settings.Current.Reputation, clock.GetUtcNow(), token);
                    if (cancelled is not null)
                    {
                        await acts.Record(
                            new Act(Reversal, ActSubject.User, series.VoterId)
                            {
                                ConcernsId = series.AuthorId, ByCommunity = true, After = new { cancelled.CancellationId, cancelled.Votes },
                            }, token);
                    }

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

    // Who it is about is told by the page that the notice leads to, which does not tell moderators of votes of and for moderators.
    private async Task Notice(Db db, IReadOnlyList<SerialVotes> borderline, CancellationToken token)
    {
        foreach (var series in borderline)
        {
            var isAboutModerators = await db.Get<bool>(
                "select exists (select 1 from users where id in (@VoterId, @AuthorId) and (is_moderator = 1 or is_administrator = 1))", new { series.VoterId, series.AuthorId }, token);
            db.EndSnapshot();
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(
                new RaiseNotice(
                    series.PostIds[^1], Notices.VoteFraud,
                    isAboutModerators ? "" : string.Create(CultureInfo.InvariantCulture, $"/mod/votes?voter={series.VoterId}&author={series.AuthorId}")), token);
        }
    }
}

/// <summary>Votes that the nightly search took out are put back by the log's button.</summary>
internal sealed class UndoReversal : IUndo
{
    public string Action => ReverseSerialVotes.Reversal;

    public IBaseRequest? Command(LoggedAct act) => act.Value("CancellationId") is { } id ? new RestoreVotes(id) : null;
}
