using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Tests.Support;

namespace Forum.Tests.Abuse;

/// <summary>docs/rules/abuse.md, sections 3 and 6.</summary>
public sealed class GateTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    private static readonly ForumSettings Settings = new();

    [TestCase("WHY DOES MY PROGRAM NOT WORK?", "abuse.gate-capitals", true)]
    [TestCase("ПОЧЕМУ НЕ РАБОТАЕТ ПРОГРАММА?", "abuse.gate-capitals", true)]
    [TestCase("WHY DOES MY PROGRAM NOT WORk?", null, false)]
    [TestCase("What are HTML, CSS, PDF and XML?", null, false)]
    [TestCase("1234567890 / ABC?", null, false)]
    [TestCase("hahahahahahahahahahahahahahahahahahahahahahahaha", "abuse.gate-gibberish", true)]
    [TestCase("Howdoireadafilelinebylineinthislanguage", "abuse.gate-no-spaces", false)]
    [TestCase("ArgumentOutOfRangeException??", null, false)]
    [TestCase("如何在不加载全部内容的情况下逐行读取一个很大的文本文件而且不占用太多内存呢", null, false)]
    public void Titles_read_like_a_question(string title, string? code, bool isFinal) =>
        Assert.That(GateRules.OfTitle(title, Settings.Abuse).Select(o => (o.Why.Code, o.IsFinal)), Is.EqualTo(code is null ? [] : new[] { (code, isFinal) }));

    private static readonly object?[][] Bodies =
    [
        [true, Text, null, false],
        [true, "![a picture of it](https://pictures.example/a-picture-of-it.png)", "abuse.gate-picture-only", true],
        [false, "![a picture of it](https://pictures.example/a-picture-of-it.png)", "abuse.gate-picture-only", false],
        [true, Text + "\n\n![a picture of it](https://pictures.example/a.png)", null, false],
        [true, "```\nvar lines = File.ReadLines(path);\nforeach (var line in lines)\n    Use(line);\n```", "abuse.gate-code-only", true],
        [false, "```\nvar lines = File.ReadLines(path);\nforeach (var line in lines)\n    Use(line);\n```", "abuse.gate-code-only", false],
        [false, "Read the lines one at a time:\n\n```\nvar lines = File.ReadLines(path);\n```", null, false],
        [true, Text + "\n\nvar lines = File.ReadLines(path);\nforeach (var line in lines)\n{\nUse(line);\n}\nreturn lines.Count();", "abuse.gate-unformatted-code", false],
        [true, Text + "\n\n    var lines = File.ReadLines(path);\n    foreach (var line in lines)\n    {\n        Use(line);\n    }\n    return lines.Count();", null, false],
        [false, "First do this (it is short);\nthen do that (it is long);\nthen rest (for long);\nand then begin anew (if you like);", null, false],
        [true, Text + " Call +1-800-555-0199 for help.", "abuse.gate-phone", true],
        [true, Text + " Call (800) 555-0199 for help.", "abuse.gate-phone", true],
        [true, Text + " It began 2012-03-04 10:11:12 and took 1 234 567 890 ms.", null, false],
        [true, Text + " It has the number 978-0-306-40615-7 and the address 192.168.100.200.", null, false],
        [true, Text + " It says `555-123-4567-890` and nothing else.", null, false],
        [false, "Thanks a lot, this worked for me on the second try!", "abuse.gate-thanks", false],
        [false, "I have exactly the same problem here, did you find out why?", "abuse.gate-same-problem", false],
        [false, "See https://docs.example/reading/files/line/by/line", "abuse.gate-link-only", false],
        [true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abuse.gate-gibberish", true],
        [true, "Asdfghjklqwertyuiopzxcvbnmasdfghjklqwertyuiopzxcvbnmasdfghjkl is all", "abuse.gate-gibberish", true],
        [true, Text + "\n\n-------------------------------------------------------------------------------", null, false],
    ];

    [TestCaseSource(nameof(Bodies))]
    public void Texts_say_something_and_their_code_is_code(bool isQuestion, string markdown, string? code, bool isFinal)
    {
        var html = new CommunityMarkdown(new MarkdownRenderer(), Settings).Post(markdown, "").Html;

        Assert.That(
            GateRules.OfBody(isQuestion, html, isNewcomer: true, Settings).Select(o => (o.Why.Code, o.IsFinal)), Is.EqualTo(code is null ? [] : new[] { (code, isFinal) }));
    }

    [Test]
    public void A_number_to_call_is_asked_about_where_somebody_is_known() =>
        Assert.That(GateRules.OfBody(true, "<p>" + Text + " Call +1-800-555-0199.</p>", isNewcomer: false, Settings).Single().IsFinal, Is.False);

    [TestCase("Ask @ada, @bob and @carol.", true)]
    [TestCase("Ask @ada, @bob, @carol and @dave.", false)]
    [TestCase("Ask @ada, @Ada, @ADA., @bob and @carol.", true)]
    [TestCase("Write to ada@mail.example, bob@mail.example, c@mail.example or d@mail.example.", true)]
    [TestCase("`@Override @Test @Before @After @Ignore` are names of Java", true)]
    public async Task So_many_are_called_by_name_and_no_more(string text, bool isTaken)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(3_000);
        var question = await forum.Make.Question(ada);

        (MediatR.IRequest<long> Request, string Table)[] written = [(new PostComment(question, text + " Is that so?"), "comments"), (new PostAnswer(question, Text + " " + text), "posts where kind = 2")];
        foreach (var (request, table) in written)
        {
            if (isTaken)
                await forum.Send(request, ada);
            else
                Assert.That(Assert.ThrowsAsync<ValidationException>(() => forum.Send(request, ada))!.Errors.Select(e => (e.PropertyName, e.ErrorCode)), Is.EqualTo(new[] { ("Body", "abuse.too-many-mentions") }));
            Assert.That(await forum.Value<int>($"select count(*) from {table}"), Is.EqualTo(isTaken ? 1 : 0));
        }
    }

    [Test]
    public async Task Who_was_asked_may_post_it_anyway_and_who_was_refused_may_not()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(3_000);
        var question = await forum.Make.Question(ada);
        var thanks = new PostAnswer(question, "Thanks a lot, this worked for me on the second try!");
        var shouting = new AskQuestion("WHY DOES MY PROGRAM NOT WORK?", Text, "files");

        var asked = Assert.ThrowsAsync<ValidationException>(() => forum.Send(thanks, ada))!.Errors.Single();
        var refused = Assert.ThrowsAsync<ValidationException>(() => forum.Send(shouting with { Anyway = true }, ada))!.Errors.Single();

        Assert.That((asked.PropertyName, asked.ErrorCode, asked.Severity), Is.EqualTo(("Body", "abuse.gate-thanks", Severity.Warning)));
        Assert.That((refused.PropertyName, refused.ErrorCode, refused.Severity), Is.EqualTo(("Title", "abuse.gate-capitals", Severity.Error)));
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
        await forum.Send(thanks with { Anyway = true }, ada);
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_asks_under_a_title_of_their_own_again_is_asked()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(3_000), await forum.Make.User(3_000));
        await forum.Make.Question(ada, title: "How do I read a file line by line?");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var again = new AskQuestion("how do I read a FILE line by line?", Text + " Again.", "files");

        Assert.That(Assert.ThrowsAsync<ValidationException>(() => forum.Send(again, ada))!.Errors.Single().ErrorCode, Is.EqualTo("abuse.gate-same-title"));
        await forum.Send(again, bob);
        await forum.Send(again with { Anyway = true }, ada);

        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(3));
    }

    [Test]
    public async Task The_gate_can_be_left_open()
    {
        await using var forum = new TestForum(("Forum:Abuse:Gate", "false"));
        var ada = await forum.Make.User(3_000);
        await forum.Make.Tags("files");

        await forum.Send(new AskQuestion("WHY DOES MY PROGRAM NOT WORK?", Text, "files"), ada);

        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
    }
}
