using Forum.Core.Care;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Care;

/// <summary>docs/rules/care.md through the front door, with a clock of the test's own.</summary>
public sealed class CareTests
{
    private const string Close = "update posts set closed_at = @at, close_reason = 'off-topic' where id = @question";

    [Test]
    public async Task What_stayed_closed_goes_at_night_is_logged_told_and_brought_back_for_good()
    {
        await using var forum = new TestForum();
        var (asker, moderator) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(asker);
        var other = await forum.Make.Question(asker, title: "How do I write a file line by line?");
        await forum.Write(Close, new { question, at = forum.Clock.GetUtcNow() });
        forum.Clock.Advance(TimeSpan.FromDays(10));

        Assert.That((await forum.Service<TakeCare>().Clear(CareJob.Closed, isDry: true, default)).Select(post => post.Id), Is.EqualTo(new[] { question }));
        Assert.That(await forum.Value<int>("select count(*) from posts where deleted_at is not null"), Is.Zero);
        Assert.That((await Night(forum)).Select(post => post.Id), Is.EqualTo(new[] { question }));
        await forum.Settle();

        Assert.That(await forum.Value<string>("select group_concat(id || ' ' || deletion) from posts where deleted_at is not null"), Is.EqualTo($"{question} 6"));
        Assert.That(
            await forum.Value<string>("select action || ' ' || reason || ' ' || concerns_id || ' ' || (actor_id is null) from moderation_acts where id = 1"),
            Is.EqualTo($"delete closed {asker} 1"));
        Assert.That(await forum.Value<string>("select kind || ' ' || user_id from inbox where post_id = @question", new { question }), Is.EqualTo($"cleared-away {asker}"));
        await forum.Verify();

        await forum.Send(new UndoAct(1), moderator);

        Assert.That(await forum.Value<int>("select count(*) from posts where deleted_at is not null"), Is.Zero);
        Assert.That(await forum.Value<string>("select action || ' ' || undoes_id from moderation_acts where id = 2"), Is.EqualTo("undelete 1"));
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await Night(forum), Is.Empty, "what people want is theirs to keep");
        Assert.That(other, Is.GreaterThan(question));
        await forum.Verify();
    }

    [Test]
    public async Task A_night_is_done_once_and_the_rarer_kinds_once_a_week()
    {
        await using var forum = new TestForum();
        forum.Clock.Set(new DateTimeOffset(2026, 3, 2, 3, 59, 59, TimeSpan.Zero));
        var asker = await forum.Make.User(1_000);
        var first = await forum.Make.Question(asker);
        await Dislike(forum, first);

        Assert.That(await forum.Service<TakeCare>().Nightly(default), Is.Empty);
        Assert.That(await forum.Value<int>("select count(*) from jobs"), Is.Zero, "it is not time");
        forum.Clock.Advance(TimeSpan.FromDays(31));
        Assert.That(await Night(forum), Has.Count.EqualTo(1));
        var second = await forum.Make.Question(asker);
        await Dislike(forum, second);
        await forum.Write("update posts set created_at = created_at - 40 * 86400000 where id = @second", new { second });

        forum.Clock.Advance(TimeSpan.FromDays(5));
        Assert.That(await Night(forum), Is.Empty, "dead questions are looked for once a week");
        Assert.That((await Night(forum)).Select(post => post.Id), Is.EqualTo(new[] { second }));
    }

    [Test]
    public async Task Nothing_is_deleted_that_changed_meanwhile_or_where_it_is_off()
    {
        await using var forum = new TestForum(("Forum:Care:ClearsAway", "false"));
        var question = await forum.Make.Question();
        await forum.Write(Close, new { question, at = forum.Clock.GetUtcNow() });
        forum.Clock.Advance(TimeSpan.FromDays(10));

        Assert.That(await Night(forum), Is.Empty);
        await forum.Write("update posts set locked_at = @now where id = @question", new { question, now = forum.Clock.GetUtcNow() });
        Assert.That(await forum.Send(new ClearAway(question, CareJob.Closed)), Is.False);
        Assert.That(await forum.Value<int>("select count(*) from posts where deleted_at is not null"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from moderation_acts"), Is.Zero);
    }

    [Test]
    public async Task Abandoned_questions_and_posts_of_who_is_gone_are_found_piece_by_piece()
    {
        await using var forum = new TestForum(("Forum:Care:MostANight", "2"));
        var (asker, gone) = (await forum.Make.User(1_000), await forum.Make.User());
        var questions = new List<long>();
        foreach (var number in Enumerable.Range(1, 3))
        {
            questions.Add(await forum.Make.Question(asker, title: $"How do I read file number {number} by line?"));
            forum.Clock.Advance(TimeSpan.FromHours(1));
        }

        var answer = await forum.Make.Answer(questions[0], gone);
        await forum.Write("update users set removed_at = @now where id = @gone", new { gone, now = forum.Clock.GetUtcNow() });
        await Dislike(forum, answer);
        forum.Clock.Advance(TimeSpan.FromDays(366));

        Assert.That((await forum.Service<TakeCare>().Clear(CareJob.Removed, isDry: false, default)).Select(post => post.Id), Is.EqualTo(new[] { answer }));
        Assert.That(await forum.Service<TakeCare>().Clear(CareJob.Abandoned, isDry: false, default), Has.Count.EqualTo(2), "no more in a night");
        Assert.That(await forum.Service<TakeCare>().Clear(CareJob.Abandoned, isDry: false, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task One_forgotten_question_an_hour_comes_up_again()
    {
        await using var forum = new TestForum();
        var first = await forum.Make.Question();
        await forum.Make.Answer(first);
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await forum.Make.Question(title: "How do I write a file line by line?");
        await forum.Make.Answer(second);
        await forum.Make.Question(title: "How does nobody answer this one here?");
        forum.Clock.Advance(TimeSpan.FromDays(30));

        Assert.That(await Next(forum), Is.EqualTo(first));
        Assert.That(await Next(forum), Is.Null, "one an hour");
        Assert.That(
            await forum.Value<string>("select kind || ' ' || actor_id from post_events where post_id = @first", new { first }), Is.EqualTo("bumped -1"));
        Assert.That(await forum.Value<DateTimeOffset>("select active_at from posts where id = @first", new { first }), Is.EqualTo(forum.Clock.GetUtcNow()));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await Next(forum), Is.EqualTo(second));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await Next(forum), Is.Null, "the others have no answers, or came up of late");
        await forum.Verify();
    }

    [Test]
    public async Task A_question_is_protected_after_three_deleted_answers_of_newcomers_and_people_have_the_last_word()
    {
        await using var forum = new TestForum();
        var (question, moderator) = (await forum.Make.Question(), await forum.Make.User(moderator: true));
        foreach (var by in new[] { 1, 1, 50, 1 })
        {
            Assert.That(await IsProtected(forum, question), Is.False);
            await forum.Send(new DeletePost(await forum.Make.Answer(question, await forum.Make.User(by))), moderator);
            await forum.Settle();
        }

        Assert.That(await IsProtected(forum, question), Is.True);
        Assert.That(await forum.Value<string>("select action || ' ' || subject_id from moderation_acts where action = 'protect'"), Is.EqualTo($"protect {question}"));

        await forum.Write(
            "update posts set protected_at = null where id = @question; insert into post_events (post_id, kind, at) values (@question, 'unprotected', 1)", new { question });
        await forum.Send(new DeletePost(await forum.Make.Answer(question)), moderator);
        await forum.Settle();
        Assert.That(await IsProtected(forum, question), Is.False);
    }

    [Test]
    public async Task A_question_is_protected_after_two_answers_deleted_as_spam_whoever_wrote_them()
    {
        await using var forum = new TestForum();
        var (asker, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(asker);
        foreach (var reputation in new[] { 5_000, 1 })
        {
            Assert.That(await IsProtected(forum, question), Is.False);
            await forum.Send(new FlagPost(await forum.Make.Answer(question, await forum.Make.User(reputation)), FlagKind.Spam), moderator);
            await forum.Settle();
        }

        Assert.That(await IsProtected(forum, question), Is.True);
        Assert.That(
            await forum.Value<string>("select action || ' ' || coalesce(actor_id, 'nobody') || ' ' || concerns_id from moderation_acts where action = 'protect'"),
            Is.EqualTo($"protect nobody {asker}"));
        Assert.That(await forum.Value<string>("select kind || ' ' || actor_id from post_events where post_id = @question", new { question }), Is.EqualTo("protected -1"));
        Assert.That(await forum.Value<int>("select count(*) from events where kind like '%ProtectionChanged'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_vote_to_reopen_that_waits_keeps_a_closed_question_until_it_is_taken_back()
    {
        await using var forum = new TestForum();
        var (question, voter) = (await forum.Make.Question(), await forum.Make.User(5_000));
        await forum.Write(Close, new { question, at = forum.Clock.GetUtcNow() });
        forum.Clock.Advance(TimeSpan.FromDays(10));
        await forum.Send(new CastReopenVote(question), voter);

        Assert.That(await Night(forum), Is.Empty);
        await forum.Send(new RetractModerationVote(question, ModerationVoteKind.Reopen), voter);
        Assert.That((await Night(forum)).Select(post => post.Id), Is.EqualTo(new[] { question }));
    }

    [Test]
    public async Task Moderators_see_what_would_go_and_why_and_nobody_else_does()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        await site.Forum.Write(Close, new { question, at = site.Clock.GetUtcNow() });
        site.Clock.Advance(TimeSpan.FromDays(10));
        using var moderator = await site.SignedInAs(await site.Forum.Make.User(moderator: true));
        using var member = await site.SignedInAs(await site.Forum.Make.User(50_000));

        var page = await moderator.Get("/mod/care");

        Assert.That(page.Document.QuerySelector("section[aria-labelledby=closed] li a")?.GetAttribute("href"), Does.StartWith($"/questions/{question}/"));
        Assert.That(page.Document.QuerySelectorAll("section[aria-labelledby=dead] li"), Is.Empty);
        Assert.That((int)(await member.Get("/mod/care")).Status, Is.EqualTo(403));
        Assert.That(await site.Forum.Value<int>("select count(*) from posts where deleted_at is not null"), Is.Zero, "looking does nothing");
    }

    [Test]
    public async Task The_console_says_what_would_go_before_it_goes()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        await forum.Write(Close, new { question, at = DateTimeOffset.UtcNow.AddDays(-10) });
        await forum.Write("update posts set created_at = @at, active_at = @at where id = @question", new { question, at = DateTimeOffset.UtcNow.AddDays(-12) });

        Assert.That(await Console(forum, "care", "closed", "--dry-run"), Does.Contain($"Question {question}, ").And.Contain("1 posts would be deleted."));
        Assert.That(await Console(forum, "care", "closed"), Does.Contain("1 posts deleted."));
        Assert.That(await Console(forum, "care", "closed", "--dry-run"), Does.Contain("0 posts would be deleted."));
        Assert.That(await Console(forum, "care", "bump", "--dry-run"), Does.Contain("No question waits"));
    }

    private static async Task<string> Console(TestForum forum, params string[] words)
    {
        using var output = new StringWriter();
        Assert.That(await CommandLine.Run([.. words, "--database", forum.Database.Path], output, output), Is.EqualTo(CommandLine.Fine), output.ToString());
        return output.ToString();
    }

    private static Task<IReadOnlyList<CareFacts>> Night(TestForum forum)
    {
        forum.Clock.Set(new DateTimeOffset(forum.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddHours(24 + 4));
        return forum.Service<TakeCare>().Nightly(default);
    }

    private static Task<long?> Next(TestForum forum) => forum.Service<BringUpOld>().Next(isDry: false, default);

    private static Task<bool> IsProtected(TestForum forum, long question) =>
        forum.Value<bool>("select protected_at is not null from posts where id = @question", new { question });

    private static async Task Dislike(TestForum forum, long post) =>
        await forum.Send(new Core.Voting.CastVote(post, Core.Voting.Direction.Down), await forum.Make.User(1_000));
}
