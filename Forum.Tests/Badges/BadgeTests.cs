using Forum.Core.Badges;
using Forum.Core.Users;
using Forum.Core.Verification;
using Forum.Tests.Support;

namespace Forum.Tests.Badges;

/// <summary>Each badge of the catalogue: exactly at its number, one short of it, and again for another thing.</summary>
public sealed class BadgeTests
{
    private static IEnumerable<string> All => Badge.All.Select(b => b.Name);

    private static IEnumerable<string> Repeatable => Badge.All.Where(b => b.Feat.Per != Per.Once).Select(b => b.Name);

    [TestCaseSource(nameof(All))]
    public async Task Is_earned_exactly_at_its_number(string name)
    {
        await using var forum = new TestForum();

        var someone = await TestDeeds.For[name](new TestDeeds(forum), Badge.Find(name)!.Goal(forum.Settings));
        await forum.Award();

        Assert.That(await Held(forum, someone, name), Is.EqualTo(1));
        Assert.That(await forum.Award(), Is.Zero);
        await Counted(forum);
    }

    [TestCaseSource(nameof(All))]
    public async Task Is_not_earned_one_short_of_it(string name)
    {
        await using var forum = new TestForum();

        var someone = await TestDeeds.For[name](new TestDeeds(forum), Badge.Find(name)!.Goal(forum.Settings) - 1);
        await forum.Award();
        await AwardAll(forum);

        Assert.That(await Held(forum, someone, name), Is.Zero);
    }

    [TestCaseSource(nameof(All))]
    public async Task Is_found_for_everybody_as_it_is_by_events(string name)
    {
        await using var forum = new TestForum();
        var someone = await TestDeeds.For[name](new TestDeeds(forum), Badge.Find(name)!.Goal(forum.Settings));

        await AwardAll(forum);

        Assert.That(await Held(forum, someone, name), Is.EqualTo(1));
        Assert.That(await forum.Award(), Is.Zero);
        Assert.That(await AwardAll(forum), Is.Zero);
        await Counted(forum);
    }

    [TestCaseSource(nameof(Repeatable))]
    public async Task Is_earned_again_for_something_else(string name)
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        var goal = Badge.Find(name)!.Goal(forum.Settings);

        var someone = await Twice(name, deeds, goal);
        await forum.Award();
        await AwardAll(forum);

        Assert.That(await Held(forum, someone, name), Is.EqualTo(2));
        await Counted(forum);
    }

    [Test]
    public async Task Numbers_of_the_operator_take_the_place_of_the_catalogues()
    {
        await using var forum = new TestForum(("Forum:Badges:Numbers:nice-question:0", "3"), ("Forum:Badges:Numbers:revival:0", "1"));

        var someone = await new TestDeeds(forum).Scores(1, 3);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Nice Question"), Is.EqualTo(1));
        Assert.That(Badge.Find("Revival")!.Numbers(forum.Settings), Is.EqualTo(new[] { 1, 30 }));
    }

    [Test]
    public async Task A_badge_is_told_once_and_shown_on_the_person()
    {
        await using var forum = new TestForum();
        var someone = await new TestDeeds(forum).Scores(2, 10);

        await forum.Award();
        await forum.Settle();
        await forum.Award();
        await forum.Settle();

        Assert.That(
            await forum.Value<string>("select group_concat(b.name, ', ') from (select b.name from inbox i join badges b on b.id = i.badge_id where i.user_id = @someone and i.kind = 'badge' order by b.name) b", new { someone }),
            Is.EqualTo("Nice Answer, Teacher"));
        Assert.That(await forum.Value<int>("select count(*) from inbox where user_id = @someone and post_id is not null and question_id is not null", new { someone }), Is.EqualTo(2));
        Assert.That(await forum.Value<string>("select gold || '/' || silver || '/' || bronze from users where id = @someone", new { someone }), Is.EqualTo("0/0/2"));
    }

    [Test]
    public async Task Whoever_was_removed_earns_nothing()
    {
        await using var forum = new TestForum();
        var someone = await new TestDeeds(forum).Scores(2, 10);
        await forum.Write("update users set removed_at = 1 where id = @someone", new { someone });

        await forum.Award();

        Assert.That(await forum.Value<int>("select count(*) from user_badges"), Is.Zero);
    }

    [TestCase("Lifejacket", -1, 2, 0)]
    [TestCase("Lifejacket", -2, 1, 0)]
    [TestCase("Lifejacket", -5, 2, 1)]
    public async Task A_question_has_to_have_been_low_and_to_be_high(string name, int low, int high, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).Rescues(5, low, high);
        await forum.Award();

        Assert.That(await Held(forum, someone, name), Is.EqualTo(expected));
    }

    [TestCase(29, null, 0)]
    [TestCase(31, 1, 1)]
    [TestCase(31, 2, 0)]
    public async Task Revival_is_for_the_first_answer_that_helped_after_thirty_days(int days, int? earlier, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).AnswersLate(2, TimeSpan.FromDays(days), earlier);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Revival"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Necromancer_is_for_answers_after_sixty_days()
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).AnswersLate(5, TimeSpan.FromDays(60) - TimeSpan.FromSeconds(1));
        await forum.Award();

        Assert.That(await Held(forum, someone, "Necromancer"), Is.Zero);
    }

    [TestCase(11, 22, 0)]
    [TestCase(11, 23, 1)]
    public async Task Populist_is_for_more_than_twice_the_score(int accepted, int score, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).IsBetterThanAccepted(accepted, score);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Populist"), Is.EqualTo(expected));
    }

    [TestCase(24, 1)]
    [TestCase(25, 0)]
    public async Task Tenacious_needs_its_share_of_all_answers(int others, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).IsAcceptedAtZero(6, others);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Tenacious"), Is.EqualTo(expected));
    }

    [TestCase(199, 0)]
    [TestCase(200, 1)]
    public async Task A_day_counts_from_two_hundred(int gain, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).GainsOnDays(1, gain);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Mortarboard"), Is.EqualTo(expected));
    }

    [TestCase(5, 0, 1)]
    [TestCase(5, 5, 1)]
    [TestCase(5, 6, 0)]
    public async Task Curious_needs_a_positive_record(int days, int unscored, int expected)
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).AsksOnDays(days, others: unscored);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Curious"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Explainer_needs_both_within_twelve_hours_and_a_vote()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);

        var late = await deeds.EditsAndAnswers(1, TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));
        var unscored = await deeds.EditsAndAnswers(1, score: 0);
        await forum.Award();

        Assert.That((await Held(forum, late, "Explainer"), await Held(forum, unscored, "Explainer")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Sportsmanship_needs_a_good_answer_of_ones_own()
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).VotesForRivals(100, ownScore: 0);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Sportsmanship"), Is.Zero);
    }

    [Test]
    public async Task Electorate_needs_a_quarter_of_all_votes_on_questions()
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).VotesOnQuestions(600, others: 1_801);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Electorate"), Is.Zero);
    }

    [Test]
    public async Task A_bounty_that_went_by_itself_makes_no_benefactor()
    {
        await using var forum = new TestForum();

        var someone = await new TestDeeds(forum).Sponsors(1, own: true, awards: true, share: 2);
        await forum.Award();

        Assert.That((await Held(forum, someone, "Benefactor"), await Held(forum, someone, "Promoter")), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Days_in_a_row_begin_anew_after_a_day_away()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        var someone = await deeds.Visits(29);

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new NoteVisit(), someone);
        await forum.Award();

        Assert.That(await Held(forum, someone, "Enthusiast"), Is.Zero);
        Assert.That(await forum.Value<string>("select streak || ' of ' || longest_streak from users where id = @someone", new { someone }), Is.EqualTo("1 of 29"));
    }

    [Test]
    public async Task Several_visits_of_a_day_are_one_and_days_end_at_midnight_utc()
    {
        await using var forum = new TestForum();
        var someone = await forum.Make.User();
        forum.Clock.Set(new DateTimeOffset(2026, 3, 2, 23, 58, 0, TimeSpan.Zero));
        await forum.Send(new NoteVisit(), someone);
        await forum.Send(new NoteVisit(), someone);
        var before = forum.Clock.GetUtcNow();

        forum.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.That(NoteVisit.IsDue(before, forum.Clock.GetUtcNow()), Is.True);
        await forum.Send(new NoteVisit(), someone);
        Assert.That(await forum.Value<int>("select streak from users where id = @someone", new { someone }), Is.EqualTo(2));
    }

    [Test]
    public async Task Progress_is_told_of_what_grows()
    {
        await using var forum = new TestForum();
        var someone = await new TestDeeds(forum).Comments(4, 0);

        var (comments, title) = await forum.Sql(async db =>
        {
            await db.KeepCatalogue(default);
            var search = await db.BadgeSearch(forum.Settings, DateTimeOffset.UnixEpoch, forum.Clock.GetUtcNow(), default);
            return (await db.BadgeProgress(Badge.Find("Commentator")!, someone, search, default), await db.BadgeProgress(Badge.Find("Student")!, someone, search, default));
        });

        Assert.That((comments, title), Is.EqualTo(((long?)4, (long?)null)));
    }

    private static async Task<long> Twice(string name, TestDeeds deeds, int goal)
    {
        if (name == "Yearling")
            return await deeds.GainsInAYear(goal, years: 2);

        var someone = await TestDeeds.For[name](deeds, goal);
        _ = name switch
        {
            "Popular Question" or "Notable Question" or "Famous Question" => await deeds.IsViewed(goal, someone),
            "Favorite Question" or "Stellar Question" => await deeds.IsSaved(goal, someone),
            "Enlightened" or "Guru" => await deeds.IsAccepted(goal, someone),
            "Populist" => await deeds.IsBetterThanAccepted(goal, 2 * goal + 1, someone),
            "Revival" => await deeds.AnswersLate(goal, TimeSpan.FromDays(31), by: someone),
            "Necromancer" => await deeds.AnswersLate(goal, TimeSpan.FromDays(61), by: someone),
            "Lifejacket" => await deeds.Rescues(goal, -2, 2, someone),
            "Lifeboat" => await deeds.Rescues(goal, -3, 3, someone),
            "Custodian" or "Reviewer" or "Steward" => await deeds.ReviewsPosts(goal, someone, queue: 2),
            _ => await deeds.Scores(name.EndsWith("Question", StringComparison.Ordinal) ? 1 : 2, goal, someone),
        };
        return someone;
    }

    internal static Task<int> Held(TestForum forum, long user, string name) =>
        forum.Value<int>("select count(*) from user_badges h join badges b on b.id = h.badge_id where h.user_id = @user and b.name = @name", new { user, name });

    internal static async Task<int> AwardAll(TestForum forum)
    {
        var awarded = 0;
        for (long? after = 0; after is not null;)
        {
            var some = await forum.Send(new AwardAllBadges(after.Value, 50));
            (after, awarded) = (some.Last, awarded + some.Awarded.Values.Sum());
        }

        return awarded;
    }

    internal static async Task Counted(TestForum forum) =>
        Assert.That((await forum.Send(new Verify())).Where(line => line.StartsWith("badge counts", StringComparison.Ordinal)), Is.Empty);
}
