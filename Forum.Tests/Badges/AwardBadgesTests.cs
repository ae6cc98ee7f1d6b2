using Forum.Core.Badges;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Badges;

/// <summary>How badges are read on for: once each, after a crash too, beside what an import brought.</summary>
public sealed class AwardBadgesTests
{
    [Test]
    public async Task A_vote_earns_its_badges_by_the_command_alone()
    {
        await using var forum = new TestForum();
        var (author, voter) = (await forum.Make.User(), await forum.Make.User(500));
        var answer = await forum.Make.Answer(await forum.Make.Question(), author);

        await forum.Send(new CastVote(answer, Direction.Up), voter);
        await forum.Award();

        Assert.That((await BadgeTests.Held(forum, author, "Teacher"), await BadgeTests.Held(forum, voter, "Supporter")), Is.EqualTo((1, 1)));
        await forum.Verify();
    }

    [Test]
    public async Task What_happened_before_the_mark_is_not_looked_for_again_and_what_came_after_is()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        await deeds.Scores(2, 1);
        await forum.Award();
        var mark = await forum.Value<long>("select event_id from watermarks where reader = 'badges'");
        var newest = await forum.Value<long>("select max(id) from events where kind like '%VoteCast'");

        Assert.That(mark, Is.GreaterThanOrEqualTo(newest));

        var someone = await deeds.Scores(2, 1);
        await forum.Award();
        Assert.That(await BadgeTests.Held(forum, someone, "Teacher"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_badge_is_awarded_once_when_the_mark_was_lost()
    {
        await using var forum = new TestForum();
        var someone = await new TestDeeds(forum).Scores(2, 10);
        await forum.Award();
        await forum.Settle();

        await forum.Write("delete from watermarks where reader = 'badges'");
        Assert.That(await forum.Award(), Is.Zero);

        await forum.Settle();
        Assert.That(await forum.Value<int>("select count(*) from inbox where user_id = @someone and kind = 'badge'", new { someone }), Is.EqualTo(2));
        await BadgeTests.Counted(forum);
    }

    [Test]
    public async Task Two_who_award_at_once_award_once()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        var people = new List<long>();
        for (var i = 0; i < 10; i++)
            people.Add(await deeds.Scores(2, 10));
        await forum.Send(new AwardAllBadges(long.MaxValue, 1));

        await Task.WhenAll(forum.Award(), BadgeTests.AwardAll(forum), forum.Award());

        foreach (var someone in people)
            Assert.That(await BadgeTests.Held(forum, someone, "Nice Answer"), Is.EqualTo(1));
        await BadgeTests.Counted(forum);
    }

    [Test]
    public async Task An_event_that_nobody_understands_keeps_no_badge_back()
    {
        await using var forum = new TestForum();
        await forum.Write("insert into events (kind, payload, at) values ('Forum.Core.Voting.VoteCast', '{', 0), ('Forum.Core.Voting.NothingYet', '{}', 0)");

        var someone = await new TestDeeds(forum).Scores(2, 1);
        await forum.Award();

        Assert.That(await BadgeTests.Held(forum, someone, "Teacher"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_awarded_stays_when_the_score_falls_or_the_post_goes()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        var someone = await deeds.Scores(2, 10);
        await forum.Award();

        await forum.Write("update posts set score = 0, deleted_at = 1, is_listed = 0 where author_id = @someone", new { someone });
        await deeds.Scores(2, 0, someone);
        await forum.Award();
        await BadgeTests.AwardAll(forum);

        Assert.That(await BadgeTests.Held(forum, someone, "Nice Answer"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_an_import_brought_is_not_awarded_again()
    {
        await using var forum = new TestForum();
        var deeds = new TestDeeds(forum);
        var someone = await forum.Make.User();
        await Bring(forum, someone, "Teacher", BadgeClass.Bronze, 1);
        await Bring(forum, someone, "Nice Answer", BadgeClass.Bronze, 2);
        await deeds.Scores(2, 10, someone);
        await deeds.Scores(2, 12, someone);

        await forum.Award();
        await BadgeTests.AwardAll(forum);
        Assert.That((await BadgeTests.Held(forum, someone, "Teacher"), await BadgeTests.Held(forum, someone, "Nice Answer")), Is.EqualTo((1, 2)));

        await deeds.Scores(2, 10, someone);
        await forum.Award();
        Assert.That(await BadgeTests.Held(forum, someone, "Nice Answer"), Is.EqualTo(3));
        Assert.That(
            await forum.Value<long>("select thing from user_badges where user_id = @someone and thing > 0", new { someone }),
            Is.EqualTo(await forum.Value<long>("select max(id) from posts where author_id = @someone", new { someone })));

        await BadgeTests.AwardAll(forum);
        Assert.That(await BadgeTests.Held(forum, someone, "Nice Answer"), Is.EqualTo(3));
        await BadgeTests.Counted(forum);
    }

    [Test]
    public async Task A_badge_that_an_import_made_with_another_class_is_the_same_badge()
    {
        await using var forum = new TestForum();
        var someone = await forum.Make.User();
        await Bring(forum, someone, "Guru", BadgeClass.Bronze, 1);
        await new TestDeeds(forum).IsAccepted(40, someone);

        await forum.Award();

        Assert.That(await forum.Value<int>("select count(*) from badges where name = 'Guru'"), Is.EqualTo(1));
        Assert.That(await BadgeTests.Held(forum, someone, "Guru"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_full_year_is_looked_for_once_a_day_also_after_days_without_a_server()
    {
        await using var forum = new TestForum();
        await forum.Award();
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        var someone = await new TestDeeds(forum).GainsInAYear(200);
        Assert.That(await forum.Award(), Is.Zero);

        forum.Clock.Advance(TimeSpan.FromDays(5));

        Assert.That(await forum.Award(), Is.EqualTo(1));
        Assert.That(await BadgeTests.Held(forum, someone, "Yearling"), Is.EqualTo(1));
    }

    [TestCase(99, 100, 20, 0)]
    [TestCase(100, 100, 19, 0)]
    [TestCase(100, 99, 20, 0)]
    [TestCase(100, 100, 20, 1)]
    [TestCase(100, 400, 80, 2)]
    [TestCase(100, 1_000, 200, 3)]
    public async Task A_tag_has_badges_for_those_who_answer_well_under_it(int questions, int score, int answers, int expected)
    {
        await using var forum = new TestForum();
        var someone = await UnderATag(forum, questions, score, answers);

        await forum.Award();

        Assert.That(await forum.Value<int>("select count(*) from user_badges h join badges b on b.id = h.badge_id where h.user_id = @someone and b.name = 'brewing' and b.is_tag = 1", new { someone }), Is.EqualTo(expected));
        Assert.That((await forum.Send(new AwardAllTagBadges(0))).Awarded, Is.Empty);
        await BadgeTests.Counted(forum);
    }

    [Test]
    public async Task A_tags_badge_is_lost_when_its_answers_are_gone_and_an_imported_one_stays()
    {
        await using var forum = new TestForum();
        var someone = await UnderATag(forum, 100, 400, 80);
        await Bring(forum, someone, "brewing", BadgeClass.Gold, 1, isTag: true);
        await forum.Award();

        await forum.Write("update tag_scores set answers = 79, answer_score = 399 where user_id = @someone", new { someone });
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Award();

        Assert.That(await forum.Value<string>("select gold || '/' || silver || '/' || bronze from users where id = @someone", new { someone }), Is.EqualTo("1/0/1"));
        await BadgeTests.Counted(forum);

        await forum.Write("delete from tag_scores where user_id = @someone", new { someone });
        Assert.That((await forum.Send(new AwardAllTagBadges(0))).Lost, Is.EqualTo(1));
        await BadgeTests.Counted(forum);
    }

    private static async Task<long> UnderATag(TestForum forum, int questions, int score, int answers)
    {
        var someone = await forum.Make.User();
        await forum.Make.Tags("brewing");
        await forum.Write("update tags set question_count = @questions where name = 'brewing'", new { questions });
        await forum.Write(
            "insert into tag_scores (user_id, tag_id, answer_score, answers) select @someone, id, @score, @answers from tags where name = 'brewing'", new { someone, score, answers });
        return someone;
    }

    private static async Task Bring(TestForum forum, long user, string name, BadgeClass rank, int count, bool isTag = false)
    {
        await forum.Write("insert into badges (name, class, is_tag, award_count) values (@name, @rank, @isTag, @count)", new { name, rank = (int)rank, isTag, count });
        for (var i = 0; i < count; i++)
        {
            await forum.Write(
                """
                insert into user_badges (user_id, badge_id, class, thing, awarded_at, legacy_id)
                select @user, b.id, b.class, -coalesce((select max(legacy_id) from user_badges), 0) - 1, 0, coalesce((select max(legacy_id) from user_badges), 0) + 1
                from badges b
                where b.name = @name
                """, new { user, name });
        }

        await forum.Write(
            "update users set gold = gold + @gold, bronze = bronze + @bronze where id = @user",
            new { user, gold = rank == BadgeClass.Gold ? count : 0, bronze = rank == BadgeClass.Bronze ? count : 0 });
    }
}
