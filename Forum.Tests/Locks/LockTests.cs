using System.Net;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Suggestions;
using Forum.Core.Voting;
using Forum.Tests.Support;
using MediatR;

namespace Forum.Tests.Locks;

public sealed class LockTests
{
    private const string Text = "Another text that says something quite different about how it is done.";

    /// <summary>The commands that locks are about, by what they are to a lock.</summary>
    private static readonly (LockedAct Act, string Name, Func<Scene, (Sent Request, long By)> Make)[] Commands =
    [
        (LockedAct.Vote, "vote", s => (Of(new CastVote(s.Question, Direction.Up)), s.Member)),
        (LockedAct.Vote, "take a vote back", s => (Of(new RetractVote(s.Question)), s.Voter)),
        (LockedAct.Vote, "vote for a comment", s => (Of(new VoteForComment(s.Comment)), s.Member)),
        (LockedAct.Edit, "edit", s => (Of(new EditPost(s.Question, Text)), s.Member)),
        (LockedAct.Edit, "suggest", s => (Of(new SuggestEdit(s.Question, Text + " This is how.", Comment: "Say it better")), s.Newcomer)),
        (LockedAct.Comment, "comment", s => (Of(new PostComment(s.Question, "Which version of it is this about?")), s.Member)),
        (LockedAct.Comment, "edit a comment", s => (Of(new EditComment(s.Comment, "Which version of it is this all about?")), s.Commenter)),
        (LockedAct.Edit, "delete a comment", s => (Of(new DeleteComment(s.Comment)), s.Commenter)),
        (LockedAct.Answer, "answer", s => (Of(new PostAnswer(s.Question, Text)), s.Member)),
        (LockedAct.Accept, "accept", s => (Of(new AcceptAnswer(s.Answer)), s.Asker)),
        (LockedAct.Bounty, "offer", s => (Of(new StartBounty(s.Question, 100, "draw-attention")), s.Member)),
        (LockedAct.Delete, "delete", s => (Of(new DeletePost(s.Lone)), s.Asker)),
    ];

    [Test]
    public async Task Every_command_keeps_to_every_kind_of_lock([Values] LockKind kind)
    {
        await using var forum = new TestForum();
        var scene = await Scene.Make(forum);
        await forum.Write("update posts set locked_at = created_at, lock_kind = @kind where id in (@Question, @Lone)", new { kind = (int)kind, scene.Question, scene.Lone });

        var wrong = new List<string>();
        foreach (var (act, name, make) in Commands)
        {
            var (request, by) = make(scene);
            var isStopped = await IsStopped(() => request.Send(forum, by));
            if (isStopped != LockRules.Blocks(kind, act))
                wrong.Add($"{name} was {(isStopped ? "stopped" : "done")}");
        }

        Assert.That(wrong, Is.Empty);
        // What was done went by the rules of its own. That nothing is locked as merged without a merge is verified too.
        if (kind != LockKind.Merged)
            await forum.Verify();
    }

    [TestCase(LockKind.Historical, true)]
    [TestCase(LockKind.Dispute, false)]
    public async Task A_question_locks_its_answers_only_for_its_history(LockKind kind, bool isStopped)
    {
        await using var forum = new TestForum();
        var scene = await Scene.Make(forum);
        await forum.Write("update posts set locked_at = created_at, lock_kind = @kind where id = @Question", new { kind = (int)kind, scene.Question });

        Assert.That(await IsStopped(() => forum.Send(new CastVote(scene.Answer, Direction.Up), scene.Member)), Is.EqualTo(isStopped));
        Assert.That(await IsStopped(() => forum.Send(new PostComment(scene.Answer, "Which version of it is this about?"), scene.Member)), Is.EqualTo(isStopped));
        Assert.That(await IsStopped(() => forum.Send(new EditPost(scene.Answer, Text), scene.Member)), Is.EqualTo(isStopped));
        var view = await forum.Send(new ShowQuestion(scene.Question), scene.Member);
        Assert.That(view.Answers.Items.Single().Lock, Is.EqualTo(isStopped ? kind : (LockKind?)null));
        Assert.That(view.Answers.Items.Single().Votes.WhyNotUp?.Code, Is.EqualTo(isStopped ? "voting.locked-post" : null));
    }

    [Test]
    public async Task A_lock_ends_by_itself_when_its_time_is_over_and_not_before()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new LockPost(question, LockKind.Dispute, LockLength.Short, "They quarrel."), moderator);

        forum.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.That(await forum.Service<EndLocks>().End(default), Is.Zero);
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await forum.Service<EndLocks>().End(default), Is.EqualTo(1));
        Assert.That(await forum.Service<EndLocks>().End(default), Is.Zero);

        Assert.That(await forum.Value<int>("select count(*) from posts where locked_at is not null or lock_kind is not null"), Is.Zero);
        Assert.That(
            await forum.Sql(db => db.Query<string>("select action || ' ' || coalesce(actor_id, 'nobody') from moderation_acts order by id")),
            Is.EqualTo(new[] { $"lock {moderator}", "unlock nobody" }));
        Assert.That(
            await forum.Sql(db => db.Query<string>("select kind || ' ' || actor_id from post_events where post_id = @question order by id", new { question })),
            Is.EqualTo(new[] { $"locked {moderator}", "unlocked -1" }));
        await forum.Verify();
    }

    [Test]
    public async Task Locking_and_unlocking_are_undone_from_the_log()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        await forum.Send(new LockPost(question, LockKind.Comments, LockLength.Medium), moderator);
        var locked = await State(forum, question);

        await forum.Send(new UnlockPost(question, "It is quiet."), moderator);
        await forum.Send(new UndoAct(2), moderator);

        Assert.That(await State(forum, question), Is.EqualTo(locked), "for the rest of its time");

        await forum.Send(new UndoAct(3), moderator);
        await forum.IsRefused(() => forum.Send(new UnlockPost(question), moderator), "locks.not-locked");
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new LockPost(question, LockKind.Comments, LockLength.Short), moderator);
        await forum.IsRefused(() => forum.Send(new LockPost(question, LockKind.Dispute, LockLength.Short), moderator), "locks.already");
        await forum.Verify();
    }

    [Test]
    public async Task What_an_import_says_is_locked_is_locked_against_everything()
    {
        await using var forum = new TestForum();
        var scene = await Scene.Make(forum);
        await forum.Write("update posts set locked_at = created_at where id = @Question", new { scene.Question });

        Assert.That((await forum.Send(new ShowLock(scene.Question), scene.Member)).Lock!.Kind, Is.EqualTo(LockKind.Dispute));
        Assert.That(await IsStopped(() => forum.Send(new CastVote(scene.Question, Direction.Up), scene.Member)), Is.True);
        await forum.Verify();
    }

    [Test]
    public async Task Moderators_lock_on_a_page_and_everybody_reads_why()
    {
        await using var site = new TestSite();
        var (question, moderator) = (await site.Forum.Make.Question(), await site.Forum.Make.User(moderator: true));
        using var browser = await site.SignedInAs(moderator);
        using var stranger = site.Anonymous();
        var address = (await stranger.Get($"/q/{question}")).Location!;
        Assert.That((await stranger.Get(address)).Document.QuerySelector(".f-lock"), Is.Null);

        var refused = await browser.Fill($"/posts/{question}/lock", ("Kind", "4"), ("Length", "0"), ("Reason", "Of its time"));
        Assert.That((refused.Status, refused.Summary, refused.Value("Reason")), Is.EqualTo((HttpStatusCode.Forbidden, "A lock of this kind does not end by itself.", "Of its time")));
        Assert.That((await browser.Fill($"/posts/{question}/lock", ("Kind", "1"), ("Length", "1"))).Location, Is.EqualTo($"/a/{question}"));

        Assert.That((await stranger.Get(address)).Said(".f-lock"), Does.StartWith("This post is locked").And.Contain("It unlocks by itself"), "the kept page is old");
        Assert.That((await browser.Fill($"/posts/{question}/lock", ("Reason", ""))).Location, Is.EqualTo($"/a/{question}"));
        Assert.That((await stranger.Get(address)).Document.QuerySelector(".f-lock"), Is.Null);

        using var member = await site.SignedInAs(await site.Forum.Make.User(50_000));
        Assert.That((await member.Get($"/posts/{question}/lock")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static Task<string> State(TestForum forum, long question) =>
        forum.Value<string>("select lock_kind || ' ' || locked_until from posts where id = @question", new { question });

    // Whether a lock said no, and not something else.
    private static async Task<bool> IsStopped(Func<Task> send)
    {
        try
        {
            await send();
            return false;
        }
        catch (RefusedException refused) when (refused.Refusal.Code.Contains("locked-", StringComparison.Ordinal) && refused.Refusal.Code != "voting.locked-in")
        {
            return true;
        }
    }

    private static Sent Of(IRequest request) => new((forum, by) => forum.Send(request, by));

    private static Sent Of<T>(IRequest<T> request) => new((forum, by) => forum.Send(request, by));

    private sealed record Sent(Func<TestForum, long, Task> Send);

    private sealed record Scene(long Question, long Lone, long Answer, long Comment, long Asker, long Member, long Voter, long Newcomer, long Commenter)
    {
        public static async Task<Scene> Make(TestForum forum)
        {
            var (asker, member, voter) = (await forum.Make.User(1_500), await forum.Make.User(2_500), await forum.Make.User(500));
            var (newcomer, commenter) = (await forum.Make.User(), await forum.Make.User(60));
            var question = await forum.Make.Question(by: asker);
            var lone = await forum.Make.Question(by: asker, title: "How do I write a file line by line?", body: "I have many lines and want to write them to a file one after the other.");
            var answer = await forum.Make.Answer(question);
            forum.Clock.Advance(TimeSpan.FromDays(3));
            var comment = await forum.Make.Comment(question, commenter);
            await forum.Send(new CastVote(question, Direction.Up), voter);
            return new Scene(question, lone, answer, comment, asker, member, voter, newcomer, commenter);
        }
    }
}
