using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Voting;

public sealed class VotePagesTests
{
    [Test]
    public async Task An_arrow_votes_without_script_and_leads_back_to_the_post()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question();
        var browser = await site.SignedInAs(bob);
        var page = await Question(browser, question);

        var voted = await browser.Submit(page, $"form[action='/posts/{question}/vote']", ("direction", Value(page, $"#vote-up-{question}")));

        Assert.That((voted.Status, voted.Location), Is.EqualTo((HttpStatusCode.Redirect, $"/a/{question}")));
        page = await Question(browser, question);
        Assert.That(page.Said(".f-votes--score"), Is.EqualTo("1"));
        Assert.That(page.Document.QuerySelector($"#vote-up-{question}")!.GetAttribute("aria-pressed"), Is.EqualTo("true"));
        Assert.That(Value(page, $"#vote-up-{question}"), Is.EqualTo("none"));

        await browser.Submit(page, $"form[action='/posts/{question}/vote']", ("direction", "none"));

        Assert.That((await Question(browser, question)).Said(".f-votes--score"), Is.EqualTo("0"));
        await site.Forum.Verify();
    }

    [Test]
    public async Task The_same_form_may_vote_again_after_a_vote_was_taken_back()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question();
        var browser = await site.SignedInAs(bob);
        var page = await Question(browser, question);

        foreach (var direction in new[] { "up", "none", "up" })
            await browser.Submit(page, $"form[action='/posts/{question}/vote']", ("direction", direction));

        Assert.That((await Question(browser, question)).Said(".f-votes--score"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_script_gets_the_arrows_with_the_score_there_is()
    {
        await using var site = new TestSite();
        var (bob, eve) = (await site.Forum.Make.User(1_000), await site.Forum.Make.User(1_000));
        var question = await site.Forum.Make.Question();
        await site.Forum.Send(new Forum.Core.Voting.CastVote(question, Forum.Core.Voting.Direction.Up), eve);
        var browser = await site.SignedInAs(bob);

        var voted = await Fetch(browser, await Question(browser, question), $"/posts/{question}/vote", "direction", "up");

        Assert.That(voted.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(voted.Said(".f-votes--score"), Is.EqualTo("2"));
        Assert.That(voted.Document.QuerySelector("h1"), Is.Null, "a fragment, not a page");
    }

    [Test]
    public async Task A_refusal_tells_what_is_missing_on_a_page_and_to_a_script()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(40);
        var question = await site.Forum.Make.Question();
        var browser = await site.SignedInAs(bob);
        var page = await Question(browser, question);
        const string sentence = "Voting down needs 125 reputation; you have 40.";

        var shown = await browser.Submit(page, $"form[action='/posts/{question}/vote']", ("direction", "down"));
        var fetched = await Fetch(browser, page, $"/posts/{question}/vote", "direction", "down");

        var arrow = page.Document.QuerySelector($"#vote-down-{question}")!;
        Assert.That((arrow.GetAttribute("aria-disabled"), arrow.GetAttribute("title")), Is.EqualTo(("true", sentence)));
        Assert.That((shown.Status, shown.Summary), Is.EqualTo((HttpStatusCode.Forbidden, sentence)));
        Assert.That((fetched.Status, fetched.Text), Is.EqualTo((HttpStatusCode.Forbidden, sentence)));
        Assert.That(await site.Forum.Value<int>("select count(*) from votes"), Is.Zero);
    }

    [Test]
    public async Task A_visitors_arrows_lead_to_sign_in_and_there_is_no_form()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var visitor = site.Anonymous();

        var page = await Question(visitor, question);

        Assert.That(page.Document.QuerySelectorAll(".f-votes form"), Is.Empty);
        Assert.That(page.Document.QuerySelector(".f-votes a")!.GetAttribute("href"), Is.EqualTo($"/account/sign-in?returnUrl=%2Fq%2F{question}"));
        Assert.That((await visitor.PostRaw($"/posts/{question}/vote", ("direction", "up"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("/posts/{0}/vote", "direction", "sideways", HttpStatusCode.BadRequest)]
    [TestCase("/posts/{0}/vote", "direction", "", HttpStatusCode.BadRequest)]
    [TestCase("/posts/4711/vote", "direction", "up", HttpStatusCode.NotFound)]
    [TestCase("/posts/x/vote", "direction", "up", HttpStatusCode.NotFound)]
    [TestCase("/posts/99999999999999999999/vote", "direction", "up", HttpStatusCode.NotFound)]
    [TestCase("/comments/4711/vote", "direction", "up", HttpStatusCode.NotFound)]
    [TestCase("/answers/{0}/accept", "accept", "yes", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_voted_on_is_turned_away(string address, string name, string value, HttpStatusCode status)
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question();
        var browser = await site.SignedInAs(bob);

        var answer = await Fetch(browser, await Question(browser, question), string.Format(System.Globalization.CultureInfo.InvariantCulture, address, question), name, value);

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_vote_without_a_genuine_token_does_not_count()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question();
        var browser = await site.SignedInAs(bob);

        var answer = await browser.PostRaw($"/posts/{question}/vote", ("direction", "up"), ("__RequestVerificationToken", "forged"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await site.Forum.Value<int>("select count(*) from votes"), Is.Zero);
    }

    [Test]
    public async Task The_asker_accepts_and_when_the_mark_moves_a_script_goes_to_the_page()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(100);
        var question = await site.Forum.Make.Question(by: ada);
        var (first, second) = (await site.Forum.Make.Answer(question), await site.Forum.Make.Answer(question));
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        var browser = await site.SignedInAs(ada);
        var page = await Question(browser, question);

        var accepted = await Fetch(browser, page, $"/answers/{first}/accept", "accept", "yes");
        var moved = await Fetch(browser, page, $"/answers/{second}/accept", "accept", "yes");

        Assert.That(accepted.Document.QuerySelector($"#accept-{first}")!.GetAttribute("aria-pressed"), Is.EqualTo("true"));
        Assert.That((moved.Status, moved.Location), Is.EqualTo((HttpStatusCode.Redirect, $"/a/{second}")));
        page = await Question(browser, question);
        Assert.That(page.Document.QuerySelector($"#accept-{first}")!.GetAttribute("aria-pressed"), Is.EqualTo("false"));
        Assert.That(page.Document.QuerySelector($"#accept-{second}")!.GetAttribute("aria-pressed"), Is.EqualTo("true"));
        await site.Forum.Verify();
    }

    [Test]
    public async Task A_comments_arrow_votes_with_and_without_script()
    {
        await using var site = new TestSite();
        var bob = await site.Forum.Make.User(100);
        var question = await site.Forum.Make.Question();
        var comment = await site.Forum.Make.Comment(question);
        var browser = await site.SignedInAs(bob);
        var page = await Question(browser, question);

        var fetched = await Fetch(browser, page, $"/comments/{comment}/vote", "direction", "up");
        Assert.That(fetched.Said(".f-comment-votes--score"), Is.EqualTo("1"));

        var posted = await browser.Submit(page, $"form[action='/comments/{comment}/vote']", ("direction", "none"));
        Assert.That((posted.Status, posted.Location), Is.EqualTo((HttpStatusCode.Redirect, $"/comments/{comment}")));
        Assert.That((await Question(browser, question)).Document.QuerySelector(".f-comment-votes--score"), Is.Null);
    }

    private static async Task<SitePage> Question(SiteClient browser, long question)
    {
        var page = await browser.Get($"/q/{question}");
        return page.Location is null ? page : await browser.Follow(page);
    }

    private static string Value(SitePage page, string button) => page.Document.QuerySelector(button)!.GetAttribute("value")!;

    // As assets/swap.ts sends a form.
    private static Task<SitePage> Fetch(SiteClient browser, SitePage page, string address, string name, string value)
    {
        var fields = SitePage.FieldsOf(page.Form(".f-votes form, .f-comment-votes form")).Append(KeyValuePair.Create(name, value));
        return browser.Send(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields), Headers = { { "X-Requested-With", "fetch" } } });
    }
}
