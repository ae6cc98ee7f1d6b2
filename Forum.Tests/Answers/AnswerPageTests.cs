using System.Net;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Answers;

public sealed class AnswerPageTests
{
    private const string Text = "Use `File.ReadLines`, which hands out one line at a time.";

    [Test]
    public async Task An_answer_is_written_under_the_question()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question();
        using var browser = await site.SignedInAs(bob);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));

        var posted = await browser.Submit(thread, "#your-answer form", ("Body", Text));

        var answer = (await site.Forum.Send(new ShowQuestion(question))).Answers.Items.Single();
        Assert.That(posted.Location, Is.EqualTo($"/a/{answer.Id}"));
        Assert.That((await browser.Get($"/a/{answer.Id}")).Headers["Location"], Does.EndWith($"#answer-{answer.Id}"));
    }

    [Test]
    public async Task A_refused_answer_comes_back_with_its_text()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question();
        using var browser = await site.SignedInAs(bob);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));
        await site.Forum.Write("update posts set closed_at = created_at where id = @question", new { question });

        var refused = await browser.Submit(thread, "#your-answer form", ("Body", Text));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refused.Summary, Does.Contain("closed"));
        Assert.That(refused.Value("Body"), Is.EqualTo(Text));
        Assert.That((await browser.Follow(await browser.Get($"/q/{question}"))).Document.QuerySelector("#your-answer form"), Is.Null);
    }

    [Test]
    public async Task A_stranger_is_led_to_sign_in_and_has_no_form()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        using var stranger = site.Anonymous();

        var thread = await stranger.Follow(await stranger.Get($"/q/{question}"));

        Assert.That(thread.Document.QuerySelector("main form[method=post]"), Is.Null);
        Assert.That(thread.Document.QuerySelector("#your-answer a")!.GetAttribute("href"), Does.StartWith("/account/sign-in"));
    }
}
