using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Merging;
using Forum.Core.Users;

namespace Forum.Tests.Merging;

public sealed class MergingRulesTests
{
    private static readonly Person Moderator = new() { Id = 1, IsModerator = true };
    private static readonly Person Member = new() { Id = 2, Reputation = 100_000 };
    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;
    private static readonly PostFacts Source = new() { Id = 10, Kind = 1, QuestionId = 10 };
    private static readonly PostFacts Target = new() { Id = 20, Kind = 1, QuestionId = 20 };
    private static readonly PostFacts Answer = new() { Id = 11, Kind = 2, QuestionId = 10 };

    [Test]
    public void Moderators_merge_one_open_question_into_another()
    {
        Assert.That(MergingRules.WhyNotMerge(Moderator, Source, Target, isTargetMerged: false), Is.Null);
        Assert.That(MergingRules.WhyNotMerge(Member, Source, Target, isTargetMerged: false)?.Code, Is.EqualTo("moderation.moderators-only"));
        Assert.That(MergingRules.WhyNotMerge(Moderator, Source, Target with { ClosedAt = Then }, isTargetMerged: false), Is.Null);
    }

    private static readonly TestCaseData[] NotMerged =
    [
        new(Source with { Kind = 2 }, Target, false, "merging.no-question"),
        new(Source, Target with { Kind = 2 }, false, "merging.no-question"),
        new(Source, Source, false, "merging.same"),
        new(Source with { DeletedAt = Then }, Target, false, "merging.deleted"),
        new(Source, Target with { DeletedAt = Then }, false, "merging.deleted"),
        new(Source with { LockedAt = Then, Lock = LockKind.Merged }, Target, false, "merging.merged-already"),
        new(Source, Target, true, "merging.target-merged"),
        new(Source with { LockedAt = Then, Lock = LockKind.Dispute }, Target, false, "merging.locked"),
        new(Source, Target with { LockedAt = Then, Lock = LockKind.Policy }, false, "merging.locked"),
        new(Source with { HasBounty = true }, Target, false, "merging.has-bounty"),
    ];

    [TestCaseSource(nameof(NotMerged))]
    public void What_is_not_merged(PostFacts source, PostFacts target, bool isTargetMerged, string code) =>
        Assert.That(MergingRules.WhyNotMerge(Moderator, source, target, isTargetMerged)?.Code, Is.EqualTo(code));

    private static readonly TestCaseData[] NotUnmerged =
    [
        new(Source with { DeletedAt = Then }, Target, false, "merging.deleted"),
        new(Source, Target with { DeletedAt = Then }, false, "merging.deleted"),
        new(Source, Target, true, "merging.unmerge-target-first"),
    ];

    [TestCaseSource(nameof(NotUnmerged))]
    public void What_is_not_unmerged(PostFacts source, PostFacts target, bool isTargetMerged, string code) =>
        Assert.That(MergingRules.WhyNotUnmerge(Moderator, source, target, isTargetMerged)?.Code, Is.EqualTo(code));

    private static readonly TestCaseData[] NotMoved =
    [
        new(Source, Target, false, "merging.no-answer"),
        new(Answer, Answer, false, "merging.no-question"),
        new(Answer with { DeletedAt = Then }, Target, false, "merging.deleted"),
        new(Answer, Target with { DeletedAt = Then }, false, "merging.deleted"),
        new(Answer, Source, false, "merging.there-already"),
        new(Answer, Target, true, "merging.target-merged"),
        new(Answer with { LockedAt = Then, Lock = LockKind.Policy }, Target, false, "merging.locked"),
        new(Answer, Target with { LockedAt = Then, Lock = LockKind.Policy }, false, "merging.locked"),
    ];

    [TestCaseSource(nameof(NotMoved))]
    public void What_is_not_moved(PostFacts answer, PostFacts question, bool isQuestionMerged, string code) =>
        Assert.That(MergingRules.WhyNotMove(Moderator, answer, question, isQuestionMerged)?.Code, Is.EqualTo(code));

    [Test]
    public void Moderators_move_answers_of_disputed_questions_too() =>
        Assert.That(MergingRules.WhyNotMove(Moderator, Answer with { LockedAt = Then }, Target with { LockedAt = Then }, isQuestionMerged: false), Is.Null);
}
