using Forum.Core.Fairness;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Fairness;

public sealed class VotePairsTests
{
    [Test]
    public async Task Pairs_are_listed_by_share_and_by_number_and_told_when_both_ways()
    {
        await using var forum = new TestForum(("Forum:Fairness:PairVotes", "2"));
        var (ada, bob, eve, moderator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await Vote(forum, ada, bob, 2);
        await Vote(forum, bob, ada, 3);
        await Vote(forum, bob, eve, 1);
        await Vote(forum, eve, ada, 1);

        Assert.That(await forum.Service<CountVotePairs>().Count(default), Is.EqualTo(2));

        var (byShare, byCount) = ((await forum.Send(new ListVotePairs(), moderator)).Items, (await forum.Send(new ListVotePairs(PairOrder.Count), moderator)).Items);
        Assert.That(byShare.Select(p => (p.VoterId, p.AuthorId, p.Up, p.Total, p.Share, p.IsMutual)), Is.EqualTo(new[] { (ada, bob, 2, 2, 100, true), (bob, ada, 3, 4, 75, true) }));
        Assert.That(byCount.Select(p => p.VoterId), Is.EqualTo(new[] { bob, ada }));
    }

    [Test]
    public async Task Old_votes_and_small_shares_are_not_suspicious_and_pairs_go_when_they_are_not_any_more()
    {
        await using var forum = new TestForum(("Forum:Fairness:PairVotes", "2"), ("Forum:Fairness:PairShare", "60"));
        var (ada, bob, eve, moderator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await Vote(forum, bob, ada, 2);
        Assert.That(await forum.Service<CountVotePairs>().Nightly(default), Is.EqualTo(1));
        Assert.That(await forum.Service<CountVotePairs>().Nightly(default), Is.Null, "once a night");

        await Vote(forum, bob, eve, 2);
        Assert.That(await forum.Service<CountVotePairs>().Count(default), Is.Zero, "half of his votes each");
        Assert.That((await forum.Send(new ListVotePairs(), moderator)).Items, Is.Empty);
        await forum.Write("delete from votes where post_id in (select id from posts where author_id = @eve)", new { eve });
        forum.Clock.Advance(TimeSpan.FromDays(91));

        Assert.That(await forum.Service<CountVotePairs>().Count(default), Is.Zero);
    }

    [Test]
    public async Task Pairs_with_a_moderator_are_an_administrators_to_see_and_nobody_sees_their_own()
    {
        await using var forum = new TestForum(("Forum:Fairness:PairVotes", "2"));
        var (ada, other, looking) = (await forum.Make.User(1_000), await forum.Make.User(1_000, moderator: true), await forum.Make.User(moderator: true));
        var administrator = await forum.Make.User(1_000, administrator: true);
        await Vote(forum, other, ada, 2);
        await Vote(forum, administrator, ada, 2);
        await forum.Service<CountVotePairs>().Count(default);

        Assert.That((await forum.Send(new ListVotePairs(), looking)).Items, Is.Empty);
        Assert.That((await forum.Send(new ListVotePairs(), administrator)).Items.Select(p => p.VoterId), Is.EqualTo(new[] { other }));
    }

    [Test]
    public async Task What_the_night_takes_out_is_logged_as_the_communitys_and_undone_from_the_log()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await Burst(forum, bob, ada, 8);

        await Night(forum);

        var act = await forum.Value<long>("select id from moderation_acts where action = 'reverse-serial-votes' and actor_id = -1 and subject_id = @bob and concerns_id = @ada", new { bob, ada });
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.Zero);
        await forum.Send(new UndoAct(act), moderator);
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(8));
        Assert.That(await forum.Value<long>("select undoes_id from moderation_acts where action = 'restore-votes'"), Is.EqualTo(act));
        await forum.Verify();
    }

    [TestCase(3, 0)]
    [TestCase(4, 1)]
    [TestCase(7, 1)]
    public async Task Moderators_are_told_of_votes_that_are_nearly_serial(int votes, int notices)
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var posts = await Burst(forum, bob, ada, votes);

        await Night(forum);

        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(votes));
        var flags = await forum.Sql(db => db.Query<Flag>($"select {Flag.Columns} from flags f"));
        Assert.That(flags.Select(flag => (flag.Kind, flag.Reason, flag.UserId)), Is.EqualTo(Enumerable.Repeat((FlagKind.Noticed, Notices.VoteFraud, (long?)null), notices)));
        Assert.That(flags.All(flag => posts.Contains(flag.PostId) && flag.Source == $"/mod/votes?voter={bob}&author={ada}"), Is.True);
        // What waits is not raised again.
        await Night(forum);
        Assert.That(await forum.Value<int>("select count(*) from flags"), Is.EqualTo(notices));
    }

    [Test]
    public async Task A_notice_about_a_moderator_does_not_say_who_voted_and_notices_can_be_switched_off()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100, moderator: true), await forum.Make.User(1_000));
        await Burst(forum, bob, ada, 5);
        await Night(forum);
        Assert.That(await forum.Value<string>("select source from flags"), Is.Empty);

        await using var silent = new TestForum(("Forum:Fairness:NoticePercent", "0"));
        var (eve, tom) = (await silent.Make.User(100), await silent.Make.User(1_000));
        await Burst(silent, tom, eve, 7);
        await Night(silent);
        Assert.That(await silent.Value<int>("select count(*) from flags"), Is.Zero);
    }

    [Test]
    public async Task Moderators_read_what_was_noticed_in_words_with_a_way_to_the_votes()
    {
        await using var site = new TestSite();
        var (ada, bob, moderator) = (await site.Forum.Make.User(100), await site.Forum.Make.User(1_000), await site.Forum.Make.User(moderator: true));
        await Burst(site.Forum, bob, ada, 5);
        await Night(site.Forum);
        using var browser = await site.SignedInAs(moderator);

        var page = await browser.Get("/mod/flags");

        Assert.That(page.Said("main section li"), Does.Contain("Vote fraud suspected"));
        Assert.That(page.Document.QuerySelector($"main a[href='/mod/votes?voter={bob}&author={ada}']"), Is.Not.Null);
    }

    private static async Task<List<long>> Burst(TestForum forum, long voter, long author, int votes)
    {
        var posts = await Posts(forum, author, votes);
        foreach (var post in posts)
            await forum.Send(new CastVote(post, Direction.Up), voter);
        return posts;
    }

    private static async Task Vote(TestForum forum, long voter, long author, int votes)
    {
        foreach (var post in await Posts(forum, author, votes))
            await forum.Send(new CastVote(post, Direction.Up), voter);
    }

    private static async Task<List<long>> Posts(TestForum forum, long author, int many)
    {
        var posts = new List<long>();
        for (var i = 0; i < many; i++)
        {
            var question = await forum.Make.Question();
            posts.Add(await forum.Make.Answer(question, author));
        }

        return posts;
    }

    private static Task<IReadOnlyList<SerialVotes>> Night(TestForum forum) =>
        forum.Service<ReverseSerialVotes>().Search(forum.Clock.GetUtcNow().AddDays(-1), isDry: false, default);
}
