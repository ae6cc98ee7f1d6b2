using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Inbox;
using Forum.Core.Saves;
using Forum.Tests.Support;

namespace Forum.Tests.Inbox;

public sealed class InboxTests
{
    private const string AnswerText = "Use a stream and read one line after the other.";
    private const string EditedText = "Use a stream and read a line at a time, then stop reading.";

    [Test]
    public async Task An_answer_is_told_to_the_asker()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(name: "Bob"));
        var question = await forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");

        await forum.Send(new PostAnswer(question, AnswerText), bob);
        await forum.Settle();

        var group = (await forum.Send(new ShowInbox(), ada)).Groups.Single();
        var notice = group.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(group.Title, Is.EqualTo("What does a walrus eat for breakfast?"));
            Assert.That((notice.Kind, notice.ActorName, notice.IsRead), Is.EqualTo(("answer", "Bob", false)));
            Assert.That(notice.Excerpt, Does.StartWith("Use a stream"));
        });
        Assert.That(await Unread(forum, ada, bob), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Nobody_is_told_of_their_own_acts()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new FollowPost(question), ada);

        var answer = await forum.Send(new PostAnswer(question, AnswerText), ada);
        await forum.Send(new PostComment(question, "A comment of my own on this."), ada);
        forum.Clock.Advance(TimeSpan.FromHours(49));
        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Send(new EditPost(question, "An edit of my own that says it all better than before."), ada);
        await forum.Settle();

        Assert.That((await forum.Send(new ShowInbox(), ada)).Groups, Is.Empty);
    }

    [Test]
    public async Task Comments_mentions_acceptance_and_edits_are_told_to_whom_they_concern()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(name: "Ada"), await forum.Make.User(name: "Bob"), await forum.Make.User(1_000, name: "Eve"));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);

        await forum.Send(new PostComment(answer, "@ada is this what you were looking for?"), eve);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Send(new EditPost(answer, EditedText), eve);
        await forum.Send(new EditPost(answer, EditedText + " And close it."), eve);
        await forum.Settle();

        Assert.That(await Kinds(forum, ada), Is.EqualTo(["mention"]));
        Assert.That(await Kinds(forum, bob), Is.EquivalentTo(["edit", "accept", "comment"]));
        Assert.That(await Kinds(forum, eve), Is.Empty);
    }

    [Test]
    public async Task A_person_is_told_once_by_the_most_specific_kind()
    {
        await using var forum = new TestForum();
        var (ada, eve) = (await forum.Make.User(name: "Ada"), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new FollowPost(question), ada);

        await forum.Send(new PostComment(question, "@ada which version is this about?"), eve);
        await forum.Settle();
        await forum.Send(new PostComment(question, "And which system is it running on?"), eve);
        await forum.Settle();
        await forum.Send(new PostAnswer(question, AnswerText), eve);
        await forum.Settle();

        Assert.That(await Kinds(forum, ada), Is.EquivalentTo(["answer", "comment", "mention"]));
    }

    [Test]
    public async Task Followers_hear_of_answers_comments_edits_and_acceptance()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new FollowPost(question), eve);

        var answer = await forum.Send(new PostAnswer(question, AnswerText), bob);
        await forum.Send(new PostComment(question, "Which version is this about?"), bob);
        await forum.Send(new PostComment(answer, "Not a comment on what is followed."), ada);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        await forum.Send(new EditPost(question, "A better text of the question, which says what it wants."), ada);
        await forum.Send(new AcceptAnswer(answer), ada);
        await forum.Settle();

        Assert.That(await Kinds(forum, eve), Is.EquivalentTo(["follow-answer", "follow-comment", "follow-edit", "follow-accept"]));
        await forum.Send(new UnfollowPost(question), eve);
        await forum.Send(new PostComment(question, "And which system is it running on?"), bob);
        await forum.Settle();
        Assert.That(await Unread(forum, eve, eve), Is.EqualTo((4, 4)));
    }

    [Test]
    public async Task A_handler_that_runs_twice_writes_once()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new PostAnswer(question, AnswerText), bob);
        await forum.Settle();
        await forum.Write(
            "insert into deliveries (event_id, handler, due_at) select id, @handler, at from events where kind = @kind",
            new { kind = typeof(AnswerPosted).FullName, handler = "Forum.Core.Inbox.TellPeople(AnswerPosted)" });

        Assert.That(await forum.Settle(), Is.EqualTo(1));

        Assert.That(await Kinds(forum, ada), Is.EqualTo(["answer"]));
    }

    [Test]
    public async Task Accepting_again_is_no_news()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var answer = await forum.Make.Answer(await forum.Make.Question(by: ada), by: bob);
        forum.Clock.Advance(TimeSpan.FromMinutes(20));

        for (var i = 0; i < 2; i++)
        {
            await forum.Send(new AcceptAnswer(answer), ada);
            await forum.Settle();
            await forum.Send(new UnacceptAnswer(answer), ada);
        }

        Assert.That(await Kinds(forum, bob), Is.EqualTo(["accept"]));
    }

    [Test]
    public async Task What_is_deleted_meanwhile_is_not_told_and_what_is_deleted_later_says_only_that()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var early = await forum.Send(new PostComment(question, "A walrus that nobody ever hears of."), bob);
        await forum.Send(new DeleteComment(early), bob);
        await forum.Settle();
        Assert.That(await Kinds(forum, ada), Is.Empty);

        var comment = await forum.Send(new PostComment(question, "A walrus that is gone in a moment."), bob);
        var answer = await forum.Send(new PostAnswer(question, "A walrus that is gone in a moment, too."), bob);
        await forum.Settle();
        await forum.Send(new DeleteComment(comment), bob);
        await forum.Send(new DeletePost(answer), bob);

        var notices = (await forum.Send(new ShowInbox(), ada)).Groups.Single().Items;
        Assert.That(notices.Select(n => (n.Excerpt, n.IsGone)), Is.EqualTo(new[] { ("", true), ("", true) }));
    }

    [Test]
    public async Task A_deleted_questions_title_is_kept_from_those_who_may_not_see_it()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new PostComment(answer, "Is it the walrus that eats here?"), ada);
        await forum.Settle();
        await forum.Send(new DeletePost(question), ada);

        var group = (await forum.Send(new ShowInbox(), bob)).Groups.Single();

        Assert.That((group.Title, group.Items.Single().Excerpt), Is.EqualTo(("", "")));
    }

    [Test]
    public async Task Opening_a_notice_marks_it_read_and_leads_to_what_it_is_about()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var comment = await forum.Send(new PostComment(question, "Which version is this about?"), bob);
        await forum.Settle();
        var notice = (await forum.Send(new ShowInbox(), ada)).Groups.Single().Items.Single();

        await forum.FindsNothing(() => forum.Send(new OpenNotice(notice.Id), bob));
        await forum.IsRefused(() => forum.Send(new OpenNotice(notice.Id)), "accounts.sign-in-first");
        var target = await forum.Send(new OpenNotice(notice.Id), ada);

        Assert.That((target.PostId, target.CommentId), Is.EqualTo((question, (long?)comment)));
        Assert.That(await Unread(forum, ada, bob), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Notices_are_marked_read_by_question_or_all_but_never_those_not_seen_yet()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(500), await forum.Make.User(1_000));
        var (first, second) = (await forum.Make.Question(by: ada), await forum.Make.Question(by: ada));
        await forum.Send(new PostComment(first, "Which version is this about?"), bob);
        await forum.Send(new PostComment(second, "Which version is this about?"), bob);
        await forum.Settle();
        var seen = (await forum.Send(new ShowInbox(), ada)).Newest;
        await forum.Send(new PostComment(first, "And which system is it running on?"), bob);
        await forum.Settle();

        await forum.Send(new MarkRead(first, seen), ada);
        Assert.That(await Unread(forum, ada, bob), Is.EqualTo((2, 0)));

        await forum.Send(new MarkRead(null, seen), ada);
        Assert.That(await Unread(forum, ada, bob), Is.EqualTo((1, 0)));

        await forum.IsRefused(() => forum.Send(new MarkRead(null, long.MaxValue)), "accounts.sign-in-first");
        await forum.Send(new MarkRead(null, long.MaxValue), bob);
        Assert.That(await Unread(forum, ada, bob), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_long_inbox_goes_on_on_another_page()
    {
        await using var forum = new TestForum(("Forum:Pages:Inbox", "2"));
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        for (var i = 0; i < 5; i++)
            await forum.Send(new PostComment(question, $"Which of the versions is this about, {i}?"), bob);
        await forum.Settle();

        var seen = new List<string>();
        long? before = null;
        do
        {
            var page = await forum.Send(new ShowInbox(before), ada);
            seen.AddRange(page.Groups.SelectMany(g => g.Items).Select(i => i.Excerpt[^2..]));
            before = page.Next;
        }
        while (before is not null);

        Assert.That(seen, Is.EqualTo(["4?", "3?", "2?", "1?", "0?"]));
    }

    private static async Task<string[]> Kinds(TestForum forum, long user) =>
        [.. (await forum.Send(new ShowInbox(), user)).Groups.SelectMany(g => g.Items).Select(i => i.Kind)];

    private static async Task<(long, long)> Unread(TestForum forum, long one, long other) => (await Unread(forum, one), await Unread(forum, other));

    private static async Task<long> Unread(TestForum forum, long user) =>
        (await forum.Send(new ShowInbox(), user)).Groups.SelectMany(g => g.Items).Count(i => !i.IsRead);
}
