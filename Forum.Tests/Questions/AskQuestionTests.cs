using FluentValidation;
using Forum.Core;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class AskQuestionTests
{
    private static readonly AskQuestion Good = new(
        "How do I read a file line by line?", "I have a large text file and want to read it line by line.", "c# files") { Anyway = true };

    [Test]
    public async Task A_question_is_shown_as_it_was_asked()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(name: "Ada");
        await forum.Make.Tags("c# files");

        var id = await forum.Send(Good, ada);

        var page = await forum.Send(new ShowQuestion(id));
        Assert.Multiple(() =>
        {
            Assert.That(page.Question.Title, Is.EqualTo(Good.Title));
            Assert.That(page.Question.Html, Is.EqualTo("<p>I have a large text file and want to read it line by line.</p>\n"));
            Assert.That(page.Question.TagNames, Is.EqualTo(["c#", "files"]));
            Assert.That(page.Question.Author.Name, Is.EqualTo("Ada"));
            Assert.That(page.Slug, Is.EqualTo("how-do-i-read-a-file-line-by-line"));
            Assert.That(page.Answers.Items, Is.Empty);
        });
        await forum.Verify();
    }

    [Test]
    public async Task An_asker_who_knows_the_answer_gives_it_in_the_same_step()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 15);
        await forum.Make.Tags("c# files");

        var id = await forum.Send(Good with { Answer = "Use `File.ReadLines`, which streams the lines as you go." }, ada);

        var page = await forum.Send(new ShowQuestion(id));
        Assert.That(page.Answers.Items.Single().Author.Id, Is.EqualTo(ada));
        Assert.That(page.Question.AnswerCount, Is.EqualTo(1));
    }

    [TestCase(14, false)]
    [TestCase(15, true)]
    public async Task Answering_oneself_while_asking_needs_15(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation);
        await forum.Make.Tags("c# files");
        var ask = Good with { Answer = "Use `File.ReadLines`, which streams the lines as you go." };

        await ExpectRefusal(forum, () => forum.Send(ask, ada), may ? null : "questions.self-answer");
    }

    [TestCase(149, false)]
    [TestCase(150, true)]
    public async Task A_new_tag_needs_150(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation);

        await ExpectRefusal(forum, () => forum.Send(Good, ada), may ? null : "tags.cannot-create");
    }

    [TestCase(124, 39, false)]
    [TestCase(124, 40, true)]
    [TestCase(125, 0, true)]
    public async Task Newcomers_ask_once_in_40_minutes(int reputation, int minutes, bool may)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation);
        await forum.Make.Tags("c# files");
        await forum.Send(Good, ada);
        forum.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await ExpectRefusal(forum, () => forum.Send(Good, ada), may ? null : "questions.too-soon");
    }

    [Test]
    public async Task Nobody_asks_more_than_six_questions_a_day()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 500);
        for (var i = 0; i < 6; i++)
            await forum.Send(Good, ada);

        await ExpectRefusal(forum, () => forum.Send(Good, ada), "questions.too-many-today");

        forum.Clock.Advance(TimeSpan.FromHours(12));
        await ExpectRefusal(forum, () => forum.Send(Good, ada), null);
    }

    [TestCase("Short title", "limits.too-short", "Title")]
    [TestCase("如何逐行读取一个大文件", null, null)]
    public async Task A_title_is_15_characters_or_half_as_many_Chinese_ones(string title, string? code, string? field)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Tags("c# files");

        await ExpectInvalid(forum, () => forum.Send(Good with { Title = title }, ada), code, field);
    }

    [TestCase("\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b", "Title", "limits.too-short")]
    [TestCase("\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b", "Body", "limits.too-short")]
    [TestCase("<!-- nothing of this comment is ever seen -->", "Body", "markdown.nothing-to-see")]
    [TestCase("[](https://example.org/a/long/address/without/a/text)", "Body", "markdown.nothing-to-see")]
    public async Task What_cannot_be_seen_is_no_text(string text, string field, string code)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Tags("c# files");

        await ExpectInvalid(forum, () => forum.Send(field == "Title" ? Good with { Title = text } : Good with { Body = text }, ada), code, field);
    }

    [Test]
    public async Task A_title_reads_in_the_direction_of_its_script()
    {
        await using var forum = new TestForum();

        var question = await forum.Make.Question(title: "How do I \u202Eread\u202C a file\u200B line by line?");

        Assert.That((await forum.Send(new ShowQuestion(question))).Question.Title, Is.EqualTo("How do I read a file line by line?"));
    }

    [TestCase("", "tags.too-few")]
    [TestCase("a b c d e f", "tags.too-many")]
    [TestCase("<script>", "tags.not-a-name")]
    [TestCase("123456789012345678901234567890123456", "tags.not-a-name")]
    public async Task Tags_are_one_to_five_names(string tags, string code)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 200);

        await ExpectInvalid(forum, () => forum.Send(Good with { Tags = tags }, ada), code, "Tags");
    }

    [Test]
    public async Task A_form_posted_twice_asks_once()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 200);

        var first = await forum.Send(Good, ada, formKey: "k1");
        var second = await forum.Send(Good, ada, formKey: "k1");

        Assert.That(second, Is.EqualTo(first));
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_form_sent_again_with_other_words_or_by_somebody_else_is_another_question()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 200);
        var first = await forum.Send(Good, ada, formKey: "k1");

        var changed = await forum.Send(Good with { Body = "What I meant to say is something else altogether." }, ada, formKey: "k1");
        var others = await forum.Send(Good, await forum.Make.User(reputation: 200), formKey: "k1");

        Assert.That(new[] { first, changed, others }, Is.Unique);
    }

    [Test]
    public async Task Who_is_suspended_reads_and_does_not_ask()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 200);
        var question = await forum.Send(Good, ada);
        await forum.Write("update users set suspended_until = @until where id = @ada", new { ada, until = forum.Clock.GetUtcNow().AddDays(7) });

        await ExpectRefusal(forum, () => forum.Send(Good, ada), "moderation.suspended");
        Assert.That((await forum.Send(new ShowQuestion(question), ada)).Question.Id, Is.EqualTo(question));

        forum.Clock.Advance(TimeSpan.FromDays(7));
        await ExpectRefusal(forum, () => forum.Send(Good, ada), null);
    }

    [Test]
    public async Task A_visitor_must_sign_in_to_ask()
    {
        await using var forum = new TestForum();

        await ExpectRefusal(forum, () => forum.Send(Good), "accounts.sign-in-first");
    }

    private static async Task ExpectRefusal(TestForum forum, Func<Task<long>> act, string? code)
    {
        var before = await forum.Value<int>("select count(*) from posts");
        if (code is null)
        {
            await act();
            return;
        }

        Assert.That(Assert.ThrowsAsync<RefusedException>(async () => await act())!.Refusal.Code, Is.EqualTo(code));
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(before));
        Assert.That(await forum.Value<int>("select count(*) from revisions"), Is.EqualTo(before));
    }

    private static async Task ExpectInvalid(TestForum forum, Func<Task<long>> act, string? code, string? field)
    {
        if (code is null)
        {
            await act();
            return;
        }

        var failure = Assert.ThrowsAsync<ValidationException>(async () => await act())!.Errors.First();
        Assert.That((failure.ErrorCode, failure.PropertyName), Is.EqualTo((code, field)));
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.Zero);
    }
}
