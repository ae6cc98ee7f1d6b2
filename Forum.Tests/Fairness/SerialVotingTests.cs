using Forum.Core.Fairness;
using Forum.Core.Reputations;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Fairness;

public sealed class SerialVotingTests
{
    [Test]
    public async Task Serial_upvotes_are_taken_out_at_night_and_their_target_is_told()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var posts = await Vote(forum, bob, ada, Up, 8);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(180));

        var found = await Night(forum);

        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(100));
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.Zero);
        Assert.That(await forum.Value<int>("select sum(abs(score)) from posts"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from cancelled_votes"), Is.EqualTo(posts.Count));
        var line = (await Lines(forum, ada, ada))[0];
        Assert.That((line.Key, line.Change, line.PostId), Is.EqualTo(("reputations.serial-voting", -80, (long?)null)));
        await forum.Verify();
    }

    [Test]
    public async Task Serial_downvotes_give_both_sides_back_what_they_lost_and_tell_nobody_else_who_cast_them()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        await Vote(forum, bob, ada, Down, 8);
        Assert.That((await Reputation(forum, ada), await Reputation(forum, bob)), Is.EqualTo((84, 992)));

        await Night(forum);

        Assert.That((await Reputation(forum, ada), await Reputation(forum, bob)), Is.EqualTo((100, 1_000)));
        Assert.That((await Lines(forum, bob, bob)).Select(l => l.Key), Does.Contain("reputations.serial-voting"));
        Assert.That((await Lines(forum, bob, ada)).Select(l => l.Key), Does.Not.Contain("reputations.serial-voting"));
        Assert.That((await Lines(forum, ada, null)).Select(l => l.Key), Does.Contain("reputations.serial-voting"));
        await forum.Verify();
    }

    [Test]
    public async Task Taking_them_out_restores_room_under_the_cap_of_that_day()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "80"));
        var (ada, bob, eve) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(1_000));
        await Vote(forum, bob, ada, Up, 8);
        await forum.Send(new CastVote(await forum.Make.Question(by: ada), Up), eve);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(180));

        await Night(forum);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(110));
        await forum.Verify();
    }

    [Test]
    public async Task A_dry_run_finds_them_and_leaves_them()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        await Vote(forum, bob, ada, Up, 8);
        var before = await TestContents.Of(forum);

        var found = await forum.Service<ReverseSerialVotes>().Search(forum.Clock.GetUtcNow().AddDays(-1), isDry: true, default);

        Assert.That(found.Single().PostIds, Has.Count.EqualTo(8));
        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
    }

    [Test]
    public async Task It_is_done_once_a_night_from_three_on()
    {
        await using var forum = new TestForum();
        var nightly = forum.Service<ReverseSerialVotes>();
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 2, 59, 59, TimeSpan.Zero));
        Assert.That(await nightly.Nightly(default), Is.Null);

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await nightly.Nightly(default), Is.Not.Null);
        Assert.That(await nightly.Nightly(default), Is.Null);

        forum.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.That(await nightly.Nightly(default), Is.Null);
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await nightly.Nightly(default), Is.Not.Null);
    }

    [Test]
    public async Task It_can_be_switched_off()
    {
        await using var forum = new TestForum(("Forum:Fairness:IsOn", "false"));
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        await Vote(forum, bob, ada, Up, 8);

        Assert.That(await Night(forum), Is.Null);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(180));
    }

    [Test]
    public async Task What_a_moderator_puts_back_is_not_taken_out_again_the_next_night()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await Vote(forum, bob, ada, Up, 8);
        await Night(forum);
        await forum.Send(new RestoreVotes(1), moderator);

        var found = await forum.Service<ReverseSerialVotes>().Search(forum.Clock.GetUtcNow().AddDays(-30), isDry: false, default);

        Assert.That(found, Is.Empty);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(180));
        await forum.Verify();
    }

    [Test]
    public async Task Somebody_who_likes_many_authors_is_no_serial_voter()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        for (var i = 0; i < 9; i++)
            await forum.Send(new CastVote(await forum.Make.Question(), Up), bob);

        Assert.That(await Night(forum), Is.Empty);
    }

    [Test]
    public async Task Who_retracts_hears_as_after_any_vote_taken_back()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        await Vote(forum, bob, ada, Up, 8);

        await Night(forum);

        Assert.That(
            (await forum.Value<int>($"select count(*) from events where kind = '{typeof(VoteRetracted).FullName}'"), await forum.Value<int>($"select count(*) from events where kind = '{typeof(VotesCancelled).FullName}'")),
            Is.EqualTo((8, 1)));
    }

    internal static async Task<List<long>> Vote(TestForum forum, long voter, long author, Direction direction, int times)
    {
        var posts = new List<long>();
        for (var i = 0; i < times; i++)
        {
            // Answers, because voting those down moves the voter too.
            posts.Add(await forum.Make.Answer(await forum.Make.Question(), by: author));
            await forum.Send(new CastVote(posts[^1], direction), voter);
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return posts;
    }

    private static async Task<List<LedgerLine>> Lines(TestForum forum, long of, long? to) =>
        [.. (await forum.Send(new ListReputation(of), to)).Days.SelectMany(day => day.Lines)];

    private static Task<IReadOnlyList<SerialVotes>?> Night(TestForum forum)
    {
        forum.Clock.Set(new DateTimeOffset(forum.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(3));
        return forum.Service<ReverseSerialVotes>().Nightly(default);
    }

    private static Task<int> Reputation(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });
}
