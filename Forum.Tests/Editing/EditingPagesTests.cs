using System.Net;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

public sealed class EditingPagesTests
{
    private const string Mine = "My own text of the question, which says what is wanted.";
    private const string Theirs = "Somebody else's text of the question, much better.";

    [Test]
    public async Task An_edit_is_saved_and_seen_in_the_history()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada);
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var browser = await site.SignedInAs(ada);

        var form = await browser.Get($"/posts/{question}/edit");
        Assert.That(form.Value("Input.Title"), Is.EqualTo("How do I read a file line by line?"));
        var saved = await browser.Submit(form, null, ("Input.Body", Mine), ("Input.Comment", "Say what is wanted"));

        Assert.That(saved.Location, Is.EqualTo($"/a/{question}"));
        var history = await browser.Get($"/posts/{question}/revisions");
        Assert.That(history.Document.QuerySelectorAll(".f-revision").Length, Is.EqualTo(2));
        Assert.That(history.Text, Does.Contain(Mine).And.Contain("Say what is wanted"));
    }

    [Test]
    public async Task The_history_says_what_an_edit_without_a_summary_changed()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada, body: "I want to read a file line by line.");
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Forum.Send(new EditPost(question, "I want to read a long file line by line.", "How do I read a long file line by line?"), ada);
        using var anyone = site.Anonymous();

        var history = await anyone.Get($"/posts/{question}/revisions");

        Assert.That(history.Said("#revision-2 .f-revision--comment"), Is.EqualTo("title changed; text: +5 −0 characters"));
    }

    [Test]
    public async Task Who_was_overtaken_sees_both_texts_and_saves_again()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(1_000));
        var question = await site.Forum.Make.Question(by: ada);
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/posts/{question}/edit");
        await site.Forum.Send(new EditPost(question, Theirs), bob);

        var overtaken = await browser.Submit(form, null, ("Input.Body", Mine));

        Assert.That(overtaken.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(overtaken.Value("Input.Body"), Is.EqualTo(Mine));
        Assert.That(overtaken.Said(".f-source"), Is.EqualTo(Theirs));
        Assert.That((await browser.Submit(overtaken)).Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await site.Forum.Send(new ShowEditForm(question), ada)).Body, Is.EqualTo(Mine));
        Assert.That((await site.Forum.Send(new ListRevisions(question))).Revisions.Items, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Who_was_overtaken_sees_what_each_changed_since_the_text_both_began_from()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(1_000, name: "Bob"));
        var question = await site.Forum.Make.Question(by: ada, body: "The first line of the question.\n\nThe last line of the question.");
        using var browser = await site.SignedInAs(ada);
        var form = await browser.Get($"/posts/{question}/edit");
        await site.Forum.Send(new EditPost(question, "The first line, changed by Bob.\n\nThe last line of the question."), bob);

        var overtaken = await browser.Submit(form, null, ("Input.Body", "The first line of the question.\n\nThe last line, changed by Ada."));

        var diffs = overtaken.Document.QuerySelectorAll(".f-collision .f-diff");
        Assert.That(overtaken.Said(".f-collision"), Does.Contain("Bob"));
        Assert.That(diffs[0].TextContent, Does.Contain("changed by Bob").And.Not.Contain("changed by Ada"));
        Assert.That(diffs[1].TextContent, Does.Contain("changed by Ada").And.Not.Contain("changed by Bob"));
    }

    [Test]
    public async Task When_the_common_text_is_lost_the_two_are_compared_with_each_other()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(1_000));
        var question = await site.Forum.Make.Question(by: ada, body: Mine);
        using var browser = await site.SignedInAs(bob);
        var form = await browser.Get($"/posts/{question}/edit");
        await site.Forum.Send(new EditPost(question, Mine + " And more."), ada);

        var overtaken = await browser.Submit(form, null, ("Input.Body", Theirs));

        Assert.That(overtaken.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(overtaken.Document.QuerySelectorAll(".f-collision .f-diff"), Has.Length.EqualTo(1));
        Assert.That(overtaken.Value("Input.Body"), Is.EqualTo(Theirs));
    }

    [Test]
    public async Task An_emptied_title_or_tag_is_complained_of_at_its_field()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada);
        using var browser = await site.SignedInAs(ada);

        var page = await browser.Fill($"/posts/{question}/edit", ("Input.Title", ""), ("Input.Tags", ""), ("Input.Body", Mine));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt("Input.Title"), Has.Count.EqualTo(1));
        Assert.That(page.MessagesAt("Input.Tags"), Has.Count.EqualTo(1));
        Assert.That(page.Value("Input.Body"), Is.EqualTo(Mine));
    }

    [Test]
    public async Task A_post_is_deleted_and_undeleted_after_being_asked()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");
        using var browser = await site.SignedInAs(ada);
        using var stranger = site.Anonymous();
        var address = (await browser.Follow(await browser.Get($"/q/{question}"))).Address.PathAndQuery;

        await browser.Fill($"/posts/{question}/delete");

        Assert.That((await browser.Get(address)).Document.QuerySelector($"a[href='/posts/{question}/undelete']"), Is.Not.Null);
        foreach (var gone in new[] { address, $"/q/{question}", $"/posts/{question}/revisions", $"/posts/{question}/comments" })
        {
            var page = await stranger.Get(gone);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Gone), gone);
            Assert.That(page.Text, Does.Not.Contain("walrus eat"), gone);
        }

        await browser.Fill($"/posts/{question}/undelete");
        Assert.That((await stranger.Get(address)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await site.Forum.Send(new ShowQuestion(question))).Question.DeletedAt, Is.Null);
    }

    [Test]
    public async Task Who_may_not_edit_is_led_to_suggest_and_told_why_not()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var locked = await site.Forum.Make.Question();
        await site.Forum.Write("update posts set locked_at = 1 where id = @locked", new { locked });
        using var browser = await site.SignedInAs(await site.Forum.Make.User(40));

        var suggest = await browser.Get($"/posts/{question}/edit");
        var refused = await browser.Get($"/posts/{locked}/edit");

        Assert.That((suggest.Status, suggest.Heading), Is.EqualTo((HttpStatusCode.OK, "Suggest an edit")));
        Assert.That((refused.Status, refused.Text.Contains("This post is locked.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Forbidden, true)));
    }

    [Test]
    public async Task A_preview_is_a_fragment_so_often_a_minute()
    {
        await using var site = new TestSite(("Forum:Limits:PreviewsPerMinute", "2"));
        var ada = await site.Forum.Make.User();
        using var browser = await site.SignedInAs(ada);
        using var stranger = site.Anonymous();
        var token = (await browser.Get("/questions/ask")).Value("__RequestVerificationToken")!;
        Task<SitePage> Preview(string text) => browser.PostRaw("/preview", ("text", text), ("__RequestVerificationToken", token));

        var first = await Preview("**bold** <script>alert(1)</script>");
        await Preview("again");
        var third = await Preview("and again");

        Assert.That(first.Text, Does.StartWith("<p><strong>bold</strong>").And.Not.Contain("<script"));
        Assert.That(third.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await stranger.PostRaw("/preview", ("text", "x"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
