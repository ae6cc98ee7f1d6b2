using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Tests.Flags;

public sealed class FlagRulesTests
{
    private static readonly ForumSettings Settings = new();
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [TestCase(1, 0, 0, 10)]
    [TestCase(1_999, 0, 0, 10)]
    [TestCase(2_000, 0, 0, 11)]
    [TestCase(1, 9, 0, 10)]
    [TestCase(1, 10, 0, 11)]
    [TestCase(1, 10, 1, 10)]
    [TestCase(1, 0, 50, 10)]
    [TestCase(20_000, 100, 0, 30)]
    [TestCase(1_000_000, 10_000, 0, 100)]
    public void A_day_allows_more_to_the_trusted_and_the_helpful(int reputation, int helpful, int declined, int allowed) =>
        Assert.That(FlagRules.Allowance(reputation, helpful, declined, Settings.Flags), Is.EqualTo(allowed));

    [TestCase(9, 9, 1, false)]
    [TestCase(10, 2, 1, false)]
    [TestCase(10, 3, 1, true)]
    [TestCase(12, 3, 1, true)]
    [TestCase(13, 3, 1, false)]
    [TestCase(10, 3, 7, false)]
    [TestCase(10, 3, 6, true)]
    public void Who_is_declined_too_often_does_not_flag_for_a_week(int decided, int declined, int daysAgo, bool isBanned)
    {
        var at = Now.AddDays(-daysAgo);
        var decisions = Enumerable.Range(0, decided).Select(i => (at, i < declined)).ToList();

        Assert.That(FlagRules.BannedUntil(decisions, Settings.Flags, Now), isBanned ? Is.EqualTo(at.AddDays(7)) : Is.Null);
    }

    [TestCase(FlagKind.Spam, "flags.deleted-post", true)]
    [TestCase(FlagKind.Spam, null, false)]
    public void What_is_gone_is_not_flagged(FlagKind kind, string? code, bool isDeleted) =>
        Assert.That(WhyNot(kind, Post() with { DeletedAt = isDeleted ? Now : null }), Is.EqualTo(code));

    [TestCase(FlagKind.Spam, "flags.own-post")]
    [TestCase(FlagKind.Plagiarism, "flags.own-post")]
    [TestCase(FlagKind.Moderator, null)]
    public void Ones_own_post_is_only_brought_to_a_moderator(FlagKind kind, string? code) => Assert.That(WhyNot(kind, Post() with { AuthorId = 7 }), Is.EqualTo(code));

    [TestCase(FlagKind.Rude, "flags.locked-post")]
    [TestCase(FlagKind.Moderator, null)]
    public void What_is_locked_is_only_brought_to_a_moderator(FlagKind kind, string? code) => Assert.That(WhyNot(kind, Post() with { LockedAt = Now }), Is.EqualTo(code));

    [TestCase(FlagKind.NotAnAnswer, true, "flags.not-of-questions")]
    [TestCase(FlagKind.NotAnAnswer, false, null)]
    [TestCase(FlagKind.Close, false, "flags.not-of-answers")]
    [TestCase(FlagKind.Close, true, null)]
    public void Some_flags_are_of_questions_and_some_of_answers(FlagKind kind, bool isQuestion, string? code) =>
        Assert.That(WhyNot(kind, Post() with { Kind = isQuestion ? 1 : 2 }), Is.EqualTo(code));

    [TestCase(0, 7, false, null)]
    [TestCase(1, 7, false, "flags.scores-too-well")]
    [TestCase(0, 8, false, "flags.too-old")]
    [TestCase(0, 7, true, "flags.in-review")]
    public void Very_low_quality_is_of_new_posts_that_score_nothing(int score, int days, bool isInReview, string? code) =>
        Assert.That(WhyNot(FlagKind.VeryLowQuality, Post(), score: score, age: TimeSpan.FromDays(days), isInReview: isInReview), Is.EqualTo(code));

    [TestCase(499, null)]
    [TestCase(500, "flags.vote-instead")]
    public void Who_can_vote_to_close_votes(int reputation, string? code) => Assert.That(WhyNot(FlagKind.Close, Post(), reputation), Is.EqualTo(code));

    [Test]
    public void What_is_closed_is_neither_to_be_closed_nor_of_low_quality()
    {
        Assert.That(WhyNot(FlagKind.Close, Post() with { ClosedAt = Now }), Is.EqualTo("flags.closed"));
        Assert.That(WhyNot(FlagKind.VeryLowQuality, Post() with { ClosedAt = Now }), Is.EqualTo("flags.closed"));
    }

    [TestCase(14, "privileges.flag-posts.needs")]
    [TestCase(15, null)]
    public void Flagging_is_a_privilege(int reputation, string? code) => Assert.That(WhyNot(FlagKind.Spam, Post(), reputation), Is.EqualTo(code));

    [TestCase(FlagKind.Spam, FlagKind.Spam, FlagState.Pending, 0, "flags.flagged-already")]
    [TestCase(FlagKind.Spam, FlagKind.Rude, FlagState.Pending, 0, "flags.flagged-already")]
    [TestCase(FlagKind.Spam, FlagKind.VeryLowQuality, FlagState.Pending, 0, null)]
    [TestCase(FlagKind.Spam, FlagKind.Spam, FlagState.Aged, 400, "flags.flagged-already")]
    [TestCase(FlagKind.Spam, FlagKind.Spam, FlagState.Retracted, 1, "flags.flagged-already")]
    [TestCase(FlagKind.Close, FlagKind.Close, FlagState.Aged, 13, "flags.flagged-already")]
    [TestCase(FlagKind.Close, FlagKind.Close, FlagState.Aged, 14, null)]
    [TestCase(FlagKind.Close, FlagKind.Close, FlagState.Declined, 14, "flags.flagged-already")]
    [TestCase(FlagKind.Moderator, FlagKind.Moderator, FlagState.Pending, 0, "flags.flagged-already")]
    [TestCase(FlagKind.Moderator, FlagKind.Moderator, FlagState.Declined, 1, null)]
    public void A_kind_of_flag_is_raised_once(FlagKind was, FlagKind kind, FlagState state, int daysAgo, string? code) =>
        Assert.That(WhyNot(kind, Post(), own: new OwnFlag(was, state, state == FlagState.Pending ? null : Now.AddDays(-daysAgo))), Is.EqualTo(code));

    [TestCase(9, false, null)]
    [TestCase(10, false, "flags.none-left-today")]
    [TestCase(10, true, null)]
    public void A_day_ends_the_flags_of_all_but_moderators(int today, bool isModerator, string? code) =>
        Assert.That(WhyNot(FlagKind.Spam, Post(), today: today, isModerator: isModerator), Is.EqualTo(code));

    [TestCase(FlagKind.Obsolete, "Thanks!", 0, 1)]
    [TestCase(FlagKind.Obsolete, "+1, this works", 3, 1)]
    [TestCase(FlagKind.Obsolete, "thank you so much", 0, 1)]
    [TestCase(FlagKind.Obsolete, "谢谢，解决了", 0, 1)]
    [TestCase(FlagKind.Obsolete, "Thanks to the garbage collector this leaks only when the handle is kept by somebody else, which it is here.", 0, 3)]
    [TestCase(FlagKind.Obsolete, "Which version is this about?", 0, 2)]
    [TestCase(FlagKind.Obsolete, "Which version is this about?", 1, 3)]
    [TestCase(FlagKind.Harassment, "Thanks!", 0, 3)]
    [TestCase(FlagKind.Unkind, "Read the manual.", 0, 3)]
    [TestCase(FlagKind.CommentModerator, "Thanks!", 0, null)]
    public void A_comment_goes_by_fewer_flags_the_less_it_says(FlagKind kind, string text, int score, int? needed) =>
        Assert.That(FlagRules.Needed(kind, text, score, [], Settings.Flags), Is.EqualTo(needed));

    [TestCase(false, 4, 0, "flags.too-fast")]
    [TestCase(false, 5, 0, null)]
    [TestCase(false, 5, 10, "flags.no-comment-flags-left-today")]
    [TestCase(true, 5, 0, "flags.comment-flagged-already")]
    public void Comments_have_a_pace_and_a_day_of_their_own(bool hasFlagged, int secondsAgo, int today, string? code)
    {
        var flagger = Flagger(100) with { PostsToday = 10, CommentsToday = today, LastCommentFlag = Now.AddSeconds(-secondsAgo) };

        Assert.That(FlagRules.WhyNotFlag(FlagKind.Unkind, flagger, new CommentFacts { AuthorId = 1 }, Post(), hasFlagged, Settings, Now)?.Code, Is.EqualTo(code));
    }

    [TestCase(7, FlagState.Pending, null)]
    [TestCase(8, FlagState.Pending, "flags.not-yours")]
    [TestCase(7, FlagState.Helpful, "flags.decided")]
    [TestCase(7, FlagState.Retracted, "flags.decided")]
    public void Ones_own_flag_can_be_taken_back_while_it_waits(long raisedBy, FlagState state, string? code) => Assert.That(FlagRules.WhyNotRetract(7, raisedBy, state)?.Code, Is.EqualTo(code));

    private static PostFacts Post() => new() { Id = 1, Kind = 1, AuthorId = 1 };

    private static Flagger Flagger(int reputation, bool isModerator = false) => new() { Person = new Person { Id = 7, Reputation = reputation, IsModerator = isModerator } };

    private static string? WhyNot(FlagKind kind, PostFacts post, int reputation = 100, int score = 0, TimeSpan age = default, bool isInReview = false, OwnFlag? own = null, int today = 0, bool isModerator = false) =>
        FlagRules.WhyNotFlag(
            kind, Flagger(reputation, isModerator) with { PostsToday = today },
            new FlaggedPost { Post = post, Score = score, CreatedAt = Now - age, IsInReview = isInReview, Own = own is null ? [] : [own] },
            Settings, Now)?.Code;
}
