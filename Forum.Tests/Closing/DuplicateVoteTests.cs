using System.Globalization;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Tests.Support;
using static Forum.Tests.Closing.ClosingTests;

namespace Forum.Tests.Closing;

/// <summary>Votes that a question is a duplicate, when what they name changes while they wait.</summary>
public sealed class DuplicateVoteTests
{
    [Test]
    public async Task The_comment_names_what_is_proposed_when_the_vote_it_was_written_for_is_taken_back()
    {
        await using var forum = new TestForum();
        var (question, first, second) = (await forum.Make.Question(), await Original(forum, "How is a file read one line at a time?"), await Original(forum, "What reads the lines of a text file?"));
        var (ada, bob) = (await forum.Make.User(500), await forum.Make.User(500));
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{first}"), ada);
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{second}"), bob);
        Assert.That(await Proposed(forum, question), Does.Contain("How is a file read one line at a time?"));

        await forum.Send(new RetractModerationVote(question, ModerationVoteKind.Close), ada);

        Assert.That(await Proposed(forum, question), Does.Contain("What reads the lines of a text file?"));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_for_what_became_a_duplicate_meanwhile_counts_for_its_original()
    {
        await using var forum = new TestForum();
        var (question, middle, last) = (await forum.Make.Question(), await Original(forum, "How is a file read one line at a time?"), await Original(forum, "What reads the lines of a text file?"));
        var voters = await Voters(forum, 3);
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{middle}"), voters[0]);
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{middle}"), voters[1]);
        await forum.Send(new CastCloseVote(middle, CloseReason.Duplicate, $"{last}"), await forum.Make.User(moderator: true));

        Assert.That(await forum.Send(new CastCloseVote(question, "needs-focus"), voters[2]), Is.True);

        Assert.That((await forum.Send(new ShowClosing(question))).Originals.Select(o => o.Id), Is.EqualTo(new[] { last }));
    }

    [Test]
    public async Task Votes_for_what_became_a_duplicate_of_the_question_itself_do_not_make_a_circle()
    {
        await using var forum = new TestForum();
        var (question, other) = (await Original(forum, "How is a file read one line at a time?"), await Original(forum, "What reads the lines of a text file?"));
        var voters = await Voters(forum, 3);
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{other}"), voters[0]);
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{other}"), voters[1]);
        await forum.Send(new CastCloseVote(other, CloseReason.Duplicate, $"{question}"), await forum.Make.User(moderator: true));
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{other}"), voters[2]), "closing.own-target");

        await forum.Send(new CastCloseVote(question, "needs-focus"), voters[2]);

        var shown = await forum.Send(new ShowClosing(question));
        Assert.That((shown.Question.CloseReason, shown.Originals.Count), Is.EqualTo(("needs-focus", 0)));
        Assert.That((await forum.Send(new ShowClosing(other))).Originals.Single().Id, Is.EqualTo(question));
    }

    [Test]
    public async Task Undoing_a_reopening_makes_no_circle_either()
    {
        await using var forum = new TestForum();
        var (one, two, moderator) = (await Original(forum, "How is a file read one line at a time?"), await Original(forum, "What reads the lines of a text file?"), await forum.Make.User(moderator: true));
        await forum.Send(new CastCloseVote(one, CloseReason.Duplicate, $"{two}"), moderator);
        await forum.Send(new CastReopenVote(one), moderator);
        await forum.Send(new CastCloseVote(two, CloseReason.Duplicate, $"{one}"), moderator);
        var reopening = await forum.Value<long>("select max(id) from moderation_acts where action = 'reopen'");

        await forum.IsRefused(() => forum.Send(new UndoAct(reopening), moderator), "closing.own-target");
    }

    [Test]
    public async Task Undeleting_by_votes_leaves_it_to_the_votes_to_close_when_they_lapse()
    {
        await using var forum = new TestForum();
        var (question, original, moderator) = (await forum.Make.Question(), await Original(forum, "How is a file read one line at a time?"), await forum.Make.User(moderator: true));
        await forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{original}"), await forum.Make.User(500));
        var asker = await forum.Value<long>("select author_id from posts where id = @question", new { question });
        await forum.Send(new DeletePost(question), asker);
        forum.Clock.Advance(TimeSpan.FromDays(15));

        await forum.Send(new CastUndeleteVote(question), await forum.Make.User(2_000));
        await forum.Verify();
        Assert.That(await forum.Service<LapseVotes>().Lapse(default), Is.EqualTo(1));

        await forum.Send(new UndeletePost(question), moderator);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.Comments, Is.Empty);
        await forum.Verify();
    }

    private static async Task<string> Proposed(TestForum forum, long question) =>
        (await forum.Send(new ShowQuestion(question))).Question.Comments.Single().Html.ToString(CultureInfo.InvariantCulture);
}
