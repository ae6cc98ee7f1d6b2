using FluentValidation;
using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Fairness;

public sealed class InvalidateVotesTests
{
    [Test]
    public async Task All_votes_of_one_for_the_other_go_and_come_back_exactly_as_they_were()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await SerialVotingTests.Vote(forum, bob, ada, Up, 3);
        await SerialVotingTests.Vote(forum, bob, ada, Down, 2);
        await forum.Send(new CastVote(await forum.Make.Question(), Up), bob);
        var before = await State(forum);

        Assert.That(await forum.Send(new InvalidateVotes(bob, ada, "One person."), moderator), Is.EqualTo(5));
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(100));
        await forum.Verify();

        Assert.That(await forum.Send(new RestoreVotes(1), moderator), Is.EqualTo(5));
        Assert.That(await State(forum), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task Where_somebody_voted_anew_the_new_vote_stands()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var posts = await SerialVotingTests.Vote(forum, bob, ada, Up, 2);
        await forum.Send(new InvalidateVotes(bob, ada, ""), moderator);
        await forum.Send(new CastVote(posts[0], Down), bob);

        Assert.That(await forum.Send(new RestoreVotes(1), moderator), Is.EqualTo(1));

        Assert.That(await forum.Value<int>("select direction from votes where post_id = @post", new { post = posts[0] }), Is.EqualTo(-1));
        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(108));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_cast_taken_back_and_cast_again_in_one_instant_comes_back_once()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new RetractVote(question), bob);
        await forum.Send(new CastVote(question, Up), bob);

        await forum.Send(new InvalidateVotes(bob, ada, ""), moderator);
        await forum.Send(new RestoreVotes(1), moderator);

        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(110));
        await forum.Verify();
    }

    [Test]
    public async Task What_a_deleted_post_had_kept_goes_when_its_score_does_and_returns_with_it()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        foreach (var voter in new[] { bob, await forum.Make.User(1_000), await forum.Make.User(1_000) })
            await forum.Send(new CastVote(question, Up), voter);
        forum.Clock.Advance(TimeSpan.FromDays(60));
        await forum.Send(new DeletePost(question), moderator);
        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(130));

        await forum.Send(new InvalidateVotes(bob, ada, ""), moderator);
        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(100));
        await forum.Verify();

        await forum.Send(new RestoreVotes(1), moderator);
        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(130));
        await forum.Verify();
    }

    [Test]
    public async Task Moderators_judge_others_alone_and_everybody_else_nobody()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(1_000, moderator: true));
        await SerialVotingTests.Vote(forum, bob, ada, Up, 1);
        await SerialVotingTests.Vote(forum, moderator, ada, Up, 1);

        await forum.IsRefused(() => forum.Send(new InvalidateVotes(bob, ada, ""), ada), "moderation.moderators-only");
        await forum.IsRefused(() => forum.Send(new InvalidateVotes(moderator, ada, ""), moderator), "moderation.own-votes");
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new InvalidateVotes(ada, bob, ""), moderator));
    }

    [Test]
    public async Task What_was_put_back_is_not_put_back_twice()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var cancellation = await forum.Make.Cancellation(ada);
        await forum.Send(new RestoreVotes(cancellation), moderator);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new RestoreVotes(cancellation), moderator));
        await forum.FindsNothing(() => forum.Send(new RestoreVotes(cancellation + 1), moderator));
    }

    [TestCase("12x", "moderation.no-person")]
    [TestCase("", "moderation.no-person")]
    [TestCase("https://elsewhere.example/questions/1", "moderation.no-person")]
    [TestCase("999999", "moderation.nobody")]
    public async Task Two_people_are_named_by_number_or_address(string who, string code)
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await SerialVotingTests.Vote(forum, bob, ada, Up, 2);
        await SerialVotingTests.Vote(forum, bob, ada, Down, 1);

        var view = await forum.Send(new CountVotesBetween($"https://forum.example/users/{bob}/bob", $"/users/{ada}"), moderator);

        Assert.That((view.There.Up, view.There.Down, view.Back.Total), Is.EqualTo((2, 1, 0)));
        var wrong = Assert.ThrowsAsync<ValidationException>(() => forum.Send(new CountVotesBetween(who, $"{ada}"), moderator))!;
        Assert.That(wrong.Errors.Select(e => (e.PropertyName, e.ErrorCode)), Is.EqualTo([("Voter", code)]));
        Assert.That(Assert.ThrowsAsync<ValidationException>(() => forum.Send(new CountVotesBetween($"{ada}", $"/users/{ada}/x"), moderator))!.Errors.Single().ErrorCode, Is.EqualTo("moderation.same-person"));
    }

    internal static Task<string> State(TestForum forum) =>
        forum.Value<string>(
            """
            select (select group_concat(id || ':' || reputation, ' ') from (select id, reputation from users order by id))
                || ' / ' || (select group_concat(user_id || ':' || day || ':' || balance || ':' || capped, ' ') from (select * from reputation_days order by user_id, day))
                || ' / ' || (select group_concat(id || ':' || score || ':' || is_answered, ' ') from (select * from posts order by id))
                || ' / ' || coalesce((select group_concat(post_id || ':' || user_id || ':' || direction || ':' || cast_at, ' ') from (select * from votes order by post_id, user_id)), '')
            """);
}
