using Forum.Core.Discipline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>How an account ends; stored, so numbers never change (docs/rules/departures.md).</summary>
public enum DepartureKind
{
    /// <summary>It is deleted: what was written stays, under a number.</summary>
    Deleted = 1,

    /// <summary>It is destroyed: what was written goes too, as spam.</summary>
    Destroyed = 2,

    /// <summary>It becomes one with another account of the same person.</summary>
    Merged = 3,

    /// <summary>Nobody ever did anything with it, and it went by itself.</summary>
    Purged = 4,
}

/// <summary>An account that ends, or ended.</summary>
public sealed record Departure
{
    internal const string Columns =
        """
        d.id as Id, d.user_id as UserId, d.kind as Kind, d.into_id as IntoId, d.asked_by as AskedBy, d.asked_at as AskedAt, d.reason as Reason, d.due_at as DueAt,
               d.agreed_by as AgreedBy, d.begun_at as BegunAt, d.keeps_votes as KeepsVotes, d.step as Step, d.cursor as Cursor, d.finished_at as FinishedAt,
               d.called_off_at as CalledOffAt, u.name as Name, a.name as Asker, t.name as IntoName
        """;

    internal const string From =
        """
        departures d
        left join users u on u.id = d.user_id
        left join users a on a.id = d.asked_by
        left join users t on t.id = d.into_id
        """;

    public long Id { get; init; }
    public long UserId { get; init; }

    /// <summary>What the person is called; once it has begun, <c>user12</c>.</summary>
    public string Name { get; init; } = "";
    public DepartureKind Kind { get; init; }

    /// <summary>Of a merge: who stays.</summary>
    public long? IntoId { get; init; }
    public string? IntoName { get; init; }

    /// <summary>Who asked for it: a moderator, or the person; null: the rules.</summary>
    public long? AskedBy { get; init; }
    public string? Asker { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public string Reason { get; init; } = "";

    /// <summary>When it begins by itself; null: when an administrator agrees.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public long? AgreedBy { get; init; }
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Whether the votes that the person cast still count.</summary>
    public bool KeepsVotes { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? CalledOffAt { get; init; }
    internal int Step { get; init; }
    internal long Cursor { get; init; }

    /// <summary>Whether it waits: for its time, or for an administrator.</summary>
    public bool IsWaiting => BegunAt is null && CalledOffAt is null;

    /// <summary>The end of the keys of its words.</summary>
#pragma warning disable CA1308 // A key, not a text to be compared.
    public string Key => Kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>What would change if an account ended.</summary>
public sealed record DeparturePlan
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public int Reputation { get; init; }
    public bool HasRole { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Their questions and answers, deleted ones too.</summary>
    public int Posts { get; init; }

    /// <summary>Those that can be seen and have a negative score.</summary>
    public int BadPosts { get; init; }
    public int Comments { get; init; }

    /// <summary>Votes that they cast on posts.</summary>
    public int Votes { get; init; }
    public int CommentVotes { get; init; }

    /// <summary>People whose reputation hangs on those.</summary>
    public int People { get; init; }

    /// <summary>Those of them for whom it is much.</summary>
    internal int PeopleConcernedMuch { get; init; }

    /// <summary>Answers that they accepted.</summary>
    public int Accepts { get; init; }

    /// <summary>Bounties of theirs that run.</summary>
    public int Bounties { get; init; }
    public int Badges { get; init; }
    public int Saves { get; init; }

    /// <summary>Flags, votes to close and the like, and suggested edits of theirs that wait.</summary>
    public int Waiting { get; init; }
}

/// <summary>Whose account may end, by whom and how (docs/rules/departures.md). Pure.</summary>
public static class DepartureRules
{
    /// <summary>Why a person cannot have their own account deleted.</summary>
    public static Refusal? WhyNotLeave(DeparturePlan person)
    {
        ArgumentNullException.ThrowIfNull(person);
        // The site must not lose its last administrator, and the others should know who moderates no more.
        return person.HasRole ? new("departures.own-role") : null;
    }

    /// <summary>Why a moderator cannot end somebody's account at all.</summary>
    public static Refusal? WhyNot(Person me, DeparturePlan who)
    {
        ArgumentNullException.ThrowIfNull(me);
        ArgumentNullException.ThrowIfNull(who);
        return who switch
        {
            { Id: <= 0 } => new("discipline.nobody"),
            { RemovedAt: not null } => new("discipline.removed"),
            _ when who.Id == me.Id => new("departures.yourself"),
            { HasRole: true } => new("departures.role"),
            _ => null,
        };
    }

    /// <summary>Why a moderator cannot destroy somebody: whoever has earned something is no spammer, or not only.</summary>
    public static Refusal? WhyNotDestroy(Person me, bool isAdministrator, DeparturePlan who, DepartureSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (WhyNot(me, who) is { } refusal)
            return refusal;
        var most = isAdministrator ? Math.Max(rules.AdministratorsDestroyUpToPosts, rules.DestroysUpToPosts) : rules.DestroysUpToPosts;
        return who.Reputation > rules.DestroysUpToReputation ? new("departures.reputation", rules.DestroysUpToReputation)
            : who.Posts > most ? new("departures.posts", most)
            : null;
    }

    /// <summary>Why one account cannot be merged into another.</summary>
    public static Refusal? WhyNotMerge(Person me, DeparturePlan who, DeparturePlan? into) =>
        WhyNot(me, who) ?? into switch
        {
            null or { Id: <= 0 } => new("departures.no-target"),
            { RemovedAt: not null } => new("departures.target-removed"),
            _ when into.Id == who.Id => new("departures.same"),
            _ => null,
        };

    /// <summary>Whether so much hangs on a person's votes that they stay.</summary>
    public static bool KeepsVotes(DeparturePlan who, DepartureSettings rules)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(rules);
        return who.Votes >= rules.KeepsVotesFrom || who.PeopleConcernedMuch >= rules.KeepsVotesFromPeople;
    }
}

/// <summary>The rows of <c>departures</c>, and what they are about.</summary>
internal static class DepartureRows
{
    /// <summary>What would change if an account ended; null when there is no such person.</summary>
    public static async Task<DeparturePlan?> Plan(this Db db, long id, DepartureSettings rules, CancellationToken token) =>
        await db.Find<DeparturePlan>(
            """
            select u.id as Id, u.name as Name, u.reputation as Reputation, u.is_moderator | u.is_administrator as HasRole, u.removed_at as RemovedAt,
                   (select count(*) from posts p where p.author_id = u.id and p.kind in (1, 2)) as Posts,
                   (select count(*) from posts p where p.author_id = u.id and p.kind in (1, 2) and p.is_listed = 1 and p.score < 0) as BadPosts,
                   (select count(*) from comments c where c.author_id = u.id and c.deleted_at is null) as Comments,
                   (select count(*) from votes v where v.user_id = u.id) as Votes,
                   (select count(*) from comment_votes v where v.user_id = u.id) as CommentVotes,
                   m.People, m.PeopleConcernedMuch,
                   (select count(*) from posts q where q.author_id = u.id and q.kind = 1 and q.accepted_answer_id is not null) as Accepts,
                   (select count(*) from bounties b where b.sponsor_id = u.id and b.ended_at is null) as Bounties,
                   u.gold + u.silver + u.bronze as Badges,
                   (select count(*) from saves s where s.user_id = u.id) as Saves,
                   (select count(*) from flags f where f.user_id = u.id and f.state = 0)
                   + (select count(*) from moderation_votes v where v.user_id = u.id and v.outcome is null)
                   + (select count(*) from suggested_edits s where s.author_id = u.id and s.outcome is null) as Waiting
            from users u
            join (
                select count(*) as People, count(*) filter (where abs(moved) >= @Significant) as PeopleConcernedMuch
                from (
                    select sum(nominal) as moved
                    from reputation_events
                    where cause_id = @id and user_id <> @id and kind between 2 and 4 and state = 0
                    group by user_id)) m
            where u.id = @id
            """,
            new { id, rules.Significant }, token);

    /// <summary>The departure of this number.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<Departure> Departure(this Db db, long id, CancellationToken token) =>
        await db.Find<Departure>($"select {Departures.Departure.Columns} from {Departures.Departure.From} where d.id = @id", new { id }, token) ?? throw new NotFoundException();

    /// <summary>The one that waits or is under way, of a person.</summary>
    public static Task<Departure?> OpenDeparture(this Db db, long userId, CancellationToken token) =>
        db.Find<Departure>(
            $"select {Departures.Departure.Columns} from {Departures.Departure.From} where d.user_id = @userId and d.finished_at is null and d.called_off_at is null", new { userId }, token);

    /// <summary>How a person's account ended.</summary>
    public static Task<Departure?> LastDeparture(this Db db, long userId, CancellationToken token) =>
        db.Find<Departure>(
            $"select {Departures.Departure.Columns} from {Departures.Departure.From} where d.user_id = @userId and d.begun_at is not null order by d.id desc limit 1", new { userId }, token);

    /// <summary>Calls off what waits: whoever decides anew decides instead.</summary>
    /// <exception cref="ConflictException">One is under way.</exception>
    public static async Task MakeWay(this Db db, long userId, DateTimeOffset now, CancellationToken token)
    {
        if (await db.OpenDeparture(userId, token) is not { } open)
            return;
        if (!open.IsWaiting)
            throw new ConflictException(new Refusal("departures.under-way"));
        await db.Execute("update departures set called_off_at = @now where id = @Id", new { open.Id, now }, token);
    }

    /// <summary>Writes a departure down and returns its number.</summary>
    public static Task<long> Add(this Db db, Departure wanted, CancellationToken token) =>
        db.Get<long>(
            """
            insert into departures (user_id, kind, into_id, asked_by, asked_at, reason, due_at, keeps_votes)
            values (@UserId, @Kind, @IntoId, @AskedBy, @AskedAt, @Reason, @DueAt, @KeepsVotes)
            returning id
            """,
            new { wanted.UserId, Kind = (int)wanted.Kind, wanted.IntoId, wanted.AskedBy, wanted.AskedAt, wanted.Reason, wanted.DueAt, wanted.KeepsVotes }, token);

    /// <summary>Where somebody went whose account was merged: who they are now, however often that was done; null when it was not.</summary>
    public static Task<long?> MovedTo(this Db db, long userId, CancellationToken token) =>
        db.Get<long?>(
            $"""
            with recursive way (id) as (
                select d.into_id from departures d where d.user_id = @userId and d.kind = {(int)DepartureKind.Merged} and d.begun_at is not null
                union
                select d.into_id from way join departures d on d.user_id = way.id and d.kind = {(int)DepartureKind.Merged} and d.begun_at is not null)
            select (select u.id from way join users u on u.id = way.id where u.removed_at is null limit 1)
            """,
            new { userId }, token);
}
