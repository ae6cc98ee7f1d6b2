using Forum.Core.Answers;
using Forum.Core.Flags;
using Forum.Tests.Support;

namespace Forum.Tests.Flags;

public sealed class CopiedAnswersTests
{
    private const string Body = "Just use our *great tool*: it reads any file for you.";

    [Test]
    public async Task The_third_answer_that_says_the_same_is_told_to_moderators_however_it_is_dressed()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(10);
        await Answer(forum, ada, Body);
        await Answer(forum, ada, "JUST use our **great** tool - it reads any file, for you!");
        Assert.That(await Noticed(forum), Is.Empty);

        var third = await Answer(forum, ada, "Just use our great tool… it reads any file for you");

        Assert.That(await Noticed(forum), Is.EqualTo(new[] { third }));
    }

    [Test]
    public async Task Other_words_long_ago_and_people_who_are_trusted_are_left_alone()
    {
        await using var forum = new TestForum();
        var (ada, trusted) = (await forum.Make.User(10), await forum.Make.User(125));
        await Answer(forum, ada, Body);
        await Answer(forum, ada, Body + " Or another one.");
        forum.Clock.Advance(TimeSpan.FromDays(31));
        await Answer(forum, ada, Body);
        await Answer(forum, ada, Body);
        foreach (var _ in Enumerable.Range(0, 4))
            await Answer(forum, trusted, Body);

        Assert.That(await Noticed(forum), Is.Empty);
    }

    private static async Task<long> Answer(TestForum forum, long by, string body)
    {
        // The same text at once is refused.
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await forum.Send(new PostAnswer(await forum.Make.Question(), body), by);
        await forum.Settle();
        return answer;
    }

    private static Task<IReadOnlyList<long>> Noticed(TestForum forum) =>
        forum.Sql(db => db.Query<long>("select post_id from flags where reason = @CopiedAnswers", new { Notices.CopiedAnswers }));
}
