using System.Globalization;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Voting;

/// <summary>docs/rules/fairness.md: votes of new accounts.</summary>
public sealed class HeldVoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(VoteHolding.OnceOpen, "PublicBeta", 86_399, false, true)]
    [TestCase(VoteHolding.OnceOpen, "PublicBeta", 86_400, false, false)]
    [TestCase(VoteHolding.OnceOpen, "Full", 0, false, true)]
    [TestCase(VoteHolding.OnceOpen, "Full", 0, true, false)]
    [TestCase(VoteHolding.OnceOpen, "PrivateBeta", 0, false, false)]
    [TestCase(VoteHolding.Always, "PrivateBeta", 0, false, true)]
    [TestCase(VoteHolding.Never, "Full", 0, false, false)]
    public void Votes_of_accounts_younger_than_a_day_wait(VoteHolding when, string preset, int seconds, bool moderator, bool waits)
    {
        var voter = new Person { Id = 1, IsModerator = moderator, CreatedAt = Now.AddSeconds(-seconds) };
        var settings = new ForumSettings { Preset = Enum.Parse<Core.Privileges.Preset>(preset), Fairness = new FairnessSettings { Holds = when } };

        Assert.That(HoldingRules.Holds(voter, Now, settings), Is.EqualTo(waits));
    }

    [Test]
    public async Task A_vote_of_a_new_account_is_seen_by_its_voter_and_counts_after_24_hours()
    {
        await using var forum = Open();
        var (author, voter) = (await forum.Make.User(), await forum.Make.User(200));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: author);
        var before = await Visible(forum);

        await forum.Send(new CastVote(answer, Down), voter);

        var seen = await forum.Send(new ShowVotes(answer), voter);
        Assert.That((seen.Mine, seen.Score, seen.HeldUntil), Is.EqualTo(((Direction?)Down, 0, (DateTimeOffset?)forum.Clock.GetUtcNow().AddHours(24))));
        Assert.That(await Visible(forum), Is.EqualTo(before));
        await forum.Verify();
        forum.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.That(await forum.Service<ReleaseVotes>().Release(default), Is.Zero);
        forum.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await forum.Service<ReleaseVotes>().Release(default), Is.EqualTo(1));

        var counted = await forum.Send(new ShowVotes(answer), voter);
        Assert.That((counted.Mine, counted.Score, counted.HeldUntil), Is.EqualTo(((Direction?)Down, -1, (DateTimeOffset?)null)));
        Assert.That(await forum.Value<int>("select reputation from users where id = @voter", new { voter }), Is.EqualTo(199));
        Assert.That(await forum.Value<int>("select count(*) from events where kind like '%VoteCast'"), Is.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task Taking_a_waiting_vote_back_costs_nothing_at_any_time_and_turning_it_around_begins_anew()
    {
        await using var forum = Open();
        var (question, voter) = (await forum.Make.Question(), await forum.Make.User(200));
        var before = await Visible(forum);
        await forum.Send(new CastVote(question, Up), voter);
        forum.Clock.Advance(TimeSpan.FromHours(10));
        await forum.Send(new CastVote(question, Down), voter);
        forum.Clock.Advance(TimeSpan.FromHours(20));
        Assert.That(await forum.Service<ReleaseVotes>().Release(default), Is.Zero);

        await forum.Send(new RetractVote(question), voter);

        Assert.That(await Visible(forum), Is.EqualTo(before));
        Assert.That(await forum.Value<int>("select (select count(*) from held_votes) + (select count(*) from votes)"), Is.Zero);
        await forum.Send(new CastVote(question, Up), voter);
        Assert.That((await forum.Send(new ShowVotes(question), voter)).Score, Is.EqualTo(1), "the account is old enough by now");
        await forum.Verify();
    }

    [Test]
    public async Task A_waiting_vote_turned_around_by_an_account_that_is_old_enough_counts_once()
    {
        await using var forum = Open();
        var (question, voter) = (await forum.Make.Question(), await forum.Make.User(200));
        forum.Clock.Advance(TimeSpan.FromHours(23));
        await forum.Send(new CastVote(question, Up), voter);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await forum.Send(new CastVote(question, Down), voter);

        Assert.That((await forum.Send(new ShowVotes(question), voter)).Score, Is.EqualTo(-1));
        await forum.Verify();
        await Later(forum);
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(1));
        await forum.Verify();
    }

    [TestCase("update users set suspended_until = @later where id = @voter", 0)]
    [TestCase("update users set suspended_until = 1 where id = @voter", 1)]
    [TestCase("update users set removed_at = 1 where id = @voter", 0)]
    public async Task Of_who_is_suspended_or_gone_by_then_no_vote_counts(string sql, int score)
    {
        await using var forum = Open();
        var (question, voter) = (await forum.Make.Question(), await forum.Make.User(200));
        await forum.Send(new CastVote(question, Up), voter);
        await forum.Write(sql, new { voter, later = forum.Clock.GetUtcNow().AddDays(7) });

        await Later(forum);

        Assert.That(await forum.Value<int>("select score from posts where id = @question", new { question }), Is.EqualTo(score));
        Assert.That(await forum.Value<int>("select count(*) from held_votes"), Is.Zero);
    }

    [Test]
    public async Task A_vote_on_a_deleted_post_waits_until_it_is_back()
    {
        await using var forum = Open();
        var (question, voter, moderator) = (await forum.Make.Question(), await forum.Make.User(200), await forum.Make.User(moderator: true));
        await forum.Send(new CastVote(question, Up), voter);
        await forum.Send(new DeletePost(question), moderator);
        await Later(forum);
        Assert.That(await forum.Value<int>("select count(*) from held_votes"), Is.EqualTo(1));
        await forum.Send(new UndeletePost(question), moderator);

        await Later(forum);

        Assert.That((await forum.Send(new ShowVotes(question), voter)).Score, Is.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task Votes_taken_out_by_a_moderator_take_those_with_them_that_wait()
    {
        await using var forum = Open();
        var (author, voter, moderator) = (await forum.Make.User(), await forum.Make.User(200), await forum.Make.User(moderator: true));
        var (first, second) = (await forum.Make.Question(by: author), await forum.Make.Question(title: "How do I write a file line by line?"));
        var answer = await forum.Make.Answer(second, by: author);
        await forum.Send(new CastVote(first, Up), voter);
        forum.Clock.Advance(TimeSpan.FromHours(12));
        await forum.Send(new CastVote(answer, Up), voter);
        forum.Clock.Advance(TimeSpan.FromHours(12));
        await forum.Service<ReleaseVotes>().Release(default);
        Assert.That(await forum.Send(new InvalidateVotes(voter, author, "One person."), moderator), Is.EqualTo(1));

        await Later(forum);

        Assert.That(await forum.Value<int>("select (select count(*) from held_votes) + (select count(*) from votes)"), Is.Zero);
        await forum.Send(new RestoreVotes(1), moderator);
        Assert.That(await forum.Value<int>("select score from posts where id = @first", new { first }), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select reputation from users where id = @author", new { author }), Is.EqualTo(11));
        await forum.Verify();
    }

    [Test]
    public async Task Waiting_votes_take_their_places_of_the_day_they_were_cast()
    {
        await using var forum = Open(("Forum:Limits:PostVotesPerDay", "2"), ("Forum:Limits:QuestionOnlyVotesPerDay", "0"));
        var (question, voter) = (await forum.Make.Question(), await forum.Make.User(200));
        long[] answers = [await forum.Make.Answer(question), await forum.Make.Answer(question), await forum.Make.Answer(question), await forum.Make.Answer(question)];
        await forum.Send(new CastVote(answers[0], Up), voter);
        await forum.Send(new CastVote(answers[1], Up), voter);
        await forum.IsRefused(() => forum.Send(new CastVote(answers[2], Up), voter), "voting.none-left-today");

        await Later(forum);

        await forum.Send(new CastVote(answers[2], Up), voter);
        await forum.Send(new CastVote(answers[3], Up), voter);
    }

    [Test]
    public async Task Serial_votes_that_waited_are_found_once_they_count()
    {
        await using var forum = Open();
        var (author, voter) = (await forum.Make.User(), await forum.Make.User(200));
        for (var i = 0; i < 8; i++)
            await forum.Send(new CastVote(await forum.Make.Answer(await forum.Make.Question(title: $"How do I read file number {i} by line?"), by: author), Up), voter);
        forum.Clock.Set(new DateTimeOffset(forum.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(3));
        await forum.Service<ReverseSerialVotes>().Nightly(default);
        await Later(forum);
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(8));

        forum.Clock.Set(new DateTimeOffset(forum.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(3));
        Assert.That((await forum.Service<ReverseSerialVotes>().Nightly(default))!.Single().VoterId, Is.EqualTo(voter));
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task The_page_says_when_ones_vote_counts()
    {
        await using var site = new TestSite(("Forum:Fairness:Holds", "OnceOpen"));
        var (question, voter) = (await site.Forum.Make.Question(), await site.Forum.Make.User(200));
        using var client = await site.SignedInAs(voter);
        await client.Submit(await client.Follow(await client.Get($"/q/{question}")), ".f-votes form", ("direction", "up"));

        var page = await client.Follow(await client.Get($"/q/{question}"));
        Assert.That(page.Said(".f-votes--held"), Is.EqualTo("Your vote counts in 24 hours").Or.EqualTo("Your vote counts tomorrow"));
        Assert.That(page.Document.QuerySelector($"#vote-up-{question}")!.GetAttribute("aria-pressed"), Is.EqualTo("true"));
        Assert.That(page.Said(".f-votes--score"), Is.EqualTo("0"));
        using var stranger = site.Anonymous();
        Assert.That((await stranger.Follow(await stranger.Get($"/q/{question}"))).Document.QuerySelector(".f-votes--held"), Is.Null);
    }

    private static TestForum Open(params (string, string)[] settings) => new([("Forum:Fairness:Holds", "OnceOpen"), .. settings]);

    private static Task<int> Later(TestForum forum)
    {
        forum.Clock.Advance(TimeSpan.FromHours(24));
        return forum.Service<ReleaseVotes>().Release(default);
    }

    private static Task<string> Visible(TestForum forum) =>
        forum.Value<string>(string.Create(CultureInfo.InvariantCulture, $"select (select group_concat(id || ':' || score) from posts) || ' ' || (select group_concat(id || ':' || reputation) from users)"));
}
