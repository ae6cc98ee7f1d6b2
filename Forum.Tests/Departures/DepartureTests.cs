using FluentValidation;
using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Departures;
using Forum.Core.Discipline;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Saves;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Departures;

/// <summary>docs/rules/departures.md through the front door.</summary>
public sealed class DepartureTests
{
    private const string Why = "Asked for it by mail.";

    [Test]
    public async Task A_deleted_account_leaves_its_posts_under_a_number_and_takes_its_votes_along()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(5_000, "Ada"), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(ada);
        var bad = await forum.Make.Answer(question, ada);
        var others = await forum.Make.Answer(question, bob, "Another way to read them is a buffered reader with lines.");
        await forum.Send(new CastVote(bad, Direction.Down), bob);
        await forum.Send(new CastVote(others, Direction.Up), ada);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Send(new AcceptAnswer(others), ada);
        await forum.Send(new StartBounty(question, 100, "draw-attention", ""), ada);
        await forum.Send(new SavePost(question, "mine"), ada);
        await forum.Send(new EditPost(others, "Another way to read them is a buffered reader that gives you line after line.", Comment: "Say more"), ada);
        var remark = await forum.Make.Comment(others, ada, "That is what I was looking for, thank you.");
        Assert.That(await forum.Value<int>("select reputation from users where id = @bob", new { bob }), Is.EqualTo(1_000 + 10 + 15 - 1));

        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);

        Assert.That(await forum.Send(new RecogniseUser(ada)), Is.Null, "the session ends at once");
        Assert.That(await Finish(forum), Is.Positive);
        Assert.That(await forum.Value<string>("select name || ' ' || reputation || ' ' || (removed_at is not null) from users where id = @ada", new { ada }), Is.EqualTo($"user{ada} 1 1"));
        Assert.That(await forum.Value<string>("select author_name || ' ' || (author_id is null) || ' ' || (deleted_at is null) from posts where id = @question", new { question }), Is.EqualTo($"user{ada} 1 1"));
        Assert.That(await forum.Value<string>("select deletion || ' ' || (deleted_at is not null) from posts where id = @bad", new { bad }), Is.EqualTo($"{(int)DeletionKind.Rules} 1"));
        Assert.That(await forum.Value<string>("select author_name from comments where id = @remark", new { remark }), Is.EqualTo($"user{ada}"));
        Assert.That(await forum.Value<string>("select author_name from revisions where post_id = @others and number = 2", new { others }), Is.EqualTo($"user{ada}"));
        Assert.That(await forum.Value<int>("select score from posts where id = @others", new { others }), Is.Zero);
        Assert.That(await forum.Value<int>("select reputation from users where id = @bob", new { bob }), Is.EqualTo(1_000 + 15 - 0), "the accept stays, the vote does not; the vote down went with its post");
        Assert.That(await forum.Value<string>("select cause_id || '' from reputation_events where user_id = @bob and kind = 7", new { bob }), Is.EqualTo("-1"));
        Assert.That(await forum.Value<long>("select sponsor_id from bounties where question_id = @question", new { question }), Is.EqualTo(-1));
        Assert.That(await forum.Value<int>("select save_count from posts where id = @question", new { question }), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from votes where user_id = @ada", new { ada }), Is.Zero);
        await Settled(forum);
    }

    [Test]
    public async Task What_waits_is_settled()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(5_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        await forum.Send(new FlagPost(question, FlagKind.Moderator, "Somebody should look at who wrote this."), ada);
        await forum.Send(new Core.Closing.CastCloseVote(question, "needs-focus"), ada);
        await forum.Send(new WriteToPerson(ada, IsWarning: true, "rude", "Please be kind to others."), moderator);
        await forum.Send(new Annotate(ada, "Knows a lot, shouts a lot."), moderator);

        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        await Finish(forum);

        Assert.That(await forum.Value<string>("select state || words from flags where user_id = @ada", new { ada }), Is.EqualTo($"{(int)FlagState.Retracted}"));
        Assert.That(await forum.Value<int>("select outcome from moderation_votes where user_id = @ada", new { ada }), Is.EqualTo(2));
        Assert.That(await forum.Value<int>("select (select count(*) from user_notes) + (select count(*) from moderator_messages)"), Is.Zero);
        await Settled(forum);
    }

    [Test]
    public async Task Votes_stay_while_much_hangs_on_them_until_an_administrator_drops_them()
    {
        await using var forum = new TestForum(("Forum:Departures:KeepsVotesFrom", "2"));
        var (ada, bob, moderator, administrator) =
            (await forum.Make.User(1_000), await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, bob);
        var second = await forum.Make.Answer(question, bob, "Another way to read them is a buffered reader with lines.");
        await forum.Send(new CastVote(answer, Direction.Up), ada);
        await forum.Send(new CastVote(second, Direction.Down), ada);
        Assert.That(async () => await forum.Send(new DeleteAccount(ada, Why, IsSure: true, DropsVotes: true), moderator), Throws.InstanceOf<RefusedException>());
        Assert.That(await forum.Value<int>("select count(*) from departures"), Is.Zero);

        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        await Finish(forum);

        Assert.That(await forum.Value<string>("select score || '' from posts where id = @answer", new { answer }), Is.EqualTo("1"));
        Assert.That(await forum.Value<int>("select reputation from users where id = @bob", new { bob }), Is.EqualTo(9));
        await Settled(forum);

        var departure = (await forum.Send(new ListDepartures(), moderator)).Ended.Single();
        Assert.That(departure.KeepsVotes);
        Assert.That(async () => await forum.Send(new DropKeptVotes(departure.Id), moderator), Throws.InstanceOf<RefusedException>());
        await forum.Send(new DropKeptVotes(departure.Id), administrator);
        await Finish(forum);

        Assert.That(await forum.Value<int>("select reputation from users where id = @bob", new { bob }), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.Zero);
        Assert.That(async () => await forum.Send(new DropKeptVotes(departure.Id), administrator), Throws.InstanceOf<ConflictException>());
        await Settled(forum);
    }

    [Test]
    public async Task Who_leaves_has_a_day_to_keep_the_account()
    {
        await using var forum = new TestForum();
        var ada = await Register(forum, "ada@example.com");
        Assert.That(async () => await forum.Send(new LeaveForum(IsSure: false), ada), Throws.InstanceOf<ValidationException>());
        await forum.Send(new LeaveForum(IsSure: true), ada);
        Assert.That(async () => await forum.Send(new LeaveForum(IsSure: true), ada), Throws.InstanceOf<ConflictException>());
        forum.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await Finish(forum);
        Assert.That(await forum.Send(new RecogniseUser(ada)), Is.Not.Null);

        await forum.Send(new KeepMyAccount(), ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await Finish(forum);

        Assert.That(await forum.Send(new RecogniseUser(ada)), Is.Not.Null);
        Assert.That(async () => await forum.Send(new KeepMyAccount(), ada), Throws.InstanceOf<ConflictException>());
        await forum.Send(new LeaveForum(IsSure: true), ada);
        forum.Clock.Advance(TimeSpan.FromHours(24));
        await Finish(forum);
        Assert.That(await forum.Send(new RecogniseUser(ada)), Is.Null);
        Assert.That(await forum.Value<int>("select count(*) from accounts"), Is.Zero);
        Assert.That(await forum.Value<string>("select action || ' ' || (actor_id is null) from moderation_acts"), Is.EqualTo("delete-account 1"));
        await Settled(forum);
    }

    [Test]
    public async Task Who_moderates_stays_and_so_does_the_last_administrator()
    {
        await using var forum = new TestForum();
        var (moderator, administrator, other) = (await forum.Make.User(moderator: true), await forum.Make.User(administrator: true), await forum.Make.User(moderator: true));
        foreach (var (command, by) in new (MediatR.IRequest, long)[]
        {
            (new LeaveForum(IsSure: true), moderator), (new LeaveForum(IsSure: true), administrator), (new DeleteAccount(moderator, Why, IsSure: true), administrator),
            (new DeleteAccount(other, Why, IsSure: true), other), (new DeleteAccount(-1, Why, IsSure: true), administrator), (new DestroyAccount(moderator, Why, IsSure: true), administrator),
            (new AskForMerge(moderator, other, Why, IsSure: true), administrator),
        })
            Assert.That(async () => await forum.Send(command, by), Throws.InstanceOf<RefusedException>(), command.ToString());
        Assert.That(await forum.Value<int>("select (select count(*) from departures) + (select count(*) from moderation_acts)"), Is.Zero);

        var member = await forum.Make.User();
        await forum.Send(new LeaveForum(IsSure: true), member);
        await forum.Send(new ChangeRole(member, IsModerator: true, IsAdministrator: false), administrator);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await Finish(forum);
        Assert.That(await forum.Value<string>("select (called_off_at is not null) || ' ' || (select removed_at is null from users where id = @member) from departures", new { member }), Is.EqualTo("1 1"));
    }

    [Test]
    public async Task A_spammer_is_destroyed_with_everything_they_wrote()
    {
        await using var forum = new TestForum();
        var (spammer, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var mine = await forum.Make.Question(spammer, title: "Where does one buy the best watches?");
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, spammer);
        var remark = await forum.Make.Comment(question, spammer);

        await forum.Send(new DestroyAccount(spammer, "Sells watches.", IsSure: true), moderator);
        await Finish(forum);

        Assert.That(await forum.Value<int>("select count(*) from posts where deletion = 5 and author_name = @name", new { name = $"user{spammer}" }), Is.EqualTo(2));
        Assert.That(await forum.Value<bool>("select deleted_at is not null from comments where id = @remark", new { remark }));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Items.Select(item => item.Id), Is.EqualTo(new[] { question }));
        Assert.That(async () => await forum.Send(new ShowQuestion(mine)), Throws.InstanceOf<NotFoundException>());
        Assert.That(answer, Is.Positive);
        await Settled(forum);
    }

    [Test]
    public async Task Who_earned_something_or_wrote_much_is_not_destroyed()
    {
        await using var forum = new TestForum(("Forum:Departures:DestroysUpToPosts", "1"), ("Forum:Departures:AdministratorsDestroyUpToPosts", "2"), ("Forum:Limits:PacedBelowReputation", "0"));
        var (known, busy, moderator, administrator) =
            (await forum.Make.User(101), await forum.Make.User(100), await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        await forum.Make.Question(busy);
        await forum.Make.Question(busy, title: "How do I write a file line by line?");

        Assert.That(async () => await forum.Send(new DestroyAccount(known, Why, IsSure: true), administrator), Throws.InstanceOf<RefusedException>().With.Message.EqualTo("departures.reputation"));
        Assert.That(async () => await forum.Send(new DestroyAccount(busy, Why, IsSure: true), moderator), Throws.InstanceOf<RefusedException>().With.Message.EqualTo("departures.posts"));
        Assert.That(await forum.Value<int>("select count(*) from departures"), Is.Zero);
        await forum.Send(new DestroyAccount(busy, Why, IsSure: true), administrator);
        await Finish(forum);
        await Settled(forum);
    }

    [Test]
    public async Task Two_accounts_become_one_when_an_administrator_agrees()
    {
        await using var forum = new TestForum();
        var (old, now, bob, moderator, administrator) =
            (await forum.Make.User(200), await forum.Make.User(300), await forum.Make.User(500), await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        var question = await forum.Make.Question(old);
        var own = await forum.Make.Answer(question, now);
        var others = await forum.Make.Answer(question, bob, "Another way to read them is a buffered reader with lines.");
        await forum.Send(new CastVote(own, Direction.Up), old);
        await forum.Send(new CastVote(question, Direction.Up), now);
        await forum.Send(new CastVote(others, Direction.Up), old);
        await forum.Send(new CastVote(others, Direction.Up), now);
        await forum.Send(new CastVote(own, Direction.Up), bob);
        await forum.Send(new CastVote(question, Direction.Up), bob);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new AcceptAnswer(own), old);
        await forum.Send(new SavePost(question), old);
        await forum.Send(new SavePost(question), now);
        await forum.Send(new SavePost(others), old);
        var third = await forum.Make.Answer(await forum.Make.Question(bob, title: "How do I write a file line by line?"), bob);
        await forum.Send(new CastVote(third, Direction.Down), old);

        Assert.That((await forum.Send(new ShowDeparture(old, now), moderator)).Doubles, Is.EqualTo(3));
        await forum.Send(new AskForMerge(old, now, "The same person.", IsSure: true), moderator);
        await Finish(forum);
        Assert.That(await forum.Value<bool>("select removed_at is null from users where id = @old", new { old }), "nobody agreed yet");
        Assert.That(async () => await forum.Send(new AgreeToMerge(old, IsSure: true), moderator), Throws.InstanceOf<RefusedException>());

        await forum.Send(new AgreeToMerge(old, IsSure: true), administrator);
        await Finish(forum);

        Assert.That(await forum.Value<int>("select count(*) from posts where author_id = @now", new { now }), Is.EqualTo(2));
        Assert.That(await forum.Value<string>("select group_concat(post_id || ':' || direction, ' ') from (select * from votes where user_id = @now order by post_id)", new { now }), Is.EqualTo($"{others}:1 {third}:-1"));
        // 200 and 300 above what everybody has, a vote for each of the posts by somebody else, one vote down that was cast.
        Assert.That(await forum.Value<int>("select reputation from users where id = @now", new { now }), Is.EqualTo(1 + 199 + 299 + 10 + 10 - 1));
        Assert.That(await forum.Value<int>("select reputation from users where id = @bob", new { bob }), Is.EqualTo(500 + 10 - 2));
        Assert.That(await forum.Value<long>("select accepted_answer_id from posts where id = @question", new { question }), Is.EqualTo(own), "the mark stays");
        Assert.That(await forum.Value<string>("select group_concat(post_id, ' ') from (select post_id from saves where user_id = @now order by post_id)", new { now }), Is.EqualTo($"{question} {others}"));
        Assert.That((await forum.Send(new ShowUser(old))).MovedTo, Is.EqualTo(now));
        await Settled(forum);
    }

    [Test]
    public async Task A_merge_that_is_called_off_changes_nothing()
    {
        await using var forum = new TestForum();
        var (old, now, moderator, administrator) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        Assert.That(async () => await forum.Send(new AskForMerge(old, null, Why, IsSure: true), moderator), Throws.InstanceOf<ValidationException>());
        Assert.That(async () => await forum.Send(new AskForMerge(old, old, Why, IsSure: true), moderator), Throws.InstanceOf<ValidationException>());
        await forum.Send(new AskForMerge(old, now, Why, IsSure: true), moderator);
        Assert.That(async () => await forum.Send(new AskForMerge(old, now, Why, IsSure: true), moderator), Throws.InstanceOf<ConflictException>());

        await forum.Send(new UndoAct(1), moderator);

        Assert.That(async () => await forum.Send(new AgreeToMerge(old, IsSure: true), administrator), Throws.InstanceOf<ConflictException>());
        Assert.That(await Finish(forum), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from users where removed_at is not null"), Is.Zero);
    }

    [TestCase("Ada.Lovelace+again@googlemail.com", true)]
    [TestCase("adalovelace@gmail.com", true)]
    [TestCase("adalovelace@example.com", false)]
    public async Task Who_comes_back_takes_over_what_was_left_of_a_suspension_and_of_bans(string address, bool isKnown)
    {
        await using var forum = new TestForum(("Forum:Abuse:BanFromPosts", "2"), ("Forum:Limits:PacedBelowReputation", "0"));
        var (ada, moderator) = (await Register(forum, "ada.lovelace@gmail.com"), await forum.Make.User(moderator: true));
        foreach (var number in Enumerable.Range(1, 2))
            await forum.Send(new DeletePost(await forum.Make.Question(ada, title: $"How do I read file number {number} by line?")), moderator);
        await forum.Send(new SuspendPerson(ada, 30, "voting", "You voted for yourself with another account."), moderator);
        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        await Finish(forum);
        forum.Clock.Advance(TimeSpan.FromDays(10));

        var again = await Register(forum, address);

        Assert.That(await forum.Value<bool>("select coalesce(suspended_until > @at, 0) from users where id = @again", new { again, at = forum.Clock.GetUtcNow().AddDays(19) }), Is.EqualTo(isKnown));
        Assert.That((await forum.Send(new ShowBan(), again)).Questions!.WhyNot is not null, Is.EqualTo(isKnown));
        Assert.That((await forum.Send(new ShowPerson(again), moderator)).Person.FormerId, Is.EqualTo(isKnown ? ada : (long?)null));
        Assert.That(await forum.Value<int>("select count(*) from departed_addresses where hash like '%gmail%'"), Is.Zero);
        await Settled(forum);
    }

    [Test]
    public async Task An_address_is_forgotten_after_a_year()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await Register(forum, "ada@example.com"), await forum.Make.User(moderator: true));
        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        forum.Clock.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(1));
        await Finish(forum);
        Assert.That(await forum.Value<int>("select count(*) from departed_addresses"), Is.EqualTo(1));

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        await Finish(forum);

        Assert.That(await forum.Value<int>("select count(*) from departed_addresses"), Is.Zero);
    }

    [Test]
    public async Task Idle_accounts_go_only_where_that_is_switched_on_and_who_did_anything_stays()
    {
        await using var off = new TestForum();
        await using var forum = new TestForum(("Forum:Departures:PurgesIdle", "true"));
        var idle = await forum.Make.User();
        await off.Make.User();
        var watcher = await forum.Make.User();
        await forum.Make.Tags("files");
        await forum.Send(new WatchTags("files", IsIgnored: false), watcher);
        forum.Clock.Advance(TimeSpan.FromDays(182));
        await forum.Make.User();
        forum.Clock.Set(new DateTimeOffset(forum.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddHours(24 + 24 + 4));
        off.Clock.Set(forum.Clock.GetUtcNow());

        Assert.That(await off.Service<PurgeIdle>().Nightly(default), Is.Empty);
        Assert.That((await forum.Service<PurgeIdle>().Purge(isDry: true, default)).Select(account => account.Id), Is.EqualTo(new[] { idle }));
        Assert.That(await forum.Value<int>("select count(*) from departures"), Is.Zero);
        Assert.That((await forum.Service<PurgeIdle>().Nightly(default)).Select(account => account.Id), Is.EqualTo(new[] { idle }));
        Assert.That(await forum.Service<PurgeIdle>().Nightly(default), Is.Empty, "once a night");
        await Finish(forum);

        Assert.That(await forum.Value<string>("select group_concat(id) from users where removed_at is not null"), Is.EqualTo($"{idle}"));
        Assert.That(await forum.Value<string>("select action from moderation_acts"), Is.EqualTo("purge-account"));
        Assert.That(await forum.Send(new PurgeAccount(watcher)), Is.False);
        await Settled(forum);
    }

    [Test]
    public async Task The_log_still_shows_everything_and_only_a_number_of_who_is_gone()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(name: "Ada Lovelace"), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(ada);
        await forum.Send(new DeletePost(question), moderator);
        await forum.Send(new SuspendPerson(ada, 7, "rude", "You were warned before."), moderator);
        await forum.Send(new Annotate(ada, "Knows a lot, shouts a lot."), moderator);
        var before = (await forum.Send(new ListActs(), moderator)).Items;

        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        await Finish(forum);

        var after = (await forum.Send(new ListActs(), moderator)).Items;
        Assert.That(after.Select(line => line.Act.Id).Skip(1), Is.EqualTo(before.Select(line => line.Act.Id)));
        Assert.That(after[0].Act, Has.Property("Action").EqualTo("delete-account").And.Property("ActorId").EqualTo(moderator).And.Property("Reason").EqualTo(Why));
        Assert.That(after.Select(line => line.Concerns), Is.All.EqualTo($"user{ada}"));
        Assert.That((await forum.Send(new ListActs(UserId: ada), moderator)).Items, Has.Count.EqualTo(after.Count));
        // Undoing what concerned who is gone is refused or does what it says, and never fails.
        await forum.Send(new UndoAct(before[^1].Act.Id), moderator);
        Assert.That(await forum.Value<bool>("select deleted_at is null from posts where id = @question", new { question }));
        await Settled(forum);
    }

    [Test]
    public async Task What_a_stop_interrupts_goes_on_where_it_was()
    {
        await using var forum = new TestForum(("Forum:Limits:QuestionsPerDay", "100"));
        var (ada, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        foreach (var number in Enumerable.Range(1, 25))
            await forum.Make.Question(ada, title: $"How do I read file number {number} by line?");
        await forum.Send(new DeleteAccount(ada, Why, IsSure: true), moderator);
        var departure = await forum.Value<long>("select id from departures");

        var pieces = 0;
        for (var isMore = true; isMore; pieces++)
        {
            // As after a start: nothing is remembered but what the tables say.
            isMore = await forum.Send(new TakeAccountOut(departure));
        }

        Assert.That(pieces, Is.GreaterThan(1));
        Assert.That(await forum.Value<int>("select count(*) from posts where author_id is null"), Is.EqualTo(25));
        await Settled(forum);
    }

    /// <summary>Everything that follows is done.</summary>
    internal static Task<int> Finish(TestForum forum) => forum.Service<RunDepartures>().Run(default);

    /// <summary>Everybody has heard of it, and every derived value is right.</summary>
    internal static async Task Settled(TestForum forum)
    {
        await forum.Settle();
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Service<CreditWiki>().CatchUp(default);
        await forum.Verify();
        Assert.That(await forum.Value<int>("select count(*) from pragma_foreign_key_check"), Is.Zero);
    }

    internal static Task<long> Register(TestForum forum, string email) =>
        forum.Send(new RegisterAccount("ada" + Guid.NewGuid().ToString("N")[..8], "Ada", email, "a password of some length"));
}
