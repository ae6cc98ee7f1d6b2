using System.Net;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Merging;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Merging;

public sealed class ConvertAnswerTests
{
    private const string Text = "There is a method for it in the library.";

    [Test]
    public async Task An_answer_becomes_a_comment_in_its_authors_name_and_comes_back_with_its_votes()
    {
        await using var forum = new TestForum();
        var town = await MergeTests.Town.Make(forum);
        var before = await Visible(forum);

        await forum.Send(new ConvertAnswer(town.Accepted, Text), town.Moderator);

        var question = (await forum.Send(new ShowQuestion(town.Source))).Question;
        Assert.That(question.Comments.Select(c => (c.AuthorId, c.Html.Trim())), Does.Contain(((long?)town.Bob, Text)));
        Assert.That(
            await forum.Value<bool>("select c.created_at = a.created_at from posts a, comments c where a.id = @Accepted and c.body = @Text", new { town.Accepted, Text }), Is.True);
        Assert.That(await forum.Value<int>("select reputation from users where id = @Bob", new { town.Bob }), Is.EqualTo(500), "what it brought went with it");
        await forum.Settle();
        await forum.Verify();
        Assert.That(await forum.Value<long>("select user_id from inbox where kind = 'answer-converted'"), Is.EqualTo(town.Bob));

        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);

        Assert.That(await Visible(forum), Is.EquivalentTo(before));
    }

    [Test]
    public async Task What_is_too_long_for_a_comment_is_said_and_stays_in_the_form()
    {
        await using var site = new TestSite();
        var town = await MergeTests.Town.Make(site.Forum);
        using var moderator = await site.SignedInAs(town.Moderator);
        var page = await moderator.Get($"/posts/{town.Plain}/to-comment");
        Assert.That(page.Value("Body"), Does.StartWith("Use a buffered stream"));

        var refused = await moderator.Submit(page, null, ("Body", new string('x', 700)));

        Assert.That((refused.Status, refused.MessagesAt("Body").Count, refused.Value("Body")?.Length), Is.EqualTo((HttpStatusCode.BadRequest, 1, 700)));
        Assert.That((await moderator.Submit(page)).Location, Does.StartWith("/comments/"));
    }

    [Test]
    public void Moderators_make_comments_of_answers_that_are_there()
    {
        var (moderator, member) = (new Person { Id = 1, IsModerator = true }, new Person { Id = 2, Reputation = 100_000 });
        var answer = new PostFacts { Id = 3, Kind = 2 };

        Assert.That(MergingRules.WhyNotConvert(moderator, answer), Is.Null);
        Assert.That(MergingRules.WhyNotConvert(member, answer)?.Code, Is.EqualTo("moderation.moderators-only"));
        Assert.That(MergingRules.WhyNotConvert(moderator, answer with { Kind = 1 })?.Code, Is.EqualTo("merging.no-answer-to-convert"));
        Assert.That(MergingRules.WhyNotConvert(moderator, answer with { DeletedAt = DateTimeOffset.UnixEpoch })?.Code, Is.EqualTo("merging.deleted"));
        Assert.That(MergingRules.WhyNotConvert(moderator, answer with { Lock = LockKind.Policy })?.Code, Is.EqualTo("locks.locked-post"));
    }

    // The ledger says that something was taken and given back; sums are what they were.
    private static async Task<IReadOnlyList<string>> Visible(TestForum forum) =>
        [.. (await Dump.Of(forum)).Where(line => !line.StartsWith("reputation_events ", StringComparison.Ordinal))];
}
