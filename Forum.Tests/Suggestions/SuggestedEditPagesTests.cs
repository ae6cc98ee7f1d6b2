using System.Net;
using Forum.Core.Suggestions;
using Forum.Tests.Support;

namespace Forum.Tests.Suggestions;

public sealed class SuggestedEditPagesTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    private const string Better = "I have a very large text file, and I want to read it line by line without loading the whole of it.";

    [Test]
    public async Task An_edit_is_suggested_reviewed_and_approved()
    {
        await using var site = new TestSite();
        var (author, newcomer) = (await site.Forum.Make.User(), await site.Forum.Make.User());
        var question = await site.Forum.Make.Question(by: author, body: Text);
        using var suggesting = await site.SignedInAs(newcomer);
        using var deciding = await site.SignedInAs(author);

        var form = await suggesting.Get($"/posts/{question}/edit");
        Assert.That(form.Said("h1"), Is.EqualTo("Suggest an edit"));
        var tooShort = await suggesting.Submit(form, null, ("Input.Body", Better), ("Input.Comment", "short"));
        Assert.That((tooShort.Status, tooShort.MessagesAt("Input.Comment").Count, tooShort.Value("Input.Body")), Is.EqualTo((HttpStatusCode.BadRequest, 1, Better)));
        var suggested = await suggesting.Submit(tooShort, null, ("Input.Comment", "Say how large it is"));
        var waiting = await suggesting.Get(suggested.Location!);
        Assert.That(waiting.Text, Does.Contain("waits for review"));
        Assert.That((await suggesting.Get($"/posts/{question}/edit")).Location, Is.EqualTo(suggested.Location));

        var asked = await deciding.Get(suggested.Location!);
        Assert.That(asked.Document.QuerySelectorAll(".f-diff ins").Length, Is.GreaterThan(0));
        var unsaid = await deciding.Submit(asked, "form[action$='Reject']");
        Assert.That((unsaid.Status, unsaid.Text.Contains("Say why the edit is rejected.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.BadRequest, true)));
        await deciding.Submit(asked, "form[action$='Approve']");

        Assert.That((await deciding.Get(suggested.Location!)).Text, Does.Contain("was approved"));
        Assert.That((await suggesting.Follow(await suggesting.Get($"/users/{newcomer}?tab=reputation"))).Text, Does.Contain("suggested edit approved"));
    }

    [Test]
    public async Task A_reviewer_is_handed_it_and_improves_it()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question(body: Text);
        await site.Forum.Send(new SuggestEdit(question, Better, Comment: "Say how large it is"), await site.Forum.Make.User());
        using var browser = await site.SignedInAs(await site.Forum.Make.User(1_000));

        var shown = await browser.Follow(await browser.Get("/review/suggested-edits"));
        var form = await browser.Get(shown.Document.QuerySelector("form[action$='/improve']")!.GetAttribute("action")!);
        var done = await browser.Submit(form, null, ("Body", Better + " Really."));

        Assert.That(done.Location, Is.EqualTo("/review/suggested-edits"));
        Assert.That((await browser.Follow(done)).Said("main [role=status]"), Is.EqualTo("No suggested edit waits. Thank you!"));
        Assert.That(await site.Forum.Value<string>("select body from posts where id = @question", new { question }), Is.EqualTo(Better + " Really."));
        Assert.That((await browser.Get(shown.Address.PathAndQuery)).Location, Does.StartWith("/suggested-edits/"), "what became of it is on its own page");
    }

    [Test]
    public async Task A_reviewer_skips_one_for_good_and_asks_for_those_of_a_tag_or_of_answers()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var (one, two) = (await make.Question(body: Text, title: "How is a file read line by line?"), await make.Question(body: Text, title: "How is a socket read line by line?", tags: "sockets"));
        var answer = await make.Answer(one);
        async Task<long> Suggest(long post) => await site.Forum.Send(new SuggestEdit(post, Better, Comment: "Say how large it is"), await make.User());
        var (first, second, third) = (await Suggest(one), await Suggest(two), await Suggest(answer));
        using var browser = await site.SignedInAs(await make.User(1_000));
        async Task<string?> Next(string filter) => (await browser.Get("/review/suggested-edits" + filter)).Location;
        async Task<string> Task(long edit) => $"/review/suggested-edits/{await site.Forum.Value<long>("select ticket from review_tasks where edit_id = @edit", new { edit })}";

        Assert.That(await Next("?tag=sockets"), Is.EqualTo(await Task(second) + "?tag=sockets"));
        Assert.That(await Next("?type=answer"), Is.EqualTo(await Task(third) + "?type=answer"));
        Assert.That(await Next("?type=tag"), Is.Null);
        Assert.That(await Next("?type=question"), Is.EqualTo(await Task(first) + "?type=question"));
        var skipped = await browser.Submit(await browser.Get(await Task(first) + "?type=question"), "form[action*='handler=Skip']");
        Assert.That(skipped.Location, Is.EqualTo("/review/suggested-edits?type=question"));
        Assert.That(await Next("?type=question"), Is.EqualTo(await Task(second) + "?type=question"));
        // From the edit's own page as well.
        Assert.That((await browser.Submit(await browser.Get($"/suggested-edits/{second}"), "form[action*='handler=Skip']")).Location, Is.EqualTo("/review/suggested-edits"));
        Assert.That((await Next("?type=question"), await Next("")), Is.EqualTo(((string?)null, await Task(third))));
        foreach (var page in new[] { $"/suggested-edits/{second}", await Task(second) })
            Assert.That((await browser.Get(page)).Document.QuerySelectorAll("button[data-key]").Select(b => b.GetAttribute("data-key")), Is.EqualTo(new[] { "1", "2", "s", "3" }));

        using var others = await site.SignedInAs(await make.User(1_000));
        Assert.That((await others.Get("/review/suggested-edits")).Location, Is.EqualTo(await Task(first)));
    }

    [Test]
    public async Task A_stranger_suggests_an_edit_where_that_is_allowed()
    {
        await using var site = new TestSite(("Forum:Limits:AnonymousSuggestions", "true"));
        var question = await site.Forum.Make.Question(body: Text);
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var stranger = site.Anonymous();

        var post = await stranger.Follow(await stranger.Get($"/questions/{question}"));
        Assert.That(post.Document.QuerySelector($"a[href='/posts/{question}/edit']"), Is.Not.Null);
        var suggested = await stranger.Fill($"/posts/{question}/edit", ("Input.Body", Better), ("Input.Comment", "Say how large it is"));

        var shown = await stranger.Get(suggested.Location!);
        Assert.That(shown.Text, Does.Contain("waits for review").And.Contain("Community"));
    }

    [Test]
    public async Task A_stranger_is_led_to_sign_in_where_it_is_not()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question(body: Text);
        using var stranger = site.Anonymous();

        var asked = await stranger.Get($"/posts/{question}/edit");

        Assert.That(asked.Location ?? asked.Heading, Does.Contain("ign"));
        Assert.That((await stranger.Follow(await stranger.Get($"/questions/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/edit']"), Is.Null);
    }

    [TestCase("/suggested-edits/99", HttpStatusCode.NotFound)]
    [TestCase("/suggested-edits/99/improve", HttpStatusCode.NotFound)]
    [TestCase("/review/suggested-edits", HttpStatusCode.Forbidden)]
    [TestCase("/review/suggested-edits/123456789012", HttpStatusCode.Forbidden)]
    public async Task What_is_not_there_or_not_theirs_is_said(string address, HttpStatusCode status)
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User());

        Assert.That((await browser.Get(address)).Status, Is.EqualTo(status));
    }
}
