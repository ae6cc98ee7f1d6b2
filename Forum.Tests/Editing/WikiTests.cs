using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

public sealed class WikiTests
{
    private const string Text = "Read the lines one at a time with an iterator that streams them.";

    [TestCase(9, false, true, false, "privileges.create-wiki.needs")]
    [TestCase(10, false, true, false, null)]
    [TestCase(10_000, false, false, false, "editing.wiki-not-yours")]
    [TestCase(10_000, false, true, true, "editing.wiki-moderators")]
    [TestCase(1, true, false, true, null)]
    [TestCase(1, true, false, false, null)]
    public void An_answer_becomes_wiki_by_its_author_and_anything_by_a_moderator(int reputation, bool moderates, bool mine, bool isQuestion, string? code)
    {
        var person = new Person { Id = 1, Reputation = reputation, IsModerator = moderates };
        var post = new PostFacts { Id = 5, Kind = isQuestion ? 1 : 2, AuthorId = mine ? 1 : 2 };

        Assert.That(WikiRules.WhyNotMake(person, post, new ForumSettings())?.Code, Is.EqualTo(code));
        Assert.That(WikiRules.WhyNotMake(person, post with { WikiAt = DateTimeOffset.UnixEpoch }, new ForumSettings())?.Code, Is.EqualTo("editing.is-wiki"));
        Assert.That(WikiRules.WhyNotMake(person, post with { DeletedAt = DateTimeOffset.UnixEpoch }, new ForumSettings())?.Code, Is.EqualTo("editing.deleted-post"));
        Assert.That(WikiRules.WhyNotEnd(person, post)?.Code, Is.EqualTo("editing.no-wiki"));
        Assert.That(WikiRules.WhyNotEnd(person, post with { WikiAt = DateTimeOffset.UnixEpoch })?.Code, Is.EqualTo(moderates ? null : "editing.wiki-moderators"));
    }

    [Test]
    public void A_locked_answer_stays_what_it_is_but_for_moderators()
    {
        var post = new PostFacts { Kind = 2, AuthorId = 1, LockedAt = DateTimeOffset.UnixEpoch };

        Assert.That(WikiRules.WhyNotMake(new Person { Id = 1, Reputation = 100 }, post, new ForumSettings())?.Code, Is.EqualTo("editing.locked-post"));
        Assert.That(WikiRules.WhyNotMake(new Person { Id = 2, IsModerator = true }, post, new ForumSettings()), Is.Null);
    }

    [TestCase(9, "privileges.create-wiki.needs")]
    [TestCase(10, null)]
    public async Task An_answer_is_wiki_from_the_start_when_its_author_says_so(int reputation, string? code)
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        var author = await forum.Make.User(reputation);

        if (code is not null)
        {
            var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new PostAnswer(question, Text, IsWiki: true), author));
            Assert.That(refused!.Refusal.Code, Is.EqualTo(code));
            Assert.That(await forum.Value<int>("select count(*) from posts where kind = 2"), Is.Zero);
            return;
        }

        var answer = await forum.Send(new PostAnswer(question, Text, IsWiki: true), author);
        Assert.That(await IsWiki(forum, answer), Is.True);
        Assert.That(await forum.Value<string>("select kind from post_events where post_id = @answer and actor_id = @author", new { answer, author }), Is.EqualTo("community-owned"));
    }

    [Test]
    public async Task Whoever_answers_a_wiki_answers_with_one()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        await forum.Send(new ChangeWiki(question, IsWiki: true), await forum.Make.User(moderator: true));

        var answer = await forum.Send(new PostAnswer(question, Text), await forum.Make.User());

        Assert.That(await IsWiki(forum, answer), Is.True);
    }

    [Test]
    public async Task What_was_earned_before_stays_and_what_comes_is_worth_nothing()
    {
        await using var forum = new TestForum();
        var (author, moderator) = (await forum.Make.User(100), await forum.Make.User(moderator: true));
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker);
        var answer = await forum.Make.Answer(question, author);
        async Task<int> Reputation() => await forum.Value<int>("select reputation from users where id = @author", new { author });
        await forum.Send(new CastVote(answer, Direction.Up), await forum.Make.User(100));
        Assert.That(await Reputation(), Is.EqualTo(110));

        await forum.Send(new ChangeWiki(answer, IsWiki: true), author);
        var late = await forum.Make.User(1_000);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new CastVote(answer, Direction.Up), late);
        await forum.Send(new AcceptAnswer(answer), asker);
        Assert.That(await Reputation(), Is.EqualTo(110));
        await forum.Verify();

        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ChangeWiki(answer, IsWiki: false), author));
        await forum.Send(new ChangeWiki(answer, IsWiki: false), moderator);
        Assert.That(await Reputation(), Is.EqualTo(110), "what was done meanwhile stays without effect");
        await forum.Verify();

        await forum.Send(new RetractVote(answer), late);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new CastVote(answer, Direction.Up), await forum.Make.User(100));
        Assert.That(await Reputation(), Is.EqualTo(120));
        await forum.Verify();
        Assert.That((await forum.Send(new ListTimeline(answer), moderator)).Items.Select(item => item.Kind), Does.Contain("community-owned").And.Contain("community-owned-ended"));
    }

    [Test]
    public async Task It_takes_100_to_edit_a_wiki_and_it_counts_in_no_tag()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(10);
        var answer = await forum.Make.Answer(await forum.Make.Question(tags: "files"), author);
        await forum.Send(new CastVote(answer, Direction.Up), await forum.Make.User(100));
        var scores = forum.Service<KeepTagScores>();
        await scores.CatchUp(default);
        Assert.That(await forum.Value<int>("select sum(answers) from tag_scores where user_id = @author", new { author }), Is.EqualTo(1));

        await forum.Send(new ChangeWiki(answer, IsWiki: true), author);
        await scores.CatchUp(default);

        Assert.That(await forum.Value<int>("select coalesce(sum(answers), 0) from tag_scores where user_id = @author", new { author }), Is.Zero);
        Assert.ThrowsAsync<RefusedException>(async () => await forum.Send(new EditPost(answer, Text + " And more."), await forum.Make.User(99)));
        Assert.That(await forum.Send(new EditPost(answer, Text + " And more."), await forum.Make.User(100)), Is.EqualTo(2));
        await forum.Verify();
    }

    // Each revision: who wrote it, then its lines; "-" for one that left the text.
    [TestCase("1:a b c", 1, 1, 100)]
    [TestCase("1:a b c | 2:a b c d", 2, 1, 75)]
    [TestCase("1:a | 2:a b c", 2, 1, 33, Description = "the first author's lines count double, and 2 to 2 is the first author's")]
    [TestCase("1:a | 2:a b c d", 2, 2, 75)]
    [TestCase("1:a b | 2:b a | 3:b a", 3, 1, 100, Description = "a line that was moved is whose it was")]
    [TestCase("1:a | 2:x y | 1:a", 2, 1, 100)]
    [TestCase("1:a a | 2:a a a", 2, 1, 67)]
    [TestCase("1:a | 2:- | 3:-", 3, 1, 100)]
    [TestCase("1:", 1, 1, 100)]
    public async Task Whoever_wrote_most_lines_is_named(string revisions, int editors, int author, int share)
    {
        var written =
            from revision in revisions.Split('|', StringSplitOptions.TrimEntries)
            let parts = revision.Split(':')
            select new WrittenText(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), null, parts[1] == "-" ? null : parts[1].Replace(' ', '\n'));

        Assert.That(await WikiCredit.Of(written.ToAsyncEnumerable()), Is.EqualTo(new WikiCredit(editors, author, null, share)));
    }

    [Test]
    public async Task Who_is_gone_keeps_their_name_and_two_of_them_are_two()
    {
        var written = new[] { new WrittenText(null, "user7", "a\nb\nc"), new WrittenText(null, "user8", "a\nb\nc\nd"), new WrittenText(3, "ignored", "a\nb\nc\nd") };

        Assert.That(await WikiCredit.Of(written.ToAsyncEnumerable()), Is.EqualTo(new WikiCredit(3, null, "user7", 75)));
        Assert.That(await WikiCredit.Of(Array.Empty<WrittenText>().ToAsyncEnumerable()), Is.Null);
    }

    [Test]
    public async Task Who_wrote_a_wiki_is_kept_beside_it_and_follows_its_edits()
    {
        await using var forum = new TestForum();
        var (author, editor, moderator) = (await forum.Make.User(1_000, "Ada"), await forum.Make.User(1_000, "Bob"), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, author);
        await forum.Send(new ChangeWiki(answer, IsWiki: true), author);
        var credit = forum.Service<CreditWiki>();
        async Task<WikiCredit?> Shown() => (await forum.Send(new ShowQuestion(question))).Answers.Items.Single().Wiki;

        Assert.That(await Shown(), Is.Null, "until somebody has worked it out");
        await credit.CatchUp(default);
        Assert.That(await Shown(), Is.EqualTo(new WikiCredit(1, author, "Ada", 100)));

        await forum.Send(new EditPost(answer, Text + "\n\nOne more line.\n\nAnd another one.\n\nAnd a third one."), editor);
        await credit.CatchUp(default);
        Assert.That(await Shown(), Is.EqualTo(new WikiCredit(2, editor, "Bob", 75)));
        await forum.Verify();

        await forum.Write("update wiki_credits set share = 1");
        Assert.That(await forum.Send(new Forum.Core.Verification.Verify()), Has.Count.EqualTo(1));

        await forum.Send(new ChangeWiki(answer, IsWiki: false), moderator);
        Assert.That(await Shown(), Is.Null);
        await credit.CatchUp(default);
        Assert.That(await forum.Value<int>("select count(*) from wiki_credits"), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task A_wikis_page_names_the_community_and_its_moderators_end_it()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var (author, moderator) = (await forum.Make.User(1_000, "Ada"), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        using var ada = await site.SignedInAs(author);

        var form = await ada.Get($"/questions/{question}/how-do-i-read-a-file-line-by-line");
        var posted = await ada.Submit(form, "#your-answer form", ("Body", Text), ("IsWiki", "true"));
        await forum.Service<CreditWiki>().CatchUp(default);
        var answer = await forum.Value<long>("select id from posts where kind = 2");
        var page = await ada.Get($"/questions/{question}/how-do-i-read-a-file-line-by-line");

        Assert.That((int)posted.Status, Is.EqualTo(302));
        Assert.That(page.Document.QuerySelector($"#answer-{answer} .f-wiki")!.TextContent, Does.Contain("community wiki").And.Contain("1 revision, 1 editor").And.Contain("100 % by Ada"));
        Assert.That(page.Document.QuerySelector($"#answer-{answer} .f-post-menu a[href$='/wiki']"), Is.Null, "its author cannot end it");

        using var mod = await site.SignedInAs(moderator);
        var end = await mod.Get($"/posts/{answer}/wiki");
        await mod.Submit(end, "form[action*='handler=End']");
        Assert.That(await IsWiki(forum, answer), Is.False);
    }

    private static Task<bool> IsWiki(TestForum forum, long post) => forum.Value<bool>("select wiki_at is not null from posts where id = @post", new { post });
}
