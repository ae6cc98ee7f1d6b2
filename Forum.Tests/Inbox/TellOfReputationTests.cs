using Forum.Core.Answers;
using Forum.Core.Inbox;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Inbox;

public sealed class TellOfReputationTests
{
    [Test]
    public async Task A_day_is_told_once_and_is_unread_again_when_more_comes()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(), await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await Tell(forum);
        await forum.Send(new CastVote(question, Up), bob);
        await Tell(forum);

        var notice = (await Notices(forum, ada)).Single();
        Assert.That((notice.Kind, notice.Amount, notice.IsRead), Is.EqualTo(("reputation", (int?)10, false)));
        await forum.Send(new OpenNotice(notice.Id), ada);
        await Tell(forum);
        Assert.That((await Notices(forum, ada)).Single().IsRead, Is.True);

        await forum.Send(new CastVote(question, Up), eve);
        await Tell(forum);
        var again = (await Notices(forum, ada)).Single();
        Assert.That((again.Id, again.Amount, again.IsRead), Is.EqualTo((notice.Id, (int?)20, false)));

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(await forum.Make.Answer(question, by: ada), Up), eve);
        await Tell(forum);
        Assert.That((await Notices(forum, ada)).Select(n => n.Amount), Is.EqualTo(new int?[] { 10, 20 }));
    }

    [Test]
    public async Task What_comes_to_nothing_is_not_told()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await Tell(forum);
        await forum.Send(new CastVote(question, Up), bob);
        await Tell(forum);
        await forum.Send(new RetractVote(question), bob);
        await Tell(forum);

        Assert.That(await Notices(forum, ada), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_told_of_what_they_did_themselves_or_brought_along()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        await Tell(forum);
        await forum.Make.Grow(ada, 500);
        var question = await forum.Make.Question(by: ada);
        var (best, bad) = (await forum.Make.Answer(question, by: bob), await forum.Make.Answer(question));
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(bad, Down), ada);
        await forum.Send(new AcceptAnswer(best), ada);
        await Tell(forum);

        Assert.That(await Notices(forum, ada), Is.Empty);
        Assert.That((await Notices(forum, bob)).Single().Amount, Is.EqualTo(15));
    }

    [Test]
    public async Task What_was_there_before_the_first_time_is_no_news()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        await forum.Send(new CastVote(await forum.Make.Question(by: ada), Up), bob);

        await Tell(forum);

        Assert.That(await Notices(forum, ada), Is.Empty);
    }

    [Test]
    public async Task The_notice_leads_to_the_reputation_and_one_of_a_badge_to_the_badge()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(name: "Ada"), await site.Forum.Make.User(1_000));
        await Tell(site.Forum);
        await site.Forum.Send(new CastVote(await site.Forum.Make.Question(by: ada), Up), bob);
        await Tell(site.Forum);
        await site.Forum.Write(
            """
            insert into badges (id, name, class, award_count) values (1001, 'Of another site', 2, 0);
            insert into inbox (user_id, kind, badge_id, at, event_id) values (@ada, 'badge', 1001, @now, -1), (@ada, 'something-later', null, @later, -2);
            """, new { ada, now = site.Clock.GetUtcNow().AddSeconds(-1), later = site.Clock.GetUtcNow().AddSeconds(-2) });
        using var browser = await site.SignedInAs(ada);

        var inbox = await browser.Get("/inbox");
        var links = inbox.Document.QuerySelectorAll(".f-notice--text > a[href^='/inbox/']").ToList();

        Assert.That(links.Select(link => link.TextContent), Is.EqualTo(new[] { "+10 reputation in a day, by what others did", "You earned a badge", "News" }));
        Assert.That((await browser.Get(links[0].GetAttribute("href")!)).Location, Is.EqualTo($"/users/{ada}?tab=reputation"));
        Assert.That((await browser.Get(links[1].GetAttribute("href")!)).Location, Is.EqualTo("/badges/1001"));
        Assert.That((await browser.Get(links[2].GetAttribute("href")!)).Location, Is.EqualTo("/inbox"));
        Assert.That((await browser.Get("/inbox")).Document.QuerySelectorAll(".f-notice.is-unread"), Is.Empty);
    }

    [Test]
    public async Task Notices_about_no_question_are_marked_as_read_by_themselves()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(name: "Ada"), await site.Forum.Make.User(1_000));
        var question = await site.Forum.Make.Question(by: ada);
        await Tell(site.Forum);
        await site.Forum.Send(new CastVote(question, Up), bob);
        await site.Forum.Send(new PostAnswer(question, "Read it line by line, with an iterator over the lines of the file."), bob);
        await site.Forum.Settle();
        await Tell(site.Forum);
        using var browser = await site.SignedInAs(ada);

        await browser.Submit(await browser.Get("/inbox"), "section[aria-labelledby=about-you] form");

        var groups = (await site.Forum.Send(new ShowInbox(), ada)).Groups;
        Assert.That(groups.Select(group => (group.QuestionId, group.HasUnread)), Is.EquivalentTo(new[] { ((long?)null, false), (question, true) }));
    }

    private static Task<int> Tell(TestForum forum) => forum.Service<TellOfReputation>().Tell(default);

    private static async Task<IReadOnlyList<ShowInbox.Item>> Notices(TestForum forum, long user) =>
        [.. (await forum.Send(new ShowInbox(), user)).Groups.SelectMany(group => group.Items)];
}
