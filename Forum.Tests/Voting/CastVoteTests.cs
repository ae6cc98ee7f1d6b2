using FluentValidation;
using Forum.Core;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Voting;

public sealed class CastVoteTests
{
    [Test]
    public async Task An_upvote_on_a_question_gives_its_author_10()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new CastVote(question, Up), bob);

        Assert.That((await forum.Send(new ShowVotes(question), bob)).Score, Is.EqualTo(1));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(110));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(1_000));
        await forum.Verify();
    }

    [Test]
    public async Task A_downvote_on_an_answer_costs_its_author_2_and_the_voter_1()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: ada);

        await forum.Send(new CastVote(answer, Down), bob);

        Assert.That((await forum.Send(new ShowVotes(answer), bob)).Score, Is.EqualTo(-1));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(98));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(999));
        await forum.Verify();
    }

    [Test]
    public async Task A_downvote_on_a_question_costs_the_voter_nothing()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new CastVote(question, Down), bob);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(98));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(1_000));
        await forum.Verify();
    }

    [Test]
    public async Task Taking_a_vote_back_leaves_everything_as_before()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: ada);

        await forum.Send(new CastVote(answer, Down), bob);
        await forum.Send(new RetractVote(answer), bob);

        Assert.That((await forum.Send(new ShowVotes(answer), bob)).Score, Is.Zero);
        Assert.That((await forum.Send(new ShowVotes(answer), bob)).Mine, Is.Null);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(100));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(1_000));
        await forum.Verify();
    }

    [Test]
    public async Task Turning_a_vote_around_counts_it_once()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: ada);

        await forum.Send(new CastVote(answer, Up), bob);
        await forum.Send(new CastVote(answer, Down), bob);

        var seen = await forum.Send(new ShowVotes(answer), bob);
        Assert.That((seen.Score, seen.Mine), Is.EqualTo((-1, (Direction?)Down)));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(98));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(999));
        await forum.Verify();
    }

    [Test]
    public async Task Voting_twice_the_same_way_votes_once()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new CastVote(question, Up), bob);

        Assert.That((await forum.Send(new ShowVotes(question), bob)).Score, Is.EqualTo(1));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(110));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_moves_the_question_in_its_tags_lists_and_makes_it_answered()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question);

        await forum.Send(new CastVote(question, Up), bob);
        await forum.Send(new CastVote(answer, Up), bob);

        Assert.That(await forum.Value<int>("select score from question_tags where question_id = @question", new { question }), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select is_answered from posts where id = @question", new { question }), Is.EqualTo(1));
        await forum.Verify();

        await forum.Send(new RetractVote(answer), bob);

        Assert.That(await forum.Value<int>("select is_answered from question_tags where question_id = @question", new { question }), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task A_refused_vote_writes_nothing()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(1_000), await forum.Make.User(124));
        var question = await forum.Make.Question(by: ada);
        var before = await Footprint(forum);

        Refused(forum, new CastVote(question, Up), ada, "voting.own-post");
        Refused(forum, new CastVote(question, Down), bob, "privileges.vote-down.needs");
        Refused(forum, new CastVote(question, Up), null, "accounts.sign-in-first");

        Assert.That(await Footprint(forum), Is.EqualTo(before));
    }

    [Test]
    public async Task A_vote_is_locked_in_after_5_minutes_until_the_post_is_edited()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        await forum.Send(new CastVote(question, Up), bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));

        Assert.That(Assert.ThrowsAsync<RefusedException>(() => forum.Send(new RetractVote(question), bob))!.Refusal.Code, Is.EqualTo("voting.locked-in"));
        Refused(forum, new CastVote(question, Down), bob, "voting.locked-in");

        await forum.Write("update posts set edited_at = @now where id = @question", new { question, now = forum.Clock.GetUtcNow() });
        await forum.Send(new RetractVote(question), bob);
        Assert.That((await forum.Send(new ShowVotes(question), bob)).Score, Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_taken_back_the_same_day_can_be_cast_elsewhere()
    {
        await using var forum = new TestForum(("Forum:Limits:PostVotesPerDay", "2"), ("Forum:Limits:QuestionOnlyVotesPerDay", "0"));
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        long[] answers = [await forum.Make.Answer(question), await forum.Make.Answer(question), await forum.Make.Answer(question)];
        await forum.Send(new CastVote(answers[0], Up), bob);
        await forum.Send(new CastVote(answers[1], Up), bob);

        Refused(forum, new CastVote(answers[2], Up), bob, "voting.none-left-today");
        await forum.Send(new CastVote(answers[1], Down), bob);
        await forum.Send(new RetractVote(answers[0]), bob);
        await forum.Send(new CastVote(answers[2], Up), bob);

        forum.Clock.Advance(TimeSpan.FromHours(12));
        await forum.Send(new CastVote(answers[0], Up), bob);
        await forum.Verify();
    }

    [Test]
    public async Task Votes_on_community_wiki_move_no_reputation()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: ada);
        await forum.Write("update posts set wiki_at = 1 where id = @answer", new { answer });

        await forum.Send(new CastVote(answer, Down), bob);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(100));
        Assert.That(await Reputation(forum, bob), Is.EqualTo(1_000));
        await forum.Verify();
    }

    [Test]
    public async Task What_a_vote_earned_before_the_post_became_community_wiki_goes_with_the_vote()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var answer = await forum.Make.Answer(await forum.Make.Question(), by: ada);
        await forum.Send(new CastVote(answer, Up), bob);
        await forum.Write("update posts set wiki_at = 1 where id = @answer", new { answer });

        await forum.Send(new RetractVote(answer), bob);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(100));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_on_what_does_not_exist_or_in_no_direction_is_turned_away()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var question = await forum.Make.Question();

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new CastVote(4_711, Up), bob));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new RetractVote(4_711), bob));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new CastVote(question, (Direction)3), bob));
    }

    [Test]
    public async Task Fifty_people_who_vote_at_once_all_count()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "100000"));
        var ada = await forum.Make.User(100);
        var question = await forum.Make.Question(by: ada);
        var voters = new List<long>();
        for (var i = 0; i < 50; i++)
            voters.Add(await forum.Make.User(1_000));

        await Task.WhenAll(voters.Select(voter => Task.Run(() => forum.Send(new CastVote(question, Up), voter))));

        Assert.That((await forum.Send(new ShowVotes(question))).Score, Is.EqualTo(50));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(600));
        await forum.Verify();
    }

    [Test]
    public async Task One_person_who_votes_many_times_at_once_counts_once()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(100), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => forum.Send(new CastVote(question, Up), bob))));

        Assert.That((await forum.Send(new ShowVotes(question))).Score, Is.EqualTo(1));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(110));
        await forum.Verify();
    }

    [Test]
    public async Task Arrows_say_what_is_missing_before_they_are_pressed()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(40);
        var question = await forum.Make.Question();

        var seen = await forum.Send(new ShowVotes(question), bob);
        var anonymous = await forum.Send(new ShowVotes(question));

        Assert.That(seen.WhyNotUp, Is.Null);
        Assert.That(seen.WhyNotDown!.Code, Is.EqualTo("privileges.vote-down.needs"));
        Assert.That(seen.WhyNotDown.Arguments, Is.EqualTo(new object[] { 125, 40 }));
        Assert.That(anonymous.WhyNotUp, Is.EqualTo(Refusals.SignIn));
    }

    [TestCase(749, false)]
    [TestCase(750, true)]
    public async Task Established_users_see_votes_each_way(int reputation, bool see)
    {
        await using var forum = new TestForum();
        var (bob, eve) = (await forum.Make.User(1_000), await forum.Make.User(reputation));
        var question = await forum.Make.Question();
        await forum.Send(new CastVote(question, Down), bob);
        await forum.Write("insert into legacy_votes (post_id, kind, day, votes) values (@question, 2, 1, 3)", new { question });
        await forum.Write("update posts set score = 2 where id = @question", new { question });
        await forum.Write("update question_tags set score = 2 where question_id = @question", new { question });

        var counts = (await forum.Send(new ShowVotes(question), eve)).Counts;

        Assert.That((counts?.Up, counts?.Down), Is.EqualTo(see ? ((int?)3, (int?)1) : (null, null)));
        await forum.Verify();
    }

    internal static Task<int> Reputation(TestForum forum, long user) =>
        forum.Value<int>("select reputation from users where id = @user", new { user });

    private static void Refused(TestForum forum, CastVote vote, long? user, string code) =>
        Assert.That(Assert.ThrowsAsync<RefusedException>(() => forum.Send(vote, user))!.Refusal.Code, Is.EqualTo(code));

    private static Task<string> Footprint(TestForum forum) =>
        forum.Value<string>(
            """
            select (select count(*) from votes) || ' ' || (select count(*) from reputation_events) || ' ' || (select count(*) from events)
                || ' ' || (select sum(score) from posts) || ' ' || (select sum(reputation) from users)
            """);
}
