using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class RankQuestionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // (ln(views) * 4 + answers * score / 5 + answers' scores) / ((age + 1) - (age - rest) / 2) ^ 1.5
    [TestCase(100, 2, 10, 7, 10, 4, 29.4207 / 22.6274)]
    [TestCase(0, 2, 10, 7, 10, 4, 11 / 22.6274)]
    [TestCase(1, 0, 0, 0, 0, 0, 0)]
    [TestCase(0, 0, 0, 5, 0, 0, 5)]
    [TestCase(0, 1, -5, 0, 3, 3, -1 / 8.0)]
    public void A_question_is_as_hot_as_the_formula_says(int views, int answers, int score, int answerScore, int age, int rest, double expected)
    {
        var heat = new Heat { ViewCount = views, AnswerCount = answers, Score = score, AnswerScore = answerScore, CreatedAt = Now.AddHours(-age), ActiveAt = Now.AddHours(-rest) };

        Assert.That(heat.At(Now), Is.EqualTo(expected).Within(0.001));
    }

    [Test]
    public void A_question_of_the_future_is_as_hot_as_one_of_now()
    {
        var now = new Heat { ViewCount = 10, AnswerScore = 1, CreatedAt = Now, ActiveAt = Now };

        Assert.That((now with { CreatedAt = Now.AddDays(1), ActiveAt = Now.AddDays(2) }).At(Now), Is.EqualTo(now.At(Now)));
    }

    [TestCase(Ranking.Hot, 1)]
    [TestCase(Ranking.Hot, 2)]
    [TestCase(Ranking.Trending, 3)]
    [TestCase(Ranking.Week, 2)]
    [TestCase(Ranking.Month, 2)]
    [TestCase(Ranking.Month, 4)]
    public void A_ranking_has_what_belongs_in_it(Ranking ranking, long id) => Assert.That(Rankings.Of(ranking, Some, Now, 10), Does.Contain(id));

    [TestCase(Ranking.Trending, 1)]
    [TestCase(Ranking.Week, 4)]
    [TestCase(Ranking.Month, 1)]
    [TestCase(Ranking.Hot, 5)]
    public void A_ranking_has_nothing_else(Ranking ranking, long id) => Assert.That(Rankings.Of(ranking, Some, Now, 10), Does.Not.Contain(id));

    private static readonly Heat[] Some =
    [
        new() { Id = 1, ViewCount = 100, CreatedAt = Now.AddDays(-30), ActiveAt = Now },
        new() { Id = 2, ViewCount = 100, CreatedAt = Now.AddDays(-6), ActiveAt = Now },
        new() { Id = 3, ViewCount = 100, Recent = 1, CreatedAt = Now.AddDays(-300), ActiveAt = Now },
        new() { Id = 4, ViewCount = 100, CreatedAt = Now.AddDays(-7), ActiveAt = Now },
        new() { Id = 5, ViewCount = 100, Score = -1, CreatedAt = Now, ActiveAt = Now },
    ];

    [Test]
    public async Task Rankings_are_written_when_they_are_otherwise_and_only_then()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(10_000, moderator: true);
        var first = await forum.Make.Question(author);
        var second = await forum.Make.Question(author);
        await forum.Send(new CastVote(second, Direction.Up), await forum.Make.User(100));
        await forum.Send(new CastVote(await forum.Make.Answer(second), Direction.Up), await forum.Make.User(100));
        var rank = forum.Service<RankQuestions>();

        Assert.That(await rank.Rank(default), Is.EqualTo(4));
        Assert.That((await forum.Send(new ListHotQuestions())).Select(q => q.Id), Is.EqualTo(new[] { second }));
        Assert.That(await rank.Rank(default), Is.Zero);
        await forum.Verify();

        await forum.Write("update posts set closed_at = 1 where id = @second", new { second });
        await rank.Rank(default);
        Assert.That(await forum.Send(new ListHotQuestions()), Is.Empty, "what is closed is not for more people to see");
        await forum.Send(new DeletePost(first), author);
        await rank.Rank(default);
        await forum.Verify();
    }

    [Test]
    public async Task Links_to_a_question_are_counted_again_and_again()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(10_000, moderator: true);
        var (linked, one, two) = (await forum.Make.Question(moderator), await forum.Make.Question(moderator), await forum.Make.Question(moderator));
        await forum.Write(
            "insert into post_links (from_post_id, to_post_id, kind, created_at) values (@one, @linked, 1, 1), (@one, @linked, 3, 1), (@two, @linked, 1, 1)", new { one, two, linked });
        var rank = forum.Service<RankQuestions>();
        forum.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await rank.CountLinks(default), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select link_count from posts where id = @linked", new { linked }), Is.EqualTo(2));
        Assert.That(await rank.CountLinks(default), Is.Zero);
        await forum.Verify();

        await forum.Send(new DeletePost(one), moderator);
        await forum.Send(new DeletePost(two), moderator);
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await rank.CountLinks(default), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select link_count from posts where id = @linked", new { linked }), Is.Zero);
        await forum.Verify();

        await forum.Write("update posts set link_count = 7 where id = @linked", new { linked });
        Assert.That(await forum.Send(new Forum.Core.Verification.Verify()), Has.Count.EqualTo(1));
    }
}
