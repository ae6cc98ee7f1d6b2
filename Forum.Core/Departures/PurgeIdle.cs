using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Departures;

/// <summary>An account that nobody ever did anything with.</summary>
public sealed record IdleAccount
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>
/// Ends every night the accounts that were never used and not seen for long, where the operator switched that on. Found on a reader; each is
/// decided anew by a command of its own. Rules: docs/rules/departures.md, section 6.
/// </summary>
public sealed class PurgeIdle(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<PurgeIdle> log)
    : Recurring(Interval, "Idle accounts could not be purged; it is tried again.", log)
{
    private const string Job = "purge-idle";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does tonight's work, if it is switched on, it is time and nobody did it yet; returns whose account ended.</summary>
    public async Task<IReadOnlyList<IdleAccount>> Nightly(CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(settings.Current.Care.Hour);
        if (!settings.Current.Departures.PurgesIdle || now < due)
            return [];

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var last = await db.Job(Job, token);
        db.EndSnapshot();
        if (last?.UpdatedAt >= due)
            return [];

        var purged = await Purge(isDry: false, token);
        await db.KeepJob(Job, purged.Count.ToString(CultureInfo.InvariantCulture), now, token);
        return purged;
    }

    /// <summary>Ends them; a dry run only finds them.</summary>
    public async Task<IReadOnlyList<IdleAccount>> Purge(bool isDry, CancellationToken token)
    {
        var rules = settings.Current.Departures;
        IReadOnlyList<IdleAccount> found;
        await using (var scope = scopes.CreateAsyncScope())
            found = await scope.ServiceProvider.GetRequiredService<Db>().Idle(rules.MostANight, clock.GetUtcNow(), rules, token);
        if (isDry)
            return found;

        var purged = new List<IdleAccount>();
        foreach (var account in found)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new PurgeAccount(account.Id), token))
                purged.Add(account);
        }

        return purged;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);
}

/// <summary>Ends an account that nobody ever did anything with, if that is still so, and returns whether. The background's. Rules: docs/rules/departures.md, section 6.</summary>
[For(Who.Anyone)]
public sealed record PurgeAccount(long UserId) : IRequest<bool>, ICommand
{
    internal sealed class Handler(Db db, Leaving leaving, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<PurgeAccount, bool>
    {
        public async Task<bool> Handle(PurgeAccount purge, CancellationToken token)
        {
            ArgumentNullException.ThrowIfNull(happened);
            var now = clock.GetUtcNow();
            if (await db.Idle(1, now, settings.Departures, token, purge.UserId) is [] || await db.OpenDeparture(purge.UserId, token) is not null)
                return false;

            var id = await db.Add(new Departure { UserId = purge.UserId, Kind = DepartureKind.Purged, AskedAt = now, DueAt = now }, token);
            await leaving.Begin(await db.Departure(id, token), token);
            return true;
        }
    }
}

/// <summary>What moderators see of that: a dry run.</summary>
[For(Who.Moderator)]
public sealed record ShowIdle(int Most = 20) : IRequest<ShowIdle.View>
{
    /// <param name="Accounts">The first that would go.</param>
    /// <param name="IsMore">Whether there are more.</param>
    /// <param name="IsOn">Whether they go at all.</param>
    public sealed record View(IReadOnlyList<IdleAccount> Accounts, bool IsMore, bool IsOn);

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowIdle, View>
    {
        public async Task<View> Handle(ShowIdle show, CancellationToken token)
        {
            var found = await db.Idle(show.Most + 1, clock.GetUtcNow(), settings.Departures, token);
            return new View([.. found.Take(show.Most)], found.Count > show.Most, settings.Departures.PurgesIdle);
        }
    }
}

/// <summary>Where idle accounts are found.</summary>
internal static class IdleAccounts
{
    // Whatever somebody does is in one of these; what they were only shown, or badges for reading, are no reason to stay.
    private static readonly (string Table, string Field)[] Traces =
    [
        ("posts", "author_id"), ("posts", "editor_id"), ("revisions", "author_id"), ("comments", "author_id"), ("votes", "user_id"), ("comment_votes", "user_id"), ("saves", "user_id"), ("follows", "user_id"),
        ("watched_tags", "user_id"), ("saved_filters", "user_id"), ("flags", "user_id"), ("moderation_votes", "user_id"), ("reviews", "user_id"), ("suggested_edits", "author_id"),
        ("suggested_edit_reviews", "user_id"), ("tag_synonyms", "proposed_by"), ("tag_synonym_votes", "user_id"), ("bounties", "sponsor_id"), ("reputation_events", "user_id"),
        ("moderator_messages", "user_id"), ("user_notes", "user_id"), ("suspensions", "user_id"), ("moderation_acts", "actor_id"), ("vote_cancellations", "voter_id"), ("departures", "user_id"),
        ("departures", "into_id"), ("returned_people", "user_id"),
    ];

    private static readonly string IsUnused = string.Join(
        " and ", Traces.Select(trace => $"not exists (select 1 from {trace.Table} t where t.{trace.Field} = u.id)"));

    /// <summary>Accounts that are idle at a moment, the oldest first; or the one of a person, if it is.</summary>
    public static Task<IReadOnlyList<IdleAccount>> Idle(this Db db, int most, DateTimeOffset now, DepartureSettings rules, CancellationToken token, long? only = null) =>
        db.Query<IdleAccount>(
            $"""
            select u.id as Id, u.name as Name, u.created_at as CreatedAt, u.seen_at as SeenAt
            from users u
            where u.id > 0 {(only is null ? "" : "and u.id = @only")} and u.created_at < @before and u.seen_at < @before and u.reputation = 1 and u.removed_at is null
              and u.is_moderator = 0 and u.is_administrator = 0 and u.question_count + u.answer_count = 0 and u.is_imported = 0 and u.suspended_until is null
              and {IsUnused}
            order by u.created_at, u.id
            limit @most
            """, new { most, only, before = now - rules.IdleAfter }, token);
}
