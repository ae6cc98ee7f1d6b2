using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Editing;
using Forum.Core.Inbox;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Saves;
using Forum.Core.Search;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Bounties;

/// <summary>Each rule of docs/rules/bounties.md, through the front door with a clock of the test's own.</summary>
public sealed class BountyTests
{
    private const string Reason = "draw-attention";

    [Test]
    public async Task Offering_takes_the_whole_amount_at_once_and_tells_what_for()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);

        await forum.Send(new StartBounty(question, 150, Reason, "  Something with a reference, please. "), ada);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(850));
        var line = await Newest(forum, ada);
        Assert.That((line.Kind, line.Change, line.PostId), Is.EqualTo((ReputationKind.BountyStarted, -150, (long?)question)));
        var bounty = (await forum.Send(new ShowQuestion(question))).Bounty!;
        Assert.That((bounty.Amount, bounty.Reason, bounty.Note, bounty.SponsorId), Is.EqualTo((150, Reason, "Something with a reference, please.", (long?)ada)));
        Assert.That((bounty.EndsAt - forum.Clock.GetUtcNow(), bounty.GraceEndsAt - bounty.EndsAt), Is.EqualTo((TimeSpan.FromDays(7), TimeSpan.FromDays(1))));
        await forum.Verify();
    }

    [TestCase(74, "privileges.set-bounties.needs")]
    [TestCase(75, null)]
    public async Task Privilege_75(int reputation, string? code)
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum, reputation);

        if (code is not null)
            await forum.IsRefused(() => forum.Send(new StartBounty(question, 50, Reason), ada), code);
        else
            await forum.Send(new StartBounty(question, 50, Reason), ada);
    }

    [Test]
    public async Task Privilege_at_least_the_amount_offered()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum, 149);

        await forum.IsRefused(() => forum.Send(new StartBounty(question, 150, Reason), ada), "bounties.cannot-afford");
        await forum.Send(new StartBounty(question, 100, Reason), ada);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(49));
    }

    [Test]
    public async Task Eligible_question_48_hours_old()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question();
        forum.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(1));
        await forum.IsRefused(() => forum.Send(new StartBounty(question, 50, Reason), ada), "bounties.too-young");
        forum.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await forum.Send(new StartBounty(question, 50, Reason), ada);
    }

    [TestCase("closed_at", "bounties.closed-question")]
    [TestCase("locked_at", "bounties.locked-question")]
    public async Task Eligible_question_open_and_not_locked(string column, string code)
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Write($"update posts set {column} = 1 where id = @question", new { question });

        await forum.IsRefused(() => forum.Send(new StartBounty(question, 50, Reason), ada), code);
    }

    [Test]
    public async Task Eligible_question_not_deleted()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(ada);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Send(new DeletePost(question), ada);

        await forum.IsRefused(() => forum.Send(new StartBounty(question, 50, Reason), ada), "bounties.deleted-question");
        var bob = await forum.Make.User(1_000);
        await forum.FindsNothing(() => forum.Send(new StartBounty(question, 50, Reason), bob));
    }

    [Test]
    public async Task Concurrency_1_per_question()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var bob = await forum.Make.User(1_000);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        var before = await TestContents.Of(forum);

        Assert.That(Assert.ThrowsAsync<ConflictException>(() => forum.Send(new StartBounty(question, 50, Reason), bob))!.Refusal.Code, Is.EqualTo("bounties.running-already"));

        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
    }

    [Test]
    public async Task Concurrency_3_per_sponsor()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var questions = new List<long>();
        for (var i = 0; i < 4; i++)
            questions.Add(await forum.Make.Question());
        forum.Clock.Advance(TimeSpan.FromDays(2));
        for (var i = 0; i < 3; i++)
            await forum.Send(new StartBounty(questions[i], 50, Reason), ada);

        await forum.IsRefused(() => forum.Send(new StartBounty(questions[3], 50, Reason), ada), "bounties.too-many");

        forum.Clock.Advance(TimeSpan.FromDays(8));
        await Settle(forum);
        await forum.Send(new StartBounty(questions[3], 50, Reason), ada);
    }

    [TestCase(25)]
    [TestCase(49)]
    [TestCase(75)]
    [TestCase(550)]
    [TestCase(-50)]
    public async Task Amount_50_to_500_in_steps_of_50(int amount)
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);

        await forum.IsBadlyFormed(() => forum.Send(new StartBounty(question, amount, Reason), ada), "Amount", "bounties.no-amount");
    }

    [Test]
    public async Task Minimum_if_sponsor_already_answered_100()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var answer = await forum.Make.Answer(question, by: ada);

        await forum.IsRefused(() => forum.Send(new StartBounty(question, 50, Reason), ada), "bounties.too-little");
        Assert.That((await forum.Send(new ShowBounties(question), ada)).Amounts[0], Is.EqualTo(100));

        await forum.Send(new DeletePost(answer), ada);
        Assert.That((await forum.Send(new ShowBounties(question), ada)).Amounts[0], Is.EqualTo(50));
        await forum.Send(new UndeletePost(answer), ada);
        await forum.Send(new StartBounty(question, 100, Reason), ada);
    }

    [Test]
    public async Task Repeat_by_same_sponsor_minimum_doubles_each_time()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum, 5_000);
        foreach (var least in new[] { 50, 100, 200, 400, 500, 500 })
        {
            Assert.That((await forum.Send(new ShowBounties(question), ada)).Amounts[0], Is.EqualTo(least));
            if (least > 50)
                await forum.IsRefused(() => forum.Send(new StartBounty(question, least - 50, Reason), ada), "bounties.too-little");
            await forum.Send(new StartBounty(question, least, Reason), ada);
            forum.Clock.Advance(TimeSpan.FromDays(8));
            await Settle(forum);
        }

        Assert.That((await forum.Send(new ShowBounties(question), await forum.Make.User(1_000))).Amounts[0], Is.EqualTo(50));
        await forum.Verify();
    }

    [Test]
    public async Task Duration_7_days_then_24_hours_grace()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        var answer = await forum.Make.Answer(question);

        forum.Clock.Advance(TimeSpan.FromDays(7));
        await Settle(forum);
        Assert.That((await forum.Send(new ShowQuestion(question))).Bounty!.IsOver, Is.True);
        forum.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await Settle(forum);
        Assert.That((await forum.Send(new ShowQuestion(question), ada)).Answers.Items.Single().Award, Is.EqualTo(new ShowQuestion.AwardButton(50, null)));

        forum.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new AwardBounty(question, answer), ada));
        await Settle(forum);
        Assert.That((await forum.Send(new ShowQuestion(question))).Bounty, Is.Null);
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new AwardBounty(question, answer), ada));
        await forum.Verify();
    }

    [Test]
    public async Task Earliest_manual_award_24_hours_after_start()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var answer = await forum.Make.Answer(question);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await forum.IsRefused(() => forum.Send(new AwardBounty(question, answer), ada), "bounties.too-soon");
        forum.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await forum.Send(new AwardBounty(question, answer), ada);
    }

    [Test]
    public async Task Cannot_award_to_oneself()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var own = await forum.Make.Answer(question, by: ada);
        await forum.Send(new StartBounty(question, 100, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));

        await forum.IsRefused(() => forum.Send(new AwardBounty(question, own), ada), "bounties.own-answer");
        Assert.That((await forum.Send(new ShowQuestion(question), ada)).Answers.Items.Single().Award, Is.Null);
    }

    [Test]
    public async Task Cannot_be_awarded_by_anybody_but_its_sponsor()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var (answer, elsewhere) = (await forum.Make.Answer(question), await forum.Make.Answer(await forum.Make.Question()));
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        var moderator = await forum.Make.User(1_000, moderator: true);

        await forum.IsRefused(() => forum.Send(new AwardBounty(question, answer), moderator), "bounties.not-sponsor");
        await forum.IsRefused(() => forum.Send(new AwardBounty(question, answer)), "accounts.sign-in-first");
        await forum.FindsNothing(() => forum.Send(new AwardBounty(question, elsewhere), ada));
        await forum.FindsNothing(() => forum.Send(new AwardBounty(question, question), ada));
    }

    [Test]
    public async Task Cannot_be_split_or_awarded_twice()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var (one, two) = (await forum.Make.Answer(question), await forum.Make.Answer(question));
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new AwardBounty(question, one), ada);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new AwardBounty(question, two), ada));
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new AwardBounty(question, one), ada));
    }

    [Test]
    public async Task Cannot_delete_the_question_while_it_runs([Values] bool moderator)
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        var author = await forum.Value<long>("select author_id from posts where id = @question", new { question });
        var deleter = moderator ? await forum.Make.User(1_000, moderator: true) : author;

        await forum.IsRefused(() => forum.Send(new DeletePost(question), deleter), "editing.has-bounty");

        forum.Clock.Advance(TimeSpan.FromDays(8));
        await Settle(forum);
        await forum.Send(new DeletePost(question), deleter);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(950), "the sponsor has nothing back");
        await forum.Verify();
    }

    [Test]
    public async Task Awarded_by_hand_the_answerer_gets_all_of_it_beside_the_daily_cap()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "10"));
        var (ada, question) = await Ready(forum);
        var bob = await forum.Make.User(5);
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new StartBounty(question, 200, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new CastVote(answer, Direction.Up), ada);

        await forum.Send(new AwardBounty(question, answer), ada);

        Assert.That(await Reputation(forum, bob), Is.EqualTo(5 + 10 + 200));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(800));
        var page = await forum.Send(new ShowQuestion(question));
        Assert.That((page.Bounty, page.Answers.Items.Single().Awarded), Is.EqualTo(((ShowQuestion.Bounty?)null, (int?)200)));
        Assert.That((await Newest(forum, bob)).Kind, Is.EqualTo(ReputationKind.BountyAwarded));
        await forum.Verify();
    }

    [Test]
    public async Task May_be_awarded_to_any_answer_independent_of_the_accept_mark()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker);
        var (accepted, other) = (await forum.Make.Answer(question), await forum.Make.Answer(question));
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new AcceptAnswer(accepted), asker);
        await forum.Send(new StartBounty(question, 50, Reason), asker);
        forum.Clock.Advance(TimeSpan.FromDays(2));

        await forum.Send(new AwardBounty(question, other), asker);

        Assert.That((await forum.Send(new ShowQuestion(question))).Question.AcceptedAnswerId, Is.EqualTo(accepted));
        await forum.Verify();
    }

    [Test]
    public async Task Automatic_award_1_all_of_it_to_the_answer_that_the_owner_who_sponsors_accepted()
    {
        await using var forum = new TestForum();
        var (asker, bob) = (await forum.Make.User(1_000), await forum.Make.User());
        var question = await forum.Make.Question(asker);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new StartBounty(question, 100, Reason), asker);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new AcceptAnswer(answer), asker);

        forum.Clock.Advance(TimeSpan.FromDays(7));
        await Settle(forum);

        Assert.That(await Reputation(forum, bob), Is.EqualTo(1 + 15 + 100));
        Assert.That((await Newest(forum, bob)).Kind, Is.EqualTo(ReputationKind.BountyAwardedByItself));
        await forum.Verify();
    }

    [Test]
    public async Task Automatic_award_2_half_of_it_to_the_highest_of_its_time_with_score_2()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var (bob, old) = (await forum.Make.User(), await forum.Make.Answer(question));
        await forum.Send(new StartBounty(question, 150, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await forum.Make.Answer(question, by: bob);
        for (var i = 0; i < 2; i++)
        {
            var voter = await forum.Make.User(15);
            await forum.Send(new CastVote(answer, Direction.Up), voter);
            await forum.Send(new CastVote(old, Direction.Up), voter);
        }

        forum.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That(await Settle(forum), Is.EqualTo(1));
        Assert.That(await Settle(forum), Is.Zero);

        Assert.That(await Reputation(forum, bob), Is.EqualTo(1 + 20 + 75));
        Assert.That((await forum.Send(new ShowBounties(question), ada)).Bounties.Single(), Has.Property("Outcome").EqualTo(BountyOutcome.AwardedByItself)
            .And.Property("AwardedAmount").EqualTo(75).And.Property("AnswerId").EqualTo(answer));
        await forum.Verify();
    }

    [Test]
    public async Task Automatic_award_3_else_nobody_and_the_sponsor_is_not_refunded()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        await forum.Make.Answer(question);

        forum.Clock.Advance(TimeSpan.FromDays(8));
        await Settle(forum);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(950));
        Assert.That((await forum.Send(new ShowBounties(question), ada)).Bounties.Single().Outcome, Is.EqualTo(BountyOutcome.Expired));
        await forum.Verify();
    }

    [Test]
    public async Task Moderators_may_refund_and_say_why_which_the_sponsor_cannot()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum, 100);
        var moderator = await forum.Make.User(1, moderator: true);
        await forum.Send(new StartBounty(question, 100, Reason), ada);
        Assert.That(await Reputation(forum, ada), Is.EqualTo(1));

        await forum.IsRefused(() => forum.Send(new RefundBounty(question, "They asked me nicely to have it back."), ada), "moderation.moderators-only");
        await forum.IsBadlyFormed(() => forum.Send(new RefundBounty(question, " no "), moderator), "Reason", "limits.too-short");
        await forum.Send(new RefundBounty(question, "It was offered to oneself under another name."), moderator);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(100));
        var line = (await forum.Send(new ShowBounties(question), ada)).Bounties.Single();
        Assert.That((line.Outcome, line.RefundReason), Is.EqualTo(((BountyOutcome?)BountyOutcome.Refunded, "It was offered to oneself under another name.")));
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new RefundBounty(question, "And once more, to be sure."), moderator));
        Assert.That((await forum.Send(new ShowBounties(question), ada)).Amounts[0], Is.EqualTo(50), "what was given back does not count as an earlier bounty");
        await forum.Verify();
    }

    [Test]
    public async Task A_refund_gives_back_the_bounty_that_runs_and_no_earlier_one()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var moderator = await forum.Make.User(1, moderator: true);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(8));
        await Settle(forum);
        await forum.Send(new StartBounty(question, 100, Reason), ada);

        await forum.Send(new RefundBounty(question, "It was offered by mistake, twice."), moderator);

        Assert.That(await Reputation(forum, ada), Is.EqualTo(950));
        await forum.Verify();
    }

    [Test]
    public async Task What_an_answer_was_awarded_goes_and_comes_with_it()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var bob = await forum.Make.User(10);
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new DeletePost(answer), bob);
        await forum.IsRefused(() => forum.Send(new AwardBounty(question, answer), ada), "bounties.deleted-answer");
        await forum.Send(new UndeletePost(answer), bob);
        await forum.Send(new AwardBounty(question, answer), ada);

        await forum.Send(new DeletePost(answer), bob);
        Assert.That((await Reputation(forum, bob), await Reputation(forum, ada)), Is.EqualTo((10, 950)));
        await forum.Verify();

        await forum.Send(new UndeletePost(answer), bob);
        Assert.That((await Reputation(forum, bob), await Reputation(forum, ada)), Is.EqualTo((60, 950)));
        await forum.Verify();
    }

    [Test]
    public async Task A_bounty_on_community_wiki_pays()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var bob = await forum.Make.User(10);
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Write("update posts set wiki_at = 1 where id in (@question, @answer)", new { question, answer });
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));

        await forum.Send(new AwardBounty(question, answer), ada);

        Assert.That(await Reputation(forum, bob), Is.EqualTo(60));
        await forum.Verify();
    }

    [Test]
    public async Task Reasons_are_six_and_shown_as_a_notice()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum, 5_000);

        Assert.That(BountyReason.All, Has.Count.EqualTo(6));
        foreach (var reason in BountyReason.All)
        {
            await forum.Send(new StartBounty(question, 500, reason), ada);
            Assert.That((await forum.Send(new ShowQuestion(question))).Bounty!.Reason, Is.EqualTo(reason));
            forum.Clock.Advance(TimeSpan.FromDays(8));
            await Settle(forum);
        }
    }

    [Test]
    public async Task A_bounty_whose_sponsor_was_removed_ends_like_any_other()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        await forum.Write("update bounties set sponsor_id = -1");
        forum.Clock.Advance(TimeSpan.FromDays(8));

        await SettleTwice(forum);

        Assert.That((await forum.Send(new ShowBounties(question), ada)).Bounties.Single().Outcome, Is.EqualTo(BountyOutcome.Expired));
        Assert.That(await forum.Value<int>("select count(*) from inbox where user_id = -1"), Is.Zero);
    }

    [Test]
    public async Task A_bounty_without_reason_or_with_a_novel_for_a_note_is_badly_formed()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);

        await forum.IsBadlyFormed(() => forum.Send(new StartBounty(question, 50, "because"), ada), "Reason", "bounties.no-reason");
        await forum.IsBadlyFormed(() => forum.Send(new StartBounty(question, 50, Reason, new string('x', 501)), ada), "Note", "limits.too-long");
        await forum.FindsNothing(async () => await forum.Send(new StartBounty(await Task.FromResult(question + 1_000), 50, Reason), ada));
    }

    [Test]
    public async Task A_form_sent_twice_costs_once()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);

        var first = await forum.Send(new StartBounty(question, 50, Reason), ada, formKey: "one");
        var second = await forum.Send(new StartBounty(question, 50, Reason), ada, formKey: "one");

        Assert.That(second, Is.EqualTo(first));
        Assert.That(await Reputation(forum, ada), Is.EqualTo(950));
    }

    [Test]
    public async Task Visibility_sponsor_is_warned_before_expiry_and_others_are_told()
    {
        await using var forum = new TestForum();
        var (asker, ada, bob, eve) = (await forum.Make.User(1_000), await forum.Make.User(1_000, name: "Ada"), await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(asker);
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new FollowPost(question), eve);
        forum.Clock.Advance(TimeSpan.FromDays(2));

        await forum.Send(new StartBounty(question, 50, Reason), ada);
        await forum.Settle();
        forum.Clock.Advance(TimeSpan.FromDays(6));
        await SettleTwice(forum);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await SettleTwice(forum);
        await forum.Send(new AwardBounty(question, answer), ada);
        await forum.Settle();

        Assert.That(await Kinds(forum, asker), Is.EqualTo(["bounty-started 50"]));
        Assert.That(await Kinds(forum, eve), Is.EqualTo(["follow-bounty 50"]));
        Assert.That(await Kinds(forum, ada), Is.EqualTo(["bounty-grace 50", "bounty-ends-soon 50"]));
        Assert.That(await Kinds(forum, bob), Is.EqualTo(["bounty-awarded 50"]));
    }

    [Test]
    public async Task A_sponsor_hears_how_it_ended_by_itself()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var (one, two, three) = (await forum.Make.Question(), await forum.Make.Question(), await forum.Make.Question());
        forum.Clock.Advance(TimeSpan.FromDays(2));
        foreach (var question in new[] { one, two, three })
            await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await forum.Make.Answer(one);
        await forum.Write("update posts set score = 2 where id = @answer", new { answer });
        await forum.Send(new RefundBounty(three, "It was offered by mistake."), await forum.Make.User(1, moderator: true));

        // The server was down all the time: no reminders are made up for.
        forum.Clock.Advance(TimeSpan.FromDays(20));
        await SettleTwice(forum);

        Assert.That(await Kinds(forum, ada), Is.EquivalentTo(["bounty-went 25", "bounty-expired 50", "bounty-refunded 50"]));
    }

    [Test]
    public async Task A_reminder_that_was_missed_is_left_out()
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        await forum.Send(new StartBounty(question, 50, Reason), ada);

        forum.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
        await SettleTwice(forum);

        Assert.That(await Kinds(forum, ada), Is.EqualTo(["bounty-grace 50"]));
    }

    [Test]
    public async Task Visibility_bountied_tab_sorted_by_least_time_left_and_badge_in_lists_and_search()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var questions = new List<long>();
        for (var i = 0; i < 4; i++)
            questions.Add(await forum.Make.Question(title: $"How do I walk a walrus number {i} home?", tags: i == 3 ? "zoo" : "files"));
        forum.Clock.Advance(TimeSpan.FromDays(2));
        foreach (var i in new[] { 2, 0, 3 })
        {
            await forum.Send(new StartBounty(questions[i], 50, Reason), ada);
            forum.Clock.Advance(TimeSpan.FromHours(1));
        }

        var bountied = await forum.Send(new ListQuestions(QuestionOrder.Bountied, []));
        Assert.That(bountied.Questions.Items.Select(q => (q.Id, q.Bounty)), Is.EqualTo(new[] { (questions[2], (int?)50), (questions[0], 50), (questions[3], 50) }));
        Assert.That(bountied.Questions.Total, Is.EqualTo(3));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Bountied, ["files"]))).Questions.Items.Select(q => q.Id), Is.EqualTo(new[] { questions[2], questions[0] }));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Items.Count(q => q.Bounty == 50), Is.EqualTo(3));
        Assert.That((await forum.Send(new SearchQuestions("walrus"))).Results.Items.Count(r => r.Bounty == 50), Is.EqualTo(3));

        forum.Clock.Advance(TimeSpan.FromDays(30));
        await Settle(forum);
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Bountied, []))).Questions.Total, Is.Zero);
    }

    [Test]
    public async Task The_bountied_pages_lead_to_each_other()
    {
        await using var forum = new TestForum();
        var questions = new List<long>();
        for (var i = 0; i < 5; i++)
            questions.Add(await forum.Make.Question());
        forum.Clock.Advance(TimeSpan.FromDays(2));
        foreach (var question in questions)
            await forum.Send(new StartBounty(question, 50, Reason), await forum.Make.User(100));

        var first = await Page(null);
        var second = await Page(first.Next, 2);
        var third = await Page(second.Next, 3);
        var back = await Page(third.Previous, 2);

        long[] seen = [.. new[] { first, second, third }.SelectMany(page => page.Questions.Items).Select(q => q.Id)];
        Assert.That(seen, Is.EqualTo(questions));
        Assert.That(third.Next, Is.Null);
        Assert.That(back.Questions.Items.Select(q => q.Id), Is.EqualTo(second.Questions.Items.Select(q => q.Id)));

        Task<ListQuestions.View> Page(string? cursor, int number = 1) => forum.Send(new ListQuestions(QuestionOrder.Bountied, [], number, cursor, 2));
    }

    [Test]
    public async Task Offering_and_giving_earn_badges_and_what_went_by_itself_does_not()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var (own, anothers) = (await forum.Make.Question(ada), await forum.Make.Question());
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Service<AwardBadges>().Award(default);
        await forum.Send(new StartBounty(own, 50, Reason), ada);
        await forum.Send(new StartBounty(anothers, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var (accepted, given) = (await forum.Make.Answer(own), await forum.Make.Answer(anothers));
        await forum.Send(new AcceptAnswer(accepted), ada);
        await forum.Send(new AwardBounty(anothers, given), ada);
        forum.Clock.Advance(TimeSpan.FromDays(7));
        await Settle(forum);

        await forum.Service<AwardBadges>().Award(default);

        var badges = await forum.Sql(db => db.Query<string>("select b.name from user_badges h join badges b on b.id = h.badge_id where h.user_id = @ada", new { ada }));
        Assert.That(badges, Is.SupersetOf(new[] { "Promoter", "Investor", "Altruist" }).And.No.Member("Benefactor"));
    }

    [TestCase("update bounties set amount = amount + 50")]
    [TestCase("update bounties set outcome = null")]
    [TestCase("update bounties set ended_at = null, outcome = null, awarded_answer_id = null")]
    [TestCase("update bounties set outcome = 2")]
    [TestCase("delete from bounties")]
    public async Task Verify_finds_a_bounty_and_a_ledger_that_disagree(string damage)
    {
        await using var forum = new TestForum();
        var (ada, question) = await Ready(forum);
        var answer = await forum.Make.Answer(question);
        await forum.Send(new StartBounty(question, 50, Reason), ada);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new AwardBounty(question, answer), ada);
        await forum.Verify();

        await forum.Write(damage);

        Assert.That(await forum.Send(new Core.Verification.Verify()), Has.Some.StartsWith("bounties: "));
    }

    private static async Task<(long Sponsor, long Question)> Ready(TestForum forum, int reputation = 1_000)
    {
        var question = await forum.Make.Question();
        forum.Clock.Advance(TimeSpan.FromDays(2));
        return (await forum.Make.User(reputation), question);
    }

    private static Task<int> Settle(TestForum forum) => forum.Service<SettleBounties>().Settle(default);

    // What a crash before the next look would do: it is asked again, and heard again.
    private static async Task SettleTwice(TestForum forum)
    {
        await Settle(forum);
        await Settle(forum);
        await forum.Settle();
    }

    private static Task<int> Reputation(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });

    private static async Task<LedgerLine> Newest(TestForum forum, long user) => (await forum.Send(new ListReputation(user), user)).Days[0].Lines[0];

    private static async Task<string[]> Kinds(TestForum forum, long user) =>
        [.. (await forum.Send(new ShowInbox(), user)).Groups.SelectMany(g => g.Items).Where(n => n.Kind.Contains("bounty", StringComparison.Ordinal)).Select(n => $"{n.Kind} {n.Amount}")];
}
