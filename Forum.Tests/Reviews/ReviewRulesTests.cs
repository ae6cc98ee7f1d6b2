using Forum.Core.Editing;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Users;
using static Forum.Core.Reviews.ReviewOutcome;

namespace Forum.Tests.Reviews;

public sealed class ReviewRulesTests
{
    private static readonly ForumSettings Settings = new();
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [TestCase(ReviewQueue.FirstQuestions, 349, "reviews.needs")]
    [TestCase(ReviewQueue.FirstQuestions, 350, null)]
    [TestCase(ReviewQueue.LateAnswers, 350, null)]
    [TestCase(ReviewQueue.LowQuality, 999, "reviews.needs")]
    [TestCase(ReviewQueue.LowQuality, 1_000, null)]
    public void A_queue_takes_its_privilege(ReviewQueue queue, int reputation, string? code) => Assert.That(WhyNot(queue, reputation), Is.EqualTo(code));

    [TestCase(19, false, null)]
    [TestCase(20, false, "reviews.enough-today")]
    [TestCase(20, true, null)]
    public void A_day_has_so_many_reviews_of_a_queue(int today, bool isModerator, string? code) =>
        Assert.That(ReviewRules.WhyNotReview(ReviewQueue.LateAnswers, Reviewer(500, today, isModerator), Settings, Now)?.Code, Is.EqualTo(code));

    [TestCase(1, "reviews.suspended")]
    [TestCase(0, null)]
    [TestCase(-1, null)]
    public void Who_is_suspended_does_not_review(int daysLeft, string? code) =>
        Assert.That(ReviewRules.WhyNotReview(ReviewQueue.LateAnswers, Reviewer(500) with { SuspendedUntil = Now.AddDays(daysLeft) }, Settings, Now)?.Code, Is.EqualTo(code));

    [Test]
    public void Nobody_reviews_what_they_wrote_voted_on_or_reviewed_or_what_is_done()
    {
        var task = new TaskFacts { Queue = ReviewQueue.LowQuality };

        Assert.That(Why(task, Post()), Is.Null);
        Assert.That(Why(task, Post() with { AuthorId = 7 }), Is.EqualTo("reviews.own-post"));
        Assert.That(Why(task with { HasVoted = true }, Post()), Is.EqualTo("reviews.voted"));
        Assert.That(Why(task with { Mine = Skipped }, Post()), Is.EqualTo("reviews.reviewed"));
        Assert.That(Why(task with { Mine = ReviewOutcome.Editing }, Post()), Is.Null);
        Assert.That(Why(task with { Outcome = LooksOk }, Post()), Is.EqualTo("reviews.done"));
        Assert.That(Why(task, Post() with { DeletedAt = Now }), Is.EqualTo("reviews.done"));
        Assert.That(Why(task with { Audit = -1 }, Post() with { DeletedAt = Now }), Is.Null);
    }

    [TestCase(ReviewQueue.FirstQuestions, LooksOk, null)]
    [TestCase(ReviewQueue.FirstQuestions, RecommendDeletion, "reviews.no-outcome")]
    [TestCase(ReviewQueue.LowQuality, Feedback, "reviews.no-outcome")]
    [TestCase(ReviewQueue.LowQuality, Edited, "reviews.no-outcome")]
    [TestCase(ReviewQueue.LowQuality, ReviewOutcome.Editing, null)]
    [TestCase(ReviewQueue.LowQuality, Overtaken, "reviews.no-outcome")]
    [TestCase(ReviewQueue.FirstAnswers, Skipped, null)]
    public void A_queue_has_its_outcomes(ReviewQueue queue, ReviewOutcome outcome, string? code) => Assert.That(WhyNotSay(outcome, queue, Post()), Is.EqualTo(code));

    [TestCase(3_999, 0, "privileges.trusted-user.needs")]
    [TestCase(4_000, 0, null)]
    [TestCase(4_000, 1, "reviews.scores-too-well")]
    public void Deleting_at_once_is_for_the_trusted_and_for_what_scores_nothing(int reputation, int score, string? code) =>
        Assert.That(WhyNotSay(Delete, ReviewQueue.LowQuality, Post(), reputation, score), Is.EqualTo(code));

    [Test]
    public void What_is_locked_or_worth_keeping_is_not_deleted()
    {
        Assert.That(WhyNotSay(RecommendDeletion, ReviewQueue.LowQuality, Post() with { LockedAt = Now }), Is.EqualTo("reviews.locked-post"));
        Assert.That(WhyNotSay(RecommendDeletion, ReviewQueue.LowQuality, Post() with { Kind = 1, HasUpvotedAnswer = true }), Is.EqualTo("reviews.worth-keeping"));
        Assert.That(WhyNotSay(RecommendDeletion, ReviewQueue.LowQuality, Post() with { Kind = 1, HasBounty = true }), Is.EqualTo("reviews.worth-keeping"));
        Assert.That(WhyNotSay(RecommendDeletion, ReviewQueue.LowQuality, Post() with { IsAccepted = true, HasUpvotedAnswer = true }), Is.Null);
    }

    [TestCase(ReviewQueue.FirstQuestions, new[] { LooksOk }, LooksOk)]
    [TestCase(ReviewQueue.FirstAnswers, new[] { Feedback }, Feedback)]
    [TestCase(ReviewQueue.FirstAnswers, new[] { Skipped }, null)]
    [TestCase(ReviewQueue.FirstAnswers, new[] { ReviewOutcome.Editing }, null)]
    [TestCase(ReviewQueue.LateAnswers, new[] { Flagged }, Flagged)]
    [TestCase(ReviewQueue.LateAnswers, new[] { RecommendDeletion }, null)]
    [TestCase(ReviewQueue.LowQuality, new[] { LooksOk, LooksOk }, null)]
    [TestCase(ReviewQueue.LowQuality, new[] { LooksOk, LooksOk, LooksOk }, LooksOk)]
    [TestCase(ReviewQueue.LowQuality, new[] { LooksOk, LooksOk, Edited }, Edited)]
    [TestCase(ReviewQueue.LowQuality, new[] { Delete, Delete, RecommendDeletion }, null)]
    [TestCase(ReviewQueue.LowQuality, new[] { Delete, Delete, Delete }, Delete)]
    [TestCase(ReviewQueue.LowQuality, new[] { RecommendDeletion, RecommendDeletion, RecommendDeletion, RecommendDeletion, RecommendDeletion }, null)]
    [TestCase(ReviewQueue.LowQuality, new[] { RecommendDeletion, RecommendDeletion, RecommendDeletion, RecommendDeletion, RecommendDeletion, Delete }, RecommendDeletion)]
    [TestCase(ReviewQueue.CloseVotes, new[] { LeaveOpen, Edited, Close }, null)]
    [TestCase(ReviewQueue.CloseVotes, new[] { LeaveOpen, Edited, LeaveOpen }, LeaveOpen)]
    [TestCase(ReviewQueue.CloseVotes, new[] { Close, Close, Close }, Close)]
    [TestCase(ReviewQueue.ReopenVotes, new[] { LeaveClosed, LeaveClosed, LeaveClosed }, LeaveClosed)]
    [TestCase(ReviewQueue.ReopenVotes, new[] { Reopen, Reopen, Reopen }, Reopen)]
    public void A_task_is_done_when_enough_agree(ReviewQueue queue, ReviewOutcome[] reviews, ReviewOutcome? outcome) =>
        Assert.That(ReviewRules.Agreed(queue, reviews, Settings.Reviews), Is.EqualTo(outcome));

    [TestCase(49, 31, true)]
    [TestCase(50, 31, false)]
    [TestCase(49, 30, false)]
    public void An_answer_is_late_by_its_question_and_looked_at_by_its_author(int reputation, int days, bool isLate) =>
        Assert.That(ReviewRules.IsLate(reputation, TimeSpan.FromDays(days), Settings.Reviews), Is.EqualTo(isLate));

    [TestCase(false, "I have the same problem, did you find out what it was? It fails on my machine as well.", 0, false, "same-problem")]
    [TestCase(false, "我也遇到这个问题，请问楼主解决了吗？非常感谢您的回复和帮助，我已经试过很多办法了但是都没有用。", 0, false, "same-problem")]
    [TestCase(false, "Thanks a lot for this, it saved me hours of work!", 0, false, "thanks")]
    [TestCase(false, "See https://example.com/a/very/long/address/that/says/nothing/at/all", 1, false, "link-only")]
    [TestCase(true, "See https://example.com/a/very/long/address/that/says/nothing/at/all", 1, false, "link-only")]
    [TestCase(false, "Use the other overload of this method.", 0, false, "short")]
    [TestCase(false, "Use the other overload of this method.", 0, true, null)]
    [TestCase(true, "Use the other overload of this method.", 0, false, null)]
    [TestCase(false, "Use the other overload of this method, which takes the encoding as a second argument.", 0, false, null)]
    public void Poor_texts_are_looked_at(bool isQuestion, string text, int links, bool hasCode, string? reason) =>
        Assert.That(ReviewRules.Suspicion(isQuestion, text, links, hasCode, Settings.Reviews), Is.EqualTo(reason));

    [TestCase(1, LooksOk, true)]
    [TestCase(1, Feedback, true)]
    [TestCase(1, Edited, true)]
    [TestCase(1, RecommendDeletion, false)]
    [TestCase(1, Delete, false)]
    [TestCase(1, Flagged, false)]
    [TestCase(1, Skipped, null)]
    [TestCase(-1, LooksOk, false)]
    [TestCase(-1, Edited, false)]
    [TestCase(-1, ReviewOutcome.Editing, false)]
    [TestCase(-1, Feedback, false)]
    [TestCase(-1, Flagged, true)]
    [TestCase(-1, Delete, true)]
    [TestCase(-1, Skipped, null)]
    [TestCase(1, Approved, true)]
    [TestCase(1, Improved, true)]
    [TestCase(1, Rejected, false)]
    [TestCase(1, RejectedAndEdited, false)]
    [TestCase(-1, Approved, false)]
    [TestCase(-1, Improved, false)]
    [TestCase(-1, Rejected, true)]
    [TestCase(-1, RejectedAndEdited, true)]
    public void A_test_is_judged(int audit, ReviewOutcome outcome, bool? isRight) => Assert.That(AuditRules.IsRight(audit, outcome), Is.EqualTo(isRight));

    [TestCase(null, 0, 48)]
    [TestCase(48, 30, 96)]
    [TestCase(96, 31, 48)]
    [TestCase(1, 31, 1)]
    public void The_next_suspension_is_twice_as_long_or_half(int? lastHours, int daysSince, int hours) =>
        Assert.That(
            AuditRules.Length(lastHours is { } last ? TimeSpan.FromHours(last) : null, Now.AddDays(-daysSince), Settings.Reviews, Now), Is.EqualTo(TimeSpan.FromHours(hours)));

    [TestCase(3, 3, 0, false)]
    [TestCase(4, 2, 0, false)]
    [TestCase(4, 3, 0, true)]
    [TestCase(1, 1, 1, false)]
    [TestCase(2, 2, 2, true)]
    public void A_test_that_most_fail_or_that_is_contested_is_dropped(int taken, int failed, int vetoes, bool isDropped) =>
        Assert.That(AuditRules.IsDropped(taken, failed, vetoes, Settings.Reviews), Is.EqualTo(isDropped));

    [Test]
    public void About_one_review_in_so_many_is_a_test_and_none_when_there_are_to_be_none()
    {
        var due = Enumerable.Range(0, 2_000).Count(i => AuditRules.IsDue(i / 20, ReviewQueue.LowQuality, i % 20, 10));

        Assert.That(due, Is.InRange(120, 280));
        Assert.That(Enumerable.Range(0, 100).Any(i => AuditRules.IsDue(1, ReviewQueue.LowQuality, i, 0)), Is.False);
    }

    private static PostFacts Post() => new() { Id = 1, Kind = 2, AuthorId = 1 };

    private static Reviewer Reviewer(int reputation, int today = 0, bool isModerator = false) => new(new Person { Id = 7, Reputation = reputation, IsModerator = isModerator }, today, null);

    private static string? WhyNot(ReviewQueue queue, int reputation) => ReviewRules.WhyNotReview(queue, Reviewer(reputation), Settings, Now)?.Code;

    private static string? Why(TaskFacts task, PostFacts post) => ReviewRules.WhyNotReview(task, post, Reviewer(5_000), Settings, Now)?.Code;

    private static string? WhyNotSay(ReviewOutcome outcome, ReviewQueue queue, PostFacts post, int reputation = 1_000, int score = 0) =>
        ReviewRules.WhyNot(outcome, new TaskFacts { Queue = queue }, post, score, new Person { Id = 7, Reputation = reputation }, Settings)?.Code;
}
