using Forum.Core.Reputations;
using Forum.Core.Settings;
using static Forum.Core.Reputations.ReputationKind;

namespace Forum.Tests.Reputations;

public sealed class ReputationFoldTests
{
    private static readonly ReputationSettings Rules = new();

    [TestCase(QuestionUpvoted, 10)]
    [TestCase(AnswerUpvoted, 10)]
    [TestCase(PostDownvoted, -2)]
    [TestCase(AnswerDownvoteCast, -1)]
    [TestCase(AnswerAccepted, 15)]
    [TestCase(AcceptedAnswer, 2)]
    public void Each_kind_has_its_worth(ReputationKind kind, int worth) => Assert.That(kind.Worth(Rules), Is.EqualTo(worth));

    [TestCase(19, 191)]
    [TestCase(20, 201)]
    [TestCase(21, 201)]
    public void Upvotes_give_at_most_200_a_day(int votes, int reputation) =>
        Assert.That(Fold(1, Many(AnswerUpvoted, votes)).Balance, Is.EqualTo(reputation));

    [Test]
    public void The_day_after_the_cap_counts_anew() =>
        Assert.That(Fold(1, [.. Many(AnswerUpvoted, 25), .. Many(AnswerUpvoted, 2, day: 1)]).Balance, Is.EqualTo(221));

    [Test]
    public void What_is_left_under_the_cap_is_given_in_part()
    {
        var folded = Fold(100, [.. Many(PostDownvoted, 1), .. Many(QuestionUpvoted, 21), .. Many(PostDownvoted, 1), .. Many(QuestionUpvoted, 2)]);

        // −2, twenty times +10 to 198, 2 of the next 10, −2, 2 of the next, nothing of the last.
        Assert.That(folded.Applied.TakeLast(4), Is.EqualTo([2, -2, 2, 0]));
        Assert.That(folded.Balance, Is.EqualTo(300));
    }

    [Test]
    public void Accepts_are_beside_the_cap() =>
        Assert.That(Fold(1, [.. Many(AnswerUpvoted, 20), Event(AnswerAccepted), Event(AcceptedAnswer), Event(AnswerUpvoted)]).Balance, Is.EqualTo(218));

    [Test]
    public void Voting_others_down_makes_no_room_under_the_cap() =>
        Assert.That(Fold(1, [.. Many(AnswerUpvoted, 20), Event(AnswerDownvoteCast), Event(AnswerUpvoted)]).Balance, Is.EqualTo(200));

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 1)]
    [TestCase(4, 2)]
    public void Nobody_falls_below_1(int before, int after) => Assert.That(Fold(before, [Event(PostDownvoted)]).Balance, Is.EqualTo(after));

    [Test]
    public void A_loss_that_was_cut_short_is_no_debt() =>
        Assert.That(Fold(1, [Event(PostDownvoted), Event(PostDownvoted), Event(QuestionUpvoted)]).Balance, Is.EqualTo(11));

    [Test]
    public void Each_day_with_events_has_its_end()
    {
        var folded = Fold(1, [Event(QuestionUpvoted, 3), Event(AnswerUpvoted, 3), Event(PostDownvoted, 7)]);

        Assert.That(folded.Days, Is.EqualTo(new DayBalance[] { new(3, 21, 20), new(7, 19, -2) }));
    }

    [Test]
    public void Nothing_happened_changes_nothing()
    {
        var folded = Fold(42, []);

        Assert.That((folded.Balance, folded.Applied.Count, folded.Days.Count), Is.EqualTo((42, 0, 0)));
    }

    [TestCase("2026-03-02T00:00:00Z", 20_514)]
    [TestCase("2026-03-02T23:59:59.999Z", 20_514)]
    [TestCase("2026-03-03T00:00:00Z", 20_515)]
    [TestCase("2026-03-03T01:00:00+02:00", 20_514)]
    public void Days_are_UTC_days(string at, long day) =>
        Assert.That(DayBalance.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(day));

    private static Folded Fold(int before, IReadOnlyList<CountedEvent> events) => ReputationFold.Fold(before, events, Rules);

    private static CountedEvent Event(ReputationKind kind, long day = 0) => new(kind, kind.Worth(Rules), day);

    private static CountedEvent[] Many(ReputationKind kind, int count, long day = 0) => [.. Enumerable.Repeat(Event(kind, day), count)];
}
