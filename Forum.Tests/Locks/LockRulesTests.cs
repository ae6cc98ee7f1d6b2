using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Settings;
using Forum.Core.Users;
using static Forum.Core.Locks.LockedAct;
using static Forum.Core.Locks.LockKind;

namespace Forum.Tests.Locks;

public sealed class LockRulesTests
{
    private static readonly Person Member = new() { Id = 1, Reputation = 100_000 };
    private static readonly Person Moderator = new() { Id = 2, IsModerator = true };
    private static readonly Person Administrator = new() { Id = 3, IsModerator = true, IsAdministrator = true };

    // Docs/rules/locks.md, row by row: what each kind leaves.
    [TestCase(Dispute, new[] { FlagForModerator })]
    [TestCase(LockKind.Comments, new[] { Vote, Edit, Answer, Accept, Bounty, Close, Delete, Flag, FlagForModerator })]
    [TestCase(WikiAnswer, new[] { Vote, Edit, Comment, Accept, Delete, Flag, FlagForModerator })]
    [TestCase(Historical, new LockedAct[0])]
    [TestCase(Policy, new[] { Vote, Comment, Answer, Accept, Bounty, Flag, FlagForModerator })]
    [TestCase(Merged, new LockedAct[0])]
    [TestCase(Migrated, new LockedAct[0])]
    [TestCase(RejectedMigration, new LockedAct[0])]
    [TestCase(Spam, new LockedAct[0])]
    public void Each_kind_leaves_what_the_table_says(LockKind kind, LockedAct[] left) =>
        Assert.That(Enum.GetValues<LockedAct>().Where(act => !LockRules.Stops(Member, kind, act)), Is.EqualTo(left));

    [TestCase(Dispute, new[] { Edit, Comment, Close, Delete, Flag, FlagForModerator })]
    [TestCase(Policy, new[] { Vote, Comment, Answer, Accept, Bounty, Flag, FlagForModerator })]
    public void Moderators_do_what_only_people_are_kept_from_but_nothing_against_policy(LockKind kind, LockedAct[] left) =>
        Assert.That(Enum.GetValues<LockedAct>().Where(act => !LockRules.Stops(Moderator, kind, act)), Is.EqualTo(left));

    [Test]
    public void Administrators_edit_close_and_delete_against_policy() =>
        Assert.That(Enum.GetValues<LockedAct>().Where(act => LockRules.Stops(Administrator, Policy, act)), Is.Empty);

    [Test]
    public void What_is_not_locked_stops_nothing() =>
        Assert.That(Enum.GetValues<LockedAct>().Where(act => LockRules.Stops(Member, null, act)), Is.Empty);

    [TestCase(null, Historical, Historical)]
    [TestCase(LockKind.Comments, Historical, Historical)]
    [TestCase(null, Dispute, null)]
    [TestCase(null, Policy, null)]
    [TestCase(LockKind.Comments, Dispute, LockKind.Comments)]
    public void Only_historical_significance_reaches_answers(LockKind? own, LockKind? questions, LockKind? effective) =>
        Assert.That(LockRules.Reaching(own, questions), Is.EqualTo(effective));

    [TestCase(Dispute, LockLength.Short, true, false, null)]
    [TestCase(Dispute, LockLength.Permanent, false, false, null)]
    [TestCase(LockKind.Comments, LockLength.Long, false, false, null)]
    [TestCase(WikiAnswer, LockLength.Permanent, true, false, null)]
    [TestCase(WikiAnswer, LockLength.Permanent, false, false, "locks.questions-only")]
    [TestCase(WikiAnswer, LockLength.Medium, true, false, "locks.permanent-only")]
    [TestCase(Historical, LockLength.Permanent, false, false, "locks.questions-only")]
    [TestCase(Historical, LockLength.Short, true, false, "locks.permanent-only")]
    [TestCase(Policy, LockLength.Permanent, true, false, "locks.administrators")]
    [TestCase(Policy, LockLength.Permanent, true, true, null)]
    [TestCase(Policy, LockLength.Short, true, true, "locks.permanent-only")]
    [TestCase(Merged, LockLength.Permanent, true, true, "locks.by-itself")]
    [TestCase(Spam, LockLength.Permanent, true, true, "locks.by-itself")]
    public void Who_locks_what_how_long(LockKind kind, LockLength length, bool isQuestion, bool asAdministrator, string? code) =>
        Assert.That(
            LockRules.WhyNotLock(asAdministrator ? Administrator : Moderator, new PostFacts { Kind = isQuestion ? 1 : 2 }, kind, length)?.Code, Is.EqualTo(code));

    [Test]
    public void Only_moderators_lock_and_unlock()
    {
        Assert.That(LockRules.WhyNotLock(Member, new PostFacts { Kind = 1 }, Dispute, LockLength.Short)?.Code, Is.EqualTo("moderation.moderators-only"));
        Assert.That(LockRules.WhyNotUnlock(Member, new PostFacts { LockedAt = DateTimeOffset.UnixEpoch })?.Code, Is.EqualTo("moderation.moderators-only"));
    }

    [TestCase(Dispute, false, null)]
    [TestCase(Historical, false, null)]
    [TestCase(Spam, false, null)]
    [TestCase(Policy, false, "locks.administrators")]
    [TestCase(Policy, true, null)]
    [TestCase(Merged, true, "locks.unmerge-first")]
    public void Who_unlocks_what(LockKind kind, bool asAdministrator, string? code) =>
        Assert.That(
            LockRules.WhyNotUnlock(asAdministrator ? Administrator : Moderator, new PostFacts { LockedAt = DateTimeOffset.UnixEpoch, Lock = kind })?.Code, Is.EqualTo(code));

    [Test]
    public void Lengths_are_settings()
    {
        var (now, settings) = (DateTimeOffset.UnixEpoch, new LockSettings());

        Assert.That(
            new[] { LockLength.Short, LockLength.Medium, LockLength.Long, LockLength.Permanent }.Select(length => (LockRules.End(length, now, settings) - now)?.TotalHours),
            Is.EqualTo(new double?[] { 1, 24, 168, null }));
    }
}
