using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Saves;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class ShowQuestionTests
{
    [Test]
    public async Task The_accepted_answer_comes_first_then_the_highest_then_the_older()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker);
        var older = await forum.Make.Answer(question);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        var newer = await forum.Make.Answer(question);
        var high = await forum.Make.Answer(question);
        var accepted = await forum.Make.Answer(question);
        await forum.Send(new CastVote(high, Direction.Up), await forum.Make.User(15));
        await forum.Send(new AcceptAnswer(accepted), asker);

        Assert.That(await Answers(forum, question, AnswerOrder.Score), Is.EqualTo(new[] { accepted, high, older, newer }));
        Assert.That((await Answers(forum, question, AnswerOrder.Oldest))[0], Is.EqualTo(older));
        Assert.That((await Answers(forum, question, AnswerOrder.Newest))[^1], Is.EqualTo(older));
    }

    [Test]
    public async Task An_answer_that_its_asker_wrote_and_accepted_is_not_pinned()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker);
        var own = await forum.Make.Answer(question, asker);
        var other = await forum.Make.Answer(question);
        forum.Clock.Advance(TimeSpan.FromHours(49));
        await forum.Send(new CastVote(other, Direction.Up), await forum.Make.User(15));
        await forum.Send(new AcceptAnswer(own), asker);

        Assert.That(await Answers(forum, question, AnswerOrder.Score), Is.EqualTo(new[] { other, own }));
    }

    [Test]
    public async Task An_edited_answer_is_the_active_one()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var author = await forum.Make.User();
        var edited = await forum.Make.Answer(question, author);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var newer = await forum.Make.Answer(question);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await forum.Send(new EditPost(edited, "What it says now is longer than what it said before."), author);

        Assert.That(await Answers(forum, question, AnswerOrder.Active), Is.EqualTo(new[] { edited, newer }));
    }

    [Test]
    public async Task A_permalink_knows_the_page_its_answer_is_on()
    {
        await using var forum = new TestForum(("Forum:Pages:Answers", "2"));
        var question = await forum.Make.Question();
        var answers = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await forum.Make.Answer(question));
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        for (var i = 0; i < 5; i++)
        {
            var found = await forum.Send(new FindPost(answers[i]));
            Assert.That(found.Page, Is.EqualTo(1 + i / 2));
            Assert.That((await forum.Send(new ShowQuestion(question, AnswerOrder.Score, found.Page))).Answers.Items.Select(a => a.Id), Does.Contain(answers[i]));
        }
    }

    [TestCase(1, true)]
    [TestCase(2_000, false)]
    public async Task A_deleted_question_is_gone_for_those_without_moderator_tools(int reputation, bool gone)
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var question = await forum.Make.Question(author);
        await forum.Send(new DeletePost(question), author);
        var reader = await forum.Make.User(reputation);

        if (gone)
            Assert.That(Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowQuestion(question), reader))!.WasDeleted, Is.True);
        else
            Assert.That((await forum.Send(new ShowQuestion(question), reader)).Question.DeletedAt, Is.Not.Null);
        Assert.That((await forum.Send(new ShowQuestion(question), author)).Question.DeletedAt, Is.Not.Null);
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new FindPost(question)));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question);

        Assert.That(Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowQuestion(999)))!.WasDeleted, Is.False);
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowQuestion(answer)));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new FindPost(999)));
    }

    [Test]
    public async Task A_strangers_page_costs_four_statements_however_much_is_on_it()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        for (var i = 0; i < 4; i++)
            await forum.Make.Answer(question);

        Assert.That(await forum.StatementsOf(() => forum.Send(new ShowQuestion(question))), Is.EqualTo(4));
    }

    // The one that says who they are included.
    [TestCase(1)]
    [TestCase(1_000)]
    [TestCase(25_000)]
    public async Task The_page_of_somebody_signed_in_costs_six_statements_however_much_is_on_it(int reputation)
    {
        await using var forum = new TestForum();
        var reader = await forum.Make.User(reputation);
        var question = await forum.Make.Question(reader);
        for (var i = 0; i < 4; i++)
            await forum.Send(new PostComment(await forum.Make.Answer(question), "Does this hold for empty files?"), await forum.Make.User(1_000));

        Assert.That(await forum.StatementsOf(() => forum.Send(new ShowQuestion(question), reader)), Is.EqualTo(6));
    }

    [Test]
    public async Task What_the_reader_did_is_seen_beside_each_post_and_comment()
    {
        await using var forum = new TestForum();
        var reader = await forum.Make.User(2_000);
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question);
        var comment = await forum.Send(new PostComment(answer, "Does this hold for empty files?"), await forum.Make.User(1_000));
        await forum.Send(new CastVote(answer, Direction.Down), reader);
        await forum.Send(new VoteForComment(comment), reader);
        await forum.Send(new SavePost(question), reader);
        await forum.Send(new FollowPost(answer), reader);

        var page = await forum.Send(new ShowQuestion(question), reader);

        Assert.That((page.Question.Votes.Mine, page.Question.IsSaved, page.Question.IsFollowed), Is.EqualTo(((Direction?)null, true, false)));
        var shown = page.Answers.Items.Single();
        Assert.That((shown.Votes.Mine, shown.IsSaved, shown.IsFollowed), Is.EqualTo(((Direction?)Direction.Down, false, true)));
        Assert.That((shown.Votes.Counts!.Up, shown.Votes.Counts.Down, shown.Votes), Is.EqualTo((0, 1, await forum.Send(new ShowVotes(answer), reader))));
        Assert.That(shown.Comments.Single().Votes, Is.EqualTo(await forum.Send(new ShowCommentVotes(comment), reader)));
    }

    [Test]
    public async Task A_visitor_counts_once_within_a_quarter_of_an_hour()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var views = forum.Service<ViewCounter>();

        views.Count(question, Visitor.Account(1));
        views.Count(question, Visitor.Account(1));
        views.Count(question, Visitor.Account(2));
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        views.Count(question, Visitor.Account(1));
        await views.Write(default);

        Assert.That((await forum.Send(new ShowQuestion(question))).Question.ViewCount, Is.EqualTo(3));
    }

    [TestCase("How do I use C#?", "how-do-i-use-c")]
    [TestCase("Où est-ce?", "ou-est-ce")]
    [TestCase("异步方法 Task.Run", "异步方法-task-run")]
    [TestCase("???", "")]
    [TestCase("  --a--  ", "a")]
    public void A_title_becomes_the_readable_end_of_an_address(string title, string slug) => Assert.That(Slug.Of(title), Is.EqualTo(slug));

    private static async Task<long[]> Answers(TestForum forum, long question, AnswerOrder order) =>
        [.. (await forum.Send(new ShowQuestion(question, order))).Answers.Items.Select(a => a.Id)];
}
