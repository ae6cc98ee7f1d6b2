using System.Net;
using Forum.Core.Reputations;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Forum.Web.Pages.Users;

namespace Forum.Tests.Users;

public sealed class UserPagesTests
{
    [Test]
    public async Task A_profile_is_known_by_its_name_and_any_other_leads_there_for_good()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada Lovelace");
        using var visitor = site.Anonymous();

        var bare = await visitor.Get($"/users/{ada}");
        var wrong = await visitor.Get($"/users/{ada}/grace?tab=answers");
        var right = await visitor.Follow(bare);

        Assert.That((bare.Status, bare.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"/users/{ada}/ada-lovelace")));
        Assert.That((wrong.Status, wrong.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"/users/{ada}/ada-lovelace?tab=answers")));
        Assert.That(right.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(right.Heading, Does.StartWith("Ada Lovelace"));
    }

    [TestCase("profile")]
    [TestCase("questions")]
    [TestCase("answers")]
    [TestCase("reputation")]
    [TestCase("reputation&view=post")]
    [TestCase("reputation&view=graph")]
    [TestCase("reputation&view=nonsense&before=nonsense")]
    [TestCase("activity")]
    [TestCase("activity&kind=edit&before=1.2.3")]
    [TestCase("badges")]
    [TestCase("nonsense")]
    public async Task Every_part_of_a_profile_is_shown_to_everybody_in_both_languages(string tab)
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(reputation: 120, name: "Ada");
        await site.Forum.Make.Question(by: ada);

        foreach (var language in new[] { "en", "zh-Hans" })
        {
            using var visitor = site.Anonymous(language);
            var page = await visitor.Get($"/users/{ada}/ada?tab={tab}");
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Text);
            Assert.That(page.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
        }
    }

    [Test]
    public async Task The_Community_user_has_a_profile_that_nobody_edits()
    {
        await using var site = new TestSite();
        using var moderator = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        var page = await moderator.Get("/users/-1/community");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Document.QuerySelector("a[href^='/users/edit']"), Is.Null);
        Assert.That((await moderator.Get("/users/edit/-1")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/users/999/nobody", HttpStatusCode.NotFound)]
    [TestCase("/users/abc", HttpStatusCode.NotFound)]
    [TestCase("/users/99999999999999999999", HttpStatusCode.NotFound)]
    [TestCase("/users?page=x", HttpStatusCode.OK)]
    [TestCase("/users?page=-5", HttpStatusCode.OK)]
    [TestCase("/users?page=999999999", HttpStatusCode.OK)]
    [TestCase("/users?q=%00%F0%9F%98%80%25_", HttpStatusCode.OK)]
    [TestCase("/users?tab=nonsense", HttpStatusCode.OK)]
    public async Task Odd_addresses_have_their_status(string address, HttpStatusCode status)
    {
        await using var site = new TestSite();
        using var visitor = site.Anonymous();

        Assert.That((await visitor.Get(address)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Who_was_removed_is_gone()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        await site.Forum.Write("update users set removed_at = 1 where id = @ada", new { ada });
        using var visitor = site.Anonymous();

        Assert.That((await visitor.Get($"/users/{ada}")).Status, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task People_edit_their_profile_by_its_form()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        using var browser = await site.SignedInAs(ada);

        var saved = await browser.Fill($"/users/edit/{ada}", ("Input.Name", "Ada L."), ("Input.About", "*Hello*"), ("Input.Website", "https://example.org/x"));

        Assert.That((saved.Status, saved.Location), Is.EqualTo((HttpStatusCode.Found, $"/users/{ada}")));
        var profile = await browser.Get($"/users/{ada}/ada-l");
        Assert.That(profile.Document.QuerySelector(".s-prose em")?.TextContent, Is.EqualTo("Hello"));
        Assert.That(profile.Document.QuerySelector("a[href='https://example.org/x']")?.GetAttribute("rel"), Does.Contain("nofollow"));
    }

    [TestCase(1_999, "nofollow ugc noopener me")]
    [TestCase(2_000, "ugc noopener me")]
    public async Task Search_engines_follow_the_website_of_who_has_earned_it(int reputation, string rel)
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(reputation, "Ada");
        await site.Forum.Sql(db => db.InTransaction(() => db.Execute("update users set website = 'https://example.org/' where id = @ada", new { ada }), default));

        using var visitor = site.Anonymous();
        var profile = await visitor.Get($"/users/{ada}/ada");

        Assert.That(profile.Document.QuerySelector("a[href='https://example.org/']")?.GetAttribute("rel"), Is.EqualTo(rel));
    }

    [Test]
    public async Task Search_engines_leave_out_who_wrote_nothing_good_yet()
    {
        await using var site = new TestSite();
        var make = site.Forum.Make;
        var (ada, voter) = (await make.User(100, "Ada"), await make.User(1_000));
        var question = await make.Question(ada);
        using var visitor = site.Anonymous();
        Assert.That(Robots(await visitor.Get($"/users/{ada}/ada")), Is.EqualTo("noindex"));

        await site.Forum.Send(new CastVote(question, Direction.Up), voter);

        Assert.That(Robots(await visitor.Get($"/users/{ada}/ada")), Is.Null);

        static string? Robots(SitePage page) => page.Document.QuerySelector("meta[name=robots]")?.GetAttribute("content");
    }

    [TestCase("Input.Name", "")]
    [TestCase("Input.Name", "ab")]
    [TestCase("Input.Name", "an invisible \u200B character")]
    [TestCase("Input.Website", "javascript:alert(1)")]
    [TestCase("Input.Website", "nowhere")]
    public async Task A_bad_field_brings_the_form_back_filled_with_a_message_at_it(string field, string value)
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        using var browser = await site.SignedInAs(ada);

        var page = await browser.Fill($"/users/edit/{ada}", ("Input.Location", "London"), (field, value));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt(field), Has.Count.EqualTo(1));
        Assert.That(page.Value("Input.Location"), Is.EqualTo("London"));
    }

    [Test]
    public async Task Too_long_a_text_about_oneself_brings_the_form_back()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        using var browser = await site.SignedInAs(ada);

        var page = await browser.Fill($"/users/edit/{ada}", ("Input.About", new string('a', 3_001)));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt("Input.About"), Is.Not.Empty);
    }

    [Test]
    public async Task Nobody_edits_the_profile_of_somebody_else()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        var bob = await site.Forum.Make.User(name: "Bob");
        using var browser = await site.SignedInAs(bob);
        var own = await browser.Get($"/users/edit/{bob}");

        var looked = await browser.Get($"/users/edit/{ada}");
        var stranger = await site.Anonymous().Get($"/users/edit/{ada}");
        var forged = await browser.PostRaw($"/users/edit/{ada}", ("Input.Name", "Eve"));
        var form = own.Document.QuerySelector("main form[method=post]")!;
        form.SetAttribute("action", $"/users/edit/{ada}");
        var posted = await browser.Submit(own, null, ("Input.Name", "Eve"));

        Assert.That(looked.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((stranger.Status, stranger.Location), Is.EqualTo((HttpStatusCode.Found, $"/account/sign-in?returnUrl=%2Fusers%2Fedit%2F{ada}")));
        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(posted.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await site.Forum.Send(new ShowUser(ada))).User.Name, Is.EqualTo("Ada"));
    }

    [Test]
    public async Task A_picture_comes_from_elsewhere_only_over_https_and_without_a_referrer()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        using var visitor = site.Anonymous();

        await site.Forum.Write("update users set picture = 'http://example.org/a.png' where id = @ada", new { ada });
        var plain = await visitor.Get($"/users/{ada}/ada");
        await site.Forum.Write("update users set picture = 'https://example.org/a.png' where id = @ada", new { ada });
        var secure = await visitor.Get($"/users/{ada}/ada");

        Assert.That(plain.Document.QuerySelector("main .s-avatar img"), Is.Null);
        Assert.That(plain.Said("main .s-avatar--letter"), Is.EqualTo("A"));
        Assert.That(secure.Document.QuerySelector("main .s-avatar img")?.GetAttribute("referrerpolicy"), Is.EqualTo("no-referrer"));
    }

    [Test]
    public async Task The_list_finds_people_by_name()
    {
        await using var site = new TestSite();
        await site.Forum.Make.User(name: "ada");
        await site.Forum.Make.User(name: "bob");
        using var visitor = site.Anonymous();

        var page = await visitor.Get("/users?q=AD");

        Assert.That(page.Document.QuerySelectorAll(".f-person .s-user-card--link").Select(a => a.TextContent), Is.EqualTo(new[] { "ada" }));
        Assert.That(page.Document.QuerySelector("main form[method=post]"), Is.Null);
    }

    [Test]
    public void The_chart_goes_in_steps_from_the_start_to_now()
    {
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var first = since.ToUnixTimeMilliseconds() / 86_400_000;
        var view = new ShowReputation.View(101, since, [Day(first + 4, 51), Day(first + 9, 101)]);

        var chart = ReputationChart.Of(view, 1)!;

        Assert.That(chart.Line, Is.EqualTo("M0 114.9H240V60H540V5.1H600"));
        Assert.That((chart.From, chart.To, chart.Highest), Is.EqualTo((1, 101, 102)), "the middle has a whole number");
        Assert.That((chart.Begins, chart.Ends), Is.EqualTo((since, since.AddDays(9))));
        Assert.That(ReputationChart.Of(view with { Days = [] }, 1), Is.Null);
    }

    private static ShowReputation.Day Day(long number, int balance) => new() { Number = number, Balance = balance };
}
