using System.Net;
using Forum.Core.Discipline;
using Forum.Tests.Support;

namespace Forum.Tests.Abuse;

/// <summary>Forms that take nothing of their reader say so before anything is typed.</summary>
public sealed class BanPagesTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    [TestCase("question")]
    [TestCase("answer")]
    [TestCase("suspended")]
    [TestCase("warned")]
    public async Task The_forms_say_what_is_in_the_way_link_to_the_way_out_and_keep_what_is_typed(string what)
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (author, question) = (await forum.Make.User(20), await forum.Make.Question());
        for (var i = 0; i < 5; i++)
        {
            if (what == "question")
                await forum.Write("update posts set score = -1 where id = @id", new { id = await Asked(forum, author, i) });
            else if (what == "answer")
                await forum.Write("update posts set score = -1 where id = @id", new { id = await forum.Make.Answer(await forum.Make.Question(), author) });
        }

        site.Clock.Advance(TimeSpan.FromDays(1));
        var moderator = await forum.Make.User(moderator: true);
        if (what == "suspended")
            await forum.Send(new SuspendPerson(author, 7, "rude", "That was not kind at all."), moderator);
        if (what == "warned")
            await forum.Send(new WriteToPerson(author, true, "rude", "That was not kind at all."), moderator);
        using var browser = await site.SignedInAs(author);
        var (mayAsk, mayAnswer) = (what == "answer", what == "question");

        await Shows("/questions/ask", mayAsk);
        await Shows($"/posts/{question}/answer", mayAnswer);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));
        Assert.That(thread.Document.QuerySelector("#your-answer .f-writing-ban") is null, Is.EqualTo(mayAnswer));
        Assert.That(thread.Document.QuerySelector("#your-answer button[type=submit]")!.HasAttribute("disabled"), Is.EqualTo(!mayAnswer));
        if (mayAsk)
            return;

        var posts = await forum.Value<int>("select count(*) from posts");
        var again = await browser.Fill("/questions/ask", ("Input.Title", "How do I read a file line by line now?"), ("Input.Body", Text), ("Input.Tags", "files"));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(again.Value("Input.Body"), Is.EqualTo(Text));
        Assert.That(again.Document.QuerySelector(".f-writing-ban"), Is.Not.Null);
        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(posts), "nothing was written");

        async Task Shows(string address, bool may)
        {
            var page = await browser.Get(address);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), address);
            Assert.That(page.Document.QuerySelector(".f-writing-ban a[href='/help/question-ban']") is null, Is.EqualTo(may), address);
            Assert.That(page.Document.QuerySelector("main form .f-actions button[type=submit]")!.HasAttribute("disabled"), Is.EqualTo(!may), address);
        }
    }

    private static async Task<long> Asked(TestForum forum, long author, int number)
    {
        var id = await forum.Make.Question(title: $"How do I read file number {number} by line?");
        await forum.Write("update posts set author_id = @author where id = @id", new { author, id });
        return id;
    }
}
