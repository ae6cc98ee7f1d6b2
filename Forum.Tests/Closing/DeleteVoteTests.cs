using Forum.Core;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Inbox;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Tests.Closing.ClosingTests;

namespace Forum.Tests.Closing;

public sealed class DeleteVoteTests
{
    [Test]
    public async Task Three_votes_delete_a_closed_question_and_three_bring_it_back_as_it_was()
    {
        await using var forum = new TestForum();
        var (asker, bob) = (await forum.Make.User(), await forum.Make.User());
        var (question, voters) = (await forum.Make.Question(by: asker), await Tooled(forum, 3));
        var answer = await forum.Make.Answer(question, by: bob);
        await forum.Send(new CastCloseVote(question, "needs-focus"), await forum.Make.User(moderator: true));
        await forum.IsRefused(() => forum.Send(new CastDeleteVote(question), voters[0]), "deleting.closed-lately");
        forum.Clock.Advance(TimeSpan.FromHours(48));
        var before = await TestContents.Of(forum, [.. Records, "inbox"]);

        foreach (var voter in voters)
            await forum.Send(new CastDeleteVote(question), voter);

        await forum.FindsNothing(() => forum.Send(new ShowQuestion(question), bob));
        Assert.That((await forum.Send(new ShowQuestion(question), voters[0])).Question.Deletion, Is.EqualTo(DeletionKind.Votes));
        Assert.That((await forum.Send(new ShowQuestion(question), asker)).Question.Deletion, Is.EqualTo(DeletionKind.Votes));
        await forum.IsRefused(() => forum.Send(new UndeletePost(question), asker), "editing.not-yours-to-undelete");
        await forum.Settle();
        Assert.That((await forum.Send(new ShowInbox(), asker)).Groups.Single().Items.Select(n => n.Kind), Is.EqualTo(new[] { "deleted" }));
        Assert.That((await forum.Send(new ShowInbox(), bob)).Groups.Single().Items.Select(n => n.Kind), Is.EqualTo(new[] { "question-deleted" }));
        await forum.Verify();

        foreach (var voter in voters)
            await forum.Send(new CastUndeleteVote(question), voter);

        Assert.That(await TestContents.Of(forum, [.. Records, "inbox"]), Is.EqualTo(before));
        Assert.That((await forum.Send(new ShowQuestion(question))).Answers.Items.Single().Id, Is.EqualTo(answer));
        await forum.Verify();
    }

    [Test]
    public async Task Trusted_users_delete_bad_answers()
    {
        await using var forum = new TestForum();
        var (author, voters) = (await forum.Make.User(), await Tooled(forum, 3, 4_100));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, by: author);
        await forum.IsRefused(() => forum.Send(new CastDeleteVote(answer), voters[0]), "deleting.answer-too-good");
        await forum.Send(new CastVote(answer, Direction.Down), voters[0]);

        foreach (var voter in voters)
            await forum.Send(new CastDeleteVote(answer), voter);

        Assert.That((await forum.Send(new ShowQuestion(question))).Answers.Items, Is.Empty);
        await forum.Send(new UndoAct(await LastAct(forum, "delete")), await forum.Make.User(moderator: true));
        Assert.That((await forum.Send(new ShowQuestion(question))).Answers.Items, Has.Count.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task Reopening_ends_votes_to_delete()
    {
        await using var forum = new TestForum();
        var (question, moderator, voters) = (await forum.Make.Question(), await forum.Make.User(moderator: true), await Tooled(forum, 1));
        await forum.Send(new CastCloseVote(question, "needs-focus"), moderator);
        forum.Clock.Advance(TimeSpan.FromHours(48));
        await forum.Send(new CastDeleteVote(question), voters[0]);

        await forum.Send(new CastReopenVote(question), moderator);

        Assert.That(await forum.Value<int>("select outcome from moderation_votes where kind = 3"), Is.EqualTo((int)ModerationVoteOutcome.Overtaken));
        Assert.That(await forum.Value<int>("select count(*) from moderation_acts where action = 'overtake-delete-vote'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Spam_is_seen_by_its_author_and_moderators_alone()
    {
        await using var forum = new TestForum();
        var (spammer, tooled, moderator) = (await forum.Make.User(), (await Tooled(forum, 1))[0], await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, by: spammer, body: "Buy a walrus at the walrus shop, cheaply.");
        await forum.Send(new DeletePost(answer), moderator);
        Assert.That((await forum.Send(new ShowQuestion(question), tooled)).Answers.Items, Has.Count.EqualTo(1));

        await forum.Write("update posts set deletion = 5, deleted_by = null where id = @answer", new { answer });

        Assert.That((await forum.Send(new ShowQuestion(question), tooled)).Answers.Items, Is.Empty);
        Assert.That((await forum.Send(new ShowQuestion(question), spammer)).Answers.Items, Has.Count.EqualTo(1));
        Assert.That((await forum.Send(new ShowQuestion(question), moderator)).Answers.Items, Has.Count.EqualTo(1));
        Assert.That((await forum.Send(new SearchQuestions("walrus deleted:yes"), tooled)).Results.Items, Is.Empty);
        Assert.That((await forum.Send(new SearchQuestions("walrus deleted:yes"), moderator)).Results.Items, Has.Count.EqualTo(1));
        await forum.FindsNothing(() => forum.Send(new FindPost(answer), tooled));
        await forum.IsRefused(() => forum.Send(new UndeletePost(answer), spammer), "flags.deleted-as-spam");
    }

    [Test]
    public async Task An_asker_does_not_delete_a_question_that_was_closed_lately()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User();
        var question = await forum.Make.Question(by: asker);
        await forum.Send(new CastCloseVote(question, "needs-focus"), await forum.Make.User(moderator: true));
        await forum.IsRefused(() => forum.Send(new DeletePost(question), asker), "deleting.closed-lately");

        forum.Clock.Advance(TimeSpan.FromHours(48));
        await forum.Send(new DeletePost(question), asker);

        var gone = Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowQuestion(question)))!;
        Assert.That(gone.Why!.Code, Is.EqualTo("deleting.by-author"));
    }

    private static async Task<long[]> Tooled(TestForum forum, int count, int reputation = 2_000)
    {
        var people = new long[count];
        for (var i = 0; i < count; i++)
            people[i] = await forum.Make.User(reputation);
        return people;
    }
}
