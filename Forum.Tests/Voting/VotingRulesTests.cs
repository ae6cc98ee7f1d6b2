using Forum.Core;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;

namespace Forum.Tests.Voting;

public sealed class VotingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly VoteAllowance Plenty = new(10, 30);
    private static readonly VoteTarget Post = new() { Id = 1, QuestionId = 1, IsQuestion = true, AuthorId = 7 };
    private static readonly CommentTarget Comment = new() { Id = 1, PostId = 1, AuthorId = 7 };

    [TestCase(Direction.Up, 14, "privileges.vote-up.needs")]
    [TestCase(Direction.Up, 15, null)]
    [TestCase(Direction.Down, 124, "privileges.vote-down.needs")]
    [TestCase(Direction.Down, 125, null)]
    public void Voting_needs_reputation(Direction direction, int reputation, string? code) =>
        Assert.That(WhyNot(direction, Post, reputation)?.Code, Is.EqualTo(code));

    [Test]
    public void The_refusal_says_what_is_needed_and_what_one_has() =>
        Assert.That(WhyNot(Direction.Down, Post, 40)!.Arguments, Is.EqualTo(new object[] { 125, 40 }));

    [Test]
    public void Moderators_vote_whatever_their_reputation() =>
        Assert.That(
            VotingRules.WhyNot(Direction.Down, new Voter(new Person { Id = 9, Reputation = 1, IsModerator = true }, Plenty), Post, new ForumSettings(), Now), Is.Null);

    [Test]
    public void Nobody_votes_on_their_own_post() =>
        Assert.That(WhyNot(Direction.Up, Post with { AuthorId = 9 })?.Code, Is.EqualTo("voting.own-post"));

    [Test]
    public void A_post_without_an_author_is_nobodys_own() =>
        Assert.That(WhyNot(Direction.Up, Post with { AuthorId = null }), Is.Null);

    [Test]
    public void Nobody_votes_on_a_deleted_post() =>
        Assert.That(WhyNot(Direction.Up, Post with { IsDeleted = true })?.Code, Is.EqualTo("voting.deleted-post"));

    [Test]
    public void Nobody_votes_on_a_locked_post() =>
        Assert.That(WhyNot(Direction.Up, Post with { IsLocked = true })?.Code, Is.EqualTo("voting.locked-post"));

    [TestCase(300_000, null, null)]
    [TestCase(300_001, null, "voting.locked-in")]
    [TestCase(300_001, 300_002, "voting.locked-in")]
    [TestCase(300_001, 300_001, "voting.locked-in")]
    [TestCase(300_001, 300_000, null)]
    public void A_vote_can_be_changed_for_5_minutes_and_again_after_an_edit(int millisecondsSinceVote, int? millisecondsSinceEdit, string? code)
    {
        var post = Post with { Mine = Direction.Up, CastAt = Now.AddMilliseconds(-millisecondsSinceVote), EditedAt = Now.AddMilliseconds(-millisecondsSinceEdit ?? 0) };
        if (millisecondsSinceEdit is null)
            post = post with { EditedAt = null };

        Assert.That(WhyNot(Direction.Down, post)?.Code, Is.EqualTo(code));
        Assert.That(VotingRules.WhyNotRetract(post, new ForumSettings(), Now)?.Code, Is.EqualTo(code));
    }

    [TestCase(1, null)]
    [TestCase(0, "voting.none-left-today")]
    public void A_vote_needs_one_left_today(int left, string? code) =>
        Assert.That(
            VotingRules.WhyNot(Direction.Up, new Voter(new Person { Id = 9, Reputation = 1_000 }, new VoteAllowance(10, left)), Post, new ForumSettings(), Now)?.Code,
            Is.EqualTo(code));

    // q: a vote on a question, a: on an answer, with how many of them.
    [TestCase("", 10, 30, 40)]
    [TestCase("q1", 9, 30, 39)]
    [TestCase("q10", 0, 30, 30)]
    [TestCase("q11", 0, 29, 29)]
    [TestCase("q40", 0, 0, 0)]
    [TestCase("a1", 10, 29, 39)]
    [TestCase("a24", 10, 6, 16)]
    [TestCase("a25", 10, 5, 5)]
    [TestCase("a25 q1", 10, 4, 4)]
    [TestCase("a24 q1 a1", 9, 5, 5)]
    [TestCase("a30", 10, 0, 0)]
    [TestCase("q10 a25", 0, 5, 5)]
    [TestCase("q10 a30", 0, 0, 0)]
    public void Forty_votes_a_day_of_which_ten_are_for_questions(string votes, int onQuestions, int onAnything, int usable)
    {
        var limits = new LimitSettings();
        var cast = votes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(run => Enumerable.Repeat(run[0] == 'q', int.Parse(run[1..], System.Globalization.CultureInfo.InvariantCulture)));

        var left = VoteAllowance.After(cast, limits);

        Assert.That(left, Is.EqualTo(new VoteAllowance(onQuestions, onAnything)));
        Assert.That(left.Usable(limits), Is.EqualTo(usable));
    }

    [TestCase(14, 0, "privileges.vote-up.needs")]
    [TestCase(15, 0, null)]
    [TestCase(15, 29, null)]
    [TestCase(15, 30, "voting.no-comment-votes-left-today")]
    public void Comments_are_voted_for_30_times_a_day(int reputation, int today, string? code) =>
        Assert.That(WhyNot(Comment, reputation, today)?.Code, Is.EqualTo(code));

    [Test]
    public void Nobody_votes_for_their_own_comment() =>
        Assert.That(WhyNot(Comment with { AuthorId = 9 })?.Code, Is.EqualTo("voting.own-comment"));

    [Test]
    public void Nobody_votes_for_a_deleted_comment() =>
        Assert.That(WhyNot(Comment with { IsDeleted = true })?.Code, Is.EqualTo("voting.deleted-comment"));

    private static Refusal? WhyNot(Direction direction, VoteTarget post, int reputation = 1_000) =>
        VotingRules.WhyNot(direction, new Voter(new Person { Id = 9, Reputation = reputation }, Plenty), post, new ForumSettings(), Now);

    private static Refusal? WhyNot(CommentTarget comment, int reputation = 1_000, int today = 0) =>
        VotingRules.WhyNot(new Person { Id = 9, Reputation = reputation }, comment, today, new ForumSettings());
}
