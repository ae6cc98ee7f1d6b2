using Forum.Core.Care;
using Forum.Core.Settings;

namespace Forum.Tests.Care;

/// <summary>Both sides of each number of docs/rules/care.md.</summary>
public sealed class CareRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CareFacts Question = new() { Id = 1, QuestionId = 1, IsQuestion = true, AuthorId = 7, CreatedAt = Now.AddDays(-500), Score = 0, Views = 100 };

    private static readonly CareFacts Shut = Question with { ClosedAt = Now.AddDays(-10), CloseReason = "off-topic" };

    private static readonly CareFacts Disliked = Question with { CreatedAt = Now.AddDays(-31), Score = -1 };

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("closed", CareJob.Closed, Shut, true);
        yield return Case("closed 9 days ago", CareJob.Closed, Shut with { ClosedAt = Now.AddDays(-9) }, false);
        yield return Case("closed a moment more than 9 days ago", CareJob.Closed, Shut with { ClosedAt = Now.AddDays(-9).AddSeconds(-1) }, true);
        yield return Case("open", CareJob.Closed, Question, false);
        yield return Case("a duplicate", CareJob.Closed, Shut with { CloseReason = "duplicate" }, false);
        yield return Case("closed with score 1", CareJob.Closed, Shut with { Score = 1 }, false);
        yield return Case("closed and locked", CareJob.Closed, Shut with { IsLocked = true }, false);
        yield return Case("closed with an upvoted answer", CareJob.Closed, Shut with { Answers = 1, HasUpvotedAnswer = true }, false);
        yield return Case("closed with an answer at 0", CareJob.Closed, Shut with { Answers = 1 }, true);
        yield return Case("closed with an accepted answer", CareJob.Closed, Shut with { Answers = 1, HasAccepted = true }, false);
        yield return Case("closed and edited since", CareJob.Closed, Shut with { EditedAt = Now.AddDays(-9) }, false);
        yield return Case("closed and edited before", CareJob.Closed, Shut with { EditedAt = Now.AddDays(-10) }, true);
        yield return Case("closed and migrated here", CareJob.Closed, Shut with { IsMigrated = true }, false);
        yield return Case("closed and brought back once", CareJob.Closed, Shut with { WasUndeleted = true }, false);
        yield return Case("closed while a vote to reopen waits", CareJob.Closed, Shut with { HasReopenVote = true }, false);
        yield return Case("closed with a bounty", CareJob.Closed, Shut with { HasBounty = true }, false);
        yield return Case("closed and deleted", CareJob.Closed, Shut with { IsDeleted = true }, false);

        yield return Case("dead", CareJob.Dead, Disliked, true);
        yield return Case("30 days old", CareJob.Dead, Disliked with { CreatedAt = Now.AddDays(-30) }, false);
        yield return Case("at 0", CareJob.Dead, Disliked with { Score = 0 }, false);
        yield return Case("voted down just now", CareJob.Dead, Disliked with { FreshDownVotes = 1 }, false);
        yield return Case("voted down before and again", CareJob.Dead, Disliked with { Score = -2, FreshDownVotes = 1 }, true);
        yield return Case("voted down with an answer", CareJob.Dead, Disliked with { Answers = 1 }, false);
        yield return Case("voted down and locked", CareJob.Dead, Disliked with { IsLocked = true }, false);
        yield return Case("voted down and migrated here", CareJob.Dead, Disliked with { IsMigrated = true }, false);

        yield return Case("abandoned", CareJob.Abandoned, Question, true);
        yield return Case("365 days old", CareJob.Abandoned, Question with { CreatedAt = Now.AddDays(-365) }, false);
        yield return Case("366 days old", CareJob.Abandoned, Question with { CreatedAt = Now.AddDays(-366) }, true);
        yield return Case("abandoned at 1", CareJob.Abandoned, Question with { Score = 1 }, false);
        yield return Case("abandoned at 1 by its author", CareJob.Abandoned, Question with { Score = 1, IsAuthorGone = true }, true);
        yield return Case("abandoned at 2 by its author", CareJob.Abandoned, Question with { Score = 2, IsAuthorGone = true }, false);
        yield return Case("abandoned with 750 views in 500 days", CareJob.Abandoned, Question with { Views = 750 }, true);
        yield return Case("abandoned with 751 views in 500 days", CareJob.Abandoned, Question with { Views = 751 }, false);
        yield return Case("abandoned with a comment", CareJob.Abandoned, Question with { Comments = 1 }, true);
        yield return Case("abandoned with two comments", CareJob.Abandoned, Question with { Comments = 2 }, false);
        yield return Case("abandoned with an answer", CareJob.Abandoned, Question with { Answers = 1 }, false);

        yield return Case("an answer at -1 of nobody", CareJob.Removed, Question with { IsQuestion = false, Score = -1, IsAuthorGone = true }, true);
        yield return Case("an answer at 0 of nobody", CareJob.Removed, Question with { IsQuestion = false, Score = 0, IsAuthorGone = true }, false);
        yield return Case("an answer at -1 of somebody", CareJob.Removed, Question with { IsQuestion = false, Score = -1 }, false);
    }

    [TestCaseSource(nameof(Cases))]
    public void A_post_is_deleted_by_itself_for_the_reasons_there_are(CareJob job, CareFacts post, bool goes) =>
        Assert.That(CareRules.Deletes(job, post, Now, new CareSettings()), Is.EqualTo(goes));

    [TestCase(3, 0, 0, true)]
    [TestCase(2, 0, 0, false)]
    [TestCase(0, 5, 0, true)]
    [TestCase(0, 0, 2, true)]
    [TestCase(2, 4, 1, false)]
    public void Bad_answers_of_newcomers_and_spam_protect_a_question(int deleted, int poor, int spam, bool protects)
    {
        var facts = new ProtectionFacts { DeletedAnswers = deleted, PoorAnswers = poor, SpamAnswers = spam };

        Assert.That(CareRules.Protects(facts, new CareSettings()), Is.EqualTo(protects));
        Assert.That(CareRules.Protects(facts with { WasUnprotected = true }, new CareSettings()), Is.False);
        Assert.That(CareRules.Protects(facts with { IsProtected = true }, new CareSettings()), Is.False);
        Assert.That(CareRules.Protects(facts, new CareSettings { Protects = false }), Is.False);
    }

    private static TestCaseData Case(string name, CareJob job, CareFacts post, bool goes) => new TestCaseData(job, post, goes).SetArgDisplayNames(name);
}
