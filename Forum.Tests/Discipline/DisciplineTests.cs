using Forum.Core;
using Forum.Core.Discipline;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Discipline;

/// <summary>Messages, warnings, suspensions and notes (docs/rules/discipline.md).</summary>
public sealed class DisciplineTests
{
    private static readonly Person Me = new() { Id = 1, IsModerator = true };

    [TestCase(2, false, false, false, null)]
    [TestCase(2, true, false, false, "discipline.moderator")]
    [TestCase(2, true, false, true, null)]
    [TestCase(1, true, false, true, "discipline.yourself")]
    [TestCase(-1, false, false, true, "discipline.nobody")]
    [TestCase(2, false, true, true, "discipline.removed")]
    public void Whom_a_moderator_may_turn_to(long id, bool isModerator, bool isRemoved, bool isAdministrator, string? code)
    {
        var who = new Subject { Id = id, IsModerator = isModerator, RemovedAt = isRemoved ? DateTimeOffset.UnixEpoch : null };

        Assert.That(DisciplineRules.WhyNot(Me, isAdministrator, who)?.Code, Is.EqualTo(code));
    }

    [TestCase(false, 0, "discipline.no-thread")]
    [TestCase(true, 9, null)]
    [TestCase(true, 10, "discipline.answers-used")]
    public void When_a_person_may_answer(bool hasThread, int today, string? code) =>
        Assert.That(DisciplineRules.WhyNotAnswer(hasThread, today, new DisciplineSettings())?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_suspension_is_told_of_logged_ends_by_itself_and_is_as_if_it_had_not_been_afterwards()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(500), await forum.Make.User(moderator: true));
        var before = await forum.Send(new ShowUser(ada));
        await forum.Send(new SuspendPerson(ada, 7, "voting", "You voted for a person and not for posts."), moderator);
        await forum.Settle();

        Assert.That((await forum.Send(new ShowUser(ada))).User.Reputation, Is.EqualTo(1));
        Assert.That(() => forum.Send(new CastVote(1, Direction.Up), ada), Throws.TypeOf<RefusedException>().With.Message.EqualTo("moderation.suspended"));
        Assert.That(await forum.Value<string>("select kind from inbox where user_id = @ada", new { ada }), Is.EqualTo("moderators-wrote"));
        Assert.That(await forum.Value<string>("select action || subject_id from moderation_acts"), Is.EqualTo($"suspend{ada}"));
        await forum.Verify();

        forum.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That((await forum.Send(new ShowUser(ada))).User.Reputation, Is.EqualTo(before.User.Reputation));
        await forum.Make.Question(by: ada);
        await forum.Verify();
    }

    [Test]
    public async Task Lifting_a_suspension_by_hand_or_from_the_log_ends_it_at_once()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(500), await forum.Make.User(moderator: true));
        await forum.Send(new SuspendPerson(ada, 7, "rude", "That was not kind at all."), moderator);
        await forum.Send(new UndoAct(1), moderator);
        Assert.That(await forum.Value<long?>("select suspended_until from users where id = @ada", new { ada }), Is.Null);
        await forum.Verify();

        await forum.Send(new SuspendPerson(ada, 7, "rude", "That was not kind at all."), moderator);
        await forum.Send(new SuspendPerson(ada, 30, "rude", "Nor was that, so it is longer."), moderator);
        await forum.Verify();
        await forum.Send(new LiftSuspension(ada, "We talked."), moderator);

        Assert.That(await forum.Value<int>("select count(*) from suspensions where lifted_at is null"), Is.Zero);
        Assert.That(() => forum.Send(new LiftSuspension(ada, ""), moderator), Throws.TypeOf<ConflictException>());
        await forum.Make.Question(by: ada);
        await forum.Verify();
    }

    [TestCase(0)]
    [TestCase(366)]
    public async Task A_suspension_is_of_1_to_365_days(int days)
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));

        Assert.That(() => forum.Send(new SuspendPerson(ada, days, "rude", "That was not kind at all."), moderator), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(await forum.Value<int>("select count(*) from moderator_messages"), Is.Zero);
        await forum.Send(new SuspendPerson(ada, days == 0 ? 1 : 365, "rude", "That was not kind at all."), moderator);
    }

    [Test]
    public async Task Whoever_was_warned_writes_nothing_until_they_say_that_they_read_it()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(100), await forum.Make.User(moderator: true));
        var warning = await forum.Send(new WriteToPerson(ada, IsWarning: true, "rude", "Please be kind to others."), moderator);
        await forum.Make.Tags("files");
        var ask = new AskQuestion("How do I read a file line by line?", "I have a large text file and want to read it line by line without loading all of it.", "files");

        Assert.That(() => forum.Send(ask, ada), Throws.TypeOf<RefusedException>().With.Message.EqualTo("discipline.acknowledge-first"));
        await forum.Send(new AnswerModerators("I did not mean it like that."), ada);
        Assert.That(() => forum.Send(new AcknowledgeWarning(warning), moderator), Throws.TypeOf<NotFoundException>(), "it is not theirs");
        await forum.Send(new AcknowledgeWarning(warning), ada);

        Assert.That(await forum.Send(ask, ada), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_person_answers_all_moderators_until_one_settles_it_and_is_not_told_who_wrote()
    {
        await using var forum = new TestForum();
        var (ada, moderator, other) = (await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        Assert.That(() => forum.Send(new AnswerModerators("Is anybody there?"), ada), Throws.TypeOf<RefusedException>(), "nobody wrote to them");
        await forum.Send(new SuspendPerson(ada, 7, "spam", "You only link to your own site."), moderator);
        await forum.Send(new AnswerModerators("It is the best site there is."), ada);

        Assert.That((await forum.Send(new ShowDesk(), other)).Answers.Select(answer => answer.UserId), Is.EqualTo([ada]));
        var seen = (await forum.Send(new ShowMyThread(), ada)).Messages;
        Assert.That(seen.Select(message => message.Kind), Is.EqualTo([MessageKind.Suspension, MessageKind.Answer]));
        Assert.That(seen.Select(message => message.Author), Is.All.Null);

        await forum.Send(new SettleThread(ada), other);
        Assert.That((await forum.Send(new ShowDesk(), other)).Answers, Is.Empty);
        await forum.Send(new AnswerModerators("So what about my site then?"), ada);
        await forum.Send(new WriteToPerson(ada, IsWarning: false, "other", "It is not for this place."), other);
        Assert.That((await forum.Send(new ShowDesk(), moderator)).Answers, Is.Empty, "an answer was given");
    }

    [Test]
    public async Task Notes_are_read_by_moderators_and_taking_one_away_is_undone()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var note = await forum.Send(new Annotate(ada, "Met before."), moderator);
        Assert.That((await forum.Send(new ShowPerson(ada), moderator)).Notes.Select(n => n.Body), Is.EqualTo(["Met before."]));
        Assert.That(() => forum.Send(new ShowPerson(ada), ada), Throws.TypeOf<RefusedException>());

        await forum.Send(new KeepNote(note, IsKept: false), moderator);
        Assert.That((await forum.Send(new ShowPerson(ada), moderator)).Notes, Is.Empty);
        await forum.Send(new UndoAct(2), moderator);

        Assert.That((await forum.Send(new ShowPerson(ada), moderator)).Notes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_a_refused_moderator_wrote_is_not_written()
    {
        await using var forum = new TestForum();
        var (peer, moderator) = (await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));

        Assert.That(() => forum.Send(new SuspendPerson(peer, 7, "rude", "That was not kind at all."), moderator), Throws.TypeOf<RefusedException>());
        Assert.That(() => forum.Send(new WriteToPerson(moderator, false, "rude", "That was not kind at all."), moderator), Throws.TypeOf<RefusedException>());
        Assert.That(await forum.Value<int>("select (select count(*) from moderator_messages) + (select count(*) from moderation_acts) + (select count(*) from suspensions)"), Is.Zero);
    }
}
