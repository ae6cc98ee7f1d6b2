using Forum.Core.Answers;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Reputations;

public sealed class ReputationLedgerTests
{
    [Test]
    public async Task At_1_up_10_down_2_undo_up_undo_down_ends_at_1()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(1), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new CastVote(question, Up), bob);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(11));
        await forum.Send(new CastVote(question, Down), eve);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(9));
        await forum.Send(new RetractVote(question), bob);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(1));
        await forum.Send(new RetractVote(question), eve);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task An_undo_makes_room_for_what_the_cap_withheld_that_day()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "15"));
        var (ada, bob, eve) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new CastVote(question, Up), eve);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(115));

        await forum.Send(new RetractVote(question), bob);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(110));
        await forum.Verify();
    }

    [Test]
    public async Task An_undo_counts_for_the_day_of_the_act_and_is_a_line_of_today()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        var voted = DateOnly.FromDateTime(forum.Clock.GetUtcNow().UtcDateTime);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Write("update posts set edited_at = @now where id = @question", new { question, now = forum.Clock.GetUtcNow() });

        await forum.Send(new RetractVote(question), bob);

        var shown = await forum.Send(new ShowReputation(ada), ada);
        Assert.That(shown.Days.Select(d => d.Date), Has.None.EqualTo(voted));
        var lines = (await forum.Send(new ListReputation(ada), ada)).Days.SelectMany(d => d.Lines).ToList();
        Assert.That(lines[0], Has.Property("At").EqualTo(forum.Clock.GetUtcNow()).And.Property("Change").EqualTo(-10).And.Property("Key").EqualTo("reputations.vote-undone"));
        Assert.That(lines[1].IsReversed, Is.True);
        await forum.Verify();
    }

    [Test]
    public async Task Deleting_a_question_takes_back_what_it_and_its_answers_brought_and_undeleting_restores_it()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(500), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var answers = new List<long>();
        for (var i = 0; i < 30; i++)
            answers.Add(await forum.Make.Answer(question, by: i % 2 == 0 ? bob : null));
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        var before = await Standings(forum);
        await forum.Send(new CastVote(question, Up), bob);
        foreach (var answer in answers.Take(20))
            await forum.Send(new CastVote(answer, answer % 3 == 0 ? Down : Up), eve);
        await forum.Send(new AcceptAnswer(answers[0]), ada);
        var alive = await Standings(forum);

        await Delete(forum, question);

        Assert.That(await Standings(forum), Is.EqualTo(before));
        await forum.Verify();

        await Undelete(forum, question);

        Assert.That(await Standings(forum), Is.EqualTo(alive));
        await forum.Verify();
    }

    [Test]
    public async Task An_answer_that_was_deleted_before_its_question_stays_out_of_the_count_when_the_question_returns()
    {
        await using var forum = new TestForum();
        var (bob, eve) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new CastVote(answer, Up), eve);
        await Delete(forum, answer);
        await Delete(forum, question);

        await Undelete(forum, question);
        Assert.That(await Reputation(forum, bob), Is.EqualTo(100));

        await Undelete(forum, answer);
        Assert.That(await Reputation(forum, bob), Is.EqualTo(110));
        await forum.Verify();
    }

    [TestCase(2, 61, false)]
    [TestCase(3, 59, false)]
    [TestCase(3, 60, true)]
    public async Task An_author_keeps_what_a_post_brought_that_had_a_score_of_3_for_60_days(int ups, int days, bool keeps)
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(100), await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        for (var i = 0; i <= ups; i++)
            await forum.Send(new CastVote(answer, Up), await forum.Make.User(1_000));
        await forum.Send(new CastVote(answer, Down), eve);
        await forum.Send(new AcceptAnswer(answer), ada);
        var earned = await Reputation(forum, bob);
        forum.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromMinutes(15));

        await Delete(forum, answer);

        Assert.That(await Reputation(forum, bob), Is.EqualTo(keeps ? earned : 100));
        Assert.That(await Reputation(forum, eve), Is.EqualTo(1_000), "who voted it down gets the 1 back");
        Assert.That(await Reputation(forum, ada), Is.EqualTo(100), "who accepted it gives the 2 back");
        await forum.Verify();
    }

    [Test]
    public async Task An_accept_that_is_taken_back_while_its_answer_is_deleted_does_not_return_with_it()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(100));
        var answer = await forum.Make.Answer(await forum.Make.Question(by: ada), by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        await forum.Send(new AcceptAnswer(answer), ada);
        await Delete(forum, answer);

        await forum.Send(new UnacceptAnswer(answer), ada);
        await Undelete(forum, answer);

        Assert.That((await Reputation(forum, ada), await Reputation(forum, bob)), Is.EqualTo((100, 100)));
        await forum.Verify();
    }

    [Test]
    public async Task An_opening_balance_is_given_once_and_nothing_reverses_it()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada, tags: "files");
        OpeningBalance[] openings = [new(ada, 4_321, DateTimeOffset.UnixEpoch.AddDays(15_000)), new(bob, 1, DateTimeOffset.UnixEpoch)];

        await Write(forum, db => db.Open(openings, forum.Settings.Reputation, default));
        await Write(forum, db => db.Open(openings, forum.Settings.Reputation, default));
        await Delete(forum, question);

        Assert.That((await Reputation(forum, ada), await Reputation(forum, bob)), Is.EqualTo((4_321, 1)));
        await forum.Verify();
    }

    [Test]
    public async Task After_a_change_of_the_rules_everybody_is_folded_anew()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));

        await Write(forum, db => db.Recalculate([ada], new ReputationSettings { DailyCap = 15 }, forum.Clock.GetUtcNow(), default));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(115));

        await Write(forum, db => db.Recalculate([ada], new ReputationSettings(), forum.Clock.GetUtcNow(), default));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(120));
        await forum.Verify();
    }

    [Test]
    public async Task Everybody_is_recalculated_some_at_a_time()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        var (after, people, changed) = (long.MinValue, 0, 0);

        while (await forum.Send(new RecalculateReputation(after, 2)) is { Last: { } last } some)
            (after, people, changed) = (last, people + some.People, changed + some.Changed);

        Assert.That((people, changed), Is.EqualTo((await forum.Value<int>("select count(*) from users"), 0)));
        await forum.Verify();
    }

    [Test]
    public async Task A_day_of_an_older_program_is_folded_anew_once_and_then_continued()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "15"));
        var ada = await forum.Make.User(100);
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        await forum.Write("update reputation_days set capped = null");

        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));

        Assert.That(await Reputation(forum, ada), Is.EqualTo(115));
        Assert.That(await forum.Value<int>("select max(capped) from reputation_days where user_id = @ada", new { ada }), Is.EqualTo(15));
        await forum.Verify();
    }

    [Test]
    public async Task A_clock_that_went_back_does_not_unsettle_the_ledger()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "15"));
        var ada = await forum.Make.User(100);
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        forum.Clock.Advance(TimeSpan.FromMinutes(-30));

        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        forum.Clock.Advance(TimeSpan.FromHours(-12));
        await forum.Send(new CastVote(question, Down), await forum.Make.User(1_000));

        Assert.That(await Reputation(forum, ada), Is.EqualTo(113));
        await forum.Verify();
    }

    [Test]
    public async Task Verify_tells_a_reputation_that_is_not_the_fold()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), await forum.Make.User(1_000));
        await forum.Write("update users set reputation = 111 where id = @ada", new { ada });
        await forum.Write("update posts set score = 7 where id = @question", new { question });

        var differences = await forum.Send(new Forum.Core.Verification.Verify());

        Assert.That(differences, Has.Some.EqualTo($"reputation: user {ada} has 111, the events that count say 110"));
        Assert.That(differences, Has.Some.EqualTo($"scores: post {question} has score 7, its votes say 1"));
        Assert.That(differences, Has.Some.StartsWith("question lists of tags: "));
    }

    private static Task<int> Reputation(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });

    private static Task<string> Standings(TestForum forum) =>
        forum.Value<string>("select group_concat(id || ':' || reputation, ' ') from (select id, reputation from users where is_moderator = 0 order by id)");

    private static Task<int> Write(TestForum forum, Func<Forum.Data.Db, Task> work) =>
        forum.Sql(async db =>
        {
            await db.InTransaction(() => work(db), default);
            return 0;
        });

    private static async Task Delete(TestForum forum, long post) =>
        await forum.Send(new Forum.Core.Editing.DeletePost(post), await forum.Make.User(moderator: true));

    private static async Task Undelete(TestForum forum, long post) =>
        await forum.Send(new Forum.Core.Editing.UndeletePost(post), await forum.Make.User(moderator: true));
}
