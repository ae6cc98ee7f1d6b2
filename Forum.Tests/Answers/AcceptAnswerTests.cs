using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Settings;
using Forum.Tests.Support;

namespace Forum.Tests.Answers;

public sealed class AcceptAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [TestCase(7, 15 * 60 - 1, "voting.accept-too-soon")]
    [TestCase(7, 15 * 60, null)]
    [TestCase(1, 48 * 3600 - 1, "voting.accept-own-too-soon")]
    [TestCase(1, 48 * 3600, null)]
    public void An_answer_is_accepted_after_15_minutes_and_ones_own_after_48_hours(long answerer, int secondsSinceAsked, string? code)
    {
        var answer = new Acceptable { AnswerId = 3, QuestionId = 2, AskerId = 1, AnswererId = answerer, AskedAt = Now.AddSeconds(-secondsSinceAsked) };

        Assert.That(AcceptRules.WhyNot(1, answer, new WindowSettings(), Now)?.Code, Is.EqualTo(code));
    }

    [Test]
    public void The_refusal_says_how_long_to_wait()
    {
        var answer = new Acceptable { AnswerId = 3, QuestionId = 2, AskerId = 1, AnswererId = 7, AskedAt = Now.AddSeconds(-10 * 60 - 1) };

        Assert.That(AcceptRules.WhyNot(1, answer, new WindowSettings(), Now)!.Arguments, Is.EqualTo(new object[] { 15, 5 }));
    }

    [Test]
    public async Task Accepting_an_answer_gives_its_author_15_and_the_asker_2()
    {
        await using var forum = new TestForum();
        var (ada, bob, question, answer) = await Thread(forum);

        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Send(new AcceptAnswer(answer), ada);

        Assert.That(await Standing(forum, ada, bob, question), Is.EqualTo($"102 115 {answer} 1"));
        await forum.Verify();
    }

    [Test]
    public async Task Taking_the_accept_back_leaves_everything_as_before()
    {
        await using var forum = new TestForum();
        var (ada, bob, question, answer) = await Thread(forum);
        var before = await Standing(forum, ada, bob, question);

        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Send(new UnacceptAnswer(answer), ada);
        await forum.Send(new UnacceptAnswer(answer), ada);

        Assert.That(await Standing(forum, ada, bob, question), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task The_accept_moves_and_its_reputation_with_it()
    {
        await using var forum = new TestForum();
        var (ada, bob, question, first) = await Thread(forum);
        var eve = await forum.Make.User(100);
        var second = await forum.Make.Answer(question, by: eve);
        await forum.Send(new AcceptAnswer(first), ada);

        await forum.Send(new AcceptAnswer(second), ada);

        Assert.That(await Standing(forum, ada, bob, question), Is.EqualTo($"102 100 {second} 1"));
        Assert.That(await Standing(forum, ada, eve, question), Is.EqualTo($"102 115 {second} 1"));
        await forum.Verify();
    }

    [Test]
    public async Task Accepting_ones_own_answer_gives_nothing()
    {
        await using var forum = new TestForum();
        var (ada, bob, question, _) = await Thread(forum);
        var own = await forum.Make.Answer(question, by: ada);
        forum.Clock.Advance(TimeSpan.FromHours(48));

        await forum.Send(new AcceptAnswer(own), ada);

        Assert.That(await Standing(forum, ada, bob, question), Is.EqualTo($"100 100 {own} 1"));
        await forum.Verify();
    }

    [Test]
    public async Task Only_the_asker_accepts_and_a_moderator_is_no_exception()
    {
        await using var forum = new TestForum();
        var (ada, bob, question, answer) = await Thread(forum);
        var moderator = await forum.Make.User(moderator: true);
        var before = await Standing(forum, ada, bob, question);

        Refused(() => forum.Send(new AcceptAnswer(answer), bob), "voting.accept-not-asker");
        Refused(() => forum.Send(new AcceptAnswer(answer), moderator), "voting.accept-not-asker");
        Refused(() => forum.Send(new AcceptAnswer(answer)), "accounts.sign-in-first");
        Assert.That(await Standing(forum, ada, bob, question), Is.EqualTo(before));
        Assert.That(await forum.Value<int>("select count(*) from reputation_events where kind > 1"), Is.Zero);

        await forum.Send(new AcceptAnswer(answer), ada);
        Refused(() => forum.Send(new UnacceptAnswer(answer), moderator), "voting.accept-not-asker");
        await forum.Verify();
    }

    [Test]
    public async Task A_question_is_no_answer()
    {
        await using var forum = new TestForum();
        var (ada, _, question, _) = await Thread(forum);

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new AcceptAnswer(question), ada));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new UnacceptAnswer(4_711), ada));
    }

    private static async Task<(long Ada, long Bob, long Question, long Answer)> Thread(TestForum forum)
    {
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(100));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        return (ada, bob, question, answer);
    }

    private static Task<string> Standing(TestForum forum, long asker, long answerer, long question) =>
        forum.Value<string>(
            """
            select (select reputation from users where id = @asker) || ' ' || (select reputation from users where id = @answerer)
                || ' ' || coalesce(accepted_answer_id, 'none') || ' ' || is_answered
            from posts where id = @question
            """, new { asker, answerer, question });

    private static void Refused(Func<Task> act, string code) =>
        Assert.That(Assert.ThrowsAsync<RefusedException>(() => act())!.Refusal.Code, Is.EqualTo(code));
}
