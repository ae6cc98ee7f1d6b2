using System.Net;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Suggestions;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

public sealed class HistoryTests
{
    private const string First = "I have a large text file.\nI want to read it line by line.";
    private const string Second = "I have a very large text file.\nI want to read it line by line.";

    [Test]
    public async Task A_revision_knows_the_one_before_it_across_pages()
    {
        await using var forum = new TestForum(("Forum:Pages:Revisions", "1"));
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada, body: First);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, Second), ada);

        var newest = (await forum.Send(new ListRevisions(question))).Revisions.Items.Single();
        var oldest = (await forum.Send(new ListRevisions(question, 2))).Revisions.Items.Single();

        Assert.That((newest.Number, newest.Body, newest.Before?.Body), Is.EqualTo((2, Second, First)));
        Assert.That((oldest.Number, oldest.Before), Is.EqualTo((1, (ListRevisions.Revision?)null)));
    }

    [Test]
    public async Task Rolling_back_is_an_edit_that_says_what_it_brought_back()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(2_000));
        await forum.Make.Tags("files streams");
        var question = await forum.Make.Question(by: ada, body: First, tags: "files");
        await forum.Send(new EditPost(question, Second, "How do I read a very large file?", "files streams"), bob);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        var rollback = await forum.Send(new ShowRollback(question, 1), bob);
        await forum.Send(rollback.Edit, bob);

        var page = await forum.Send(new ShowQuestion(question));
        var newest = (await forum.Send(new ListRevisions(question))).Revisions.Items[0];
        Assert.That((newest.Number, newest.RollbackTo, newest.Body, newest.AuthorId), Is.EqualTo((3, (int?)1, First, (long?)bob)));
        Assert.That((page.Question.Title, page.Question.TagNames.Single()), Is.EqualTo(("How do I read a file line by line?", "files")));
        await forum.Verify();
    }

    [TestCase(SuggestionOutcome.Approved, "suggested-edit-applied")]
    [TestCase(SuggestionOutcome.Rejected, "suggested-edit-rejected")]
    [TestCase(SuggestionOutcome.Withdrawn, "suggested-edit-withdrawn")]
    [TestCase(SuggestionOutcome.Overtaken, "suggested-edit-cancelled")]
    public async Task The_timeline_tells_of_suggested_edits_and_what_became_of_them(SuggestionOutcome outcome, string kind)
    {
        await using var forum = new TestForum();
        var (ada, newcomer) = (await forum.Make.User(name: "Ada"), await forum.Make.User(name: "Newcomer"));
        var question = await forum.Make.Question(by: ada, body: First);
        var edit = await forum.Send(new SuggestEdit(question, Second + " How?", Comment: "Say how large it is"), newcomer);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await (outcome switch
        {
            SuggestionOutcome.Approved => forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), ada),
            SuggestionOutcome.Rejected => forum.Send(new ReviewSuggestedEdit(edit, Verdict.Reject, "intent"), ada),
            SuggestionOutcome.Withdrawn => forum.Send(new WithdrawSuggestedEdit(edit), newcomer),
            _ => forum.Send(new EditPost(question, First + " Really."), ada),
        });

        var items = (await forum.Send(new ListTimeline(question))).Items;
        Assert.That(items.Single(i => i.Kind == "edit-suggested"), Has.Property("Number").EqualTo(edit).And.Property("ActorName").EqualTo("Newcomer"));
        Assert.That(items.Count(i => i.Kind.StartsWith("suggested-edit-", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(items.Select(i => i.Kind), Does.Contain(kind));
    }

    [TestCase("closed")]
    [TestCase("reopened")]
    [TestCase("locked")]
    [TestCase("unlocked")]
    [TestCase("protected")]
    [TestCase("unprotected")]
    [TestCase("merged")]
    [TestCase("unmerged")]
    [TestCase("community-owned")]
    [TestCase("bumped")]
    public async Task The_timeline_has_a_word_for_each_event(string kind)
    {
        await using var site = new TestSite();
        var (question, moderator) = (await site.Forum.Make.Question(), await site.Forum.Make.User(moderator: true, name: "Moderating One"));
        await site.Forum.Write("insert into post_events (post_id, kind, actor_id, at) values (@question, @kind, @moderator, @at)", new { question, kind, moderator, at = site.Clock.GetUtcNow() });
        using var anyone = site.Anonymous();

        var page = await anyone.Get($"/posts/{question}/timeline");

        Assert.That(page.Said(".f-timeline--kind"), Is.Not.EqualTo("other").And.Not.Empty);
        Assert.That(page.Text, Does.Contain("Moderating One"));
    }

    [Test]
    public async Task The_timeline_tells_what_happened_and_not_who_voted()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(name: "Ada"), await forum.Make.User(2_000, name: "Bob"));
        var question = await forum.Make.Question(by: ada, body: First);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var answer = await forum.Make.Answer(question, bob);
        await forum.Make.Comment(question, bob);
        await forum.Send(new CastVote(question, Direction.Up), bob);
        await forum.Send(new EditPost(question, Second), bob);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Send(new DeletePost(question), await forum.Make.User(moderator: true));
        var moderator = await forum.Make.User(moderator: true);

        var timeline = await forum.Send(new ListTimeline(question), moderator);

        Assert.That(timeline.Items.Select(item => item.Kind), Is.EquivalentTo(["written", "edited", "answer", "comment", "votes", "accepted", "deleted"]));
        Assert.That(timeline.Items[^1].Kind, Is.EqualTo("written"));
        var votes = timeline.Items.Single(item => item.Kind == "votes");
        Assert.That(votes.At, Is.GreaterThan(timeline.Items[^1].At));
        Assert.That((votes.Up, votes.Down, votes.UserId, votes.ActorName), Is.EqualTo((1, 0, (long?)null, (string?)null)));
        Assert.That(timeline.Items.Single(item => item.Kind == "accepted").ActorName, Is.EqualTo("Ada"));
    }

    [Test]
    public async Task A_long_timeline_goes_on_on_another_page()
    {
        await using var forum = new TestForum(("Forum:Pages:Timeline", "2"));
        var question = await forum.Make.Question();
        for (var i = 0; i < 4; i++)
            await forum.Make.Comment(question);

        var first = await forum.Send(new ListTimeline(question));
        var last = await forum.Send(new ListTimeline(question, 3));

        Assert.That((first.Items.Count, first.IsMore), Is.EqualTo((2, true)));
        Assert.That((last.Items.Count, last.IsMore), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task The_history_shows_changes_in_each_shape_and_leads_to_rolling_back()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(2_000));
        var question = await site.Forum.Make.Question(by: ada, body: First);
        await site.Forum.Send(new EditPost(question, Second), bob);
        using var browser = await site.SignedInAs(bob);

        var inline = await browser.Get($"/posts/{question}/revisions");
        var sides = await browser.Get($"/posts/{question}/revisions?view=side-by-side");
        var source = await browser.Get($"/posts/{question}/revisions?view=source");

        Assert.That(inline.Document.QuerySelector(".f-diff ins")!.TextContent, Is.EqualTo("very "));
        Assert.That(sides.Document.QuerySelectorAll(".f-diff--sides td.is-added ins").Single().TextContent, Is.EqualTo("very "));
        Assert.That(source.Document.QuerySelectorAll(".f-source").Length, Is.EqualTo(2));

        var asked = await browser.Get(inline.Document.QuerySelector("a[href$='/rollback']")!.GetAttribute("href")!);
        var done = await browser.Submit(asked);
        Assert.That(done.Location, Is.EqualTo($"/posts/{question}/revisions"));
        Assert.That((await browser.Get(done.Location!)).Text, Does.Contain("rolled back to revision 1"));
    }

    [Test]
    public async Task Who_is_overtaken_while_rolling_back_sees_what_there_is_now()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(), await site.Forum.Make.User(2_000));
        var question = await site.Forum.Make.Question(by: ada, body: First);
        await site.Forum.Send(new EditPost(question, Second), bob);
        using var browser = await site.SignedInAs(bob);
        var asked = await browser.Get($"/posts/{question}/revisions/1/rollback");
        await site.Forum.Send(new EditPost(question, Second + " Really."), ada);

        var overtaken = await browser.Submit(asked);

        Assert.That(overtaken.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(overtaken.Text, Does.Contain("Really."));
    }

    [TestCase("/posts/{0}/revisions/9/rollback", HttpStatusCode.NotFound)]
    [TestCase("/posts/99999/revisions/1/rollback", HttpStatusCode.NotFound)]
    [TestCase("/posts/99999/timeline", HttpStatusCode.NotFound)]
    [TestCase("/posts/{0}/timeline?page=99999999", HttpStatusCode.OK)]
    [TestCase("/posts/{0}/revisions?view=nonsense", HttpStatusCode.OK)]
    public async Task Odd_addresses_are_answered(string address, HttpStatusCode status)
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        var page = await browser.Get(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, question));

        Assert.That(page.Status, Is.EqualTo(status));
    }
}
