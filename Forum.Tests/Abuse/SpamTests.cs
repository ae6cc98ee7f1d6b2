using Forum.Core.Abuse;
using Forum.Core.Flags;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Voting;
using Forum.Data;
using Forum.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Abuse;

/// <summary>docs/rules/abuse.md, section 5.</summary>
public sealed class SpamTests
{
    private static string Pills(int number) => $"Buy the best pills cheap at our shop, delivery is free, visit [our shop](https://pills{number}.shop.example/buy) now and order!";
    private static string Honest(int number) => $"I have a large file number {number} and want to read it line by line in a loop without loading all of it.";

    [TestCase(0, 0, 0.5)]
    [TestCase(9, 0, 0.95)]
    [TestCase(0, 9, 0.05)]
    [TestCase(5, 5, 0.5)]
    public void A_words_share_is_drawn_to_one_half_the_less_it_was_seen(int spam, int good, double likelihood) =>
        Assert.That(SpamRules.Likelihood([new SpamWord { Word = "word", Spam = spam, Good = good }], 100, 100, 10, 10), Is.EqualTo(likelihood).Within(0.001));

    [TestCase(9, 100)]
    [TestCase(100, 9)]
    public void Nothing_is_said_before_enough_was_seen_of_both(int spam, int good) =>
        Assert.That(SpamRules.Likelihood([new SpamWord { Word = "word", Spam = 5 }], spam, good, 10, 10), Is.Null);

    [Test]
    public void A_post_is_told_by_its_words_hosts_links_and_how_new_its_author_is()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        var words = SpamRules.Words(new SpamSample
        {
            Title = "Chéap PILLS", Html = "<p>低价药 at <a href=\"https://www.shop.example/x\">it</a></p>", CreatedAt = at, AuthorSince = at.AddHours(-2),
        });

        Assert.That(words, Is.EquivalentTo(new[] { "host:shop.example", "links:1", "author:today", "cheap", "pills", "低价", "价药" }));
    }

    [Test]
    public async Task What_was_deleted_as_spam_teaches_what_spam_is_and_moderators_get_a_flag_of_the_next()
    {
        await using var forum = new TestForum(("Forum:Abuse:SpamLeast", "4"), ("Forum:Abuse:SpamLeastGood", "4"));
        var (moderator, asker, voter) = (await forum.Make.User(moderator: true), await forum.Make.User(3_000), await forum.Make.User(3_000));
        var question = await forum.Make.Question(asker);
        for (var i = 0; i < 5; i++)
        {
            await forum.Send(new FlagPost(await Answer(forum, question, Pills(i)), FlagKind.Spam), moderator);
            await forum.Send(new CastVote(await Answer(forum, question, Honest(i)), Direction.Up), voter);
        }

        await forum.Service<LearnSpam>().CatchUp(default);
        Assert.That(await forum.Sql(db => db.Query<int>("select spam from spam_words where word = '' union all select good from spam_words where word = ''")), Is.EqualTo(new[] { 5, 5 }));

        var (spam, good, trusted) = (await Answer(forum, question, Pills(9)), await Answer(forum, question, Honest(9)),
            await Answer(forum, question, Pills(10), 50));
        foreach (var answer in new[] { spam, good, trusted })
            await forum.Announce(new Forum.Core.Answers.AnswerPosted(answer, question, await forum.Value<long>("select author_id from posts where id = @answer", new { answer })));
        await forum.Settle();

        Assert.That(await forum.Sql(db => db.Query<long>("select post_id from flags where reason = 'suspected-spam' and user_id is null")), Is.EqualTo(new[] { spam }));
        Assert.That(await forum.Value<int>("select count(*) from posts where id in (@spam, @good, @trusted) and deleted_at is null", new { spam, good, trusted }), Is.EqualTo(3));
    }

    [Test]
    public async Task A_post_that_is_no_spam_after_all_is_counted_back()
    {
        await using var forum = new TestForum();
        var (moderator, question) = (await forum.Make.User(moderator: true), await forum.Make.Question());
        var learn = forum.Service<LearnSpam>();
        var answer = await Answer(forum, question, Pills(1));
        await learn.CatchUp(default);
        await forum.Send(new FlagPost(answer, FlagKind.Spam), moderator);
        await learn.CatchUp(default);
        var learned = await forum.Value<int>("select sum(spam) from spam_words");

        await forum.Send(new ClearSpam(answer), moderator);
        await learn.CatchUp(default);

        Assert.That(learned, Is.GreaterThan(10));
        Assert.That(await forum.Value<int>("select sum(spam) + sum(good) from spam_words"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from spam_learned"), Is.Zero);
    }

    [TestCase(19_999, true)]
    [TestCase(20_000, false)]
    public async Task When_enough_good_posts_are_known_only_spam_is_read(int known, bool readsGood)
    {
        await using var forum = new TestForum();
        var (moderator, asker, voter) = (await forum.Make.User(moderator: true), await forum.Make.User(3_000), await forum.Make.User(3_000));
        var question = await forum.Make.Question(asker);
        var (spam, good) = (await Answer(forum, question, Pills(1)), await Answer(forum, question, Honest(1)));
        await forum.Send(new FlagPost(spam, FlagKind.Spam), moderator);
        foreach (var up in new[] { voter, asker, moderator })
            await forum.Send(new CastVote(good, Direction.Up), up);
        await forum.Write("insert into spam_words (word, spam, good) values ('', 0, @known)", new { known });

        var lessons = await forum.Sql(db => db.Lessons(long.MaxValue, 10, forum.Settings.Abuse, default));

        Assert.That(lessons, Is.EqualTo(readsGood ? new[] { good, spam } : new[] { spam }));
    }

    [Test]
    public async Task Learning_anew_finds_what_was_learned_bit_by_bit()
    {
        await using var forum = new TestForum();
        var (moderator, voter, question) = (await forum.Make.User(moderator: true), await forum.Make.User(3_000), await forum.Make.Question());
        var learn = forum.Service<LearnSpam>();
        await learn.CatchUp(default);
        for (var i = 0; i < 3; i++)
        {
            await forum.Send(new FlagPost(await Answer(forum, question, Pills(i)), FlagKind.Spam), moderator);
            await forum.Send(new CastVote(await Answer(forum, question, Honest(i)), Direction.Up), voter);
            await learn.CatchUp(default);
        }

        var before = await Known(forum);
        var (at, learned) = ((long?)null, 0);
        while (await forum.Send(new LearnSpamAgain(at, 2)) is { Last: { } last } some)
            (at, learned) = (last, learned + some.Learned);

        Assert.That(learned, Is.EqualTo(6));
        Assert.That(await Known(forum), Is.EqualTo(before).And.Not.Empty);
    }

    [TestCase(0.95, true, false)]
    [TestCase(0.94, false, true)]
    [TestCase(0.80, false, true)]
    [TestCase(0.79, false, false)]
    public async Task Another_check_can_stand_in_its_place_and_two_numbers_say_who_looks(double likelihood, bool isFlagged, bool isReviewed)
    {
        await using var site = TestSite.With(services => services.AddScoped<ISpamCheck>(_ => new Says(likelihood)));
        var forum = site.Forum;
        await forum.Make.Tags("files");
        var ada = await forum.Make.User(20);

        var question = await forum.Send(new AskQuestion("How do I read a file line by line?", Honest(1), "files"), ada);
        await forum.Settle();

        Assert.That(await forum.Value<bool>("select exists (select 1 from flags where post_id = @question and reason = 'suspected-spam')", new { question }), Is.EqualTo(isFlagged));
        Assert.That(
            await forum.Value<bool>("select exists (select 1 from review_tasks where post_id = @question and queue = @queue and reason = 'suspected-spam')", new { question, queue = (int)ReviewQueue.LowQuality }),
            Is.EqualTo(isReviewed));
    }

    private static async Task<long> Answer(TestForum forum, long question, string text, int reputation = 1)
    {
        var author = await forum.Make.User(reputation);
        var answer = await forum.Make.Answer(question, author, text);
        var html = new Forum.Core.Markdown.CommunityMarkdown(new Forum.Core.Markdown.MarkdownRenderer(), forum.Settings).Post(text, "").Html;
        await forum.Write("update posts set html = @html where id = @answer", new { html, answer });
        return answer;
    }

    private static Task<IReadOnlyList<SpamWord>> Known(TestForum forum) =>
        forum.Sql(db => db.Query<SpamWord>("select word as Word, spam as Spam, good as Good from spam_words where spam + good > 0 order by word"));

    private sealed class Says(double likelihood) : ISpamCheck
    {
        public Task<double?> Likelihood(SpamSample sample, CancellationToken token) => Task.FromResult<double?>(likelihood);
    }
}
