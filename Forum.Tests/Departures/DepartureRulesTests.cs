using Forum.Core.Departures;
using Forum.Core.Settings;

namespace Forum.Tests.Departures;

/// <summary>docs/rules/departures.md as tables.</summary>
public sealed class DepartureRulesTests
{
    [TestCase(499, 9, false)]
    [TestCase(500, 0, true)]
    [TestCase(0, 10, true)]
    public void Votes_stay_from_so_many_on(int votes, int people, bool stay) =>
        Assert.That(DepartureRules.KeepsVotes(new DeparturePlan { Votes = votes, PeopleConcernedMuch = people }, new DepartureSettings()), Is.EqualTo(stay));

    [TestCase(100, 20, false, null)]
    [TestCase(101, 20, true, "departures.reputation")]
    [TestCase(100, 21, false, "departures.posts")]
    [TestCase(100, 1_000, true, null)]
    [TestCase(100, 1_001, true, "departures.posts")]
    public void Only_who_earned_little_is_destroyed(int reputation, int posts, bool byAdministrator, string? why) =>
        Assert.That(
            DepartureRules.WhyNotDestroy(new Core.Users.Person { Id = 1 }, byAdministrator, new DeparturePlan { Id = 2, Reputation = reputation, Posts = posts }, new DepartureSettings())?.Code,
            Is.EqualTo(why));
}
