using FluentValidation;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Limits;

/// <summary>
/// A test for each row of docs/rules/limits.md with a number in it that people meet: through the front door, on a clock that stands still until
/// it is moved, on both sides of the number.
/// </summary>
public sealed class LimitRowTests
{
    private const string Text = "I have a large text file and want to read it line by line.";
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Test]
    public async Task Post_votes_a_day_are_40_of_which_10_on_questions_alone_until_midnight_UTC()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        for (var i = 0; i < 10; i++)
            await forum.Send(new CastVote(await forum.Make.Question(), Up), bob);
        for (var i = 0; i < 30; i++)
            await forum.Send(new CastVote(await forum.Make.Answer(question), Up), bob);
        var (another, answer) = (await forum.Make.Question(), await forum.Make.Answer(question));

        await forum.IsRefused(() => forum.Send(new CastVote(another, Up), bob), "voting.none-left-today");
        await forum.IsRefused(() => forum.Send(new CastVote(answer, Up), bob), "voting.none-left-today");
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await forum.Send(new CastVote(answer, Up), bob);
    }

    [Test]
    public async Task When_5_of_the_30_remain_the_unused_question_only_votes_are_blocked()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        for (var i = 0; i < 25; i++)
            await forum.Send(new CastVote(await forum.Make.Answer(question), Up), bob);
        for (var i = 0; i < 5; i++)
            await forum.Send(new CastVote(await forum.Make.Question(), Up), bob);

        var one = await forum.Make.Question();
        await forum.IsRefused(() => forum.Send(new CastVote(one, Up), bob), "voting.none-left-today");
    }

    [Test]
    public async Task Retracting_a_vote_of_the_same_day_gives_it_back_and_of_another_day_does_not()
    {
        await using var forum = new TestForum(("Forum:Limits:PostVotesPerDay", "1"), ("Forum:Limits:QuestionOnlyVotesPerDay", "0"), ("Forum:Windows:VoteChange", "2.00:00:00"));
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        long[] answers = [await forum.Make.Answer(question), await forum.Make.Answer(question), await forum.Make.Answer(question)];
        await forum.Send(new CastVote(answers[0], Up), bob);
        await forum.Send(new RetractVote(answers[0]), bob);
        await forum.Send(new CastVote(answers[0], Up), bob);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(answers[1], Up), bob);

        await forum.Send(new RetractVote(answers[0]), bob);

        await forum.IsRefused(() => forum.Send(new CastVote(answers[2], Up), bob), "voting.none-left-today");
    }

    [Test]
    public async Task Comment_upvotes_a_day_are_30_until_midnight_UTC()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        for (var i = 0; i < 30; i++)
            await forum.Send(new VoteForComment(await forum.Make.Comment(question)), bob);
        var one = await forum.Make.Comment(question);

        await forum.IsRefused(() => forum.Send(new VoteForComment(one), bob), "voting.no-comment-votes-left-today");
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await forum.Send(new VoteForComment(one), bob);
    }

    [Test]
    public async Task Vote_lock_in_is_after_5_minutes_and_ends_with_an_edit()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(5));
        await forum.Send(new CastVote(question, Down), bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(5) + Instant);

        await forum.IsRefused(() => forum.Send(new RetractVote(question), bob), "voting.locked-in");
        await forum.Send(new EditPost(question, Text + " Without loading all of it."), ada);
        await forum.Send(new RetractVote(question), bob);
    }

    [Test]
    public async Task Comment_edit_is_5_minutes_with_5_seconds_between_and_moderators_any_time()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var comment = await forum.Make.Comment(await forum.Make.Question(), by: ada);
        await forum.Send(new EditComment(comment, "Which version of it is this about?"), ada);
        forum.Clock.Advance(TimeSpan.FromSeconds(5) - Instant);
        await forum.IsRefused(() => forum.Send(new EditComment(comment, "Which version was this about?"), ada), "comments.edited-just-now");
        forum.Clock.Advance(Instant);
        await forum.Send(new EditComment(comment, "Which version was this about?"), ada);
        forum.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5));

        await forum.IsRefused(() => forum.Send(new EditComment(comment, "Which one was this about?"), ada), "comments.too-late-to-edit");
        await forum.Send(new EditComment(comment, "Which one was this about, then?"), moderator);
    }

    [Test]
    public async Task Edit_grace_period_is_5_minutes()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(by: ada);
        forum.Clock.Advance(TimeSpan.FromMinutes(5) - Instant);
        await forum.Send(new EditPost(question, Text + " Once."), ada);
        Assert.That(await Revisions(forum, question), Is.EqualTo(1));
        forum.Clock.Advance(Instant);

        await forum.Send(new EditPost(question, Text + " Twice."), ada);

        Assert.That(await Revisions(forum, question), Is.EqualTo(2));
    }

    [Test]
    public async Task Accept_is_possible_after_15_minutes_and_of_ones_own_answer_after_48_hours_and_moves_freely()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(by: ada);
        var (theirs, own) = (await forum.Make.Answer(question), await forum.Make.Answer(question, by: ada));
        forum.Clock.Advance(TimeSpan.FromMinutes(15) - Instant);
        await forum.IsRefused(() => forum.Send(new AcceptAnswer(theirs), ada), "voting.accept-too-soon");
        forum.Clock.Advance(Instant);
        await forum.Send(new AcceptAnswer(theirs), ada);
        forum.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMinutes(15) - Instant);
        await forum.IsRefused(() => forum.Send(new AcceptAnswer(own), ada), "voting.accept-own-too-soon");
        forum.Clock.Advance(Instant);

        await forum.Send(new AcceptAnswer(own), ada);
        await forum.Send(new AcceptAnswer(theirs), ada);
        await forum.Send(new UnacceptAnswer(theirs), ada);
    }

    [Test]
    public async Task Self_deleting_a_question_is_refused_with_an_upvoted_answer_or_two_answers()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question);
        await forum.Send(new CastVote(answer, Up), await forum.Make.User(1_000));
        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.has-upvoted-answer");

        var two = await forum.Make.Question(by: ada);
        await forum.Make.Answer(two);
        await forum.Make.Answer(two);
        await forum.IsRefused(() => forum.Send(new DeletePost(two), ada), "editing.has-answers");

        var one = await forum.Make.Question(by: ada);
        await forum.Make.Answer(one);
        await forum.Send(new DeletePost(one), ada);
    }

    [Test]
    public async Task Self_deleting_an_answer_is_refused_while_it_is_accepted()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(1_000), await forum.Make.User());
        var answer = await forum.Make.Answer(await forum.Make.Question(by: ada), by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        await forum.Send(new AcceptAnswer(answer), ada);

        await forum.IsRefused(() => forum.Send(new DeletePost(answer), bob), "editing.accepted-answer");
        await forum.Send(new UnacceptAnswer(answer), ada);
        await forum.Send(new DeletePost(answer), bob);
    }

    [Test]
    public async Task Self_deleting_own_upvoted_comments_is_20_a_day()
    {
        await using var forum = new TestForum();
        var (ada, question) = (await forum.Make.User(), await forum.Make.Question());
        var comments = new List<long>();
        for (var i = 0; i < 22; i++)
            comments.Add(await forum.Make.Comment(question, by: ada));
        await forum.Write("insert into comment_votes (comment_id, user_id, cast_at) select id, -1, 0 from comments");
        await forum.Write("update comments set score = 1");
        foreach (var comment in comments.Take(20))
            await forum.Send(new DeleteComment(comment), ada);

        await forum.IsRefused(() => forum.Send(new DeleteComment(comments[20]), ada), "comments.too-many-deletions");
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await forum.Send(new DeleteComment(comments[20]), ada);
    }

    [Test]
    public async Task Self_deletions_of_posts_are_5_a_day()
    {
        await using var forum = new TestForum();
        var (ada, question) = (await forum.Make.User(), await forum.Make.Question());
        var answers = new List<long>();
        for (var i = 0; i < 6; i++)
            answers.Add(await forum.Make.Answer(question, by: ada));
        foreach (var answer in answers.Take(5))
            await forum.Send(new DeletePost(answer), ada);

        await forum.IsRefused(() => forum.Send(new DeletePost(answers[5]), ada), "editing.too-many-deletions");
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await forum.Send(new DeletePost(answers[5]), ada);
    }

    [Test]
    public async Task Asking_below_125_reputation_is_once_in_40_minutes()
    {
        await using var forum = new TestForum();
        var (newcomer, regular) = (await forum.Make.User(124), await forum.Make.User(125));
        await forum.Make.Tags("files");
        foreach (var user in new[] { newcomer, regular })
            await Ask(forum, user);
        forum.Clock.Advance(TimeSpan.FromMinutes(40) - Instant);

        await forum.IsRefused(() => Ask(forum, newcomer), "questions.too-soon");
        await Ask(forum, regular);
        forum.Clock.Advance(Instant);
        await Ask(forum, newcomer);
    }

    [Test]
    public async Task Asking_is_6_a_day_and_50_in_30_days()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        await forum.Make.Tags("files");
        for (var i = 0; i < 6; i++)
            await Ask(forum, ada);
        await forum.IsRefused(() => Ask(forum, ada), "questions.too-many-today");
        for (var i = 6; i < 50; i++)
        {
            if (i % 6 == 0)
                forum.Clock.Advance(TimeSpan.FromDays(1));
            await Ask(forum, ada);
        }

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.IsRefused(() => Ask(forum, ada), "questions.too-many-this-month");
        forum.Clock.Set(new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero) + Instant);
        await Ask(forum, ada);
    }

    [Test]
    public async Task Answering_below_125_reputation_is_once_in_3_minutes()
    {
        await using var forum = new TestForum();
        var newcomer = await forum.Make.User(124);
        await Answer(forum, newcomer, "one");
        forum.Clock.Advance(TimeSpan.FromMinutes(3) - Instant);

        var question = await forum.Make.Question();
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, "Read the lines one at a time: two."), newcomer), "answers.too-soon");
        forum.Clock.Advance(Instant);
        await Answer(forum, newcomer, "two");
    }

    [TestCase(14, 29, "limits.too-short limits.too-short")]
    [TestCase(15, 30, "")]
    [TestCase(150, 30_000, "")]
    [TestCase(151, 30_001, "limits.too-long limits.too-long")]
    public async Task Sizes_of_a_question_are_15_to_150_and_30_to_30_000(int title, int body, string codes)
    {
        await using var forum = new TestForum();
        await forum.Make.Tags("files");

        Assert.That(await Codes(async () => await forum.Send(new AskQuestion(Filled(title), Filled(body), "files"), await forum.Make.User(1_000))), Is.EqualTo(codes));
    }

    [TestCase(14, "limits.too-short")]
    [TestCase(15, "")]
    [TestCase(600, "")]
    [TestCase(601, "limits.too-long")]
    public async Task Sizes_of_a_comment_are_15_to_600(int length, string codes)
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();

        Assert.That(await Codes(async () => await forum.Send(new PostComment(question, Filled(length)), await forum.Make.User(1_000))), Is.EqualTo(codes));
    }

    [TestCase("", "tags.too-few")]
    [TestCase("a", "")]
    [TestCase("a b c d e", "")]
    [TestCase("a b c d e f", "tags.too-many")]
    [TestCase("a2345678901234567890123456789012345", "")]
    [TestCase("a23456789012345678901234567890123456", "tags.not-a-name")]
    public async Task Sizes_of_tags_are_1_to_5_and_35(string tags, string codes)
    {
        await using var forum = new TestForum();

        Assert.That(await Codes(async () => await forum.Send(new AskQuestion(Filled(15), Filled(30), tags), await forum.Make.User(1_000))), Is.EqualTo(codes));
    }

    [Test]
    public void Every_number_of_this_section_is_a_setting()
    {
        var limits = new LimitSettings();
        var windows = new WindowSettings();

        Assert.That((limits.PostVotesPerDay, limits.QuestionOnlyVotesPerDay, limits.QuestionOnlyBlockedAt, limits.CommentVotesPerDay), Is.EqualTo((30, 10, 5, 30)));
        Assert.That((limits.SelfDeletionsPerDay, limits.VotedCommentDeletionsPerDay, limits.AnswersThatKeepAQuestion), Is.EqualTo((5, 20, 2)));
        Assert.That((limits.QuestionsPerDay, limits.QuestionsPer30Days, limits.PacedBelowReputation), Is.EqualTo((6, 50, 125)));
        Assert.That((windows.VoteChange, windows.CommentEdit, windows.EditGrace).ToString(), Is.EqualTo("(00:05:00, 00:05:00, 00:05:00)"));
        Assert.That((windows.AcceptAfter, windows.AcceptOwnAfter, windows.BetweenQuestions, windows.BetweenAnswers).ToString(), Is.EqualTo("(00:15:00, 2.00:00:00, 00:40:00, 00:03:00)"));
    }

    private static Task<long> Ask(TestForum forum, long user) => forum.Send(new AskQuestion("How do I read a file line by line?", Text, "files") { Anyway = true }, user);

    private static async Task<long> Answer(TestForum forum, long user, string text) =>
        await forum.Send(new PostAnswer(await forum.Make.Question(), $"Read the lines one at a time: {text}."), user);

    private static Task<int> Revisions(TestForum forum, long post) => forum.Value<int>("select revision_count from posts where id = @post", new { post });

    private static string Filled(int length) => string.Concat(Enumerable.Repeat("word ", length / 5 + 1))[..(length - 1)] + "x";

    private static async Task<string> Codes(Func<Task> act)
    {
        try
        {
            await act();
            return "";
        }
        catch (ValidationException invalid)
        {
            return string.Join(' ', invalid.Errors.Select(e => e.ErrorCode).Order(StringComparer.Ordinal));
        }
    }
}
