using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Reputations;

/// <summary>An event to record: it is worth what its kind is worth now, or what is said with it.</summary>
/// <param name="UserId">Whose reputation it moves.</param>
/// <param name="Kind">What happened.</param>
/// <param name="PostId">To which post.</param>
/// <param name="CauseId">Who did it.</param>
/// <param name="Amount">Points, of kinds that have no fixed worth; below 0 for a loss.</param>
public sealed record ReputationChange(long UserId, ReputationKind Kind, long PostId, long CauseId, int? Amount = null);

/// <summary>What a person brings along from an imported community.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Reputation">Their reputation there; at least 1.</param>
/// <param name="At">A time before anything of theirs that happens here.</param>
public sealed record OpeningBalance(long UserId, int Reputation, DateTimeOffset At);

/// <summary>
/// The ledger of reputation, for handlers that change it inside their own transaction. After each call
/// <c>users.reputation</c> and <c>reputation_days</c> are the fold of the events that count, and 1 plus all that was
/// applied. See docs/rules/reputation.md and docs/decisions/0007-reputation-is-a-fold.md.
/// </summary>
public static class ReputationLedger
{
    /// <summary>Records events that happen now.</summary>
    public static async Task Record(this Db db, IReadOnlyCollection<ReputationChange> changes, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var added = changes
            .Select(c => new Row { UserId = c.UserId, Kind = c.Kind, PostId = c.PostId, CauseId = c.CauseId, Nominal = c.Amount ?? c.Kind.Worth(rules), At = now })
            .ToList();
        var folded = await db.Continue(added, rules, now, token)
            ?? await db.Fold([.. added.Select(row => row.UserId)], DayBalance.Of(now), added, rules, token);
        await db.Store(folded, token);
        await db.Insert(added, token);
    }

    /// <summary>
    /// Makes what a person once did to a post as if it had never happened, whether or not the post is deleted now.
    /// Nothing happens when nothing was recorded.
    /// </summary>
    public static Task Undo(this Db db, long postId, long causeId, IReadOnlyCollection<ReputationKind> kinds, AdjustmentReason reason,
        ReputationSettings rules, DateTimeOffset now, CancellationToken token) =>
        db.Undo([postId], causeId, kinds, reason, rules, now, token);

    /// <summary>The same for several posts at once: one line a person.</summary>
    public static async Task Undo(this Db db, IReadOnlyCollection<long> postIds, long causeId, IReadOnlyCollection<ReputationKind> kinds, AdjustmentReason reason,
        ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var parameters = new { postIds, causeId, kinds = kinds.Select(k => (int)k).ToArray() };
        await db.Execute(
            $"""
            update reputation_events set state = 1
            where {db.Dialect.In("post_id", "@postIds")} and cause_id = @causeId and {db.Dialect.In("kind", "@kinds")} and state = 2
            """,
            parameters, token);
        var undone = await db.Query<Row>(
            $"""
            update reputation_events set state = 1
            where {db.Dialect.In("post_id", "@postIds")} and cause_id = @causeId and {db.Dialect.In("kind", "@kinds")} and state = 0
            returning id as Id, user_id as UserId, at as At
            """,
            parameters, token);
        await db.Adjust(undone, new About(postIds, causeId, reason), rules, now, token);
    }

    /// <summary>Makes one event of somebody's as if it had never happened, where there may be several of its kind: the one of a moment.</summary>
    public static async Task UndoOne(this Db db, long userId, ReputationKind kind, long postId, DateTimeOffset at, AdjustmentReason reason,
        ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var undone = await db.Query<Row>(
            """
            update reputation_events set state = 1
            where user_id = @userId and kind = @kind and post_id = @postId and at = @at and state = 0
            returning id as Id, user_id as UserId, at as At
            """,
            new { userId, kind = (int)kind, postId, at }, token);
        await db.Adjust(undone, new About([postId], null, reason), rules, now, token);
    }

    /// <summary>
    /// Lets events that were undone count again as if they never had been, unless their posts are deleted now.
    /// What a person did to posts is the events' cause; the posts' scores are those with it.
    /// </summary>
    public static async Task Redo(this Db db, IReadOnlyCollection<long> eventIds, IReadOnlyCollection<long> postIds, long causeId, AdjustmentReason reason,
        ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute($"update reputation_events set state = 2 where {db.Dialect.In("id", "@eventIds")} and state = 1", new { eventIds }, token);
        await db.FollowDeletion(new About(postIds, causeId, reason), rules, now, token);
    }

    /// <summary>Looks again at which events of deleted posts count, after their scores changed.</summary>
    public static Task FollowScores(this Db db, IReadOnlyCollection<long> postIds, long causeId, AdjustmentReason reason,
        ReputationSettings rules, DateTimeOffset now, CancellationToken token) =>
        postIds.Count == 0 ? Task.CompletedTask : db.FollowDeletion(new About(postIds, causeId, reason), rules, now, token);

    /// <summary>
    /// Takes a deleted post's events out of the count, and with a question those of its answers. An author keeps what a
    /// post brought that was good for long (<see cref="ReputationSettings.KeptFromScore"/>). Call it after <c>deleted_at</c> is set.
    /// </summary>
    public static Task HidePost(this Db db, long postId, ReputationSettings rules, DateTimeOffset now, CancellationToken token) =>
        db.FollowDeletion(new About([postId], null, AdjustmentReason.PostDeleted), rules, now, token);

    /// <summary>
    /// Lets an undeleted post's events count again, and with a question those of its answers that are not deleted
    /// themselves. Call it after <c>deleted_at</c> is cleared.
    /// </summary>
    public static Task ShowPost(this Db db, long postId, ReputationSettings rules, DateTimeOffset now, CancellationToken token) =>
        db.FollowDeletion(new About([postId], null, AdjustmentReason.PostUndeleted), rules, now, token);

    /// <summary>Gives imported people the reputation they had; who has an opening balance already keeps that one.</summary>
    public static async Task Open(this Db db, IReadOnlyCollection<OpeningBalance> openings, ReputationSettings rules, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(openings);
        ArgumentNullException.ThrowIfNull(rules);
        if (openings.Count == 0)
            return;

        var opened = (await db.Query<long>(
            $"select user_id from reputation_events where {db.Dialect.In("user_id", "@users")} and kind = {(int)ReputationKind.Opening}",
            new { users = openings.Select(o => o.UserId).ToArray() }, token)).ToHashSet();
        var added = openings
            .Where(o => o.Reputation > ReputationSettings.Start && !opened.Contains(o.UserId))
            .Select(o => new Row { UserId = o.UserId, Kind = ReputationKind.Opening, Nominal = o.Reputation - ReputationSettings.Start, At = o.At })
            .ToList();
        if (added.Count == 0)
            return;

        await db.Refold([.. added.Select(row => row.UserId)], added.Min(row => DayBalance.Of(row.At)), added, rules, token);
        await db.Insert(added, token);
    }

    /// <summary>Those of some people whose history folds to something else than it did, after the rules were changed. Reads only.</summary>
    internal static async Task<IReadOnlyCollection<long>> Stale(this Db db, IReadOnlyCollection<long> users, ReputationSettings rules, CancellationToken token)
    {
        var (differences, renewed, gone) = await db.Fold(users, long.MinValue, [], rules, token);
        return [.. differences.Where(d => d.Value != 0).Select(d => d.Key).Union(renewed.Concat(gone).Select(day => day.UserId)).Order()];
    }

    /// <summary>Folds people's whole history anew, after the rules were changed, and returns how many have another reputation now. For some dozen people at a time.</summary>
    public static async Task<int> Recalculate(this Db db, IReadOnlyCollection<long> users, ReputationSettings rules, DateTimeOffset now, CancellationToken token,
        AdjustmentReason reason = AdjustmentReason.Recalculated)
    {
        var differences = await db.Refold(users, long.MinValue, [], rules, token);
        return await db.Insert(Adjustments(differences, new About([], null, reason), now), token);
    }

    // Which events of a post (p, of question q) count is a function of the two rows as they are now: hiding and showing
    // are the same statement. A kept event is the author's own; what a bounty or spam cost is gone for good.
    internal static readonly string IsHidden =
        $"""
        (p.deleted_at is not null or q.deleted_at is not null)
        and e.kind not in ({(int)ReputationKind.BountyStarted}, {(int)ReputationKind.PostIsSpam})
        and not (
            p.deletion is not {(int)DeletionKind.Spam} and e.user_id = p.author_id and p.score >= @keptFromScore
            and case when p.deleted_at < q.deleted_at then p.deleted_at else coalesce(q.deleted_at, p.deleted_at) end - p.created_at >= @keptAfter)
        """;

    internal static long KeptAfter(ReputationSettings rules) => (long)TimeSpan.FromDays(rules.KeptAfterDays).TotalMilliseconds;

    private static async Task FollowDeletion(this Db db, About about, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var moved = await db.Query<Row>(
            $"""
            with thread as (
                select id from posts where {db.Dialect.In("id", "@PostIds")}
                union
                select id from posts where {db.Dialect.In("question_id", "@PostIds")} and kind = 2)
            update reputation_events
            set state = 2 - state
            where id in (
                select e.id
                from thread t
                join posts p on p.id = t.id
                left join posts q on q.id = p.question_id
                join reputation_events e on e.post_id = p.id
                where e.kind > 0 and e.state in (0, 2) and (e.state = 2) <> ({IsHidden}))
            returning id as Id, user_id as UserId, at as At
            """,
            new { about.PostIds, keptFromScore = rules.KeptFromScore, keptAfter = KeptAfter(rules) }, token);
        await db.Adjust(moved, about, rules, now, token);
    }

    // After the state of some events changed: what follows from it, as one new row a person.
    private static async Task Adjust(this Db db, IReadOnlyList<Row> changed, About about, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        if (changed.Count == 0)
            return;

        var differences = await db.Refold([.. changed.Select(row => row.UserId)], changed.Min(row => DayBalance.Of(row.At)), [], rules, token);
        await db.Insert(Adjustments(differences, about, now), token);
    }

    private static List<Row> Adjustments(IEnumerable<KeyValuePair<long, int>> differences, About about, DateTimeOffset now) =>
    [
        .. from difference in differences
           where difference.Value != 0
           select new Row
           {
               UserId = difference.Key, Kind = ReputationKind.Adjustment, PostId = about.PostOf(difference.Key), Reason = about.Reason,
               Nominal = difference.Value, Applied = difference.Value, At = now,
           },
    ];

    // What events that happen now come to over what everybody has now; null when it is not known how much of today's cap is used (an older
    // program kept that to itself), or the clock is behind a person's newest event.
    private static async Task<Refolded?> Continue(this Db db, IReadOnlyList<Row> added, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var today = DayBalance.Of(now);
        var people = await db.Query<Today>(
            $"""
            select u.id as Id, u.reputation as Reputation, d.day is not null as HasEvents, d.capped as Capped,
                   (select max(at) from reputation_events where user_id = u.id) as Newest
            from users u
            left join reputation_days d on d.user_id = u.id and d.day = @today
            where {db.Dialect.In("u.id", "@ids")}
            order by u.id
            """,
            new { ids = added.Select(row => row.UserId).Distinct().ToArray(), today }, token);
        if (people.Any(person => person.Newest > now || person is { HasEvents: true, Capped: null }))
            return null;

        var folded = new Refolded([], [], []);
        foreach (var person in people)
        {
            var mine = added.Where(row => row.UserId == person.Id).ToList();
            var fold = ReputationFold.Fold(
                person.Reputation, [.. mine.Select(row => new CountedEvent(row.Kind, row.Nominal, today))], rules, person.Capped ?? 0);
            for (var i = 0; i < mine.Count; i++)
                mine[i].Applied = fold.Applied[i];
            folded.Differences.Add(person.Id, fold.Balance - person.Reputation);
            folded.Renewed.AddRange(fold.Days.Select(day => DayRow.Of(person.Id, day)));
        }

        return folded;
    }

    // Folds some people from a day on, writes their balances, and returns by how much each one's reputation changed.
    private static async Task<SortedDictionary<long, int>> Refold(this Db db, IReadOnlyCollection<long> users, long fromDay,
        IReadOnlyList<Row> added, ReputationSettings rules, CancellationToken token)
    {
        var folded = await db.Fold(users, fromDay, added, rules, token);
        await db.Store(folded, token);
        return folded.Differences;
    }

    private static async Task Store(this Db db, Refolded folded, CancellationToken token)
    {
        await db.Execute(
            "update users set reputation = reputation + @Value where id = @Key",
            folded.Differences.Where(d => d.Value != 0).Select(d => new { d.Key, d.Value }).ToList(), token);
        await db.Execute("delete from reputation_days where user_id = @UserId and day = @Day", folded.Gone, token);
        await db.Execute(
            """
            insert into reputation_days (user_id, day, balance, capped) values (@UserId, @Day, @Balance, @Capped)
            on conflict (user_id, day) do update set balance = excluded.balance, capped = excluded.capped
            """,
            folded.Renewed, token);
    }

    // What folding some people from a day on comes to; reads only. Events not yet in the table take part and learn what
    // they applied. People come in ascending order of their ids, so that two transactions never wait for each other.
    private static async Task<Refolded> Fold(this Db db, IReadOnlyCollection<long> users, long fromDay,
        IReadOnlyList<Row> added, ReputationSettings rules, CancellationToken token)
    {
        var folded = new Refolded([], [], []);
        if (users.Count == 0)
            return folded;

        long[] ids = [.. users.Distinct().Order()];
        // The first day there is: an import's oldest events are younger.
        fromDay = Math.Max(fromDay, 0);
        var parameters = new { ids, fromDay, from = DayBalance.Start(fromDay) };
        var people = await db.Query<Standing>(
            $"""
            select id as Id, reputation as Reputation,
                   (select balance from reputation_days where user_id = users.id and day < @fromDay order by day desc limit 1) as Before
            from users
            where {db.Dialect.In("id", "@ids")}
            order by id
            """,
            parameters, token);
        var events = (await db.Query<Row>(
            $"""
            select user_id as UserId, kind as Kind, nominal as Nominal, at as At
            from reputation_events
            where {db.Dialect.In("user_id", "@ids")} and at >= @from and state = 0 and kind > 0
            order by user_id, at, id
            """,
            parameters, token)).ToLookup(row => row.UserId);
        // Events that are added leave no day without one: what there is is written over.
        var oldDays = (added.Count > 0 ? [] : await db.Query<DayRow>(
            $"select user_id as UserId, day as Day, balance as Balance, capped as Capped from reputation_days where {db.Dialect.In("user_id", "@ids")} and day >= @fromDay",
            parameters, token)).ToLookup(row => row.UserId);

        foreach (var person in people)
        {
            var mine = added.Where(row => row.UserId == person.Id).ToList();
            // A stable sort: of one instant, what is being added comes last.
            List<Row> all = mine.Count == 0 ? [.. events[person.Id]] : [.. events[person.Id].Concat(mine).OrderBy(row => row.At)];
            var fold = ReputationFold.Fold(
                person.Before ?? ReputationSettings.Start, [.. all.Select(row => new CountedEvent(row.Kind, row.Nominal, DayBalance.Of(row.At)))], rules);

            var difference = fold.Balance - person.Reputation;
            folded.Differences.Add(person.Id, difference);
            for (var i = 0; i < all.Count; i++)
                all[i].Applied = fold.Applied[i];
            // Were the clock behind the newest event, a new one could change what that one applies: the rows that are written must still add up.
            if (mine.Count > 0)
                mine[^1].Applied = difference - mine.SkipLast(1).Sum(row => row.Applied);

            var before = oldDays[person.Id].ToDictionary(row => row.Day);
            foreach (var day in fold.Days)
            {
                if (!before.Remove(day.Day, out var old) || old.Balance != day.Balance || old.Capped is { } capped && capped != day.Capped)
                    folded.Renewed.Add(DayRow.Of(person.Id, day));
            }

            folded.Gone.AddRange(before.Select(day => new DayRow { UserId = person.Id, Day = day.Key }));
        }

        return folded;
    }

    private static Task<int> Insert(this Db db, IReadOnlyCollection<Row> rows, CancellationToken token) =>
        db.Execute(
            """
            insert into reputation_events (user_id, kind, post_id, cause_id, nominal, applied, at, reason)
            values (@UserId, @Kind, @PostId, @CauseId, @Nominal, @Applied, @At, @Reason)
            """,
            rows, token);

    // What an adjustment follows from. A line about several posts names none, except that of who voted: it is told to nobody else, as are
    // all lines about posts of others.
    private sealed record About(IReadOnlyCollection<long> PostIds, long? CauseId, AdjustmentReason Reason)
    {
        public long? PostOf(long userId) => PostIds.Count == 1 || PostIds.Count > 0 && userId == CauseId ? PostIds.First() : null;
    }

    // By how much each one's reputation changes, and the ends of days that are others or no more.
    private sealed record Refolded(SortedDictionary<long, int> Differences, List<DayRow> Renewed, List<DayRow> Gone);

    private sealed record Row
    {
        public long Id { get; init; }
        public long UserId { get; init; }
        public ReputationKind Kind { get; init; }
        public long? PostId { get; init; }
        public long? CauseId { get; init; }
        public int Nominal { get; init; }
        public int Applied { get; set; }
        public DateTimeOffset At { get; init; }
        public AdjustmentReason Reason { get; init; }
    }

    private sealed record DayRow
    {
        public long UserId { get; init; }
        public long Day { get; init; }
        public int Balance { get; init; }
        public int? Capped { get; init; }

        public static DayRow Of(long userId, DayBalance day) => new() { UserId = userId, Day = day.Day, Balance = day.Balance, Capped = day.Capped };
    }

    private sealed record Today
    {
        public long Id { get; init; }
        public int Reputation { get; init; }
        public bool HasEvents { get; init; }
        public int? Capped { get; init; }
        public DateTimeOffset? Newest { get; init; }
    }

    private sealed record Standing
    {
        public long Id { get; init; }
        public int Reputation { get; init; }
        public int? Before { get; init; }
    }
}
