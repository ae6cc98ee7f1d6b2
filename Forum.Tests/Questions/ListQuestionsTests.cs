using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Samples;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class ListQuestionsTests
{
    [Test]
    public async Task Newest_is_by_asking_and_active_by_what_happened_last()
    {
        await using var forum = new TestForum();
        var (first, second) = await Two(forum);

        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new PostAnswer(first, "An answer that makes its question the latest active one."), await forum.Make.User());

        Assert.That(await Ids(forum, QuestionOrder.Newest), Is.EqualTo(new[] { second, first }));
        Assert.That(await Ids(forum, QuestionOrder.Active), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public async Task Score_is_by_votes()
    {
        await using var forum = new TestForum();
        var (first, second) = await Two(forum);

        await forum.Send(new CastVote(first, Direction.Up), await forum.Make.User(15));

        Assert.That(await Ids(forum, QuestionOrder.Score), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public async Task Unanswered_until_an_answer_scores_or_is_accepted()
    {
        await using var forum = new TestForum();
        var (first, second) = await Two(forum);
        var answer = await forum.Make.Answer(first);
        Assert.That(await Ids(forum, QuestionOrder.Unanswered), Has.Length.EqualTo(2));

        var voter = await forum.Make.User(15);
        await forum.Send(new CastVote(answer, Direction.Up), voter);
        Assert.That(await Ids(forum, QuestionOrder.Unanswered), Is.EqualTo(new[] { second }));

        await forum.Send(new RetractVote(answer), voter);
        Assert.That(await Ids(forum, QuestionOrder.Unanswered), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Several_tags_are_all_of_them()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var both = await forum.Make.Question(author, tags: "c# linq");
        var one = await forum.Make.Question(author, tags: "c#");

        Assert.That(await Ids(forum, QuestionOrder.Newest, "c#"), Is.EqualTo(new[] { one, both }));
        Assert.That(await Ids(forum, QuestionOrder.Newest, "linq", "c#"), Is.EqualTo(new[] { both }));
        Assert.That(await Ids(forum, QuestionOrder.Newest, "c#", "nothing"), Is.Empty);
    }

    [Test]
    public async Task Questions_with_several_tags_are_counted_among_so_many_of_the_rarest_one()
    {
        await using var forum = new TestForum(("Forum:Pages:MostCounted", "3"));
        var author = await forum.Make.User(1_000, moderator: true);
        for (var i = 0; i < 4; i++)
            await forum.Make.Question(author, tags: i < 2 ? "c# linq" : "c# linq sql");

        var many = await forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#", "linq"]));
        var few = await forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#", "sql"]));

        Assert.That((many.Questions.Total, many.IsMore), Is.EqualTo((3L, true)));
        Assert.That(many.Questions.Items, Has.Count.EqualTo(4), "what is not counted is listed all the same");
        Assert.That((few.Questions.Total, few.IsMore), Is.EqualTo((2L, false)));
    }

    [Test]
    public async Task Counts_follow_answers_acceptance_deletion_and_retagging()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(1_000), await forum.Make.User(1_000));
        var moderator = await forum.Make.User(moderator: true);
        var question = await forum.Make.Question(ada, tags: "c# linq");
        await forum.Make.Question(bob, tags: "c#");
        var answer = await forum.Make.Answer(question, bob);
        async Task<(long, long, long, long, long)> Counts() => (
            (await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Total,
            (await forum.Send(new ListQuestions(QuestionOrder.Unanswered, []))).Questions.Total,
            (await forum.Send(new ListQuestions(QuestionOrder.Unanswered, ["c#"]))).Questions.Total,
            (await forum.Send(new ListUserPosts(ada, UserPosts.Questions))).Total,
            (await forum.Send(new ListUserPosts(bob, UserPosts.Answers))).Total);
        Assert.That(await Counts(), Is.EqualTo((2, 2, 2, 1, 1)));

        await forum.Send(new CastVote(answer, Direction.Up), ada);
        Assert.That(await Counts(), Is.EqualTo((2, 1, 1, 1, 1)));
        await forum.Verify();

        await forum.Send(new DeletePost(question), moderator);
        Assert.That(await Counts(), Is.EqualTo((1, 1, 1, 0, 0)));
        await forum.Verify();

        await forum.Send(new UndeletePost(question), moderator);
        await forum.Send(new DeletePost(answer), moderator);
        Assert.That(await Counts(), Is.EqualTo((2, 2, 2, 1, 0)));
        await forum.Verify();

        await forum.Send(new UndeletePost(answer), moderator);
        await forum.Send(new EditPost(question, "Another text of the question, of which a tag is gone too.", Tags: "linq"), ada);
        Assert.That(await Counts(), Is.EqualTo((2, 1, 1, 1, 1)));
        await forum.Send(new RetractVote(answer), ada);
        Assert.That(await Counts(), Is.EqualTo((2, 2, 1, 1, 1)));
        Assert.That(await forum.Value<long>("select question_count from tags where name = 'c#'"), Is.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task What_is_deleted_is_in_no_list_and_no_count()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var question = await forum.Make.Question(author);

        await forum.Send(new DeletePost(question), author);
        foreach (var order in Enum.GetValues<QuestionOrder>())
        {
            Assert.That(await Ids(forum, order), Is.Empty);
            Assert.That(await Ids(forum, order, "files"), Is.Empty);
        }

        await forum.Send(new UndeletePost(question), author);
        Assert.That(await Ids(forum, QuestionOrder.Newest, "files"), Is.EqualTo(new[] { question }));
        await forum.Verify();
    }

    [Test]
    public async Task Following_cursors_there_and_back_shows_what_numbers_show(
        [Values(QuestionOrder.Newest, QuestionOrder.Active, QuestionOrder.Score, QuestionOrder.Unanswered, QuestionOrder.Bountied, QuestionOrder.UnansweredNewest, QuestionOrder.NoAnswers)]
        QuestionOrder order, [Values] bool tagged)
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(60));
        await forum.Write("insert into bounties (question_id, amount, started_at, ends_at) select id, 50, 0, id % 7 from posts where kind = 1");
        // Of one tag no index holds the newest unanswered ones.
        string[] tags = tagged && order is not (QuestionOrder.UnansweredNewest or QuestionOrder.NoAnswers) ? [await forum.Value<string>("select name from tags order by question_count desc limit 1")] : [];
        var numbered = new List<long[]>();
        var pages = (await forum.Send(new ListQuestions(order, tags, Size: 4))).Questions.Pages;
        for (var page = 1; page <= pages; page++)
            numbered.Add(IdsOf(await forum.Send(new ListQuestions(order, tags, page, Size: 4))));
        Assert.That(IdsOf(await forum.Send(new ListQuestions(order, tags, pages + 1, Size: 4))), Is.EqualTo(numbered[^1]));

        var view = await forum.Send(new ListQuestions(order, tags, Size: 4));
        var forwards = new List<long[]> { IdsOf(view) };
        var number = 1;
        while (view.Next is { } next)
        {
            view = await forum.Send(new ListQuestions(order, tags, ++number, next, 4));
            forwards.Add(IdsOf(view));
        }

        var backwards = new List<long[]> { IdsOf(view) };
        while (number > 2 && view.Previous is { } previous)
        {
            view = await forum.Send(new ListQuestions(order, tags, --number, previous, 4));
            backwards.Add(IdsOf(view));
        }

        backwards.Reverse();
        Assert.That(forwards, Is.EqualTo(numbered));
        Assert.That(backwards, Is.EqualTo(forwards.Skip(1)));
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("1.2.3.4")]
    [TestCase("99999999999999999999.1")]
    public async Task A_cursor_that_is_none_is_no_cursor(string cursor)
    {
        await using var forum = new TestForum();
        var (_, second) = await Two(forum);

        var view = await forum.Send(new ListQuestions(QuestionOrder.Newest, [], 1, cursor));

        Assert.That(IdsOf(view)[0], Is.EqualTo(second));
    }

    [Test]
    public async Task A_list_costs_three_statements_however_long_it_is()
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(20));

        Assert.That(await forum.StatementsOf(() => forum.Send(new ListQuestions(QuestionOrder.Active, []))), Is.EqualTo(3));
    }

    private static async Task<(long First, long Second)> Two(TestForum forum)
    {
        var author = await forum.Make.User(1_000);
        var first = await forum.Make.Question(author);
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        return (first, await forum.Make.Question(author));
    }

    private static async Task<long[]> Ids(TestForum forum, QuestionOrder order, params string[] tags) => IdsOf(await forum.Send(new ListQuestions(order, tags)));

    private static long[] IdsOf(ListQuestions.View view) => [.. view.Questions.Items.Select(q => q.Id)];
}
