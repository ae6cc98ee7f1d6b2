using Forum.Core.Bounties;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Tests.Bounties;

public sealed class BountyRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly BountySettings Rules = new();
    private static readonly BountyTarget Question = new() { QuestionId = 1, AskedAt = Now.AddDays(-10) };
    private static readonly RunningBounty Bounty = new() { Id = 1, QuestionId = 1, SponsorId = 7, AskerId = 5, Amount = 150, StartedAt = Now, EndsAt = Now.AddDays(7) };
    private static readonly BountyAnswer Answer = new() { Id = 2, QuestionId = 1, AuthorId = 8, CreatedAt = Now.AddDays(1), Score = 2 };

    [TestCase(74, "privileges.set-bounties.needs")]
    [TestCase(75, null)]
    public void Offering_needs_reputation(int reputation, string? code) => Assert.That(WhyNotStart(Question, reputation)?.Code, Is.EqualTo(code));

    [TestCase(75, 50, null)]
    [TestCase(99, 100, "bounties.cannot-afford")]
    [TestCase(100, 100, null)]
    [TestCase(499, 500, "bounties.cannot-afford")]
    public void Offering_needs_the_amount(int reputation, int amount, string? code) =>
        Assert.That(BountyRules.WhyNotStart(Person(reputation), Question, amount, Now, new ForumSettings())?.Code, Is.EqualTo(code));

    [Test]
    public void Moderators_too_offer_only_what_they_have() =>
        Assert.That(
            BountyRules.WhyNotStart(new Person { Id = 9, Reputation = 49, IsModerator = true }, Question, Now, new ForumSettings())?.Code, Is.EqualTo("bounties.cannot-afford"));

    [Test]
    public void What_keeps_a_question_from_having_a_bounty()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WhyNotStart(Question with { IsDeleted = true })?.Code, Is.EqualTo("bounties.deleted-question"));
            Assert.That(WhyNotStart(Question with { IsClosed = true })?.Code, Is.EqualTo("bounties.closed-question"));
            Assert.That(WhyNotStart(Question with { IsLocked = true })?.Code, Is.EqualTo("bounties.locked-question"));
            Assert.That(WhyNotStart(Question with { HasBounty = true })?.Code, Is.EqualTo("bounties.running-already"));
        });
    }

    [TestCase(48 * 60 - 1, "bounties.too-young")]
    [TestCase(48 * 60, null)]
    public void A_question_is_48_hours_old_first(int minutes, string? code) =>
        Assert.That(WhyNotStart(Question with { AskedAt = Now.AddMinutes(-minutes) })?.Code, Is.EqualTo(code));

    [Test]
    public void The_refusal_says_how_long_to_wait() =>
        Assert.That(WhyNotStart(Question with { AskedAt = Now.AddHours(-40) })!.Arguments, Is.EqualTo(new object[] { 48, 8 }));

    [TestCase(2, null)]
    [TestCase(3, "bounties.too-many")]
    public void A_sponsor_has_three_bounties_at_a_time(int running, string? code) => Assert.That(WhyNotStart(Question with { Running = running })?.Code, Is.EqualTo(code));

    [TestCase(0, false, 50)]
    [TestCase(1, false, 100)]
    [TestCase(2, false, 200)]
    [TestCase(3, false, 400)]
    [TestCase(4, false, 500)]
    [TestCase(40, false, 500)]
    [TestCase(0, true, 100)]
    [TestCase(1, true, 100)]
    [TestCase(2, true, 200)]
    public void The_minimum_doubles_and_is_higher_for_who_answered(int earlier, bool answered, int minimum) =>
        Assert.That(BountyRules.Minimum(Question with { Earlier = earlier, HasAnswered = answered }, Rules), Is.EqualTo(minimum));

    [TestCase(0, false)]
    [TestCase(-50, false)]
    [TestCase(49, false)]
    [TestCase(50, true)]
    [TestCase(75, false)]
    [TestCase(500, true)]
    [TestCase(550, false)]
    public void An_amount_is_from_50_to_500_in_steps_of_50(int amount, bool isOne) => Assert.That(BountyRules.IsAmount(amount, Rules), Is.EqualTo(isOne));

    [Test]
    public void One_chooses_from_the_minimum_to_what_one_has()
    {
        Assert.That(BountyRules.Amounts(Person(220), Question, Rules), Is.EqualTo(new[] { 50, 100, 150, 200 }));
        Assert.That(BountyRules.Amounts(Person(220), Question with { HasAnswered = true }, Rules), Is.EqualTo(new[] { 100, 150, 200 }));
        Assert.That(BountyRules.Amounts(Person(9_000), Question with { Earlier = 3 }, Rules), Is.EqualTo(new[] { 400, 450, 500 }));
        Assert.That(BountyRules.Amounts(Person(49), Question, Rules), Is.Empty);
    }

    [Test]
    public void Who_may_give_it_to_what()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WhyNotAward(Answer), Is.Null);
            Assert.That(WhyNotAward(Answer with { CreatedAt = Now.AddYears(-1) }), Is.Null);
            Assert.That(WhyNotAward(Answer, by: 5)?.Code, Is.EqualTo("bounties.not-sponsor"));
            Assert.That(WhyNotAward(Answer with { AuthorId = 7 })?.Code, Is.EqualTo("bounties.own-answer"));
            Assert.That(WhyNotAward(Answer with { AuthorId = null })?.Code, Is.EqualTo("bounties.nobodys-answer"));
            Assert.That(WhyNotAward(Answer with { IsDeleted = true })?.Code, Is.EqualTo("bounties.deleted-answer"));
        });
    }

    [TestCase(24 * 60 - 1, "bounties.too-soon")]
    [TestCase(24 * 60, null)]
    [TestCase(8 * 24 * 60 - 1, null)]
    [TestCase(8 * 24 * 60, "bounties.not-running")]
    public void It_is_given_from_24_hours_after_its_start_to_the_end_of_the_grace(int minutes, string? code) =>
        Assert.That(BountyRules.WhyNotAward(7, Bounty, Answer, Now.AddMinutes(minutes), Rules)?.Code, Is.EqualTo(code));

    [TestCase(0, 0, BountyStep.Nothing)]
    [TestCase(6 * 24 - 1, 0, BountyStep.Nothing)]
    [TestCase(6 * 24, 0, BountyStep.RemindOfEnd)]
    [TestCase(6 * 24, 1, BountyStep.Nothing)]
    [TestCase(7 * 24, 0, BountyStep.RemindOfGrace)]
    [TestCase(7 * 24, 1, BountyStep.RemindOfGrace)]
    [TestCase(7 * 24, 2, BountyStep.Nothing)]
    [TestCase(8 * 24, 0, BountyStep.End)]
    [TestCase(8 * 24, 2, BountyStep.End)]
    [TestCase(80 * 24, 1, BountyStep.End)]
    public void What_is_due_when(int hours, int reminders, BountyStep step) =>
        Assert.That(BountyRules.Due(Bounty with { Reminders = reminders }, Now.AddHours(hours), Rules), Is.EqualTo(step));

    [TestCase(1, null)]
    [TestCase(2, 75)]
    [TestCase(20, 75)]
    public void By_itself_half_goes_to_an_answer_with_a_score_of_2(int score, int? amount) =>
        Assert.That(BountyRules.Automatic(Bounty, [Answer with { Score = score }], Rules)?.Amount, Is.EqualTo(amount));

    [Test]
    public void By_itself_it_goes_to_the_highest_and_of_equals_to_the_older()
    {
        var low = Answer with { Id = 3, Score = 4 };
        var newer = Answer with { Id = 4, Score = 5, CreatedAt = Now.AddDays(3) };
        var older = Answer with { Id = 5, Score = 5, CreatedAt = Now.AddDays(2) };

        Assert.That(BountyRules.Automatic(Bounty, [low, newer, older], Rules), Is.EqualTo(new BountyAward(older, 75)));
    }

    [Test]
    public void By_itself_it_goes_only_to_answers_of_its_time_that_somebody_else_wrote_and_that_are_there()
    {
        BountyAnswer[] none =
        [
            Answer with { Id = 3, CreatedAt = Bounty.StartedAt },
            Answer with { Id = 4, CreatedAt = Bounty.EndsAt.AddHours(24) },
            Answer with { Id = 5, AuthorId = Bounty.SponsorId },
            Answer with { Id = 6, AuthorId = null },
            Answer with { Id = 7, AuthorId = -1 },
            Answer with { Id = 8, IsDeleted = true },
        ];

        Assert.That(BountyRules.Automatic(Bounty, none, Rules), Is.Null);
        Assert.That(BountyRules.Automatic(Bounty with { AskerId = Bounty.SponsorId }, [.. none.Select(a => a with { IsAccepted = true, Score = 0 })], Rules), Is.Null);
        var last = Answer with { CreatedAt = Bounty.EndsAt.AddHours(24).AddMilliseconds(-1) };
        Assert.That(BountyRules.Automatic(Bounty, [.. none, last], Rules)?.Answer, Is.EqualTo(last));
    }

    [Test]
    public void By_itself_all_of_it_goes_to_the_answer_that_the_sponsor_accepted_on_their_own_question()
    {
        var own = Bounty with { SponsorId = 5 };
        var accepted = Answer with { Id = 3, Score = -3, IsAccepted = true };
        var higher = Answer with { Id = 4, Score = 9 };

        Assert.That(BountyRules.Automatic(own, [higher, accepted], Rules), Is.EqualTo(new BountyAward(accepted, 150)));
        Assert.That(BountyRules.Automatic(Bounty, [higher, accepted], Rules), Is.EqualTo(new BountyAward(higher, 75)));
        Assert.That(BountyRules.Automatic(own, [higher, accepted with { CreatedAt = Now.AddDays(-1) }], Rules), Is.EqualTo(new BountyAward(higher, 75)));
        Assert.That(BountyRules.Automatic(own with { SponsorId = null, AskerId = null }, [accepted], Rules), Is.Null);
    }

    private static Core.Refusal? WhyNotStart(BountyTarget question, int reputation = 1_000) => BountyRules.WhyNotStart(Person(reputation), question, Now, new ForumSettings());

    private static Core.Refusal? WhyNotAward(BountyAnswer answer, long by = 7) => BountyRules.WhyNotAward(by, Bounty, answer, Now.AddDays(2), Rules);

    private static Person Person(int reputation) => new() { Id = 9, Reputation = reputation };
}
