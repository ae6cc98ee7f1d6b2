using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Discipline;
using Forum.Core.Flags;
using Forum.Core.Statistics;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Span = Forum.Core.Statistics.Span;

namespace Forum.Tests.Statistics;

public sealed class StatisticsTests
{
    private const string Body = "Read the lines one at a time with an iterator that streams them.";

    [Test]
    public async Task A_day_counts_what_happened_on_it_and_what_became_of_its_questions()
    {
        await using var forum = new TestForum();
        var day = forum.Clock.GetUtcNow();
        var (ada, bob, moderator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var (answered, late, alone, deleted) = (await Ask(forum, ada), await Ask(forum, ada), await Ask(forum, ada), await Ask(forum, ada));
        await forum.Send(new CastVote(answered, Direction.Up), bob);
        await forum.Send(new CastVote(late, Direction.Up), bob);
        await forum.Send(new FlagPost(alone, FlagKind.Moderator, "It asks for a moderator, and says so at length."), bob);
        // The asker's own answer is none that somebody waited for.
        await forum.Make.Answer(alone, ada);
        forum.Clock.Advance(TimeSpan.FromHours(2));
        await forum.Send(new PostAnswer(answered, Body), bob);
        await forum.Send(new DecideFlags(alone, IsHelpful: true), moderator);
        forum.Clock.Advance(TimeSpan.FromHours(26));
        await forum.Send(new PostAnswer(late, Body + " So it is."), bob);
        await forum.Write("update posts set deleted_at = @now where id = @deleted", new { deleted, now = forum.Clock.GetUtcNow() });
        await forum.Send(new SuspendPerson(bob, 7, "rude", "You were warned before."), moderator);
        await Count(forum, day.AddDays(3));

        var first = (await Show(forum, Span.Day, moderator)).Single(row => row.First == DateOnly.FromDateTime(day.UtcDateTime));

        Assert.That((first.Questions, first.Standing, first.Answered, first.AnsweredInADay, first.Deleted), Is.EqualTo((4, 3, 2, 1, 1)));
        Assert.That(first.FirstAnswerSeconds, Is.EqualTo(15 * 3600), "the middle of 2 and 28 hours");
        Assert.That((first.Answers, first.People, first.Voters), Is.EqualTo((2, 3, 1)));
        Assert.That((first.Flags, first.FlagsHandled, first.FlagsInADay, first.FlagSeconds), Is.EqualTo((1, 1, 1, (long?)7200)));
        Assert.That(first.Suspensions, Is.Zero);
        Assert.That((await Show(forum, Span.Day, moderator)).Sum(row => row.Suspensions), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_voted_in_a_week_is_counted_once_and_a_week_begins_on_monday()
    {
        await using var forum = new TestForum();
        // A Monday.
        var begin = forum.Clock.GetUtcNow();
        var (ada, bob, moderator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await forum.Send(new CastVote(await Ask(forum, ada), Direction.Up), bob);
            forum.Clock.Advance(TimeSpan.FromDays(1));
        }

        await Count(forum, begin.AddDays(9));

        var week = (await Show(forum, Span.Week, moderator))[0];
        Assert.That(week.First, Is.EqualTo(DateOnly.FromDateTime(begin.UtcDateTime)));
        Assert.That((week.First.DayOfWeek, week.Questions, week.Voters), Is.EqualTo((DayOfWeek.Monday, 3, 1)));
        Assert.That((await Show(forum, Span.Day, moderator)).Sum(row => row.Voters), Is.EqualTo(3));
        Assert.That((await Show(forum, Span.Month, moderator)).Single().Voters, Is.EqualTo(1));
    }

    [Test]
    public async Task Each_night_counts_the_last_days_anew_and_counting_everything_says_the_same()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var nightly = forum.Service<CountStatistics>();
        var question = await Ask(forum, ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await nightly.Nightly(default), Is.EqualTo(1));
        Assert.That(await nightly.Nightly(default), Is.Null, "once a night");
        Assert.That((await Show(forum, Span.Day, moderator)).Single().Answered, Is.Zero);

        await forum.Make.Answer(question);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await nightly.Nightly(default);

        Assert.That((await Show(forum, Span.Day, moderator))[0].Answered, Is.EqualTo(1));
        var counted = await Rows(forum);
        await forum.Write("delete from site_figures");
        await nightly.All(null, default);
        Assert.That(await Rows(forum), Is.EqualTo(counted).And.Not.Empty);
    }

    [Test]
    public async Task Months_long_ago_stay_as_they_were_counted()
    {
        await using var forum = new TestForum(("Forum:Insight:RecountDays", "10"));
        var (ada, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await Ask(forum, ada);
        var first = forum.Clock.GetUtcNow();
        forum.Clock.Advance(TimeSpan.FromDays(100));
        Assert.That(await forum.Service<CountStatistics>().Nightly(default), Is.EqualTo(4), "from the first one on");
        await forum.Write("update site_figures set reviews = 7 where span = 30");
        forum.Clock.Advance(TimeSpan.FromDays(1));

        Assert.That(await forum.Service<CountStatistics>().Nightly(default), Is.EqualTo(1));

        var months = await Show(forum, Span.Month, moderator);
        Assert.That(months.Select(month => month.Reviews), Is.EqualTo(new[] { 7, 7, 7, 0 }));
        Assert.That(months[0].First, Is.EqualTo(new DateOnly(first.Year, first.Month, 1)));
    }

    [Test]
    public async Task The_last_ninety_days_have_one_row_that_everybody_may_see()
    {
        await using var forum = new TestForum();
        Assert.That(await forum.Send(new ShowMetrics()), Is.Null);
        var ada = await forum.Make.User(1_000);
        await Ask(forum, ada);
        var now = forum.Clock.GetUtcNow();
        await Count(forum, now.AddDays(90));
        Assert.That((await forum.Send(new ShowMetrics()))!.Questions, Is.EqualTo(1));

        await Count(forum, now.AddDays(91));

        Assert.That((await forum.Send(new ShowMetrics()))!.Questions, Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from site_figures where span = 90"), Is.EqualTo(1));
    }

    [TestCase(4_999, false)]
    [TestCase(5_000, true)]
    public async Task Figures_by_the_day_take_a_privilege(int reputation, bool isAllowed)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation);

        if (isAllowed)
            Assert.That((await forum.Send(new ShowStatistics(Span.Day), ada)).Rows, Is.Empty);
        else
            Assert.That(
                Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ShowStatistics(Span.Day), ada))!.Refusal.Code, Is.EqualTo("privileges.site-analytics.needs"));
    }

    [Test]
    public async Task Counting_can_be_switched_off()
    {
        await using var forum = new TestForum(("Forum:Insight:Counts", "false"));

        Assert.That(await forum.Service<CountStatistics>().Nightly(default), Is.Null);
    }

    [TestCase(new long[] { }, null)]
    [TestCase(new long[] { 7 }, 7L)]
    [TestCase(new long[] { 9, 1, 3 }, 3L)]
    [TestCase(new long[] { 4, 1, 9, 2 }, 3L)]
    public void A_median_is_the_middle(long[] values, long? median) => Assert.That(StatisticsRules.Median(values), Is.EqualTo(median));

    [Test]
    public async Task Earlier_and_later_lead_from_page_to_page()
    {
        await using var forum = new TestForum(("Forum:Insight:DaysShown", "7"));
        var moderator = await forum.Make.User(moderator: true);
        await Count(forum, forum.Clock.GetUtcNow().AddDays(10));

        var newest = await forum.Send(new ShowStatistics(Span.Day), moderator);
        var earlier = await forum.Send(new ShowStatistics(Span.Day, newest.Earlier), moderator);

        Assert.That((newest.Rows.Count, newest.Later), Is.EqualTo((7, (DateOnly?)null)));
        Assert.That((earlier.Rows.Count, earlier.Earlier), Is.EqualTo((3, (DateOnly?)null)), "from the day on that somebody joined");
        Assert.That(earlier.Rows[^1].Last.AddDays(1), Is.EqualTo(newest.Rows[0].First));
        Assert.That((await forum.Send(new ShowStatistics(Span.Day, earlier.Later), moderator)).Rows, Is.EqualTo(newest.Rows));
    }

    private static async Task<long> Ask(TestForum forum, long by)
    {
        var id = await forum.Make.Question(by: by);
        await forum.Write("update revisions set created_at = created_at - 3600000 where post_id = @id", new { id });
        return id;
    }

    private static async Task Count(TestForum forum, DateTimeOffset at)
    {
        forum.Clock.Set(at);
        await forum.Service<CountStatistics>().All(null, default);
    }

    private static async Task<IReadOnlyList<SiteFigures>> Show(TestForum forum, Span span, long moderator) => (await forum.Send(new ShowStatistics(span), moderator)).Rows;

    private static Task<IReadOnlyList<SiteFigures>> Rows(TestForum forum) =>
        forum.Sql(db => db.Query<SiteFigures>($"select {SiteFigures.Columns} from site_figures order by span, first_day"));
}
