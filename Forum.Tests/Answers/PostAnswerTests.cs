using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Answers;

public sealed class PostAnswerTests
{
    private const string Text = "Use `File.ReadLines`, which hands out one line at a time.";

    [Test]
    public async Task An_answer_appears_under_its_question_and_brings_it_up()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(name: "Bob");
        var question = await forum.Make.Question();
        forum.Clock.Advance(TimeSpan.FromHours(1));

        var id = await forum.Send(new PostAnswer(question, Text), bob);

        var page = await forum.Send(new ShowQuestion(question));
        var answer = page.Answers.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Id, Is.EqualTo(id));
            Assert.That(answer.Author.Name, Is.EqualTo("Bob"));
            Assert.That(answer.Html, Does.Contain("<code>File.ReadLines</code>"));
            Assert.That(answer.RevisionCount, Is.EqualTo(1));
            Assert.That(page.Question.AnswerCount, Is.EqualTo(1));
            Assert.That(page.Question.ActiveAt, Is.EqualTo(forum.Clock.GetUtcNow()));
        });
        await forum.Verify();
    }

    [TestCase("closed_at", "answers.closed-question")]
    [TestCase("locked_at", "answers.locked-question")]
    public async Task A_closed_or_locked_question_takes_no_answers(string state, string code)
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        var question = await forum.Make.Question();
        await forum.Write($"update posts set {state} = created_at where id = @question", new { question });

        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Text), moderator), code);
    }

    [Test]
    public async Task A_deleted_question_takes_no_answers()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new DeletePost(question), ada);

        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Text), ada), "answers.deleted-question");
        await forum.FindsNothing(() => forum.Send(new PostAnswer(question, Text), bob));
    }

    [TestCase(9, false)]
    [TestCase(10, true)]
    public async Task A_protected_question_takes_answers_from_10_reputation_on(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(reputation);
        var question = await forum.Make.Question();
        await forum.Write("update posts set protected_at = created_at where id = @question", new { question });

        if (may)
            await forum.Send(new PostAnswer(question, Text), bob);
        else
            await forum.IsRefused(() => forum.Send(new PostAnswer(question, Text), bob), "answers.protected-question");
    }

    [TestCase(124, 179, false)]
    [TestCase(124, 180, true)]
    [TestCase(125, 0, true)]
    public async Task Newcomers_answer_once_in_3_minutes(int reputation, int seconds, bool may)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(reputation);
        var (first, second) = (await forum.Make.Question(), await forum.Make.Question());
        await forum.Send(new PostAnswer(first, Text), bob);
        forum.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var again = new PostAnswer(second, "Read it as a stream and stop at each line break.");
        if (may)
            await forum.Send(again, bob);
        else
            await forum.IsRefused(() => forum.Send(again, bob), "answers.too-soon");
    }

    [Test]
    public async Task The_same_answer_is_not_given_twice()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(500);
        var (first, second) = (await forum.Make.Question(), await forum.Make.Question());
        await forum.Send(new PostAnswer(first, Text), bob);

        forum.Clock.Advance(TimeSpan.FromMinutes(9));
        await forum.IsRefused(() => forum.Send(new PostAnswer(second, Text), bob), "answers.said-already");

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await forum.Send(new PostAnswer(second, Text), bob);
        await forum.IsRefused(() => forum.Send(new PostAnswer(first, Text), bob), "answers.said-already");
    }

    [TestCase(9, 9, false)]
    [TestCase(9, 8, true)]
    [TestCase(10, 9, true)]
    public async Task A_newcomers_answer_has_at_most_8_links(int reputation, int links, bool may)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(reputation);
        var question = await forum.Make.Question();
        var text = "See all of these pages: " + string.Join(' ', Enumerable.Range(1, links).Select(i => $"[page {i}](https://example.com/{i})"));

        if (may)
            await forum.Send(new PostAnswer(question, text), bob);
        else
            await forum.IsRefused(() => forum.Send(new PostAnswer(question, text), bob), "questions.too-many-links");
    }

    [TestCase("", "limits.too-short")]
    [TestCase("Twenty-nine characters are 29", "limits.too-short")]
    public async Task An_answer_has_at_least_30_characters(string text, string code)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User();
        var question = await forum.Make.Question();

        await forum.IsBadlyFormed(() => forum.Send(new PostAnswer(question, text), bob), "Body", code);
        await forum.IsBadlyFormed(() => forum.Send(new PostAnswer(question, new string('x', 30_001)), bob), "Body", "limits.too-long");
    }

    [Test]
    public async Task Only_questions_are_answered_and_only_by_those_signed_in()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User();
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question);

        await forum.FindsNothing(() => forum.Send(new PostAnswer(answer, Text), bob));
        await forum.FindsNothing(() => forum.Send(new PostAnswer(987_654_321, Text), bob));
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Text)), "accounts.sign-in-first");
    }

    [Test]
    public async Task A_form_posted_twice_answers_once()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User();
        var question = await forum.Make.Question();

        var first = await forum.Send(new PostAnswer(question, Text), bob, formKey: "k");
        var second = await forum.Send(new PostAnswer(question, Text), bob, formKey: "k");

        Assert.That(second, Is.EqualTo(first));
        Assert.That((await forum.Send(new ShowQuestion(question))).Answers.Items, Has.Count.EqualTo(1));
    }
}
