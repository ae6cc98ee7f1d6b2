using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Tests.Closing;

public sealed class ClosingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly ForumSettings Settings = new() { Preset = Core.Privileges.Preset.Full };

    [TestCase(2_999, false, "privileges.close-votes.needs")]
    [TestCase(3_000, false, null)]
    [TestCase(249, true, "privileges.close-votes.needs")]
    [TestCase(250, true, null)]
    public void Closing_takes_a_privilege_of_which_askers_need_less(int reputation, bool isAsker, string? expected) =>
        Assert.That(WhyNotClose(reputation, Question with { AuthorId = isAsker ? 1 : 2 }), Is.EqualTo(expected));

    [TestCase(23, null)]
    [TestCase(24, "closing.too-many-votes")]
    public void There_are_24_votes_a_day(int today, string? expected) => Assert.That(WhyNotClose(5_000, Question, new() { Today = today }), Is.EqualTo(expected));

    [Test]
    public void What_may_not_be_closed_says_why()
    {
        Assert.That(WhyNotClose(5_000, Question with { DeletedAt = Now }), Is.EqualTo("closing.deleted-question"));
        Assert.That(WhyNotClose(5_000, Question with { ClosedAt = Now }), Is.EqualTo("closing.closed-already"));
        Assert.That(WhyNotClose(5_000, Question with { LockedAt = Now }), Is.EqualTo("closing.locked-question"));
        Assert.That(WhyNotClose(5_000, Question with { HasBounty = true }), Is.EqualTo("closing.has-bounty"));
        Assert.That(ClosingRules.WhyNotClose(new Person { Id = 1, IsModerator = true }, Question with { LockedAt = Now, HasBounty = true }, new(), null, Now, Settings), Is.Null);
    }

    [TestCase("a,a,b", "a")]
    [TestCase("a,b,b", "b")]
    [TestCase("a,b", "a")]
    [TestCase("b", "b")]
    public void Most_votes_name_the_reason_and_of_as_many_the_first(string votes, string expected) =>
        Assert.That(ClosingRules.Verdict([.. votes.Split(',').Select((reason, i) => new CloseVoteRow { Id = i, Reason = reason })], 5).Reason, Is.EqualTo(expected));

    [Test]
    public void Originals_are_those_most_often_named()
    {
        CloseVoteRow Vote(long id, long target, int place = 0) => new() { Id = id, Reason = CloseReason.Duplicate, TargetId = target, Place = place };

        var (_, targets) = ClosingRules.Verdict([Vote(1, 10), Vote(1, 11, 1), Vote(2, 11), Vote(3, 12)], 2);

        Assert.That(targets, Is.EqualTo(new[] { 11L, 10L }));
    }

    [TestCase("c#", "c#,c#", "c#")]
    [TestCase("c#", "java,c#", null)]
    [TestCase("c#", "c#,java,c#", "c#")]
    [TestCase("", "c#", null)]
    public void A_gold_badge_counts_for_tags_that_were_there_or_that_others_added(string golden, string history, string? expected) =>
        Assert.That(
            ClosingRules.Hammer(7, golden.Split(',', StringSplitOptions.RemoveEmptyEntries), [.. history.Split(',').Select((tags, i) => new Retagging { AuthorId = i == 0 ? 1 : 7, Tags = tags })]),
            Is.EqualTo(expected));

    [TestCase(0, null, 3)]
    [TestCase(4, null, 3)]
    [TestCase(5, null, 4)]
    [TestCase(0, 10, 5)]
    [TestCase(-9, -9, 3)]
    [TestCase(34, null, 9)]
    [TestCase(35, null, 10)]
    [TestCase(900, null, 10)]
    public void Better_posts_take_more_votes_to_delete(int score, int? best, int expected) =>
        Assert.That(DeletionRules.Needed(Question with { Score = score, BestAnswer = best }, new()), Is.EqualTo(expected));

    [TestCase(10_000, 5)]
    [TestCase(10_999, 5)]
    [TestCase(11_000, 6)]
    [TestCase(34_999, 29)]
    [TestCase(35_000, 30)]
    [TestCase(90_000, 30)]
    public void Votes_to_delete_a_day_grow_with_reputation(int reputation, int expected) =>
        Assert.That(DeletionRules.PerDay(new Person { Reputation = reputation }, Settings), Is.EqualTo(expected));

    [TestCase(9_999, 48, 0, "privileges.moderator-tools.needs")]
    [TestCase(10_000, 47, 0, "deleting.closed-lately")]
    [TestCase(10_000, 48, 0, null)]
    [TestCase(10_000, 1, -3, "deleting.closed-lately")]
    [TestCase(20_000, 1, -2, "deleting.closed-lately")]
    [TestCase(20_000, 1, -3, null)]
    public void Closed_questions_are_voted_on_after_48_hours_and_bad_ones_by_trusted_users_at_once(int reputation, int closedFor, int score, string? expected) =>
        Assert.That(
            DeletionRules.WhyNotVote(new Person { Id = 1, Reputation = reputation }, Question with { ClosedAt = Now.AddHours(-closedFor), Score = score }, new(), Now, Settings)?.Code,
            Is.EqualTo(expected));

    [TestCase(19_999, -5, "privileges.trusted-user.needs")]
    [TestCase(20_000, 0, "deleting.answer-too-good")]
    [TestCase(20_000, -1, null)]
    public void Bad_answers_are_voted_on_by_trusted_users(int reputation, int score, string? expected) =>
        Assert.That(
            DeletionRules.WhyNotVote(new Person { Id = 1, Reputation = reputation }, new PostFacts { Id = 6, Kind = 2, AuthorId = 2, Score = score, IsAccepted = true }, new(), Now, Settings)?.Code,
            Is.EqualTo(expected));

    [TestCase(9_999, DeletionKind.Votes, true, "privileges.moderator-tools.needs")]
    [TestCase(10_000, DeletionKind.Votes, true, null)]
    [TestCase(10_000, DeletionKind.Author, true, null)]
    [TestCase(90_000, DeletionKind.Moderator, true, "deleting.moderators-decide")]
    [TestCase(90_000, DeletionKind.Spam, true, "deleting.moderators-decide")]
    [TestCase(19_999, DeletionKind.Votes, false, "privileges.trusted-user.needs")]
    [TestCase(20_000, DeletionKind.Votes, false, null)]
    public void What_moderators_and_spam_flags_deleted_only_moderators_bring_back(int reputation, DeletionKind kind, bool isQuestion, string? expected) =>
        Assert.That(
            DeletionRules.WhyNotVoteBack(new Person { Id = 1, Reputation = reputation }, new PostFacts { Id = 6, Kind = isQuestion ? 1 : 2, DeletedAt = Now, Deletion = kind }, new(), Now, Settings)?.Code,
            Is.EqualTo(expected));

    [TestCase(DeletionKind.Author, true, 1, null)]
    [TestCase(DeletionKind.Votes, true, null, "editing.not-yours-to-undelete")]
    [TestCase(DeletionKind.Review, false, null, null)]
    [TestCase(DeletionKind.Review, true, null, "editing.not-yours-to-undelete")]
    [TestCase(DeletionKind.Moderator, true, 9, "editing.not-yours-to-undelete")]
    public void Authors_bring_back_what_they_deleted_and_answers_that_reviewers_did(DeletionKind kind, bool isQuestion, int? by, string? expected) =>
        Assert.That(
            EditingRules.WhyNotUndelete(new Person { Id = 1 }, new PostFacts { Id = 6, Kind = isQuestion ? 1 : 2, AuthorId = 1, DeletedAt = Now, DeletedBy = by, Deletion = kind })?.Code,
            Is.EqualTo(expected));

    private static PostFacts Question => new() { Id = 5, Kind = 1, AuthorId = 2, QuestionId = 5, CreatedAt = Now.AddDays(-9) };

    private static string? WhyNotClose(int reputation, PostFacts question, VotingRecord? record = null) =>
        ClosingRules.WhyNotClose(new Person { Id = 1, Reputation = reputation }, question, record ?? new(), null, Now, Settings)?.Code;
}
