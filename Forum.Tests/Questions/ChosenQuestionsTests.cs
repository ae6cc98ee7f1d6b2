using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

/// <summary>Lists that no index holds: filters, rankings, one's own tags, what interests somebody.</summary>
public sealed class ChosenQuestionsTests
{
    private static readonly FilterOrder[] Orders = Enum.GetValues<FilterOrder>();

    [Test]
    public async Task A_filter_shows_what_is_asked_for_and_nothing_else()
    {
        await using var town = await Town.Make();

        Assert.Multiple(async () =>
        {
            Assert.That(await town.Ids(new()), Is.EqualTo(new[] { town.Bountied, town.Old, town.Answered, town.Silent }.OrderDescending()));
            Assert.That(await town.Ids(new() { NoAnswers = true }), Is.EquivalentTo(new[] { town.Silent, town.Bountied }));
            Assert.That(await town.Ids(new() { Unanswered = true }), Is.EquivalentTo(new[] { town.Silent, town.Bountied, town.Old }));
            Assert.That(await town.Ids(new() { HasBounty = true }), Is.EqualTo(new[] { town.Bountied }));
            Assert.That(await town.Ids(new() { Order = FilterOrder.Ending }), Is.EqualTo(new[] { town.Bountied }));
            Assert.That(await town.Ids(new() { Days = 5 }), Is.EquivalentTo(new[] { town.Answered, town.Silent }));
            Assert.That(await town.Ids(new() { Tags = ["linq"] }), Is.EqualTo(new[] { town.Old }));
            Assert.That(await town.Ids(new() { Tags = ["linq", "sql*"] }), Is.EquivalentTo(new[] { town.Old, town.Silent }));
            Assert.That(await town.Ids(new() { Tags = ["none-such"] }), Is.Empty);
            Assert.That(await town.Ids(new() { Mine = true }), Is.Empty, "nobody watches anything yet");
            Assert.That(await town.Ids(new() { Order = FilterOrder.Score }), Has.Length.EqualTo(4));
            Assert.That((await town.Ids(new() { Order = FilterOrder.Score }))[0], Is.EqualTo(town.Answered));
            Assert.That((await town.Ids(new() { Order = FilterOrder.Active }))[0], Is.EqualTo(town.Old));
            Assert.That(await town.Ids(new() { Order = FilterOrder.Frequent }), Is.EqualTo(new[] { town.Old }));
            Assert.That(await town.Ids(new() { Order = FilterOrder.Trending }), Is.EqualTo(new[] { town.Answered }));
        });
    }

    [Test]
    public async Task Every_combination_fulfils_its_conditions_in_every_order()
    {
        await using var town = await Town.Make();
        await town.Forum.Send(new WatchTags("linq sql*", IsIgnored: false), town.Reader);
        var everything = (await town.Items(new())).ToDictionary(question => question.Id);
        var now = town.Forum.Clock.GetUtcNow();

        foreach (var order in Orders)
        {
            for (var bits = 0; bits < 32; bits++)
            {
                bool Has(int bit) => (bits & bit) > 0;
                var filter = new QuestionFilter
                {
                    NoAnswers = Has(1), Unanswered = Has(2), HasBounty = Has(4), Days = Has(8) ? 5 : 0, Mine = Has(16), Order = order,
                };
                bool Fulfils(ListQuestions.Item question) =>
                    (!filter.NoAnswers || question.AnswerCount == 0) && (!filter.Unanswered || !question.IsAnswered)
                    && (!(filter.HasBounty || order == FilterOrder.Ending) || question.Bounty is not null)
                    && (filter.Days == 0 || question.CreatedAt >= now.AddDays(-filter.Days))
                    && (!filter.Mine || question.TagNames.Any(tag => tag == "linq" || tag.StartsWith("sql", StringComparison.Ordinal)))
                    && (filter.HasBounty || order != FilterOrder.Frequent || question.Id == town.Old)
                    && (filter.HasBounty || order != FilterOrder.Trending || question.Id == town.Answered);

                var found = await town.Ids(filter);

                Assert.That(found, Is.EquivalentTo(everything.Values.Where(Fulfils).Select(question => question.Id)), filter.ToString());
                var list = await town.Forum.Send(new ListQuestions(QuestionOrder.Filtered, [], Filter: filter), town.Reader);
                Assert.That(list.Questions.Total, Is.EqualTo(found.Length), filter.ToString());
            }
        }
    }

    [Test]
    public async Task A_filter_on_a_tags_page_is_within_the_tag()
    {
        await using var town = await Town.Make();

        Assert.That((await town.Forum.Send(new ListQuestions(QuestionOrder.NoAnswers, ["c#"]))).Questions.Items.Select(q => q.Id), Is.EquivalentTo(new[] { town.Silent, town.Bountied }));
        foreach (var order in new[] { FilterOrder.Newest, FilterOrder.Active, FilterOrder.Score })
        {
            Assert.That(await town.Ids(new() { Order = order, Unanswered = true }, "c#"), Is.EquivalentTo(new[] { town.Old, town.Silent, town.Bountied }));
            Assert.That(await town.Ids(new() { Order = order, Tags = ["linq"] }, "c#"), Is.EqualTo(new[] { town.Old }));
            Assert.That(await town.Ids(new() { Order = order }, "c#", "sql-server"), Is.EqualTo(new[] { town.Silent }));
        }
    }

    [Test]
    public async Task Unanswered_in_my_tags_is_what_nobody_helped_with_in_them()
    {
        await using var town = await Town.Make();
        var forum = town.Forum;
        Assert.That(await town.Listed(QuestionOrder.UnansweredMine), Is.Empty);

        await forum.Send(new WatchTags("sql* linq", IsIgnored: false), town.Reader);
        Assert.That(await town.Listed(QuestionOrder.UnansweredMine), Is.EquivalentTo(new[] { town.Old, town.Silent }));

        var answer = await forum.Make.Answer(town.Silent);
        await forum.Send(new CastVote(answer, Direction.Up), town.Reader);
        Assert.That(await town.Listed(QuestionOrder.UnansweredMine), Is.EqualTo(new[] { town.Old }));
    }

    [Test]
    public async Task What_interests_somebody_is_what_their_tags_bring_up()
    {
        await using var forum = new TestForum(("Forum:Lists:Interesting", "2"));
        var (reader, author) = (await forum.Make.User(), await forum.Make.User(10_000));
        var watched = await forum.Make.Question(author, tags: "c#");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var other = await forum.Make.Question(author, tags: "java");
        var newest = await forum.Make.Question(author, tags: "php");
        var down = await forum.Make.Question(author, tags: "c# down");
        await forum.Write("update posts set score = -3 where id = @down", new { down });
        await forum.Write("update question_tags set score = -3 where question_id = @down", new { down });
        forum.Clock.Advance(TimeSpan.FromHours(3));
        async Task<long[]> Home(long? user) => [.. (await forum.Send(new ListQuestions(QuestionOrder.Interesting, []), user)).Questions.Items.Select(q => q.Id)];

        Assert.That(await Home(reader), Is.EqualTo(new[] { newest, other }));
        await forum.Send(new WatchTags("c*", IsIgnored: false), reader);
        Assert.That(await Home(reader), Is.EqualTo(new[] { newest, watched }), "it is older, but of a watched tag; and shown by activity");
        await forum.Send(new WatchTags("php", IsIgnored: true), reader);
        Assert.That(await Home(reader), Is.EqualTo(new[] { other, watched }));
    }

    [Test]
    public async Task However_many_dull_questions_are_younger_the_others_are_shown()
    {
        await using var forum = new TestForum(("Forum:Lists:Interesting", "1"));
        var (reader, author) = (await forum.Make.User(), await forum.Make.User(10_000));
        var good = await forum.Make.Question(author);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 5; i++)
        {
            var dull = await forum.Make.Question(author);
            await forum.Write("update posts set score = -3 where id = @dull", new { dull });
        }

        var view = await forum.Send(new ListQuestions(QuestionOrder.Interesting, []), reader);

        Assert.That(view.Questions.Items.Select(q => q.Id), Is.EqualTo(new[] { good }));
    }

    [Test]
    public async Task Hot_answered_questions_are_among_what_interests_somebody()
    {
        await using var forum = new TestForum(("Forum:Lists:Interesting", "1"), ("Forum:Lists:InterestingHotScore", "2"));
        var author = await forum.Make.User(10_000);
        var hot = await forum.Make.Question(author);
        await forum.Send(new CastVote(await forum.Make.Answer(hot), Direction.Up), author);
        for (var i = 0; i < 2; i++)
            await forum.Send(new CastVote(hot, Direction.Up), await forum.Make.User(100));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var newest = await forum.Make.Question(author);
        var reader = await forum.Make.User();

        await forum.Service<RankQuestions>().Rank(default);

        var view = await forum.Send(new ListQuestions(QuestionOrder.Interesting, []), reader);
        Assert.That(view.Questions.Items.Select(q => q.Id), Is.EqualTo(new[] { newest, hot }));
        Assert.That(view.Questions.Total, Is.EqualTo(2));
    }

    [TestCase(-3, true)]
    [TestCase(-4, false)]
    public async Task The_home_page_loses_what_scores_badly(int score, bool stays)
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question();
        await forum.Write("update posts set score = @score where id = @question", new { score, question });

        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Active, [], IsHome: true))).Questions.Items.Any(), Is.EqualTo(stays));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Active, []))).Questions.Items.Any(), Is.True);
    }

    [Test]
    public async Task No_list_shows_what_was_deleted_after_it_was_ranked()
    {
        await using var town = await Town.Make();
        await town.Forum.Send(new WatchTags("c#", IsIgnored: false), town.Reader);
        foreach (var question in new[] { town.Old, town.Answered, town.Silent })
            await town.Forum.Send(new DeletePost(question), town.Moderator);

        foreach (var order in Enum.GetValues<QuestionOrder>().Where(order => order != QuestionOrder.Filtered))
            Assert.That(await town.Listed(order), Is.SubsetOf(new[] { town.Bountied }), order.ToString());
        foreach (var order in Orders)
        {
            Assert.That(await town.Ids(new() { Order = order }), Is.SubsetOf(new[] { town.Bountied }), order.ToString());
            Assert.That(await town.Ids(new() { Order = order, Mine = true }), Is.SubsetOf(new[] { town.Bountied }), order.ToString());
        }

        Assert.That((await town.Forum.Send(new ListHotQuestions())).Select(q => q.Id), Is.SubsetOf(new[] { town.Bountied }));
        await town.Forum.Verify();
    }

    [Test]
    public async Task A_filter_looks_at_so_many_questions_and_says_that_there_may_be_more()
    {
        await using var forum = new TestForum(("Forum:Lists:LookedAt", "2"));
        var author = await forum.Make.User(10_000, moderator: true);
        for (var i = 0; i < 3; i++)
            await forum.Make.Question(author, tags: i == 0 ? "sql" : "c#");

        async Task<(long, bool)> Found(QuestionFilter filter) =>
            await forum.Send(new ListQuestions(QuestionOrder.Filtered, [], Filter: filter)) is var view ? (view.Questions.Total, view.IsMore) : default;

        Assert.That(await Found(new()), Is.EqualTo((2, true)));
        Assert.That(await Found(new() { Tags = ["c#"] }), Is.EqualTo((2, false)));
        Assert.That(await Found(new() { Tags = ["sql"] }), Is.EqualTo((1, false)));
    }

    [TestCase(1, 2)]
    [TestCase(2, 1)]
    [TestCase(9, 2)]
    public async Task Pages_of_a_filter_follow_each_other_and_a_page_too_far_is_the_first(int page, int questions)
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(10_000, moderator: true);
        for (var i = 0; i < 3; i++)
            await forum.Make.Question(author);

        var view = await forum.Send(new ListQuestions(QuestionOrder.Filtered, [], page, Size: 2, Filter: new()));

        Assert.That((view.Questions.Items.Count, view.Questions.Total), Is.EqualTo((questions, 3L)));
    }

    [Test]
    public async Task Each_list_costs_so_many_statements()
    {
        await using var town = await Town.Make();
        await town.Forum.Send(new WatchTags("c#", IsIgnored: false), town.Reader);
        Task<int> Cost(QuestionOrder order, QuestionFilter? filter = null, params string[] tags) =>
            town.Forum.StatementsOf(() => town.Forum.Send(new ListQuestions(order, tags, Filter: filter), town.Reader));

        // One of them is the test's own: it looks up who asks.
        Assert.Multiple(async () =>
        {
            Assert.That(await Cost(QuestionOrder.Interesting), Is.EqualTo(4));
            Assert.That(await Cost(QuestionOrder.Hot), Is.EqualTo(3));
            Assert.That(await Cost(QuestionOrder.UnansweredMine), Is.EqualTo(4));
            Assert.That(await Cost(QuestionOrder.Filtered, new() { Unanswered = true }), Is.EqualTo(3));
            Assert.That(await Cost(QuestionOrder.Filtered, new() { Mine = true, Tags = ["sql*"] }), Is.EqualTo(4));
            Assert.That(await Cost(QuestionOrder.Newest, null, "c#"), Is.EqualTo(4));
        });
    }

    /// <summary>Four questions, each with something of its own.</summary>
    private sealed class Town : IAsyncDisposable
    {
        private Town(TestForum forum) => Forum = forum;

        public TestForum Forum { get; }
        public long Reader { get; private set; }
        public long Moderator { get; private set; }
        /// <summary>Asked long ago, linked to, with an answer that nobody found good; the last one active.</summary>
        public long Old { get; private set; }
        public long Bountied { get; private set; }
        /// <summary>With a good answer and a vote.</summary>
        public long Answered { get; private set; }
        public long Silent { get; private set; }

        public static async Task<Town> Make()
        {
            var forum = new TestForum();
            var town = new Town(forum) { Reader = await forum.Make.User(1_000), Moderator = await forum.Make.User(moderator: true) };
            var author = await forum.Make.User(10_000);
            town.Old = await forum.Make.Question(author, tags: "c# linq");
            town.Bountied = await forum.Make.Question(author, tags: "c#");
            forum.Clock.Advance(TimeSpan.FromDays(10));
            await forum.Send(new StartBounty(town.Bountied, 50, BountyReason.All[0]), author);
            town.Answered = await forum.Make.Question(author, tags: "java");
            await forum.Send(new CastVote(await forum.Make.Answer(town.Answered), Direction.Up), town.Reader);
            await forum.Send(new CastVote(town.Answered, Direction.Up), town.Reader);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            town.Silent = await forum.Make.Question(author, tags: "c# sql-server");
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Send(new PostAnswer(town.Old, "An answer that makes its question the latest active one."), await forum.Make.User());
            await forum.Write("insert into post_links (from_post_id, to_post_id, kind, created_at) values (@Silent, @Old, 1, 1)", new { town.Silent, town.Old });
            await forum.Service<RankQuestions>().CountLinks(default);
            await forum.Service<RankQuestions>().Rank(default);
            return town;
        }

        public async Task<IReadOnlyList<ListQuestions.Item>> Items(QuestionFilter filter, params string[] tags) =>
            (await Forum.Send(new ListQuestions(QuestionOrder.Filtered, tags, Filter: filter), Reader)).Questions.Items;

        public async Task<long[]> Ids(QuestionFilter filter, params string[] tags) => [.. (await Items(filter, tags)).Select(question => question.Id)];

        public async Task<long[]> Listed(QuestionOrder order) => [.. (await Forum.Send(new ListQuestions(order, []), Reader)).Questions.Items.Select(question => question.Id)];

        public ValueTask DisposeAsync() => Forum.DisposeAsync();
    }
}
