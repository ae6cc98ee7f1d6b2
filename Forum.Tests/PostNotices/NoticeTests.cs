using System.Net;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.PostNotices;
using Forum.Core.Questions;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.PostNotices;

public sealed class NoticeTests
{
    private static readonly string[] Placed = ["notice-added needs-citation", "notice-removed needs-citation"];

    [Test]
    public void Moderators_put_one_notice_of_a_kind_above_what_is_there()
    {
        var (moderator, member) = (new Person { Id = 1, IsModerator = true }, new Person { Id = 2, Reputation = 100_000 });
        var post = new PostFacts { Id = 3, Kind = 2 };

        Assert.That(NoticeRules.WhyNotPlace(moderator, post, isThere: false), Is.Null);
        Assert.That(NoticeRules.WhyNotPlace(member, post, isThere: false)?.Code, Is.EqualTo("moderation.moderators-only"));
        Assert.That(NoticeRules.WhyNotPlace(moderator, post, isThere: true)?.Code, Is.EqualTo("notices.already"));
        Assert.That(NoticeRules.WhyNotPlace(moderator, post with { DeletedAt = DateTimeOffset.UnixEpoch }, isThere: false)?.Code, Is.EqualTo("notices.deleted"));
        Assert.That(NoticeRules.WhyNotRemove(moderator, isThere: false)?.Code, Is.EqualTo("notices.none"));
        Assert.That(NoticeRules.WhyNotRemove(member, isThere: true)?.Code, Is.EqualTo("moderation.moderators-only"));
    }

    [Test]
    public async Task Notices_stand_above_their_post_and_go_when_they_are_taken_away()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        var answer = await forum.Make.Answer(question);

        await forum.Send(new PlaceNotice(answer, NoticeKind.Obsolete), moderator);
        await forum.Send(new PlaceNotice(answer, NoticeKind.NeedsCitation, Reason: "It quotes somebody."), moderator);
        await forum.IsRefused(() => forum.Send(new PlaceNotice(answer, NoticeKind.Obsolete), moderator), "notices.already");

        var view = await forum.Send(new ShowQuestion(question));
        Assert.That(view.Question.Notices, Is.Empty);
        Assert.That(view.Answers.Items.Single().Notices.Select(notice => notice.Kind), Is.EqualTo(new[] { NoticeKind.NeedsCitation, NoticeKind.Obsolete }));

        await forum.Send(new RemoveNotice(answer, NoticeKind.NeedsCitation), moderator);
        await forum.IsRefused(() => forum.Send(new RemoveNotice(answer, NoticeKind.NeedsCitation), moderator), "notices.none");

        Assert.That((await forum.Send(new ShowQuestion(question))).Answers.Items.Single().Notices.Select(notice => notice.Kind), Is.EqualTo(new[] { NoticeKind.Obsolete }));
        var timeline = await forum.Send(new ListTimeline(answer));
        Assert.That(timeline.Items.Select(item => $"{item.Kind} {item.Key}").Reverse(), Is.SupersetOf(Placed));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task A_notice_ends_when_its_time_is_over_and_is_not_shown_from_then_on()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new PlaceNotice(question, NoticeKind.CurrentEvent, Days: 2), moderator);

        forum.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.That(await forum.Service<EndNotices>().End(default), Is.Zero);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.Notices, Has.Count.EqualTo(1));

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.Notices, Is.Empty, "before it is taken away");
        Assert.That(await forum.Service<EndNotices>().End(default), Is.EqualTo(1));
        Assert.That(await forum.Service<EndNotices>().End(default), Is.Zero);

        Assert.That(
            await forum.Sql(db => db.Query<string>("select action || ' ' || coalesce(actor_id, 'nobody') from moderation_acts order by id")),
            Is.EqualTo(new[] { $"place-notice {moderator}", "remove-notice nobody" }));
        await forum.Verify();
    }

    [Test]
    public async Task Placing_and_removing_are_undone_from_the_log()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new PlaceNotice(question, NoticeKind.CurrentEvent, Days: 3), moderator);
        var end = await forum.Value<long>("select ends_at from post_notices");

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new RemoveNotice(question, NoticeKind.CurrentEvent), moderator);
        await forum.Send(new UndoAct(2), moderator);
        Assert.That(await forum.Value<long>("select ends_at from post_notices"), Is.EqualTo(end), "for the rest of its time");

        await forum.Send(new UndoAct(3), moderator);
        Assert.That(await forum.Value<int>("select count(*) from post_notices"), Is.Zero);
    }

    [Test]
    public async Task A_kept_page_does_not_show_a_notice_that_is_over()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new PlaceNotice(question, NoticeKind.CurrentEvent, Days: 1), moderator);
        await forum.Settle();
        using var stranger = site.Anonymous();
        var address = (await stranger.Get($"/q/{question}")).Location!;

        forum.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        for (var times = 0; times < 3; times++)
            Assert.That((await stranger.Get(address)).Document.QuerySelectorAll(".f-post-notice"), Has.Length.EqualTo(1));

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await stranger.Get(address)).Document.QuerySelectorAll(".f-post-notice"), Is.Empty);
    }

    [Test]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var site = new TestSite();
        var (question, id) = (await site.Forum.Make.Question(), await site.Forum.Make.User(moderator: true));
        using var moderator = await site.SignedInAs(id);
        var page = await moderator.Get($"/posts/{question}/notice");

        var refused = await moderator.Submit(page, "main form:has([name=Days])", ("Kind", "3"), ("Days", "100000"), ("Reason", "Old."));
        Assert.That((refused.Status, refused.MessagesAt("Days").Count, refused.Value("Days"), refused.Value("Reason")), Is.EqualTo((HttpStatusCode.BadRequest, 1, "100000", "Old.")));
        var none = await moderator.Submit(page, "main form:has([name=Days])", ("Days", ""));
        Assert.That(none.Status, Is.EqualTo(HttpStatusCode.BadRequest), "no kind chosen");

        Assert.That((await moderator.Submit(page, "main form:has([name=Days])", ("Kind", "3"), ("Days", "10"))).Location, Is.EqualTo($"/a/{question}"));
        Assert.That(await site.Forum.Value<int>("select count(*) from post_notices where kind = 3"), Is.EqualTo(1));
        using var member = await site.SignedInAs(await site.Forum.Make.User(5_000));
        Assert.That((await member.Get($"/posts/{question}/notice")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_timeline_says_why_a_question_was_closed()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new Core.Closing.CastCloseVote(question, "needs-focus"), moderator);
        await forum.Write(
            """
            insert into post_events (post_id, kind, at, details) values (@question, 'closed', 1, '{"comment":"105"}'), (@question, 'closed', 2, '{"comment":"no number"}');
            insert into post_events (post_id, kind, at, details) values (@question, 'closed', 3, '{not json')
            """, new { question });
        using var stranger = site.Anonymous();

        var rows = (await stranger.Get($"/posts/{question}/timeline")).Document.QuerySelectorAll(".f-timeline--item").Select(row => row.QuerySelector(".f-timeline--what")!.TextContent.Trim()).ToList();

        Assert.That(rows, Does.Contain("Needs more focus"));
        Assert.That(rows, Does.Contain("Opinion-based"));
    }
}
