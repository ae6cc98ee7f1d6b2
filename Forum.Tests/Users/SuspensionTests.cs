using System.Reflection;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Search;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Users;

/// <summary>Whoever is suspended: what others see, what they may do, and what is kept for afterwards (docs/rules/fairness.md).</summary>
public sealed class SuspensionTests
{
    [Test]
    public async Task Others_see_a_reputation_of_1_and_no_badges_everywhere_and_the_real_ones_return_at_the_end()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(500, name: "Ada");
        var question = await forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");
        await forum.Make.Answer(question, by: ada);
        await forum.Write("update users set gold = 1, silver = 2, bronze = 3 where id = @ada", new { ada });
        var shown = await Cards(forum, ada, question);
        Assert.That(shown, Is.All.EqualTo((500, 6)));

        await Suspend(forum, ada, days: 7);
        Assert.That(await Cards(forum, ada, question), Is.All.EqualTo((1, 0)));
        Assert.That((await forum.Send(new ListReputation(ada))).Days, Is.Empty);
        Assert.That((await forum.Send(new ShowReputation(ada))).Days, Is.Empty);
        Assert.That((await forum.Send(new ListReputationByPost(ada))).Reputation, Is.EqualTo(1));
        Assert.That((await forum.Send(new ListTopUsers("files"))).RecentAskers.Select(p => p.Reputation), Is.EqualTo([1]));
        Assert.That((await forum.Send(new ShowUser(ada), ada)).User.Reputation, Is.EqualTo(500), "they see it themselves");
        Assert.That((await forum.Send(new ListReputation(ada), ada)).Reputation, Is.EqualTo(500));

        forum.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That(await Cards(forum, ada, question), Is.EqualTo(shown));
    }

    [Test]
    public async Task Who_is_suspended_leads_nobody_meanwhile()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(500);
        await forum.Make.Question(by: ada);
        await forum.Send(new CastVote(await forum.Make.Answer(await forum.Make.Question(), by: ada), Direction.Up), await forum.Make.User(1_000));
        await forum.Service<CountLeaders>().Count(default);
        Assert.That((await forum.Send(new ListLeaders(Board.Reputation, Period.Week))).Items.Select(l => l.Id), Does.Contain(ada));

        await Suspend(forum, ada, days: 7);

        Assert.That((await forum.Send(new ListLeaders(Board.Reputation, Period.Week))).Items.Select(l => l.Id), Does.Not.Contain(ada));
    }

    [Test]
    public async Task What_is_earned_meanwhile_is_kept()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(500), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        await Suspend(forum, ada, days: 7);

        await forum.Send(new CastVote(question, Direction.Up), bob);

        Assert.That((await forum.Send(new ShowUser(ada))).User.Reputation, Is.EqualTo(1));
        forum.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That((await forum.Send(new ShowUser(ada))).User.Reputation, Is.EqualTo(510));
        await forum.Verify();
    }

    [Test]
    public async Task No_privilege_can_be_used_while_suspended()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(20_000);
        var (own, other) = (await forum.Make.Question(by: ada), await forum.Make.Question());
        var answer = await forum.Make.Answer(own);
        var comment = await forum.Make.Comment(other, by: ada);
        await Suspend(forum, ada, days: 7);
        Attempt[] acts =
        [
            new(() => forum.Send(new AskQuestion("How do I read a file line by line?", "I have a large text file and want to read it line by line.", "files"), ada)),
            new(() => forum.Send(new PostAnswer(other, "Read the lines one at a time with an iterator that streams them."), ada)),
            new(() => forum.Send(new PostComment(other, "Which version of the library is this about?"), ada)),
            new(() => forum.Send(new EditComment(comment, "Which version of the library was this about?"), ada)),
            new(() => forum.Send(new DeleteComment(comment), ada)),
            new(() => forum.Send(new CastVote(other, Direction.Up), ada)),
            new(() => forum.Send(new VoteForComment(comment), ada)),
            new(() => forum.Send(new EditPost(own, "I have a very large text file and want to read it line by line, please."), ada)),
            new(() => forum.Send(new DeletePost(own), ada)),
            new(() => forum.Send(new AcceptAnswer(answer), ada)),
        ];

        foreach (var act in acts)
            await forum.IsRefused(act.Do, "moderation.suspended");
    }

    [Test]
    public async Task It_ends_to_the_millisecond_and_the_profile_and_the_refusal_say_when()
    {
        await using var site = new TestSite();
        var (ada, question) = (await site.Forum.Make.User(500, "Ada"), await site.Forum.Make.Question());
        await Suspend(site.Forum, ada, days: 7);
        using var browser = site.Anonymous();
        using var hers = await site.SignedInAs(ada);

        Assert.That((await browser.Get($"/users/{ada}/ada")).Said(".s-notice__warning"), Does.Contain("Mar 9, 2026"));
        var refused = await hers.Fill("/questions/ask", ("Input.Title", "How do I read a file line by line?"), ("Input.Body", "I have a large text file and want to read it line by line."), ("Input.Tags", "files"));
        Assert.That(refused.Summary, Does.Contain("2026-03-09 12:00"));

        site.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        await site.Forum.IsRefused(() => site.Forum.Send(new CastVote(question, Direction.Up), ada), "moderation.suspended");
        site.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await site.Forum.Send(new CastVote(question, Direction.Up), ada);
    }

    [Test]
    public void Only_reading_what_one_was_told_and_how_is_open_to_them()
    {
        // What anybody may send is not asked for a suspension; ShapeTests holds the whole list.
        var open = typeof(CoreModule).Assembly.GetTypes()
            .Where(t => typeof(ICommand).IsAssignableFrom(t) && t.GetCustomAttribute<ForAttribute>()?.Who == Who.Anyone)
            .Select(t => t.Name);

        Assert.That(open, Has.No.Member(nameof(CastVote)));
        Assert.That(new[] { "MarkRead", "OpenNotice", "ChooseAppearance", "NoteVisit" }, Is.SubsetOf(open));
    }

    private static Task Suspend(TestForum forum, long user, int days) =>
        forum.Write("update users set suspended_until = @until where id = @user", new { user, until = forum.Clock.GetUtcNow().AddDays(days) });

    private static async Task<List<(int Reputation, int Badges)>> Cards(TestForum forum, long user, long question)
    {
        var thread = await forum.Send(new ShowQuestion(question));
        UserCard[] cards =
        [
            thread.Question.Author, thread.Answers.Items.Single().Author,
            (await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Items.Single().Author,
            .. (await forum.Send(new SearchQuestions("walrus"))).Results.Items.Select(hit => hit.Author),
        ];
        var listed = (await forum.Send(new ListUsers("Ada"))).Items.Single();
        var profile = (await forum.Send(new ShowUser(user))).User;
        return
        [
            .. cards.Select(card => (card.Reputation, card.Gold + card.Silver + card.Bronze)),
            (listed.Reputation, listed.Gold + listed.Silver + listed.Bronze), (profile.Reputation, profile.Gold + profile.Silver + profile.Bronze),
        ];
    }

    private sealed record Attempt(Func<Task> Do);
}
