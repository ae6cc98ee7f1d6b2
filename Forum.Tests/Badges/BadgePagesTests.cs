using System.Net;
using Forum.Core;
using Forum.Core.Badges;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Badges;

public sealed class BadgePagesTests
{
    [Test]
    public async Task All_badges_are_listed_by_class_with_what_earns_them_and_how_often_that_was_done()
    {
        await using var site = new TestSite();
        var (ada, bob) = await Student(site);
        using var visitor = site.Anonymous();
        using var holder = await site.SignedInAs(ada);

        var page = await visitor.Get("/badges");
        var own = await holder.Get("/badges");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Document.QuerySelectorAll(".f-badge-row").Length, Is.EqualTo(Badge.All.Count));
        Assert.That(page.Document.QuerySelectorAll("section h2").Select(h => h.TextContent.Trim()).Take(3), Is.EqualTo(new[] { "Gold badges", "Silver badges", "Bronze badges" }));
        var student = page.Document.QuerySelectorAll(".f-badge-row").Single(row => row.QuerySelector(".f-award")!.TextContent.Contains("Student", StringComparison.Ordinal));
        Assert.That(student.QuerySelector(".f-badge-row--count")!.GetAttribute("title"), Is.EqualTo("Awarded 1 time"));
        Assert.That(student.QuerySelector(".f-badge-row--what")!.TextContent, Is.EqualTo("First question with a score of 1 or more"));
        Assert.That(page.Said(".f-awards a.s-link"), Is.EqualTo("Ada").Or.EqualTo("Bob"));
        Assert.That(page.Document.QuerySelector(".f-badge-row--tick svg"), Is.Null);
        Assert.That(own.Document.QuerySelectorAll(".f-badge-row--tick svg").Length, Is.EqualTo(1));
        Assert.That(bob, Is.Positive);
    }

    [Test]
    public async Task A_badge_has_a_page_with_those_who_earned_it_and_by_which_post()
    {
        await using var site = new TestSite();
        await Student(site);
        var id = await site.Forum.Value<long>("select id from badges where name = 'Student'");
        using var visitor = site.Anonymous();

        var bare = await visitor.Get($"/badges/{id}");
        var wrong = await visitor.Get($"/badges/{id}/teacher?page=1");
        var page = await visitor.Get($"/badges/{id}/student");

        Assert.That((bare.Status, bare.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"/badges/{id}/student")));
        Assert.That((wrong.Status, wrong.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"/badges/{id}/student?page=1")));
        Assert.That(page.Heading, Is.EqualTo("Student"));
        Assert.That(page.Said(".f-badge-card--what"), Is.EqualTo("First question with a score of 1 or more"));
        Assert.That(page.Document.QuerySelectorAll(".f-holders--item a").Select(a => a.TextContent), Is.EqualTo(new[] { "Ada", "How do I sort a list of names?" }));
    }

    [TestCase("/badges/999999/nothing", HttpStatusCode.NotFound)]
    [TestCase("/badges/abc", HttpStatusCode.NotFound)]
    [TestCase("/badges/99999999999999999999", HttpStatusCode.NotFound)]
    [TestCase("/badges?tab=nonsense&page=x", HttpStatusCode.OK)]
    [TestCase("/badges?tab=tags&page=-4", HttpStatusCode.OK)]
    [TestCase("/badges/next", HttpStatusCode.Found)]
    public async Task Odd_addresses_have_their_status(string address, HttpStatusCode status)
    {
        await using var site = new TestSite();
        using var visitor = site.Anonymous();

        Assert.That((await visitor.Get(address)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_post_that_is_deleted_is_not_named()
    {
        await using var forum = new TestSite();
        var (ada, _) = await Student(forum);
        var id = await forum.Forum.Value<long>("select id from badges where name = 'Student'");
        await forum.Forum.Write("update posts set is_listed = 0 where author_id = @ada", new { ada });

        var award = (await forum.Forum.Send(new ShowBadge(id))).Awards.Items.Single();

        Assert.That((award.UserId, award.PostId, award.Title), Is.EqualTo((ada, (long?)null, (string?)null)));
    }

    [Test]
    public async Task Awards_come_in_pages()
    {
        await using var forum = new TestForum(("Forum:Pages:Awards", "2"));
        await forum.Write("insert into badges (id, name, class, award_count) values (1001, 'Of another site', 2, 3)");
        var people = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            people.Add(await forum.Make.User());
            await forum.Write("insert into user_badges (user_id, badge_id, class, awarded_at) values (@user, 1001, 2, @i)", new { user = people[i], i });
        }

        Assert.That((await forum.Send(new ShowBadge(1001))).Awards.Items.Select(a => a.UserId), Is.EqualTo(new[] { people[2], people[1] }));
        Assert.That((await forum.Send(new ShowBadge(1001, 2))).Awards.Items.Select(a => a.UserId), Is.EqualTo(new[] { people[0] }));
        Assert.That((await forum.Send(new ShowBadge(1001, 99))).Awards.Number, Is.EqualTo(2));
    }

    [Test]
    public async Task Badges_of_tags_have_a_tab_and_name_the_tag()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(name: "Ada");
        await site.Forum.Write(
            """
            insert into badges (id, name, class, is_tag, award_count) values (1001, 'c#', 1, 1, 1);
            insert into user_badges (user_id, badge_id, class, awarded_at) values (@ada, 1001, 1, 1);
            """, new { ada });
        using var visitor = site.Anonymous();

        var list = await visitor.Get("/badges?tab=tags");
        var page = await visitor.Get(list.Document.QuerySelector(".f-badge-row .f-award")!.GetAttribute("href")!);

        Assert.That(page.Heading, Is.EqualTo("c#"));
        Assert.That(page.Document.QuerySelector("a[href='/questions/tagged/c%23']"), Is.Not.Null);
        Assert.That((await visitor.Get("/badges")).Document.QuerySelectorAll(".f-badge-row .f-award").Select(a => a.TextContent), Has.None.Contains("c#"));
    }

    [Test]
    public async Task A_person_chooses_the_next_badge_and_sees_how_far_they_are()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(100, "Ada");
        await site.Forum.Award();
        for (var i = 0; i < 3; i++)
            await site.Forum.Make.Comment(await site.Forum.Make.Question(), by: ada);
        var commentator = await site.Forum.Value<long>("select id from badges where name = 'Commentator'");
        using var browser = await site.SignedInAs(ada);
        var profile = await browser.Get($"/users/{ada}/ada");
        Assert.That(profile.Document.QuerySelector(".f-next progress"), Is.Null);

        var chosen = await browser.Submit(profile, "form[action='/badges/next']", ("badge", $"{commentator}"));
        var shown = await browser.Get($"/users/{ada}/ada");
        await browser.Submit(shown, "form[action='/badges/next']", ("badge", ""));

        Assert.That(chosen.Location, Is.EqualTo($"/users/{ada}"));
        var bar = shown.Document.QuerySelector(".f-next progress")!;
        Assert.That((bar.GetAttribute("value"), bar.GetAttribute("max"), bar.TextContent), Is.EqualTo(("3", "10", "3 of 10")));
        Assert.That((await browser.Get($"/users/{ada}/ada")).Document.QuerySelector(".f-next progress"), Is.Null);
        using var visitor = site.Anonymous();
        Assert.That((await visitor.Get($"/users/{ada}/ada")).Document.QuerySelector(".f-next"), Is.Null);
    }

    [Test]
    public async Task A_badge_that_is_earned_is_no_more_the_next()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        await forum.Award();
        var commentator = await forum.Value<long>("select id from badges where name = 'Commentator'");
        await forum.Send(new ChooseNextBadge(commentator), ada);
        Assert.That((await forum.Send(new ShowNextBadge(), ada)).Chosen, Has.Property("Value").Zero.And.Property("Goal").EqualTo(10));

        await forum.Write("insert into user_badges (user_id, badge_id, class, awarded_at) values (@ada, @commentator, 3, 1)", new { ada, commentator });

        var view = await forum.Send(new ShowNextBadge(), ada);
        Assert.That(view.Chosen, Is.Null);
        Assert.That(view.Choices.Select(choice => choice.BadgeId), Has.None.EqualTo(commentator));
    }

    [Test]
    public async Task Only_a_badge_with_steps_can_be_the_next()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        await forum.Award();
        var student = await forum.Value<long>("select id from badges where name = 'Nice Question'");

        await forum.FindsNothing(() => forum.Send(new ChooseNextBadge(student), ada));
        await forum.FindsNothing(() => forum.Send(new ChooseNextBadge(999_999), ada));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ChooseNextBadge(null)));
    }

    // Ada asked what Bob voted up: she is a student, he a supporter.
    private static async Task<(long Ada, long Bob)> Student(TestSite site)
    {
        var (ada, bob) = (await site.Forum.Make.User(500, "Ada"), await site.Forum.Make.User(500, "Bob"));
        await site.Forum.Award();
        await site.Forum.Send(new CastVote(await site.Forum.Make.Question(by: ada, title: "How do I sort a list of names?"), Up), bob);
        await site.Forum.Award();
        return (ada, bob);
    }
}
