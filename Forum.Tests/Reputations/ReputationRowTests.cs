using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Reputations;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Reputations;

/// <summary>
/// A test for each row of docs/rules/reputation.md, section 1, that happens here, with its undoings: through the front door, on a clock
/// that stands still until it is moved.
/// </summary>
public sealed class ReputationRowTests
{
    [Test]
    public async Task Row_1_an_account_starts_with_1()
    {
        await using var forum = new TestForum();
        var user = await forum.Send(new Forum.Core.Users.RegisterAccount("ada", "Ada", "ada@example.org", "difference engine"));

        Assert.That(await Of(forum, user), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from reputation_events"), Is.Zero);
    }

    [Test]
    public async Task Row_2_a_question_voted_up_gives_its_asker_10_until_the_vote_or_the_question_goes()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new CastVote(town.Question, Up), town.Voter);
        await town.Has(asker: 110);
        await town.Forum.Send(new RetractVote(town.Question), town.Voter);
        await town.Has(asker: 100);
        await town.Forum.Send(new CastVote(town.Question, Up), town.Voter);
        await town.DeleteAndBack(town.Question, () => town.Has(asker: 100), () => town.Has(asker: 110));
        await town.InvalidateAndBack(town.Asker, () => town.Has(asker: 100), () => town.Has(asker: 110));
    }

    [Test]
    public async Task Row_3_an_answer_voted_up_gives_its_author_10_until_the_vote_or_the_answer_goes()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new CastVote(town.Answer, Up), town.Voter);
        await town.Has(answerer: 110);
        await town.Forum.Send(new RetractVote(town.Answer), town.Voter);
        await town.Has(answerer: 100);
        await town.Forum.Send(new CastVote(town.Answer, Up), town.Voter);
        await town.DeleteAndBack(town.Answer, () => town.Has(answerer: 100), () => town.Has(answerer: 110));
        await town.InvalidateAndBack(town.Answerer, () => town.Has(answerer: 100), () => town.Has(answerer: 110));
    }

    [Test]
    public async Task Row_4_a_post_voted_down_costs_its_author_2_until_the_vote_or_the_post_goes()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new CastVote(town.Question, Down), town.Voter);
        await town.Has(asker: 98);
        await town.Forum.Send(new RetractVote(town.Question), town.Voter);
        await town.Has(asker: 100);
        await town.Forum.Send(new CastVote(town.Question, Down), town.Voter);
        await town.DeleteAndBack(town.Question, () => town.Has(asker: 100), () => town.Has(asker: 98));
        await town.InvalidateAndBack(town.Asker, () => town.Has(asker: 100), () => town.Has(asker: 98));
    }

    [Test]
    public async Task Row_5_voting_an_answer_down_costs_the_voter_1_until_the_vote_or_the_answer_goes()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new CastVote(town.Answer, Down), town.Voter);
        await town.Has(answerer: 98, voter: 999);
        await town.Forum.Send(new RetractVote(town.Answer), town.Voter);
        await town.Has();
        await town.Forum.Send(new CastVote(town.Answer, Down), town.Voter);
        await town.DeleteAndBack(town.Answer, () => town.Has(), () => town.Has(answerer: 98, voter: 999));
        await town.InvalidateAndBack(town.Answerer, () => town.Has(), () => town.Has(answerer: 98, voter: 999));
    }

    [Test]
    public async Task Row_6_voting_a_question_down_costs_the_voter_nothing()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new CastVote(town.Question, Down), town.Voter);

        await town.Has(asker: 98, voter: 1_000);
    }

    [Test]
    public async Task Row_7_an_accepted_answer_gives_its_author_15_beside_the_cap_until_the_accept_or_the_answer_goes()
    {
        await using var town = await Town.Found(("Forum:Reputation:DailyCap", "0"));

        await town.Forum.Send(new AcceptAnswer(town.Answer), town.Asker);
        await town.Has(asker: 102, answerer: 115);
        await town.Forum.Send(new UnacceptAnswer(town.Answer), town.Asker);
        await town.Has();
        await town.Forum.Send(new AcceptAnswer(town.Answer), town.Asker);
        await town.DeleteAndBack(town.Answer, () => town.Has(), () => town.Has(asker: 102, answerer: 115));
        var other = await town.Forum.Make.Answer(town.Question);
        await town.Forum.Send(new AcceptAnswer(other), town.Asker);
        await town.Has(asker: 102);
    }

    [Test]
    public async Task Row_8_accepting_somebody_elses_answer_gives_the_asker_2_until_the_accept_or_the_question_goes()
    {
        await using var town = await Town.Found();

        await town.Forum.Send(new AcceptAnswer(town.Answer), town.Asker);
        await town.Has(asker: 102, answerer: 115);
        await town.DeleteAndBack(town.Question, () => town.Has(), () => town.Has(asker: 102, answerer: 115));
        await town.Forum.Send(new UnacceptAnswer(town.Answer), town.Asker);
        await town.Has();
    }

    [Test]
    public async Task Row_9_accepting_ones_own_answer_gives_nothing()
    {
        await using var town = await Town.Found();
        var own = await town.Forum.Make.Answer(town.Question, by: town.Asker);
        town.Forum.Clock.Advance(TimeSpan.FromDays(2));

        await town.Forum.Send(new AcceptAnswer(own), town.Asker);

        await town.Has();
    }

    [Test]
    public async Task Row_16_serial_voting_is_reversed_exactly_and_restores_room_under_the_cap()
    {
        await using var town = await Town.Found(("Forum:Fairness:Votes", "2"), ("Forum:Reputation:DailyCap", "20"));
        var elsewhere = await town.Forum.Make.Question();
        var (other, third) = (await town.Forum.Make.Answer(elsewhere, by: town.Asker), await town.Forum.Make.Answer(elsewhere, by: town.Asker));
        await town.Forum.Send(new CastVote(town.Question, Up), town.Voter);
        await town.Forum.Send(new CastVote(other, Up), town.Voter);
        await town.Forum.Send(new CastVote(third, Up), await town.Forum.Make.User(1_000));
        await town.Has(asker: 120);

        await town.Forum.Service<ReverseSerialVotes>().Search(town.Forum.Clock.GetUtcNow().AddDays(-1), isDry: false, default);

        await town.Has(asker: 110);
        Assert.That(await town.Forum.Value<int>("select sum(score) from posts"), Is.EqualTo(1));
    }

    [Test]
    public async Task Row_18_community_wiki_keeps_what_was_earned_and_moves_nobody_after_that()
    {
        await using var town = await Town.Found();
        await town.Forum.Send(new CastVote(town.Answer, Up), town.Voter);
        await town.Forum.Write("update posts set wiki_at = @now where id = @Answer", new { now = town.Forum.Clock.GetUtcNow(), town.Answer });

        await town.Forum.Send(new CastVote(town.Answer, Up), await town.Forum.Make.User(1_000));
        var critic = await town.Forum.Make.User(1_000);
        await town.Forum.Send(new CastVote(town.Answer, Down), critic);
        await town.Forum.Send(new AcceptAnswer(town.Answer), town.Asker);

        await town.Has(answerer: 110);
        Assert.That(await Of(town.Forum, critic), Is.EqualTo(1_000));
    }

    [Test]
    public async Task Row_19_a_suspension_shows_1_and_keeps_the_real_value()
    {
        await using var town = await Town.Found();
        await town.Forum.Write("update users set suspended_until = @until where id = @Asker", new { until = town.Forum.Clock.GetUtcNow().AddDays(7), town.Asker });

        Assert.That((await town.Forum.Send(new Forum.Core.Users.ShowUser(town.Asker))).User.Reputation, Is.EqualTo(1));
        await town.Has(asker: 100);
    }

    // The rules around the table.

    [Test]
    public async Task A_loss_below_1_is_no_debt_and_the_next_gain_counts_from_1()
    {
        await using var town = await Town.Found();
        var poor = await town.Forum.Make.User(2);
        var question = await town.Forum.Make.Question(by: poor);

        await town.Forum.Send(new CastVote(question, Down), town.Voter);
        Assert.That(await Of(town.Forum, poor), Is.EqualTo(1));
        await town.Forum.Send(new CastVote(question, Up), await town.Forum.Make.User(1_000));

        Assert.That(await Of(town.Forum, poor), Is.EqualTo(11));
        await town.Forum.Verify();
    }

    [Test]
    public async Task Votes_earn_200_a_day_and_a_new_day_begins_at_midnight_UTC()
    {
        await using var town = await Town.Found();
        town.Forum.Clock.Set(new DateTimeOffset(2026, 3, 9, 23, 0, 0, TimeSpan.Zero));

        for (var i = 0; i < 21; i++)
            await town.Forum.Send(new CastVote(town.Question, Up), await town.Forum.Make.User(1_000));
        await town.Has(asker: 300);
        await town.Forum.Send(new CastVote(town.Question, Down), town.Voter);
        await town.Has(asker: 298);
        await town.Forum.Send(new CastVote(town.Question, Up), await town.Forum.Make.User(1_000));
        await town.Has(asker: 300);
        town.Forum.Clock.Set(new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));
        await town.Forum.Send(new CastVote(town.Question, Up), await town.Forum.Make.User(1_000));

        await town.Has(asker: 310);
    }

    [Test]
    public async Task Losing_reputation_takes_privileges_away_at_once_and_leaves_what_was_made()
    {
        await using var town = await Town.Found();
        var critic = await town.Forum.Make.User(125);
        await town.Forum.Send(new CastVote(town.Answer, Down), critic);

        await town.Forum.IsRefused(() => town.Forum.Send(new CastVote(town.Question, Down), critic), "privileges.vote-down.needs");

        Assert.That(await town.Forum.Value<int>("select count(*) from votes where user_id = @critic", new { critic }), Is.EqualTo(1));
    }

    private static Task<int> Of(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });

    /// <summary>A question of somebody with 100, an answer of somebody else with 100, and a voter with 1,000; old enough to accept.</summary>
    private sealed class Town : IAsyncDisposable
    {
        private readonly long moderator;

        private Town(TestForum forum, long moderator) => (Forum, this.moderator) = (forum, moderator);

        public TestForum Forum { get; }
        public long Asker { get; private init; }
        public long Answerer { get; private init; }
        public long Voter { get; private init; }
        public long Question { get; private init; }
        public long Answer { get; private init; }

        public static async Task<Town> Found(params (string Key, string Value)[] configuration)
        {
            var forum = new TestForum(configuration);
            var (asker, answerer) = (await forum.Make.User(100), await forum.Make.User(100));
            var question = await forum.Make.Question(by: asker);
            var town = new Town(forum, await forum.Make.User(moderator: true))
            {
                Asker = asker, Answerer = answerer, Voter = await forum.Make.User(1_000), Question = question, Answer = await forum.Make.Answer(question, by: answerer),
            };
            forum.Clock.Advance(TimeSpan.FromMinutes(20));
            return town;
        }

        public async Task Has(int asker = 100, int answerer = 100, int voter = 1_000)
        {
            Assert.That((await Of(Forum, Asker), await Of(Forum, Answerer), await Of(Forum, Voter)), Is.EqualTo((asker, answerer, voter)));
            await Forum.Verify();
        }

        public async Task DeleteAndBack(long post, Func<Task> hasWithout, Func<Task> hasAgain)
        {
            await Forum.Send(new DeletePost(post), moderator);
            await hasWithout();
            await Forum.Send(new UndeletePost(post), moderator);
            await hasAgain();
        }

        public async Task InvalidateAndBack(long author, Func<Task> hasWithout, Func<Task> hasAgain)
        {
            await Forum.Send(new InvalidateVotes(Voter, author, ""), moderator);
            await hasWithout();
            await Forum.Send(new RestoreVotes(await Forum.Value<long>("select max(id) from vote_cancellations")), moderator);
            await hasAgain();
        }

        public ValueTask DisposeAsync() => Forum.DisposeAsync();
    }
}
