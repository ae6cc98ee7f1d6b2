using System.Net;
using Forum.Core.Editing;
using Forum.Core.Reputations;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Users;

public sealed class LeaderTests
{
    // Each time, the day before it is the last that does not count.
    [TestCase(6, Period.Week, true)]
    [TestCase(7, Period.Week, false)]
    [TestCase(29, Period.Month, true)]
    [TestCase(30, Period.Month, false)]
    [TestCase(89, Period.Quarter, true)]
    [TestCase(90, Period.Quarter, false)]
    [TestCase(364, Period.Year, true)]
    [TestCase(365, Period.Year, false)]
    public async Task Reputation_is_that_gained_in_the_period(int daysAgo, Period period, bool counts)
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(500), await forum.Make.User(1_000));
        forum.Clock.Advance(TimeSpan.FromDays(10));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        forum.Clock.Advance(TimeSpan.FromDays(daysAgo));

        await Count(forum);

        Assert.That(await Led(forum, Board.Reputation, period, ada), counts ? Is.EqualTo(10) : Is.Null);
    }

    [Test]
    public async Task A_gain_is_what_the_ledger_has_of_the_period_and_who_lost_does_not_lead()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(500), await forum.Make.User(1_000), await forum.Make.User(1_000));
        forum.Clock.Advance(TimeSpan.FromDays(40));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new CastVote(question, Up), eve);
        await forum.Send(new CastVote(answer, Down), ada);

        await Count(forum);

        var start = DayBalance.Start(Period.Week.FirstDay(DayBalance.Of(forum.Clock.GetUtcNow())));
        Assert.That(await Led(forum, Board.Reputation, Period.Week, ada), Is.EqualTo(
            await forum.Value<int>("select sum(applied) from reputation_events where user_id = @ada and at >= @start", new { ada, start })).And.EqualTo(19));
        Assert.That(await Led(forum, Board.Reputation, Period.Week, bob), Is.Null);
        await forum.Verify();
    }

    [Test]
    public async Task Voters_and_editors_are_counted_for_each_period_and_for_ever()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(5_000), await forum.Make.User(5_000));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new EditPost(question, "I have a large text file and want to read it line by line, please."), bob);
        forum.Clock.Advance(TimeSpan.FromDays(100));
        await forum.Send(new CastVote(await forum.Make.Question(by: ada), Up), bob);

        await Count(forum);

        Assert.That(await Led(forum, Board.Voters, Period.Week, bob), Is.EqualTo(1));
        Assert.That(await Led(forum, Board.Voters, Period.Year, bob), Is.EqualTo(2));
        Assert.That(await Led(forum, Board.Voters, Period.All, bob), Is.EqualTo(2));
        Assert.That(await Led(forum, Board.Editors, Period.Quarter, bob), Is.Null);
        Assert.That(await Led(forum, Board.Editors, Period.All, bob), Is.EqualTo(1));
        Assert.That(await Led(forum, Board.Editors, Period.All, ada), Is.Null, "asking is no edit");
    }

    [Test]
    public async Task Who_came_in_the_period_is_ranked_by_reputation()
    {
        await using var forum = new TestForum();
        var old = await forum.Make.User(9_000);
        forum.Clock.Advance(TimeSpan.FromDays(20));
        var (one, other) = (await forum.Make.User(5), await forum.Make.User(50));

        await Count(forum);

        Assert.That((await forum.Send(new ListLeaders(Board.Newest, Period.Week))).Items.Select(u => u.Id), Is.EqualTo(new[] { other, one }));
        Assert.That((await forum.Send(new ListLeaders(Board.Newest, Period.Month))).Items.Select(u => u.Id), Is.EqualTo(new[] { old, other, one }));
    }

    [Test]
    public async Task The_best_are_kept_alone_and_of_as_many_points_who_came_first()
    {
        await using var forum = new TestForum(("Forum:Pages:Leaders", "2"));
        var question = await forum.Make.Question();
        var voters = new List<long>();
        for (var i = 0; i < 4; i++)
            voters.Add(await forum.Make.User(1_000));
        foreach (var voter in voters)
            await forum.Send(new CastVote(question, Up), voter);

        await Count(forum);

        Assert.That((await forum.Send(new ListLeaders(Board.Voters, Period.All))).Items.Select(u => u.Id), Is.EqualTo(voters.Take(2)));
        Assert.That(await Count(forum), Is.Zero, "nothing is otherwise the second time");
        await forum.Verify();
    }

    [Test]
    public async Task Each_board_has_its_page_in_each_period_and_an_odd_one_is_all()
    {
        await using var site = new TestSite();
        var (ada, bob) = (await site.Forum.Make.User(500, "Ada"), await site.Forum.Make.User(1_000, "Bob"));
        site.Clock.Advance(TimeSpan.FromDays(50));
        await site.Forum.Send(new CastVote(await site.Forum.Make.Question(by: ada), Up), bob);
        await Count(site.Forum);
        using var visitor = site.Anonymous();

        foreach (var tab in new[] { "reputation", "newest", "voters", "editors", "name" })
        {
            foreach (var period in new[] { "week", "month", "quarter", "year", "all", "nonsense" })
                Assert.That((await visitor.Get($"/users?tab={tab}&period={period}")).Status, Is.EqualTo(HttpStatusCode.OK), $"{tab} {period}");
        }

        var gained = await visitor.Get("/users?tab=reputation&period=week");
        var votes = await visitor.Get("/users?tab=voters&period=month&page=99");
        Assert.That((gained.Said(".f-person .s-user-card--link"), gained.Said(".f-person--value")), Is.EqualTo(("Ada", "+10 reputation")));
        Assert.That((votes.Said(".f-person .s-user-card--link"), votes.Said(".f-person--value")), Is.EqualTo(("Bob", "1 vote")));
        Assert.That(gained.Document.QuerySelector("nav a[href='/users?tab=reputation&period=month']"), Is.Not.Null);
    }

    private static Task<int> Count(TestForum forum) => forum.Service<CountLeaders>().Count(default);

    private static async Task<int?> Led(TestForum forum, Board board, Period period, long user) =>
        (await forum.Send(new ListLeaders(board, period))).Items.SingleOrDefault(u => u.Id == user)?.Value;
}
