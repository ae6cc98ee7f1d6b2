using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Inbox;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Closing;

public sealed class ClosingTests
{
    private const string Better = "I have a large text file of twelve gigabytes and want to read it line by line without loading all of it.";

    [Test]
    public async Task Three_votes_close_a_question_and_three_reopen_it()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var voters = await Voters(forum, 3);

        Assert.That(await forum.Send(new CastCloseVote(question, "needs-details"), voters[0]), Is.False);
        Assert.That(await forum.Send(new CastCloseVote(question, "needs-focus"), voters[1]), Is.False);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.ClosedAt, Is.Null);
        Assert.That(await forum.Send(new CastCloseVote(question, "needs-focus"), voters[2]), Is.True);

        var shown = await forum.Send(new ShowClosing(question), voters[0]);
        Assert.That(shown.Question.CloseReason, Is.EqualTo("needs-focus"));
        Assert.That(shown.Reasons, Is.EqualTo(new[] { ("needs-focus", 2), ("needs-details", 1) }));
        Assert.That(shown.Voters.Select(v => v.Id), Is.EqualTo(voters));
        Assert.That((await forum.Send(new ShowClosing(question), await forum.Make.User(499))).Voters, Is.Empty);
        var answerer = await forum.Make.User();
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Better), answerer), "answers.closed-question");

        foreach (var voter in voters.Take(2))
            Assert.That(await forum.Send(new CastReopenVote(question), voter), Is.False);
        Assert.That(await forum.Send(new CastReopenVote(question), voters[2]), Is.True);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.ClosedAt, Is.Null);
        Assert.That(await forum.Value<string>("select group_concat(kind, ' ') from post_events where post_id = @question", new { question }), Is.EqualTo("closed reopened"));
        await forum.Send(new PostAnswer(question, Better), await forum.Make.User());
        await forum.Verify();
    }

    [Test]
    public async Task Closing_and_reopening_leave_everything_as_it_was([Values("opinion-based", "duplicate")] string reason)
    {
        await using var forum = new TestForum();
        var (question, original, moderator) = (await forum.Make.Question(), await Original(forum), await forum.Make.User(moderator: true));
        var before = await TestContents.Of(forum, Records);

        await forum.Send(new CastCloseVote(question, reason, reason == "duplicate" ? $"{original}" : ""), moderator);
        Assert.That(await TestContents.Of(forum, Records), Is.Not.EqualTo(before));

        await forum.Send(new CastReopenVote(question), moderator);
        Assert.That(await TestContents.Of(forum, Records), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_is_taken_back_and_not_cast_again_in_its_round()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var (voter, moderator) = ((await Voters(forum, 1))[0], await forum.Make.User(moderator: true));
        await forum.Send(new CastCloseVote(question, "needs-focus"), voter);
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "needs-details"), voter), "closing.voted-already");

        await forum.Send(new RetractModerationVote(question, ModerationVoteKind.Close), voter);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new RetractModerationVote(question, ModerationVoteKind.Close), voter));
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "needs-details"), voter), "closing.retracted-vote");
        await forum.Send(new CastCloseVote(question, "needs-details"), moderator);
        await forum.Send(new CastReopenVote(question), moderator);
        await forum.Send(new CastCloseVote(question, "needs-details"), voter);
    }

    [Test]
    public async Task Votes_lapse_together_14_days_after_the_latest_and_may_be_cast_again_after_14_more()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var voters = await Voters(forum, 2);
        await forum.Send(new CastCloseVote(question, "needs-focus"), voters[0]);
        forum.Clock.Advance(TimeSpan.FromDays(13));
        await forum.Send(new CastCloseVote(question, "needs-focus"), voters[1]);
        forum.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        Assert.That(await forum.Service<LapseVotes>().Lapse(default), Is.Zero);

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await forum.Service<LapseVotes>().Lapse(default), Is.EqualTo(1));

        Assert.That((await forum.Send(new ShowClosing(question), voters[0])).CloseVotes, Is.Zero);
        forum.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "needs-focus"), voters[0]), "closing.lapsed-vote");
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await forum.Send(new CastCloseVote(question, "needs-focus"), voters[0]);
    }

    [Test]
    public async Task A_bounty_keeps_a_question_from_being_closed_by_votes_but_not_by_moderators()
    {
        await using var forum = new TestForum();
        var (sponsor, question) = (await forum.Make.User(500), await forum.Make.Question());
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Send(new StartBounty(question, 50, "draw-attention", ""), sponsor);

        var voter = (await Voters(forum, 1))[0];
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, "needs-focus"), voter), "closing.has-bounty");
        Assert.That(await forum.Send(new CastCloseVote(question, "needs-focus"), await forum.Make.User(moderator: true)), Is.True);
    }

    [Test]
    public async Task A_reason_in_ones_own_words_becomes_a_comment()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var voter = (await Voters(forum, 1))[0];
        await forum.IsBadlyFormed(() => forum.Send(new CastCloseVote(question, "other", Note: "Why?"), voter), "Note", "limits.too-short");
        await forum.IsBadlyFormed(() => forum.Send(new CastCloseVote(question, "nonsense"), voter), "Reason", "closing.no-reason");

        await forum.Send(new CastCloseVote(question, "other", Note: "This is about cooking, not about files."), voter);

        var comment = (await forum.Send(new ShowQuestion(question))).Question.Comments.Single();
        Assert.That((comment.AuthorId, comment.Html.Trim()), Is.EqualTo((voter, "This is about cooking, not about files.")));
    }

    [Test]
    public async Task The_asker_asks_once_for_reopening_with_an_edit_that_mends_it()
    {
        await using var forum = new TestForum();
        var (asker, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: asker);
        await forum.Send(new CastCloseVote(question, "needs-details"), moderator);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.IsRefused(() => forum.Send(new EditPost(question, Better, AsksReopening: true), moderator), "closing.not-asker");
        var text = (await forum.Send(new ShowEditForm(question), asker)).Body;
        await forum.IsRefused(() => forum.Send(new EditPost(question, text, "How do I read a very large file line by line?", AsksReopening: true), asker), "closing.text-unchanged");

        await forum.Send(new EditPost(question, Better, AsksReopening: true), asker);

        Assert.That((await forum.Send(new ShowClosing(question), asker)).AskedAt, Is.EqualTo(forum.Clock.GetUtcNow()));
        Assert.That(await forum.Value<int>("select count(*) from reopen_requests where ended_at is null"), Is.EqualTo(1));
        await forum.IsRefused(() => forum.Send(new EditPost(question, Better + " Really.", AsksReopening: true), asker), "closing.asked-already");
        await forum.Send(new CastReopenVote(question), moderator);
        Assert.That(await forum.Value<int>("select count(*) from reopen_requests where ended_at is null"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from events where kind like '%ReopenAsked'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_was_begun_before_closing_is_taken_for_four_hours()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var begun = forum.Clock.GetUtcNow();
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await forum.Send(new CastCloseVote(question, "needs-focus"), moderator);
        forum.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1));

        await forum.Send(new PostAnswer(question, Better, BegunAt: begun), ada);
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Better + " More.", BegunAt: forum.Clock.GetUtcNow()), bob), "answers.closed-question");
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Better + " More.", BegunAt: begun), bob), "answers.closed-question");
    }

    [Test]
    public async Task The_asker_is_told_that_it_was_closed_and_reopened()
    {
        await using var forum = new TestForum();
        var (asker, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: asker);
        await forum.Send(new CastCloseVote(question, "needs-details"), moderator);
        await forum.Send(new CastReopenVote(question), moderator);

        await forum.Settle();

        var told = (await forum.Send(new ShowInbox(), asker)).Groups.Single().Items;
        Assert.That(told.Select(n => n.Kind), Is.EquivalentTo(new[] { "closed", "reopened" }));
        Assert.That(told.Select(n => n.ActorName), Is.All.Empty);
    }

    [Test]
    public async Task Closing_and_reopening_are_undone_from_the_log()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new CastCloseVote(question, "needs-details"), moderator);

        await forum.Send(new UndoAct(await LastAct(forum, "close")), moderator);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.ClosedAt, Is.Null);
        Assert.That(await forum.Value<string>("select action from moderation_acts where undoes_id is not null"), Is.EqualTo("reopen"));

        await forum.Send(new UndoAct(await LastAct(forum, "reopen")), moderator);
        Assert.That((await forum.Send(new ShowQuestion(question))).Question.CloseReason, Is.EqualTo("needs-details"));
    }

    [Test]
    public async Task The_log_replays_to_the_state_of_every_vote()
    {
        await using var forum = new TestForum();
        var (question, other, moderator) = (await forum.Make.Question(), await forum.Make.Question(title: "How do I write a file line by line?"), await forum.Make.User(moderator: true));
        var voters = await Voters(forum, 4);
        await forum.Send(new CastCloseVote(question, "needs-details"), voters[0]);
        await forum.Send(new CastCloseVote(question, "needs-details"), voters[1]);
        await forum.Send(new RetractModerationVote(question, ModerationVoteKind.Close), voters[0]);
        await forum.Send(new CastCloseVote(question, "needs-details"), moderator);
        await forum.Send(new CastReopenVote(question), voters[0]);
        await forum.Send(new CastCloseVote(other, "needs-focus"), voters[2]);
        forum.Clock.Advance(TimeSpan.FromDays(15));
        await forum.Service<LapseVotes>().Lapse(default);
        await forum.Send(new CastCloseVote(other, "needs-focus"), voters[3]);

        var replayed = await Replay(forum);

        Assert.That(replayed, Is.EqualTo(await forum.Sql(db => db.Query<string>("select id || ' ' || coalesce(outcome, 0) from moderation_votes order by id"))));
        Assert.That(replayed, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_question_is_protected_and_is_not_any_more_and_both_are_undone()
    {
        await using var forum = new TestForum();
        var (question, trusted, newcomer) = (await forum.Make.Question(), await forum.Make.User(3_500), await forum.Make.User(9));
        await forum.IsRefused(() => forum.Send(new ProtectQuestion(question, true), trusted), "closing.too-young-to-protect");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.IsRefused(() => forum.Send(new ProtectQuestion(question, true), newcomer), "privileges.protect-questions.needs");

        await forum.Send(new ProtectQuestion(question, true), trusted);
        await forum.IsRefused(() => forum.Send(new PostAnswer(question, Better), newcomer), "answers.protected-question");
        await forum.IsRefused(() => forum.Send(new ProtectQuestion(question, true), trusted), "closing.protected-already");

        await forum.Send(new UndoAct(await LastAct(forum, "protect")), await forum.Make.User(moderator: true));
        await forum.IsRefused(() => forum.Send(new ProtectQuestion(question, false), trusted), "closing.not-protected");
        await forum.Send(new PostAnswer(question, Better), newcomer);
    }

    [Test]
    public async Task Administrators_write_reasons_that_questions_are_closed_for()
    {
        await using var forum = new TestForum();
        var (administrator, voter, question) = (await forum.Make.User(administrator: true), (await Voters(forum, 1))[0], await forum.Make.Question());
        ReasonText[] words = [new() { Language = "en", Title = "Not about files", ForAsker = "Ask about files, please: edit it.", ForPublic = "It is not about files at all.", ForClosers = "Whatever is not about files." }];
        await forum.IsRefused(() => forum.Send(new WriteSiteReason(null, words), voter), "moderation.administrators-only");
        await forum.IsBadlyFormed(() => forum.Send(new WriteSiteReason(null, [new ReasonText { Language = "en" }]), administrator), "Texts", "closing.no-words");

        var reason = await forum.Send(new WriteSiteReason(null, words), administrator);
        await forum.Send(new CastCloseVote(question, CloseReason.OfSite(reason)), voter);
        await forum.Send(new RetireSiteReason(reason, true), administrator);

        var late = (await Voters(forum, 1))[0];
        await forum.IsRefused(() => forum.Send(new CastCloseVote(question, CloseReason.OfSite(reason)), late), "closing.no-such-reason");
        Assert.That((await forum.Send(new ListSiteReasons(), administrator)).Single().RetiredAt, Is.Not.Null);
        await forum.Send(new UndoAct(await LastAct(forum, "retire-close-reason")), administrator);
        Assert.That((await forum.Send(new ListSiteReasons(), administrator)).Single().In("zh-Hans").Title, Is.EqualTo("Not about files"));
    }

    /// <summary>What stays when something was done and undone: that it was.</summary>
    internal static readonly string[] Records = [.. TestContents.Records, "moderation_votes", "close_vote_targets", "comments"];

    /// <summary>People who can close.</summary>
    internal static async Task<long[]> Voters(TestForum forum, int count)
    {
        var voters = new long[count];
        for (var i = 0; i < count; i++)
            voters[i] = await forum.Make.User(500);
        return voters;
    }

    /// <summary>A question that others may be duplicates of.</summary>
    internal static async Task<long> Original(TestForum forum, string title = "How can a file be read one line at a time?")
    {
        var question = await forum.Make.Question(title: title, body: "A file is larger than memory and has to be read one line at a time.");
        await forum.Send(new CastVote(await forum.Make.Answer(question), Direction.Up), await forum.Make.User(1_000));
        return question;
    }

    internal static Task<long> LastAct(TestForum forum, string action) =>
        forum.Value<long>("select max(id) from moderation_acts where action = @action", new { action });

    // A closing or reopening counts every vote that waits, and the one that decided alone.
    private static async Task<IReadOnlyList<string>> Replay(TestForum forum)
    {
        var votes = new SortedDictionary<long, (string Kind, long Post, int Outcome)>();
        foreach (var act in await forum.Sql(db => db.Query<LoggedAct>("select id as Id, action as Action, subject_id as SubjectId, before as Before, after as After from moderation_acts order by id")))
        {
            var verb = act.Action.Split('-')[0];
            if (act.Action.EndsWith("-vote", StringComparison.Ordinal) && act.Value("Vote") is { } cast)
                votes[cast] = (verb, act.SubjectId, 0);
            else if (act.Action.EndsWith("-vote", StringComparison.Ordinal) && act.FormerValue("Vote") is { } ended)
                votes[ended] = votes[ended] with { Outcome = verb switch { "retract" => 2, "lapse" => 3, _ => 4 } };
            else if (verb is "close" or "reopen" && act.Action == verb)
            {
                foreach (var (id, vote) in votes.Where(v => v.Value.Kind == verb && v.Value.Post == act.SubjectId && v.Value.Outcome == 0).ToList())
                    votes[id] = vote with { Outcome = 1 };
                if (act.Value("Vote") is { } alone)
                    votes[alone] = (verb, act.SubjectId, 1);
            }
        }

        return [.. votes.Select(v => $"{v.Key} {v.Value.Outcome}")];
    }
}
