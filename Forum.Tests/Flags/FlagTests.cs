using Forum.Core;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Inbox;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Flags;

public sealed class FlagTests
{
    [Test]
    public async Task Four_people_delete_and_lock_spam_and_its_author_pays_for_it()
    {
        await using var forum = new TestForum();
        var (author, voter) = (await forum.Make.User(500), await forum.Make.User(1_000));
        var post = await forum.Make.Question(author);
        await forum.Send(new CastVote(post, Direction.Up), voter);

        for (var flags = 1; flags <= 3; flags++)
            await forum.Send(new FlagPost(post, flags == 2 ? FlagKind.Rude : FlagKind.Spam), await forum.Make.User(15));

        Assert.That(await State(forum, post), Is.EqualTo("open -2"));
        Assert.That(await Reputation(forum, author), Is.EqualTo(500 + 10 - 6));

        await forum.Send(new FlagPost(post, FlagKind.Spam), await forum.Make.User(15));

        Assert.That(await State(forum, post), Is.EqualTo("deleted locked -3"));
        Assert.That(await Reputation(forum, author), Is.EqualTo(500 - 100));
        Assert.That(await forum.Value<int>("select count(*) from flags where state = 1"), Is.EqualTo(4));
        Assert.That(async () => await forum.Send(new FlagPost(post, FlagKind.Spam), await forum.Make.User(15)), Throws.TypeOf<NotFoundException>());
        await forum.Verify();
    }

    [Test]
    public async Task A_moderators_flag_of_spam_is_enough_and_clearing_it_leaves_all_as_it_was()
    {
        await using var forum = new TestForum();
        var (author, voter, moderator) = (await forum.Make.User(500), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        var post = await forum.Make.Answer(question, author);
        await forum.Send(new CastVote(post, Direction.Up), voter);
        var before = (await State(forum, post), await Reputation(forum, author));

        await forum.Send(new FlagPost(post, FlagKind.Spam), moderator);

        Assert.That(await State(forum, post), Is.EqualTo("deleted locked 0"));
        Assert.That(() => forum.Send(new UndeletePost(post), moderator), Throws.TypeOf<RefusedException>().With.Message.EqualTo("flags.deleted-as-spam"));
        Assert.That(() => forum.Send(new ClearSpam(post), voter), Throws.TypeOf<RefusedException>());
        await forum.Verify();

        await forum.Send(new UndoAct(await forum.Value<long>("select id from moderation_acts where action = 'delete-as-spam'")), moderator);

        Assert.That((await State(forum, post), await Reputation(forum, author)), Is.EqualTo(before));
        Assert.That(await forum.Value<FlagState>("select state from flags"), Is.EqualTo(FlagState.Disputed));
        Assert.That(() => forum.Send(new ClearSpam(post), moderator), Throws.TypeOf<ConflictException>());
        await forum.Verify();
    }

    [Test]
    public async Task What_was_good_for_long_is_not_kept_when_it_is_spam()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(500);
        var post = await forum.Make.Question(author);
        for (var votes = 0; votes < 5; votes++)
            await forum.Send(new CastVote(post, Direction.Up), await forum.Make.User(100));
        forum.Clock.Advance(TimeSpan.FromDays(61));

        await forum.Send(new FlagPost(post, FlagKind.Rude), await forum.Make.User(moderator: true));

        Assert.That(await Reputation(forum, author), Is.EqualTo(400));
        await forum.Verify();
    }

    [Test]
    public async Task Spam_is_shown_to_moderators_and_its_author_alone()
    {
        await using var forum = new TestForum();
        var (author, trusted, moderator) = (await forum.Make.User(500), await forum.Make.User(50_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(author);
        var answered = await forum.Make.Question();
        var answer = await forum.Make.Answer(answered, author);
        foreach (var post in new[] { question, answer })
            await forum.Send(new FlagPost(post, FlagKind.Spam), moderator);

        Assert.That(() => forum.Send(new ShowQuestion(question), trusted), Throws.TypeOf<NotFoundException>());
        Assert.That((await forum.Send(new ShowQuestion(answered), trusted)).Answers.Items, Is.Empty);
        Assert.That(() => forum.Send(new ListRevisions(answer), trusted), Throws.TypeOf<NotFoundException>());
        Assert.That((await forum.Send(new ShowQuestion(question), author)).Question.Id, Is.EqualTo(question));
        Assert.That((await forum.Send(new ShowQuestion(answered), moderator)).Answers.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Taking_a_flag_back_takes_its_vote_back_and_it_is_not_raised_again()
    {
        await using var forum = new TestForum();
        var (author, flagger) = (await forum.Make.User(500), await forum.Make.User(15));
        var post = await forum.Make.Question(author);
        var flag = await forum.Send(new FlagPost(post, FlagKind.Spam), flagger);

        Assert.That(async () => await forum.Send(new RetractFlag(flag), await forum.Make.User(15)), Throws.TypeOf<RefusedException>());
        await forum.Send(new RetractFlag(flag), flagger);

        Assert.That(await State(forum, post), Is.EqualTo("open 0"));
        Assert.That(await Reputation(forum, author), Is.EqualTo(500));
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Rude), flagger), Throws.TypeOf<RefusedException>().With.Message.EqualTo("flags.flagged-already"));
        await forum.Verify();
    }

    [Test]
    public async Task Flags_age_away_after_four_days_but_for_those_that_wait_for_a_moderators_word()
    {
        await using var forum = new TestForum();
        var (author, flagger) = (await forum.Make.User(500), await forum.Make.User(15));
        var post = await forum.Make.Question(author);
        await forum.Send(new FlagPost(post, FlagKind.Spam), flagger);
        await forum.Send(new FlagPost(post, FlagKind.Moderator, "The author asks the same again and again."), flagger);
        await forum.Send(new FlagPost(post, FlagKind.Close, Reason: "needs-focus"), flagger);
        forum.Clock.Advance(TimeSpan.FromDays(4) - TimeSpan.FromSeconds(1));

        Assert.That(await forum.Service<AgeFlags>().Age(default), Is.Zero);
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await forum.Service<AgeFlags>().Age(default), Is.EqualTo(1));

        Assert.That(await States(forum), Is.EqualTo(new[] { FlagState.Aged, FlagState.Pending, FlagState.Pending }));
        Assert.That(await Reputation(forum, author), Is.EqualTo(500));
        forum.Clock.Advance(TimeSpan.FromDays(10));
        Assert.That(await forum.Service<AgeFlags>().Age(default), Is.EqualTo(1), "the recommendation to close");
        await forum.Verify();
    }

    [Test]
    public async Task A_moderator_decides_on_all_flags_of_a_post_and_whoever_was_declined_reads_why()
    {
        await using var forum = new TestForum();
        var (one, two, moderator, other) = (await forum.Make.User(15), await forum.Make.User(15), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        var post = await forum.Make.Question();
        var comment = await forum.Make.Comment(post);
        await forum.Send(new FlagPost(post, FlagKind.Plagiarism, null, "https://example.com/a"), one);
        await forum.Send(new FlagComment(comment, FlagKind.CommentModerator, "This belongs into the question."), two);
        await forum.Send(new ClaimFlags(post), moderator);

        Assert.That(() => forum.Send(new DecideFlags(post, true), other), Throws.TypeOf<ConflictException>());
        var listed = (await forum.Send(new ListFlaggedPosts(), other)).Posts.Single();
        Assert.That((listed.PostId, listed.ClaimedBy, listed.Flags.Count), Is.EqualTo((post, (long?)moderator, 2)));
        Assert.That(await forum.Send(new DecideFlags(post, IsHelpful: false, "no-evidence"), moderator), Is.EqualTo(2));
        await forum.Settle();

        Assert.That((await forum.Send(new ListFlaggedPosts(), other)).Posts, Is.Empty);
        Assert.That((await forum.Send(new ShowInbox(), one)).Groups.Single().Items.Single().Kind, Is.EqualTo("flag-declined"));
        Assert.That((await forum.Send(new ListFlags(one), one)).Flags.Single(), Has.Property("Reply").EqualTo("no-evidence"));
        Assert.That((await forum.Send(new ListFlags(one), moderator)).Declined, Is.EqualTo(1));
        Assert.That(() => forum.Send(new ListFlags(one), two), Throws.TypeOf<NotFoundException>());
        Assert.That(() => forum.Send(new DecideFlags(post, true), moderator), Throws.TypeOf<ConflictException>());

        await forum.Send(new UndoAct(await forum.Value<long>("select min(id) from moderation_acts where action = 'flag-declined'")), moderator);
        Assert.That(await States(forum), Is.EqualTo(new[] { FlagState.Pending, FlagState.Declined }));
        await forum.Verify();
    }

    [Test]
    public async Task A_claim_ends_by_itself_and_when_it_is_given_back()
    {
        await using var forum = new TestForum();
        var (moderator, other) = (await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        var post = await forum.Make.Question();
        await forum.Send(new FlagPost(post, FlagKind.Plagiarism, null, "https://example.com/a"), await forum.Make.User(15));
        await forum.Send(new ClaimFlags(post), moderator);
        Assert.That(() => forum.Send(new ClaimFlags(post), other), Throws.TypeOf<ConflictException>());

        await forum.Send(new ReleaseFlags(post), moderator);
        await forum.Send(new ClaimFlags(post), other);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.That(async () => await forum.Send(new ClaimFlags(post), moderator), Throws.Nothing);
        Assert.That(async () => await forum.Send(new ClaimFlags(await forum.Make.Question()), moderator), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task Comments_go_at_their_thresholds()
    {
        await using var forum = new TestForum();
        var post = await forum.Make.Question();
        var (thanks, rude) = (await forum.Make.Comment(post, body: "Thanks, that did it!"), await forum.Make.Comment(post, body: "Only a fool would do it like that, and you are one."));

        await forum.Send(new FlagComment(thanks, FlagKind.Obsolete), await forum.Make.User(15));
        await forum.Send(new FlagComment(rude, FlagKind.Harassment), await forum.Make.User(15));
        await forum.Send(new FlagComment(rude, FlagKind.Unkind), await forum.Make.User(15));

        Assert.That(await Comments(forum), Is.EqualTo(new[] { rude }));
        await forum.Send(new FlagComment(rude, FlagKind.Unkind), await forum.Make.User(15));
        Assert.That(await Comments(forum), Is.Empty);
        Assert.That(await States(forum), Is.All.EqualTo(FlagState.Helpful));
        await forum.Verify();
    }

    [Test]
    public async Task Flags_of_what_is_deleted_were_right()
    {
        await using var forum = new TestForum();
        var (author, flagger) = (await forum.Make.User(500), await forum.Make.User(15));
        var post = await forum.Make.Answer(await forum.Make.Question(), author);
        var comment = await forum.Make.Comment(post, author);
        await forum.Send(new FlagPost(post, FlagKind.NotAnAnswer), flagger);
        await forum.Send(new FlagPost(post, FlagKind.Moderator, "It was posted three times by now."), flagger);
        await forum.Send(new FlagComment(comment, FlagKind.Obsolete), flagger);

        await forum.Send(new DeleteComment(comment), author);
        await forum.Send(new DeletePost(post), author);
        await forum.Settle();

        Assert.That(await States(forum), Is.EqualTo(new[] { FlagState.Helpful, FlagState.Pending, FlagState.Helpful }));
        await forum.Verify();
    }

    [Test]
    public async Task A_refused_flag_writes_nothing()
    {
        await using var forum = new TestForum();
        var (author, newcomer) = (await forum.Make.User(500), await forum.Make.User(14));
        var post = await forum.Make.Question(author);

        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Spam), newcomer), Throws.TypeOf<RefusedException>());
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Spam), author), Throws.TypeOf<RefusedException>());
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Moderator, "short"), author), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Plagiarism, null, "my book"), author), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Close), newcomer), Throws.TypeOf<FluentValidation.ValidationException>());
        Assert.That(() => forum.Send(new FlagPost(post, FlagKind.Unkind), newcomer), Throws.TypeOf<FluentValidation.ValidationException>());

        Assert.That(await forum.Value<int>("select (select count(*) from flags) + (select count(*) from moderation_acts)"), Is.Zero);
    }

    [Test]
    public async Task Moderators_are_told_of_wars_bursts_and_destroyed_posts()
    {
        await using var forum = new TestForum(("Forum:Flags:BurstOfComments", "2"), ("Forum:Flags:BurstOfAnswers", "2"), ("Forum:Flags:BurstOfDeletions", "2"), ("Forum:Flags:BurstOfRollbacks", "2"), ("Forum:Flags:BurstOfEdits", "4"));
        var (author, editor) = (await forum.Make.User(5_000), await forum.Make.User(5_000));
        var (commented, fought, rolled, destroyed) = (await forum.Make.Question(author), await forum.Make.Question(author), await forum.Make.Question(author), await forum.Make.Question(author));
        for (var i = 0; i < 3; i++)
            await forum.Send(new PostComment(commented, $"This is comment number {i} of too many."), editor);
        for (var i = 0; i < 4; i++)
            await Edit(forum, fought, $"I have a large text file and want to read it line by line, for the {i}th time.", i % 2 == 0 ? editor : author);
        for (var i = 0; i < 2; i++)
        {
            await Edit(forum, rolled, $"I have a small text file and want to read it line by line, {i} at a time.", editor);
            await Edit(forum, rolled, "I have a large text file and want to read it line by line without loading all of it.", author, rollback: 1);
        }

        await Edit(forum, destroyed, "I have a large text file and want to read it line by line. " + new string('x', 400), author);
        await forum.Send(new CastVote(destroyed, Direction.Up), editor);
        await Edit(forum, destroyed, "Removed because I want it removed.", author);
        var answers = new[] { await forum.Make.Answer(commented, editor), await forum.Make.Answer(fought, editor) };
        foreach (var answer in answers)
            await forum.Send(new DeletePost(answer), editor);
        await forum.Settle();

        Assert.That(
            await forum.Sql(db => db.Query<string>("select reason from flags where kind = 21 and user_id is null order by reason")),
            Is.EqualTo(new[] { Notices.EditWar, Notices.ManyComments, Notices.ManyDeletions, Notices.RollbackWar, Notices.Vandalism }));
        await forum.Verify();
    }

    private static async Task Edit(TestForum forum, long post, string body, long by, int? rollback = null)
    {
        forum.Clock.Advance(TimeSpan.FromMinutes(10));
        await forum.Send(new EditPost(post, body, "How do I read a file line by line?", "files", RollbackTo: rollback), by);
    }

    internal static Task<string> State(TestForum forum, long post) => forum.Value<string>(
        "select case when deleted_at is null then 'open ' else 'deleted ' end || case when locked_at is null then '' else 'locked ' end || score from posts where id = @post", new { post });

    internal static Task<int> Reputation(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });

    private static Task<IReadOnlyList<FlagState>> States(TestForum forum) => forum.Sql(db => db.Query<FlagState>("select state from flags order by id"));

    private static Task<IReadOnlyList<long>> Comments(TestForum forum) => forum.Sql(db => db.Query<long>("select id from comments where deleted_at is null"));
}
