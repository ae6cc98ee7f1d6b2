using System.Net;
using FluentValidation;
using Forum.Core;
using Forum.Core.Connections;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Connections;

public sealed class ConnectionsTests
{
    private const string Why = "Votes that came all at once.";

    [Test]
    public async Task Addresses_are_kept_with_how_often_and_when_and_thrown_away_after_their_time()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var begun = forum.Clock.GetUtcNow();
        await See(forum, "203.0.113.7", ada, ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await See(forum, "::ffff:203.0.113.7", ada);
        await See(forum, "2001:db8:1:2::9", ada);

        var addresses = (await Look(forum, ada, moderator)).Addresses;

        Assert.That(
            addresses.Select(at => (at.Address, at.Network, at.Times, at.FirstAt)),
            Is.EquivalentTo(new[] { ("203.0.113.7", "203.0.113.0/24", 3, begun), ("2001:db8:1:2::9", "2001:db8:1::/48", 1, begun.AddDays(1)) }));
        forum.Clock.Advance(TimeSpan.FromDays(89));
        Assert.That(await forum.Service<SightAddresses>().Prune(default), Is.Zero);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await forum.Service<SightAddresses>().Prune(default), Is.EqualTo(2));
    }

    [Test]
    public async Task None_is_kept_when_the_settings_say_so()
    {
        await using var forum = new TestForum(("Forum:Insight:AddressDays", "0"));
        await See(forum, "203.0.113.7", await forum.Make.User());

        Assert.That(await forum.Value<int>("select count(*) from address_sightings"), Is.Zero);
    }

    [Test]
    public async Task Others_are_found_at_the_same_address_nearby_and_in_the_same_mailbox()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        var ada = await forum.Send(new RegisterAccount("ada", "Ada", "Ada.Lovelace+forum@gmail.com", "correct horse battery"));
        var second = await forum.Send(new RegisterAccount("ada-2", "Second", "adalovelace@googlemail.com", "correct horse battery"));
        var (same, near, far) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User());
        await See(forum, "203.0.113.7", ada, same);
        await See(forum, "203.0.113.200", near, same);
        await See(forum, "203.0.114.7", far);

        var view = await Look(forum, ada, moderator);

        Assert.That(view.OnAddress.Select(one => one.Id), Is.EqualTo(new[] { same }));
        Assert.That(view.OnNetwork.Select(one => one.Id), Is.EquivalentTo(new[] { near, same }));
        Assert.That(view.OnMailbox.Select(one => one.Id), Is.EqualTo(new[] { second }));
        Assert.That(view.Addresses.Single().Others, Is.EqualTo(1));
    }

    [Test]
    public async Task Who_votes_for_whom_is_told_both_ways_with_its_share()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve, moderator) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        foreach (var author in new[] { ada, ada, ada, eve })
            await forum.Send(new CastVote(await forum.Make.Question(by: await Rested(forum, author)), Direction.Up), bob);
        await forum.Send(new CastVote(await forum.Make.Question(by: await Rested(forum, bob)), Direction.Up), ada);
        // A moderator's votes are an administrator's to see.
        await forum.Send(new CastVote(await forum.Make.Question(by: await Rested(forum, ada)), Direction.Up), moderator);
        var administrator = await forum.Make.User(administrator: true);

        var view = await Look(forum, bob, moderator);

        Assert.That(view.VotesFor.Select(v => (v.Id, v.Up, v.Down, v.Total, v.Share)), Is.EqualTo(new[] { (ada, 3, 0, 4, 75), (eve, 1, 0, 4, 25) }));
        Assert.That(view.VotesOf.Select(v => (v.Id, v.Up, v.Share)), Is.EqualTo(new[] { (ada, 1, 100) }));
        Assert.That((await Look(forum, ada, moderator)).VotesOf.Select(v => v.Id), Is.EqualTo(new[] { bob }));
        Assert.That((await Look(forum, ada, administrator)).VotesOf.Select(v => v.Id), Is.EquivalentTo(new[] { bob, moderator }));
    }

    [Test]
    public async Task Each_look_takes_a_reason_and_is_logged_with_it()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new LookAtConnections(ada, "  "), moderator));
        Assert.That(await forum.Value<int>("select count(*) from moderation_acts"), Is.Zero);

        await Look(forum, ada, moderator);
        await Look(forum, ada, moderator);

        var logged = await forum.Sql(db => db.Query<string>(
            "select action || ' ' || actor_id || ' ' || subject_id || ' ' || concerns_id || ' ' || reason from moderation_acts", token: default));
        Assert.That(logged, Is.EqualTo(Enumerable.Repeat($"look-at-connections {moderator} {ada} {ada} {Why}", 2)));
    }

    [Test]
    public async Task What_was_looked_at_once_is_not_shown_later_or_to_others()
    {
        await using var forum = new TestForum();
        var (ada, moderator, other) = (await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        var look = await forum.Send(new LookAtConnections(ada, Why), moderator);

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowConnections(look), other));
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowConnections(look), moderator));
    }

    [Test]
    public async Task Of_moderators_only_administrators_see_addresses_also_among_the_others()
    {
        await using var forum = new TestForum();
        var (ada, moderator, looked, administrator) =
            (await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        await See(forum, "203.0.113.7", ada, looked);
        await See(forum, "203.0.113.8", looked);

        Assert.That(Assert.ThrowsAsync<RefusedException>(() => forum.Send(new LookAtConnections(looked, Why), moderator))!.Refusal.Code, Is.EqualTo("connections.moderator"));
        Assert.That(Assert.ThrowsAsync<RefusedException>(() => forum.Send(new LookAtConnections(moderator, Why), moderator))!.Refusal.Code, Is.EqualTo("connections.moderator"));
        var (hers, all) = (await Look(forum, ada, moderator), await Look(forum, ada, administrator));
        Assert.That((hers.OnAddress.Count, hers.OnNetwork.Count, hers.Addresses[0].Others), Is.EqualTo((0, 0, 0)));
        Assert.That((all.OnAddress.Count, all.OnNetwork.Count, all.Addresses[0].Others), Is.EqualTo((1, 1, 1)));
        Assert.That((await Look(forum, looked, administrator)).Addresses, Has.Count.EqualTo(2));
    }

    // Questions wait for each other.
    private static Task<long> Rested(TestForum forum, long author)
    {
        forum.Clock.Advance(TimeSpan.FromHours(1));
        return Task.FromResult(author);
    }

    private static async Task See(TestForum forum, string address, params long[] people)
    {
        foreach (var person in people)
            forum.Service<SightAddresses>().Note(person, IPAddress.Parse(address));
        await forum.Service<SightAddresses>().Write(default);
    }

    private static async Task<ShowConnections.View> Look(TestForum forum, long person, long moderator) =>
        await forum.Send(new ShowConnections(await forum.Send(new LookAtConnections(person, Why), moderator)), moderator);
}
