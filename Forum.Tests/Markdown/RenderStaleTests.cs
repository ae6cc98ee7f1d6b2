using Forum.Core.Markdown;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Markdown;

public sealed class RenderStaleTests
{
    [Test]
    public async Task What_an_older_renderer_made_is_rendered_again()
    {
        await using var forum = new TestForum();
        var make = new Make(forum);
        var question = await make.Question(body: "The *first* line of a body that is long enough for a question.");
        await make.Comment(question, body: "Which *version* of the library is this?");
        await forum.Write("update posts set html = 'old', renderer = 0", new { });

        await forum.Send(new RenderStale());

        Assert.That(await forum.Sql(db => db.Get<string>("select html from posts where id = @question", new { question })), Does.Contain("<em>first</em>"));
        Assert.That(await forum.Sql(db => db.Get<string>("select html from comments where post_id = @question", new { question })), Does.Contain("<em>version</em>"));
        Assert.That(await forum.Send(new RenderStale()), Is.Zero);
    }

    [Test]
    public async Task A_line_of_JSON_becomes_a_line_of_JSON_and_a_broken_one_an_empty_string()
    {
        var renderer = new MarkdownRenderer();
        var given = new RenderCommand.Given(markdown => Task.FromResult(renderer.Render(markdown, MarkdownOptions.Post).Html));
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };

        var exit = await given.Lines(new StringReader("\"*é*\\nb\"\nbroken\n\"\\ud800\"\n\"c\""), output, error, default);

        Assert.That(output.ToString(), Is.EqualTo("\"<p><em>é</em>\\nb</p>\\n\"\n\"\"\n\"\"\n\"<p>c</p>\\n\"\n"));
        Assert.That(error.ToString(), Does.Contain("line 2").And.Contain("line 3"));
        Assert.That(exit, Is.EqualTo(1));
    }
}
