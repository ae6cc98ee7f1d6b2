using System.Net;
using Forum.Core.Comments;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Comments;

public sealed class CommentPagesTests
{
    [Test]
    public async Task A_comment_is_written_changed_and_deleted_without_scripts()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada);
        using var browser = await site.SignedInAs(ada);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));

        var posted = await browser.Submit(thread, $"form[action='/posts/{question}/comments']", ("Body", "Which version of the *library* is this about?"));
        var shown = await browser.Follow(await browser.Follow(posted));
        var comment = await site.Forum.Value<long>("select max(id) from comments");
        Assert.That(shown.Said($"#comment-{comment} em"), Is.EqualTo("library"));

        await browser.Fill($"/comments/{comment}/edit", ("Body", "Which version of the *tool* is this about?"));
        Assert.That((await browser.Get($"/posts/{question}/comments")).Said($"#comment-{comment} em"), Is.EqualTo("tool"));

        await browser.Fill($"/comments/{comment}/delete");
        Assert.That((await browser.Get($"/posts/{question}/comments")).Document.QuerySelector(".f-comment"), Is.Null);
        Assert.That((await browser.Get($"/comments/{comment}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_button_pressed_twice_comments_or_deletes_once()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada);
        using var browser = await site.SignedInAs(ada);
        var writing = await browser.Get($"/posts/{question}/comments");

        var first = await browser.Submit(writing, null, ("Body", "Which version of the library is this about?"));
        var second = await browser.Submit(writing, null, ("Body", "Which version of the library is this about?"));

        Assert.That(second.Location, Is.EqualTo(first.Location));
        Assert.That(await site.Forum.Value<int>("select count(*) from comments"), Is.EqualTo(1));

        var deleting = await browser.Get($"{first.Location}/delete");
        Assert.That((await browser.Submit(deleting)).Location, Is.EqualTo($"/a/{question}"));
        Assert.That((await browser.Submit(deleting)).Location, Is.EqualTo($"/a/{question}"));
    }

    [Test]
    public async Task Five_comments_are_shown_the_best_ones_and_all_when_asked()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(500));
        var question = await site.Forum.Make.Question(by: ada);
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
            ids.Add(await site.Forum.Send(new PostComment(question, $"Comment number {i} on this question."), ada));
        await site.Forum.Send(new VoteForComment(ids[6]), bob);
        using var stranger = site.Anonymous();
        var thread = await stranger.Follow(await stranger.Get($"/q/{question}"));

        static long[] Shown(SitePage page) => [.. page.Document.QuerySelectorAll(".f-comment").Select(c => long.Parse(c.Id!["comment-".Length..], null))];

        Assert.That(Shown(thread), Is.EqualTo(new[] { ids[0], ids[1], ids[2], ids[3], ids[6] }));
        Assert.That(thread.Said(".f-comments--more"), Does.Contain("2"));
        Assert.That(Shown(await stranger.Get(thread.Document.QuerySelector(".f-comments--more")!.GetAttribute("href")!)), Is.EqualTo(ids));
        var permalink = await stranger.Get($"/comments/{ids[5]}");
        Assert.That(permalink.Headers["Location"], Does.EndWith($"?comments=all#comment-{ids[5]}"));
        Assert.That(Shown(await stranger.Follow(permalink)), Is.EqualTo(ids));
    }

    [Test]
    public async Task A_script_gets_the_comments_alone()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada);
        using var browser = await site.SignedInAs(ada);
        var page = await browser.Get($"/posts/{question}/comments");
        browser.Http.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var refused = await browser.Submit(page, $"form[action='/posts/{question}/comments']", ("Body", "short"));
        var taken = await browser.Submit(page, $"form[action='/posts/{question}/comments']", ("Body", "Long enough to be a comment."));

        Assert.That((refused.Status, refused.Headers["Content-Type"]), Is.EqualTo((HttpStatusCode.BadRequest, "text/plain; charset=utf-8")));
        Assert.That(taken.Text.TrimStart(), Does.StartWith("<div class=\"f-comments\"").And.Contain("Long enough to be a comment."));
        Assert.That(taken.Document.QuerySelector("textarea")!.TextContent.Trim(), Is.Empty);
    }

    [Test]
    public async Task Who_may_not_comment_reads_why()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(40);
        var question = await site.Forum.Make.Question();
        using var browser = await site.SignedInAs(bob);

        var thread = await browser.Follow(await browser.Get($"/q/{question}"));

        Assert.That(thread.Said(".f-comments--add"), Does.Contain("needs 50 reputation; you have 40"));
    }
}
