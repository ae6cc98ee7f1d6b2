using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Tests.Closing.ClosingTests;

namespace Forum.Tests.Closing;

public sealed class DuplicateTests
{
    [TestCase("12", "12")]
    [TestCase("#12", "12")]
    [TestCase("/questions/12/how-do-i", "12")]
    [TestCase("https://forum.example/q/12/7?x=1#answer-3", "12")]
    [TestCase("12\r\n/a/13, 12", "12 13")]
    [TestCase("", "")]
    [TestCase("twelve", null)]
    [TestCase("12 /users/3", null)]
    [TestCase("99999999999999999999", null)]
    public void Originals_are_typed_as_numbers_or_addresses(string typed, string? expected) =>
        Assert.That(TypedTargets.Parse(typed) is { } ids ? string.Join(' ', ids) : null, Is.EqualTo(expected));

    [Test]
    public async Task A_proposal_asks_the_asker_by_a_comment_that_goes_when_the_question_is_closed()
    {
        await using var forum = new TestForum();
        var (asker, original, voters) = (await forum.Make.User(), await Original(forum), await Voters(forum, 1));
        var question = await forum.Make.Question(by: asker);

        await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), voters[0]);
        var comment = (await forum.Send(new ShowQuestion(question))).Question.Comments.Single();
        Assert.That((comment.AuthorId, comment.IsProposal), Is.EqualTo((-1L, true)));
        Assert.That(comment.Html, Does.Contain("How can a file be read one line at a time?"));
        var seen = await forum.Send(new ShowClosing(question), asker);
        Assert.That((seen.MayConfirm, seen.Proposed.Single().Id), Is.EqualTo((true, original)));

        await forum.Send(new ConfirmDuplicate(question), asker);

        var shown = await forum.Send(new ShowQuestion(question));
        Assert.That(shown.Question.Comments, Is.Empty);
        Assert.That(shown.Question.CloseReason, Is.EqualTo("duplicate"));
        Assert.That(shown.Linked.Where(l => l.Kind == 3).Select(l => l.Id), Is.EqualTo(new[] { original }));
        await forum.Verify();
    }

    [Test]
    public async Task A_proposal_that_is_taken_back_takes_its_comment_with_it()
    {
        await using var forum = new TestForum();
        var (question, original, voter) = (await forum.Make.Question(), await Original(forum), (await Voters(forum, 1))[0]);
        await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), voter);

        await forum.Send(new RetractModerationVote(question, ModerationVoteKind.Close), voter);

        Assert.That((await forum.Send(new ShowQuestion(question))).Question.Comments, Is.Empty);
        await forum.Verify();
    }

    [Test]
    public async Task Only_the_asker_confirms_and_only_what_is_proposed()
    {
        await using var forum = new TestForum();
        var (asker, original, voter) = (await forum.Make.User(), await Original(forum), (await Voters(forum, 1))[0]);
        var question = await forum.Make.Question(by: asker);
        await forum.IsRefused(() => forum.Send(new ConfirmDuplicate(question), asker), "closing.no-proposal");
        await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), voter);

        await forum.IsRefused(() => forum.Send(new ConfirmDuplicate(question), voter), "closing.not-asker");
    }

    [Test]
    public async Task An_original_has_an_answer_that_was_accepted_or_voted_up()
    {
        await using var forum = new TestForum();
        var (question, other, voter) = (await forum.Make.Question(), await forum.Make.Question(title: "Is there nothing but silence here?"), (await Voters(forum, 1))[0]);

        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "duplicate", $"{other}"), voter), "closing.unanswered-target");
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "duplicate", "987654"), voter), "closing.no-target");
        await forum.IsBadlyFormed(() => forum.Send(new CastCloseVote(question, "duplicate", ""), voter), "Targets", "closing.no-target-typed");
        await forum.IsBadlyFormed(() => forum.Send(new CastCloseVote(question, "duplicate", "1 2 3 4 5 6"), voter), "Targets", "closing.too-many-targets");
        var answer = await forum.Make.Answer(other);
        await forum.Send(new CastVote(answer, Direction.Up), await forum.Make.User(1_000));
        await forum.Send(new CastCloseVote(question, "duplicate", $"/a/{answer}"), voter);
    }

    [Test]
    public async Task Chains_lead_to_the_last_original_whichever_link_came_first()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        var (first, middle, last) = (await forum.Make.Question(), await Original(forum), await Original(forum, "What is the way to read lines of a file?"));
        await forum.Send(new CastCloseVote(first, "duplicate", $"{middle}"), moderator);

        await forum.Send(new CastCloseVote(middle, "duplicate", $"{last}"), moderator);
        Assert.That(await Originals(forum, first), Is.EqualTo(new[] { last }));

        var another = await forum.Make.Question(title: "How are lines of text files read, please?");
        await forum.Send(new CastCloseVote(another, "duplicate", $"{middle}"), moderator);
        Assert.That(await Originals(forum, another), Is.EqualTo(new[] { last }));
        await forum.IsRefused(() => forum.Send(new CastCloseVote(last, "duplicate", $"{middle}"), moderator), "closing.own-target");
    }

    [Test]
    public async Task A_gold_badge_closes_and_reopens_duplicates_alone_and_is_named()
    {
        await using var forum = new TestForum();
        var (question, original, holder) = (await forum.Make.Question(tags: "files"), await Original(forum), await forum.Make.User());
        await Gild(forum, holder, "files");
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "needs-focus"), holder), "privileges.close-votes.needs");

        Assert.That(await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), holder), Is.True);
        var voter = (await forum.Send(new ShowClosing(question), await forum.Make.User(500))).Voters.Single();
        Assert.That((voter.Id, voter.Hammer), Is.EqualTo((holder, "files")));
        Assert.That(await forum.Send(new CastReopenVote(question), holder), Is.True);
    }

    [Test]
    public async Task A_gold_badge_does_nothing_for_a_tag_that_its_holder_added()
    {
        await using var forum = new TestForum();
        var (original, holder, editor) = (await Original(forum), await forum.Make.User(2_000), await forum.Make.User(2_000));
        await forum.Make.Tags("files text");
        var question = await forum.Make.Question(tags: "text");
        await Gild(forum, holder, "files");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var body = (await forum.Send(new ShowEditForm(question), holder)).Body;

        await forum.Send(new EditPost(question, body, Tags: "text files"), holder);
        Assert.That((await forum.Send(new ShowClosing(question), holder)).Hammer, Is.Null);

        await forum.Send(new EditPost(question, body, Tags: "text"), editor);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, body, Tags: "text files"), editor);
        Assert.That((await forum.Send(new ShowClosing(question), holder)).Hammer, Is.EqualTo("files"));
        Assert.That(await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), holder), Is.True);
    }

    [Test]
    public async Task Two_rounds_with_a_gold_badge_call_moderators()
    {
        await using var forum = new TestForum();
        var (question, original, holder) = (await forum.Make.Question(), await Original(forum), await forum.Make.User());
        await Gild(forum, holder, "files");
        for (var i = 0; i < 2; i++)
        {
            Assert.That(await forum.Value<int>("select count(*) from events where kind like '%DuplicateContested'"), Is.Zero);
            await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), holder);
            await forum.Send(new CastReopenVote(question), holder);
        }

        Assert.That(await forum.Value<int>("select count(*) from events where kind like '%DuplicateContested'"), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from moderation_acts where action = 'contest-duplicate' and actor_id is null"), Is.EqualTo(1));
    }

    [Test]
    public async Task Originals_are_changed_by_gold_badges_and_moderators_and_back_again()
    {
        await using var forum = new TestForum();
        var (question, one, two) = (await forum.Make.Question(), await Original(forum), await Original(forum, "What is the way to read lines of a file?"));
        var (holder, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        await forum.Send(new CastCloseVote(question, "duplicate", $"{one}"), moderator);
        await forum.IsRefused(() => forum.Send(new ChangeDuplicateTargets(question, $"{two}"), holder), "closing.not-yours-to-change");
        await Gild(forum, holder, "files");

        await forum.Send(new ChangeDuplicateTargets(question, $"{two} {one}"), holder);
        Assert.That(await Originals(forum, question), Is.EqualTo(new[] { two, one }));

        await forum.Send(new UndoAct(await LastAct(forum, "change-originals")), moderator);
        Assert.That(await Originals(forum, question), Is.EqualTo(new[] { one }));
    }

    [TestCase("not a question", "closing.no-target-typed")]
    [TestCase("", "closing.no-target-typed")]
    [TestCase("1 2 3 4 5 6", "closing.too-many-targets")]
    public async Task What_names_no_questions_or_too_many_is_said_at_the_field(string typed, string says)
    {
        await using var forum = new TestForum();
        var (question, original, moderator) = (await forum.Make.Question(), await Original(forum), await forum.Make.User(moderator: true));

        await forum.IsBadlyFormed(() => forum.Send(new CastCloseVote(question, "duplicate", typed), moderator), "Targets", says);
        await forum.Send(new CastCloseVote(question, "duplicate", $"{original}"), moderator);
        await forum.IsBadlyFormed(() => forum.Send(new ChangeDuplicateTargets(question, typed), moderator), "Targets", says);
    }

    /// <summary>Gives somebody the gold badge of a tag.</summary>
    internal static Task Gild(TestForum forum, long user, string tag) =>
        forum.Write(
            """
            insert into badges (name, class, is_tag, award_count) values (@tag, 1, 1, 1) on conflict do nothing;
            insert into user_badges (user_id, badge_id, class, awarded_at) values (@user, (select id from badges where name = @tag and is_tag = 1 and class = 1), 1, 0);
            update users set gold = gold + 1 where id = @user;
            """, new { user, tag });

    private static async Task<IEnumerable<long>> Originals(TestForum forum, long question) =>
        (await forum.Send(new ShowClosing(question))).Originals.Select(o => o.Id);
}
