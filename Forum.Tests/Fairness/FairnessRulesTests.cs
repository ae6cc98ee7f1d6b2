using Forum.Core.Fairness;
using Forum.Core.Settings;
using Forum.Core.Voting;

namespace Forum.Tests.Fairness;

public sealed class FairnessRulesTests
{
    private const long Bob = 1;
    private const long Ada = 2;
    private const long Eve = 3;
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly FairnessSettings Rules = new();

    // Votes at even distances, the last one so many seconds after the first.
    [TestCase(8, 0, 1)]
    [TestCase(8, 10_800, 1)]
    [TestCase(8, 10_801, 0)]
    [TestCase(7, 60, 0)]
    public void Eight_votes_for_one_author_within_three_hours_are_serial(int votes, int seconds, int series)
    {
        var cast = Enumerable.Range(0, votes).Select(i => Vote(i, Ada, Begin.AddSeconds(votes == 1 ? 0 : seconds * (double)i / (votes - 1))));

        Assert.That(FairnessRules.Serial([.. cast], Rules), Has.Count.EqualTo(series));
    }

    [TestCase(5, 1)]
    [TestCase(6, 0)]
    public void They_are_serial_if_they_are_60_percent_of_what_was_voted_for_meanwhile(int others, int series)
    {
        var votes = Burst(8, Ada).Concat(Enumerable.Range(100, others).Select(i => Vote(i, Eve, Begin.AddSeconds(3))));

        Assert.That(FairnessRules.Serial([.. votes], Rules), Has.Count.EqualTo(series));
    }

    [Test]
    public void Votes_up_and_votes_down_are_not_added_together() =>
        Assert.That(FairnessRules.Serial([.. Burst(4, Ada), .. Burst(4, Ada, first: 50).Select(vote => vote with { Direction = Direction.Down })], Rules), Is.Empty);

    [Test]
    public void Votes_down_are_serial_too() =>
        Assert.That(
            FairnessRules.Serial([.. Burst(8, Ada).Select(vote => vote with { Direction = Direction.Down })], Rules).Single().Direction, Is.EqualTo(Direction.Down));

    [Test]
    public void Of_many_votes_only_those_in_the_burst_are_taken()
    {
        var slow = Enumerable.Range(100, 5).Select(i => Vote(i, Ada, Begin.AddDays(-i + 99)));

        var found = FairnessRules.Serial([.. slow, .. Burst(9, Ada)], Rules).Single();

        Assert.That(found.PostIds, Is.EqualTo(Enumerable.Range(0, 9).Select(i => (long)i)));
        Assert.That((found.VoterId, found.AuthorId, found.First, found.Last), Is.EqualTo((Bob, Ada, Begin, Begin.AddSeconds(8))));
    }

    [Test]
    public void What_a_moderator_put_back_stands() =>
        Assert.That(FairnessRules.Serial([.. Burst(8, Ada).Select(vote => vote with { IsRestored = true })], Rules), Is.Empty);

    [Test]
    public void Nobody_is_hurt_whose_account_is_gone() =>
        Assert.That(FairnessRules.Serial([.. Burst(8, Ada).Select(vote => vote with { AuthorId = null })], Rules), Is.Empty);

    [TestCase(Bob, "moderation.own-votes")]
    [TestCase(Ada, "moderation.own-votes")]
    [TestCase(Eve, null)]
    public void Nobody_judges_their_own_case(long moderator, string? code) => Assert.That(FairnessRules.WhyNotJudge(moderator, Bob, Ada)?.Code, Is.EqualTo(code));

    private static IEnumerable<SeenVote> Burst(int votes, long author, int first = 0) =>
        Enumerable.Range(first, votes).Select(i => Vote(i, author, Begin.AddSeconds(i)));

    private static SeenVote Vote(int post, long author, DateTimeOffset at) =>
        new() { VoterId = Bob, PostId = post, AuthorId = author, Direction = Direction.Up, CastAt = at };
}
