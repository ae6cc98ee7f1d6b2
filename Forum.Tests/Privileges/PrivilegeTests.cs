using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Privileges;

public sealed class PrivilegeTests
{
    // The three columns of docs/rules/privileges.md.
    [TestCase("create-posts", 1, 1, 1)]
    [TestCase("new-user-lifted", 1, 10, 10)]
    [TestCase("create-wiki", 10, 10, 10)]
    [TestCase("vote-up", 1, 15, 15)]
    [TestCase("self-answer", 15, 15, 15)]
    [TestCase("comment-everywhere", 1, 50, 50)]
    [TestCase("set-bounties", 75, 75, 75)]
    [TestCase("edit-wiki", 1, 100, 100)]
    [TestCase("vote-down", 1, 125, 125)]
    [TestCase("create-tags", 1, 150, 300)]
    [TestCase("established-user", 100, 750, 1_000)]
    [TestCase("edit-freely", 500, 1_000, 2_000)]
    [TestCase("tag-synonyms", 1_250, 1_250, 2_500)]
    [TestCase("review-tag-texts", 750, 1_500, 5_000)]
    [TestCase("moderator-tools", 1_000, 2_000, 10_000)]
    [TestCase("trusted-user", 2_000, 4_000, 20_000)]
    [TestCase("site-analytics", 2_500, 5_000, 25_000)]
    public void Each_preset_has_its_thresholds(string key, int privateBeta, int publicBeta, int full)
    {
        var privilege = Privilege.All.Single(p => p.Key == key);

        Assert.That(
            (new ForumSettings { Preset = Preset.PrivateBeta }.Needs(privilege), new ForumSettings().Needs(privilege), new ForumSettings { Preset = Preset.Full }.Needs(privilege)),
            Is.EqualTo((privateBeta, publicBeta, full)));
    }

    [Test]
    public void The_operator_may_set_a_threshold() =>
        Assert.That(new ForumSettings { Thresholds = new Dictionary<string, int>(StringComparer.Ordinal) { ["vote-up"] = 3 } }.Needs(Privilege.VoteUp), Is.EqualTo(3));

    [TestCase(124, false, "privileges.vote-down.needs")]
    [TestCase(125, false, null)]
    [TestCase(1, true, null)]
    public void A_privilege_needs_its_reputation_except_of_moderators(int reputation, bool moderates, string? code)
    {
        var refusal = new ForumSettings().WhyNot(Privilege.VoteDown, new Person { Reputation = reputation, IsModerator = moderates });

        Assert.That(refusal?.Code, Is.EqualTo(code));
        if (refusal is not null)
            Assert.That(refusal.Arguments, Is.EqualTo(new object[] { 125, reputation }));
    }

    [Test]
    public async Task The_list_tells_what_the_reader_has()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(50);

        var hers = await forum.Send(new ListPrivileges(), ada);
        var anonymous = await forum.Send(new ListPrivileges());

        Assert.That(hers.Reputation, Is.EqualTo(50));
        Assert.That(hers.Privileges.Where(p => p.IsHeld).Select(p => p.Key), Is.EqualTo(["create-posts", "new-user-lifted", "create-wiki", "vote-up", "flag-posts", "self-answer", "comment-everywhere"]));
        Assert.That(hers.Privileges.Select(p => p.Needs), Is.Ordered);
        Assert.That(anonymous.Reputation, Is.Null);
        Assert.That(anonymous.Privileges, Has.All.Property("IsHeld").False);
    }

    [Test]
    public async Task A_preset_is_chosen_in_the_configuration()
    {
        await using var forum = new TestForum(("Forum:Preset", "Full"), ("Forum:Thresholds:vote-up", "20"));

        var privileges = (await forum.Send(new ListPrivileges())).Privileges.ToDictionary(p => p.Key, p => p.Needs);

        Assert.That((privileges["create-tags"], privileges["vote-up"]), Is.EqualTo((300, 20)));
    }
}
