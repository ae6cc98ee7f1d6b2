using System.Diagnostics;
using System.Globalization;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Statistics;

/// <summary>
/// Counts every night what happened on the site, up to yesterday: the last days anew, and what was never counted. It reads a month at a time on a
/// reader, a day or some people in one statement, and writes rows only. Rules: docs/rules/insight.md, section 1.
/// </summary>
public sealed class CountStatistics(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<CountStatistics> log)
    : Recurring(Interval, "Figures of the site could not be counted; it is tried again.", log)
{
    private const string Job = "statistics";

    // The first day of the last month that was counted in order, so that a first count which is cut off goes on where it was.
    private const string Reached = "statistics-reached";
    private const int PeopleAtOnce = 500;
    private const int RestTimes = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Does tonight's work, if it is time and nobody did it yet; returns how many months were counted, or null.</summary>
    public async Task<int?> Nightly(CancellationToken token)
    {
        var (rules, now) = (settings.Current.Insight, clock.GetUtcNow());
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(rules.Hour);
        if (!rules.Counts || now < due)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var (last, reached) = (await db.Job(Job, token), await db.Job(Reached, token));
        db.EndSnapshot();
        if (last?.UpdatedAt >= due)
            return null;

        var recount = Today().AddDays(-rules.RecountDays);
        var from = reached is null ? null : (DateOnly?)Min(DateOnly.ParseExact(reached.Cursor, "O", CultureInfo.InvariantCulture), recount);
        var months = await Count(db, from, isGivingWay: true, null, token);
        await db.KeepJob(Job, months.ToString(CultureInfo.InvariantCulture), now, token);
        return months;
    }

    /// <summary>Counts everything from the first day on; returns how many months that are.</summary>
    public async Task<int> All(IProgress<DateOnly>? progress, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Count(scope.ServiceProvider.GetRequiredService<Db>(), null, isGivingWay: false, progress, token);
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Nightly(token);

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async Task<int> Count(Db db, DateOnly? from, bool isGivingWay, IProgress<DateOnly>? progress, CancellationToken token)
    {
        var (today, months) = (Today(), 0);
        if (await FirstDay(db, token) is { } first)
        {
            for (var month = StatisticsRules.First(Span.Month, from > first ? from.Value : first); month < today; month = month.AddMonths(1))
            {
                var began = Stopwatch.GetTimestamp();
                progress?.Report(month);
                // The last week of a month ends in the next one.
                var next = month.AddMonths(1);
                var days = await Facts(db, month, Min(next.AddDays(6), today), token);
                await Write(db, [.. Figures(days, first, next)], token);
                await Reach(db, month, token);
                months++;
                if (isGivingWay)
                    await GiveWay(began, RestTimes, token);
            }
        }

        var since = today.AddDays(-(int)Span.NinetyDays);
        var ninety = StatisticsRules.Sum(Span.NinetyDays, since, (await Facts(db, since, today, token)).Values);
        await Write(db, [ninety], token);
        await db.InTransaction(
            () => db.Execute("delete from site_figures where span = @span and first_day <> @day", new { span = (int)Span.NinetyDays, day = ninety.FirstDay }, token), token);
        return months;
    }

    // Of each span that begins in the month, save those before there was a site.
    private static IEnumerable<SiteFigures> Figures(SortedDictionary<DateOnly, DayFacts> days, DateOnly began, DateOnly next) =>
        from span in new[] { Span.Day, Span.Week, Span.Month }
        from first in days.Keys.Where(day => day < next && StatisticsRules.First(span, day) == day)
        let end = StatisticsRules.Next(span, first)
        where end > began
        select StatisticsRules.Sum(span, first, [.. days.Where(day => day.Key >= first && day.Key < end).Select(day => day.Value)]);

    private static async Task<DateOnly?> FirstDay(Db db, CancellationToken token)
    {
        var first = await db.Get<DateTimeOffset?>(
            """
            select min(at)
            from (
                select min(created_at) as at from posts where kind in (1, 2)
                union all
                select * from (select created_at from users where id > 0 order by created_at limit 1)) firsts
            """, token: token);
        db.EndSnapshot();
        return first is null ? null : DateOnly.FromDateTime(first.Value.UtcDateTime) is var day && day < Earliest ? Earliest : day;
    }

    private async Task<SortedDictionary<DateOnly, DayFacts>> Facts(Db db, DateOnly first, DateOnly until, CancellationToken token)
    {
        var days = new SortedDictionary<DateOnly, DayFacts>();
        for (var day = first; day < until; day = day.AddDays(1))
            days.Add(day, new DayFacts { Questions = await Questions(db, day, token) });
        if (days.Count == 0)
            return days;

        var range = new { from = StatisticsRules.Start(first), until = StatisticsRules.Start(until) };
        DayFacts Of(int day) => days[StatisticsRules.Date(day)];
        foreach (var row in await db.Query<Number>(
            """
            select created_at / 86400000 as Day, count(*) as Many
            from posts
            where kind in (1, 2) and kind = 2 and created_at >= @from and created_at < @until
            group by 1
            """, range, token))
            Of(row.Day).Answers = row.Many;
        foreach (var row in await db.Query<Number>(
            "select created_at / 86400000 as Day, count(*) as Many from users where id > 0 and created_at >= @from and created_at < @until group by 1", range, token))
            Of(row.Day).People = row.Many;
        foreach (var row in await Events(db, Closings.Closed, range, token))
            Of(row.Day).Closings = row.Many;
        foreach (var row in await Events(db, Closings.Reopened, range, token))
            Of(row.Day).Reopenings = row.Many;
        await Moderation(db, range.from, range.until, Of, token);
        db.EndSnapshot();
        await People(db, range.from, range.until, Of, token);
        return days;
    }

    private static async Task<IReadOnlyList<AskedQuestion>> Questions(Db db, DateOnly day, CancellationToken token)
    {
        // An answer that came before its question was merged into this one.
        var asked = await db.Query<Asked>(
            """
            select q.deleted_at is not null as IsDeleted, q.closed_at is not null as IsClosed,
                   max(0, (select min(a.created_at) from posts a
                           where a.kind = 2 and a.question_id = q.id and a.deleted_at is null and a.author_id is not q.author_id) - q.created_at) / 1000 as Wait
            from posts q
            where q.kind in (1, 2) and q.kind = 1 and q.created_at >= @from and q.created_at < @until
            """, new { from = StatisticsRules.Start(day), until = StatisticsRules.Start(day.AddDays(1)) }, token);
        db.EndSnapshot();
        return [.. asked.Select(question => new AskedQuestion(question.IsDeleted, question.IsClosed, question.Wait))];
    }

    private static Task<IReadOnlyList<Number>> Events(Db db, string kind, object range, CancellationToken token) =>
        db.Query<Number>(
            $"select at / 86400000 as Day, count(*) as Many from post_events where kind = '{kind}' and at >= @from and at < @until group by 1", range, token);

    // By the log: what it says last of a flag is what became of it.
    private static async Task Moderation(Db db, DateTimeOffset from, DateTimeOffset until, Func<int, DayFacts> of, CancellationToken token)
    {
        if (await db.FirstActSince(from, token) is not { } first)
            return;

        var range = new { first, next = await db.FirstActSince(until, token) ?? long.MaxValue };
        foreach (var row in await db.Query<Number>("select at / 86400000 as Day, count(*) as Many from moderation_acts where action = 'flag' and id >= @first and id < @next group by 1", range, token))
            of(row.Day).Flags = row.Many;
        foreach (var row in await db.Query<Number>("select at / 86400000 as Day, count(*) as Many from moderation_acts where action = 'suspend' and id >= @first and id < @next group by 1", range, token))
            of(row.Day).Suspensions = row.Many;
        foreach (var row in await db.Query<Handled>(
            """
            select a.at / 86400000 as Day, (a.at - f.raised_at) / 1000 as Wait
            from moderation_acts a
            join flags f on f.id = a.subject_id
            where a.action in ('flag-helpful', 'flag-declined', 'flag-disputed') and a.id >= @first and a.id < @next
              and not exists (select 1 from moderation_acts l where l.subject_kind = 6 and l.subject_id = f.id and l.id > a.id)
            """, range, token))
            of(row.Day).FlagWaits.Add(row.Wait);
    }

    // What is found by who did it: some people at a time.
    private static async Task People(Db db, DateTimeOffset from, DateTimeOffset until, Func<int, DayFacts> of, CancellationToken token)
    {
        for (var after = 0L; ;)
        {
            var upTo = await db.Find<long?>("select max(id) from (select id from users where id > @after order by id limit @PeopleAtOnce) some", new { after, PeopleAtOnce }, token);
            if (upTo is null)
                return;

            var range = new { after, upTo, from, until };
            foreach (var row in await db.Query<Did>(
                """
                select v.user_id as UserId, v.cast_at / 86400000 as Day, count(*) as Many
                from users u
                join votes v on v.user_id = u.id and v.cast_at >= @from and v.cast_at < @until
                where u.id > @after and u.id <= @upTo
                group by 1, 2
                """, range, token))
                of(row.Day).Voters.Add(row.UserId);
            foreach (var row in await db.Query<Did>(
                $"""
                select r.user_id as UserId, r.reviewed_at / 86400000 as Day, count(*) as Many
                from users u
                join reviews r on r.user_id = u.id and r.reviewed_at >= @from and r.reviewed_at < @until
                where u.id > @after and u.id <= @upTo and r.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing})
                group by 1, 2
                union all
                select s.user_id, s.given_at / 86400000, count(*)
                from users u
                join suggested_edit_reviews s on s.user_id = u.id and s.given_at >= @from and s.given_at < @until
                where u.id > @after and u.id <= @upTo
                group by 1, 2
                """, range, token))
                of(row.Day).Reviews += row.Many;
            db.EndSnapshot();
            after = upTo.Value;
        }
    }

    private static Task Write(Db db, IReadOnlyList<SiteFigures> figures, CancellationToken token) =>
        db.InShortTransactions(
            figures,
            row => db.Execute(
                """
                insert into site_figures (
                    span, first_day, questions, answers, standing, answered, answered_in_a_day, first_answer_seconds, closed, deleted, people, voters,
                    flags, flags_handled, flags_in_a_day, flag_seconds, closings, reopenings, reviews, suspensions)
                values (
                    @span, @FirstDay, @Questions, @Answers, @Standing, @Answered, @AnsweredInADay, @FirstAnswerSeconds, @Closed, @Deleted, @People, @Voters,
                    @Flags, @FlagsHandled, @FlagsInADay, @FlagSeconds, @Closings, @Reopenings, @Reviews, @Suspensions)
                on conflict (span, first_day) do update
                set questions = excluded.questions, answers = excluded.answers, standing = excluded.standing, answered = excluded.answered,
                    answered_in_a_day = excluded.answered_in_a_day, first_answer_seconds = excluded.first_answer_seconds, closed = excluded.closed, deleted = excluded.deleted,
                    people = excluded.people, voters = excluded.voters, flags = excluded.flags, flags_handled = excluded.flags_handled, flags_in_a_day = excluded.flags_in_a_day,
                    flag_seconds = excluded.flag_seconds, closings = excluded.closings, reopenings = excluded.reopenings, reviews = excluded.reviews, suspensions = excluded.suspensions
                """,
                new
                {
                    span = (int)row.Span, row.FirstDay, row.Questions, row.Answers, row.Standing, row.Answered, row.AnsweredInADay, row.FirstAnswerSeconds, row.Closed, row.Deleted,
                    row.People, row.Voters, row.Flags, row.FlagsHandled, row.FlagsInADay, row.FlagSeconds, row.Closings, row.Reopenings, row.Reviews, row.Suspensions,
                }, token),
            token);

    private async Task Reach(Db db, DateOnly month, CancellationToken token)
    {
        var reached = await db.Job(Reached, token);
        db.EndSnapshot();
        var cursor = month.ToString("O", CultureInfo.InvariantCulture);
        if (string.CompareOrdinal(reached?.Cursor, cursor) < 0)
            await db.KeepJob(Reached, cursor, clock.GetUtcNow(), token);
    }

    private sealed record Number
    {
        public int Day { get; init; }
        public int Many { get; init; }
    }

    private sealed record Asked
    {
        public bool IsDeleted { get; init; }
        public bool IsClosed { get; init; }
        public long? Wait { get; init; }
    }

    private sealed record Handled
    {
        public int Day { get; init; }
        public long Wait { get; init; }
    }

    private sealed record Did
    {
        public long UserId { get; init; }
        public int Day { get; init; }
        public int Many { get; init; }
    }
}
