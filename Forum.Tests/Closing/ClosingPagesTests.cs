using System.Net;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Closing;

public sealed class ClosingPagesTests
{
    private const string Better = "I have a text file of twelve gigabytes and want to read it line by line without loading all of it.";

    [Test]
    public async Task A_question_is_closed_mended_by_its_asker_and_reopened_and_a_gold_badge_closes_a_duplicate()
    {
        await using var site = TestSite.OnPort();
        var asker = await site.Forum.Make.User(name: "Asker");
        var question = await site.Forum.Make.Question(by: asker);
        var original = await ClosingTests.Original(site.Forum);
        var voters = await ClosingTests.Voters(site.Forum, 3);
        site.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var voter in voters)
        {
            await using var window = await Browser.Open(site, voter, scripts: false);
            var voting = await window.NewPageAsync();
            await voting.GotoAsync($"/q/{question}");
            await voting.ClickAsync($"a[href='/posts/{question}/close']");
            await voting.CheckAsync("[name=Reason][value='needs-details']");
            await voting.ClickAsync("main form[method=post] button[type=submit]");
        }

        await using var his = await Browser.Open(site, asker, scripts: true);
        var page = await his.NewPageAsync();
        await page.GotoAsync($"/q/{question}");
        await Expect(page.Locator("#closed")).ToContainTextAsync("Needs details or clarity");
        await page.ClickAsync("#closed a.s-btn");
        await Expect(page.Locator("[name='Input.AsksReopening']")).ToBeCheckedAsync();
        await Browser.Write(page, "Input.Body", Better, scripts: true);
        await page.Locator("main form[method=post] .f-actions button[type=submit]").First.ClickAsync();
        await Expect(page.Locator("#closed")).ToContainTextAsync("You asked");
        foreach (var voter in voters)
            await site.Forum.Send(new CastReopenVote(question), voter);
        await page.ReloadAsync();
        await Expect(page.Locator("#closed")).ToHaveCountAsync(0);

        var holder = await site.Forum.Make.User(500, "Holder");
        // Earned, as far as the background knows, which takes back what is not.
        await site.Forum.Write(
            "insert into tag_scores (user_id, tag_id, answer_score, answers) select @holder, id, 10000, 1000 from tags where name = 'files'", new { holder });
        await DuplicateTests.Gild(site.Forum, holder, "files");
        await using var hers = await Browser.Open(site, holder, scripts: true);
        var closing = await hers.NewPageAsync();
        await closing.GotoAsync($"/posts/{question}/close");
        await closing.CheckAsync("[name=Reason][value='duplicate']");
        await closing.FillAsync("[name=Targets]", $"/q/{original}");
        await closing.ClickAsync("main form[method=post] button[type=submit]");
        await Expect(closing.Locator("#closed")).ToContainTextAsync("How can a file be read one line at a time?");
        await Expect(closing.Locator("#closed .f-closing--hammer")).ToContainTextAsync("files");
    }

    [Test]
    public async Task A_gold_badge_shows_the_way_to_close_as_a_duplicate_and_to_no_other_reason()
    {
        await using var site = new TestSite();
        var (question, other) = (await site.Forum.Make.Question(tags: "files"), await site.Forum.Make.Question(tags: "text"));
        var (holder, member) = (await site.Forum.Make.User(20), await site.Forum.Make.User(20));
        await DuplicateTests.Gild(site.Forum, holder, "files");
        using (var stranger = await site.SignedInAs(member))
            Assert.That((await stranger.Follow(await stranger.Get($"/q/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/close']"), Is.Null);

        using var client = await site.SignedInAs(holder);
        Assert.That((await client.Follow(await client.Get($"/q/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/close']"), Is.Not.Null);
        Assert.That((await client.Follow(await client.Get($"/q/{other}"))).Document.QuerySelector($"a[href='/posts/{other}/close']"), Is.Null);
        Assert.That((await client.Get($"/posts/{question}/close")).Document.QuerySelectorAll("[name=Reason]").Select(e => e.GetAttribute("value")), Is.EqualTo(new[] { "duplicate" }));
        Assert.That((await client.Follow(await client.Get($"/q/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/reopen']"), Is.Null);

        await site.Forum.Write("update posts set closed_at = 1, close_reason = 'needs-focus' where id = @question", new { question });
        Assert.That((await client.Follow(await client.Get($"/q/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/reopen']"), Is.Null, "only duplicates are theirs to decide");
        await site.Forum.Write("update posts set close_reason = 'duplicate' where id = @question", new { question });
        Assert.That((await client.Follow(await client.Get($"/q/{question}"))).Document.QuerySelector($"a[href='/posts/{question}/reopen']"), Is.Not.Null);
    }

    [Test]
    public async Task A_refused_vote_keeps_what_was_typed()
    {
        await using var site = new TestSite();
        var (question, voter) = (await site.Forum.Make.Question(), await site.Forum.Make.User(500));
        using var client = await site.SignedInAs(voter);

        var page = await client.Fill($"/posts/{question}/close", ("Reason", "duplicate"), ("Targets", "987654"));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(page.Text, Does.Contain("There is no question 987654"));
        Assert.That(page.Value("Targets"), Does.Contain("987654"));
        Assert.That(page.Document.QuerySelector("[name=Reason][value=duplicate]")!.HasAttribute("checked"));
    }

    [Test]
    public async Task A_stranger_is_led_from_an_unanswered_duplicate_to_its_original_unless_they_say_no()
    {
        await using var site = new TestSite();
        var (question, original, moderator) = (await site.Forum.Make.Question(), await ClosingTests.Original(site.Forum), await site.Forum.Make.User(moderator: true));
        using var stranger = site.Anonymous();
        var address = $"/questions/{question}/how-do-i-read-a-file-line-by-line";
        Assert.That((await stranger.Get(address)).Status, Is.EqualTo(HttpStatusCode.OK));
        await site.Forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), moderator);

        var led = await stranger.Get(address);
        Assert.That((led.Status, led.Location), Is.EqualTo((HttpStatusCode.Redirect, $"/questions/{original}/how-can-a-file-be-read-one-line-at-a-time")));
        var stays = await stranger.Get(address + "?noredirect=1");
        Assert.That(stays.Said("#closed"), Does.Contain("How can a file be read one line at a time?"));
        using var member = await site.SignedInAs(await site.Forum.Make.User());
        Assert.That((await member.Get(address)).Heading, Is.EqualTo("How do I read a file line by line?"));

        await site.Forum.Send(new CastReopenVote(question), moderator);
        Assert.That((await stranger.Get(address)).Heading, Is.EqualTo("How do I read a file line by line?"));
    }

    [Test]
    public async Task A_closed_question_tells_each_reader_what_is_theirs_to_know()
    {
        await using var site = new TestSite();
        var (asker, moderator) = (await site.Forum.Make.User(), await site.Forum.Make.User(moderator: true, name: "Moderator"));
        var question = await site.Forum.Make.Question(by: asker);
        var address = $"/questions/{question}/how-do-i-read-a-file-line-by-line";
        await site.Forum.Send(new CastCloseVote(question, "needs-focus"), moderator);
        using var his = await site.SignedInAs(asker);
        using var theirs = await site.SignedInAs(await site.Forum.Make.User(500));
        using var stranger = site.Anonymous();

        var (advice, names, open) = ((await his.Get(address)).Said("#closed"), (await theirs.Get(address)).Said("#closed"), (await stranger.Get(address)).Said("#closed"));

        Assert.That(advice, Does.Contain("Edit it to ask one thing").And.Contain("How to get it reopened").And.Not.Contain("Moderator"));
        Assert.That(names, Does.Contain("For those who can close").And.Contain("Moderator").And.Not.Contain("How to get it reopened"));
        Assert.That(open, Does.Contain("It asks several things at once").And.Not.Contain("Moderator").And.Not.Contain("For those who can close"));
    }

    [Test]
    public async Task Who_may_not_see_a_deleted_post_reads_why_it_is_gone()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        await site.Forum.Send(new DeletePost(question), await site.Forum.Make.User(moderator: true));
        using var stranger = site.Anonymous();

        foreach (var address in new[] { $"/questions/{question}", $"/q/{question}" })
        {
            var page = await stranger.Get(address);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(page.Text, Does.Contain("A moderator deleted it."));
        }
    }

    [Test]
    public async Task Administrators_word_reasons_in_each_language()
    {
        await using var site = new TestSite();
        using var client = await site.SignedInAs(await site.Forum.Make.User(administrator: true));

        Assert.That((await client.Fill("/admin/close-reasons")).Summary, Is.EqualTo("Say it in one language at least."));
        var refused = await client.Fill("/admin/close-reasons", ("Texts[0].Title", "Bad"), ("Texts[0].ForAsker", "What is to be done"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.Value("Texts[0].ForAsker"), Does.Contain("What is to be done"));
        await client.Fill("/admin/close-reasons", ("Texts[0].Title", "Not about files"), ("Texts[0].ForAsker", "Ask about files, please: edit it."),
            ("Texts[0].ForPublic", "It is not about files at all."), ("Texts[0].ForClosers", "Whatever is not about files."));

        Assert.That((await client.Get("/admin/close-reasons")).Text, Does.Contain("Not about files"));
        Assert.That((await client.Get($"/posts/{await site.Forum.Make.Question()}/close")).Text, Does.Contain("Whatever is not about files."));
    }
}
