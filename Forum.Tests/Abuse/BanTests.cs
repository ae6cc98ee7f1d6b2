using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Abuse;

/// <summary>docs/rules/abuse.md, section 1.</summary>
public sealed class BanTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(5, 3, 1, 181, true)]
    [TestCase(4, 4, 1, 181, false)]
    [TestCase(5, 2, 1, 181, false)]
    [TestCase(10, 6, 1, 181, true)]
    [TestCase(10, 5, 1, 181, false)]
    [TestCase(5, 5, 999, 181, true)]
    [TestCase(5, 5, 1_000, 181, false)]
    [TestCase(5, 5, 1, 182, false)]
    public void Who_posted_badly_for_the_most_part_posts_no_more_for_half_a_year(int posts, int bad, int reputation, int daysAgo, bool isBanned)
    {
        var (person, rules) = (new Person { Id = 1, Reputation = reputation }, new AbuseSettings());
        var record = new PostingRecord { Posts = posts, Bad = bad, LastAt = Now.AddDays(-daysAgo) };

        Assert.That(BanRules.WhyNotAsk(person, record, Now, rules)?.Code, Is.EqualTo(isBanned ? "abuse.question-ban" : null));
        Assert.That(BanRules.WhyNotAnswer(person, record, Now, rules)?.Code, Is.EqualTo(isBanned ? "abuse.answer-ban" : null));
        Assert.That(BanRules.WhyNotAsk(person with { IsModerator = true }, record, Now, rules), Is.Null);
        Assert.That(BanRules.WhyNotAsk(person, record, Now, rules with { Bans = false }), Is.Null);
    }

    [Test]
    public async Task Improving_what_was_bad_lifts_the_ban_and_the_two_kinds_are_apart()
    {
        await using var site = new TestSite();
        var forum = site.Forum;
        var author = await forum.Make.User(200);
        var asked = await Ask(forum, author, 5);
        await forum.Write("update posts set score = -1 where id in (@A, @B); update posts set closed_at = 1, close_reason = 'off-topic' where id = @C", new { A = asked[0], B = asked[1], C = asked[2] });
        site.Clock.Advance(TimeSpan.FromDays(1));
        using var browser = await site.SignedInAs(author);

        Assert.That(
            async () => await forum.Send(new AskQuestion("How do I ask this one too?", Text, "files"), author),
            Throws.TypeOf<RefusedException>().With.Message.EqualTo("abuse.question-ban"));
        Assert.That(await forum.Value<int>("select count(*) from posts where kind = 1"), Is.EqualTo(5), "nothing was written");
        await forum.Send(new PostAnswer(await forum.Make.Question(), Text + " It is read so."), author);
        var page = await browser.Get("/help/question-ban");
        Assert.That(page.Document.QuerySelectorAll("section[aria-labelledby=questions] li").Length, Is.EqualTo(3));
        Assert.That(page.Document.QuerySelector("section[aria-labelledby=questions] .s-notice"), Is.Not.Null);
        Assert.That(page.Document.QuerySelector("section[aria-labelledby=answers] .s-notice"), Is.Null);

        await forum.Write("update posts set score = 1 where id = @A", new { A = asked[0] });

        await forum.Send(new AskQuestion("How do I ask this one too?", Text, "files"), author);
        using var stranger = site.Anonymous();
        Assert.That((await stranger.Get("/help/question-ban")).Document.QuerySelectorAll("section[aria-labelledby]").Length, Is.Zero);
    }

    [Test]
    public async Task Who_answered_badly_answers_no_more_and_a_duplicate_is_not_bad()
    {
        await using var forum = new TestForum();
        var (author, question) = (await forum.Make.User(200), await forum.Make.Question());
        foreach (var _ in Enumerable.Range(0, 5))
            await forum.Make.Answer(await forum.Make.Question(), author);
        await forum.Write("update posts set score = -1 where author_id = @author", new { author });
        var asked = await Ask(forum, author, 5);
        await forum.Write("update posts set closed_at = 1, close_reason = 'duplicate' where kind = 1 and author_id = @author", new { author });
        forum.Clock.Advance(TimeSpan.FromDays(1));

        Assert.That(
            async () => await forum.Send(new PostAnswer(question, Text), author), Throws.TypeOf<RefusedException>().With.Message.EqualTo("abuse.answer-ban"));
        Assert.That(await forum.Send(new AskQuestion("How do I ask this one too?", Text, "files"), author), Is.GreaterThan(asked[0]));
    }

    private static async Task<List<long>> Ask(TestForum forum, long author, int times)
    {
        var asked = new List<long>();
        foreach (var number in Enumerable.Range(1, times))
            asked.Add(await forum.Make.Question(author, title: $"How do I read file number {number} by line?"));
        return asked;
    }
}
