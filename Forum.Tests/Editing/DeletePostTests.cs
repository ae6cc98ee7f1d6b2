using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

public sealed class DeletePostTests
{
    [Test]
    public async Task A_deleted_question_is_in_no_list_and_no_search_with_its_answers()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada, body: "The walrus is what this question is about, mostly.");
        await forum.Send(new PostAnswer(question, "The walrus is a very large animal with tusks."), bob);

        await forum.Send(new DeletePost(question), ada);

        Assert.That((await forum.Send(new SearchQuestions("walrus"))).Results.Items, Is.Empty);
        Assert.That((await forum.Send(new ListTags("files"))).Items.Single().QuestionCount, Is.Zero);
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Items, Is.Empty);
        await forum.FindsNothing(() => forum.Send(new ShowQuestion(question)));
        await forum.FindsNothing(() => forum.Send(new ShowQuestion(question), bob));
        Assert.That((await forum.Send(new ShowQuestion(question), ada)).Question.DeletedAt, Is.Not.Null);
        await forum.Verify();
    }

    [Test]
    public async Task Undeleting_a_question_leaves_everything_as_it_was()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Send(new PostAnswer(question, "Use a stream and read one line after the other."), bob);
        await forum.Send(new CastVote(question, Direction.Up), eve);
        await forum.Send(new CastVote(answer, Direction.Down), eve);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        await forum.Send(new AcceptAnswer(answer), ada);
        var before = await TestContents.Of(forum, TestContents.Records);

        await forum.Send(new DeletePost(question), ada);
        Assert.That(await Reputations(forum, ada, bob, eve), Is.EqualTo((1, 1, 1_000)));
        await forum.Verify();

        await forum.Send(new UndeletePost(question), ada);
        Assert.That(await Reputations(forum, ada, bob, eve), Is.EqualTo((13, 16, 999)));
        Assert.That(await TestContents.Of(forum, TestContents.Records), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task Undeleting_an_answer_leaves_everything_as_it_was()
    {
        await using var forum = new TestForum();
        var (bob, eve) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question();
        var answer = await forum.Send(new PostAnswer(question, "The walrus reads one line after the other."), bob);
        await forum.Send(new CastVote(answer, Direction.Up), eve);
        var before = await TestContents.Of(forum, TestContents.Records);

        await forum.Send(new DeletePost(answer), bob);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.AnswerCount, Is.Zero);
        Assert.That((await forum.Send(new SearchQuestions("walrus"))).Results.Items, Is.Empty);
        await forum.Verify();

        await forum.Send(new UndeletePost(answer), bob);
        Assert.That(await TestContents.Of(forum, TestContents.Records), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task A_question_with_an_upvoted_answer_stays()
    {
        await using var forum = new TestForum();
        var (ada, eve) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question);
        await forum.Send(new CastVote(answer, Direction.Up), eve);

        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.has-upvoted-answer");

        await forum.Send(new RetractVote(answer), eve);
        await forum.Send(new DeletePost(question), ada);
    }

    [Test]
    public async Task A_question_with_two_answers_stays()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        await forum.Make.Answer(question);
        var second = await forum.Make.Answer(question, by: bob);

        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.has-answers");

        await forum.Send(new DeletePost(second), bob);
        await forum.Send(new DeletePost(question), ada);
    }

    [Test]
    public async Task An_accepted_answer_stays_unless_a_moderator_deletes_it()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        await forum.Send(new AcceptAnswer(answer), ada);

        await forum.IsRefused(() => forum.Send(new DeletePost(answer), bob), "editing.accepted-answer");

        await forum.Send(new DeletePost(answer), moderator);
        Assert.That(await Reputations(forum, ada, bob, moderator), Is.EqualTo((1, 1, 1)));
        await forum.IsRefused(() => forum.Send(new UndeletePost(answer), bob), "editing.not-yours-to-undelete");
        await forum.Send(new UndeletePost(answer), moderator);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.AcceptedAnswerId, Is.EqualTo(answer));
        Assert.That(await Reputations(forum, ada, bob, moderator), Is.EqualTo((3, 16, 1)));
        await forum.Verify();
    }

    [Test]
    public async Task Posts_of_others_are_left_alone()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(), await forum.Make.User(20_000), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);

        await forum.IsRefused(() => forum.Send(new DeletePost(question), bob), "editing.not-yours-to-delete");
        await forum.IsRefused(() => forum.Send(new DeletePost(question)), "accounts.sign-in-first");
        await forum.IsRefused(() => forum.Send(new UndeletePost(question), ada), "editing.not-deleted");
        await forum.Send(new DeletePost(question), ada);
        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.already-deleted");
        await forum.IsRefused(() => forum.Send(new UndeletePost(question), bob), "editing.not-yours-to-undelete");
        await forum.FindsNothing(() => forum.Send(new UndeletePost(question), eve));
        await forum.FindsNothing(() => forum.Send(new DeletePost(987_654_321), ada));
    }

    [Test]
    public async Task What_a_moderator_deleted_only_a_moderator_brings_back()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new DeletePost(question), moderator);

        await forum.IsRefused(() => forum.Send(new UndeletePost(question), ada), "editing.not-yours-to-undelete");
        await forum.Send(new UndeletePost(question), moderator);
        await forum.Verify();
    }

    [Test]
    public async Task A_locked_post_stays_as_it_is()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        await forum.Write("update posts set locked_at = created_at where id = @question", new { question });

        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.locked-post");
    }

    [Test]
    public async Task Nobody_deletes_more_than_5_of_their_posts_a_day()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        for (var i = 0; i < 5; i++)
        {
            await forum.Send(new DeletePost(question), ada);
            await forum.Send(new UndeletePost(question), ada);
        }

        await forum.IsRefused(() => forum.Send(new DeletePost(question), ada), "editing.too-many-deletions");

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new DeletePost(question), ada);
        await forum.Verify();
    }

    [Test]
    public async Task An_answer_does_not_come_back_without_its_question()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: ada);
        await forum.Send(new DeletePost(answer), ada);
        await forum.Send(new DeletePost(question), ada);

        await forum.IsRefused(() => forum.Send(new UndeletePost(answer), moderator), "editing.question-is-deleted");

        await forum.Send(new UndeletePost(question), ada);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.AnswerCount, Is.Zero);
        await forum.Send(new UndeletePost(answer), ada);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.AnswerCount, Is.EqualTo(1));
        await forum.Verify();
    }

    private static async Task<(int, int, int)> Reputations(TestForum forum, long one, long two, long three) =>
        (await Reputation(forum, one), await Reputation(forum, two), await Reputation(forum, three));

    private static Task<int> Reputation(TestForum forum, long id) => forum.Value<int>("select reputation from users where id = @id", new { id });
}
