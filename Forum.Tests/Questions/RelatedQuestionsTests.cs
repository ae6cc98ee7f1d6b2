using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Tests.Support;
using Forum.Web.Commands;

namespace Forum.Tests.Questions;

public sealed class RelatedQuestionsTests
{
    private const string Filler = "This text says nothing that anybody would look for anywhere. ";

    [Test]
    public async Task A_new_question_and_those_it_is_like_know_each_other_soon_after()
    {
        await using var forum = new TestForum();
        await Follow(forum);
        var first = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler);
        await Follow(forum);
        Assert.That(await Related(forum, first), Is.Empty);

        var second = await forum.Make.Question(title: "Sorting widgets by their size", body: Filler);
        await Follow(forum);

        Assert.That(await Related(forum, first), Is.EqualTo(new[] { second }));
        Assert.That(await Related(forum, second), Is.EqualTo(new[] { first }));
        await forum.Verify();
    }

    [Test]
    public async Task Who_shares_but_a_word_or_two_is_not_related()
    {
        await using var forum = new TestForum();
        var bread = await forum.Make.Question(
            title: "Keeping sourdough alive in winter", tags: "bread",
            body: "My kitchen is cold and the starter rises slowly. Flour, water, rye, wheat, patience: which temperature, jar, towel or shelf would help it most?");
        await forum.Make.Question(
            title: "Painting a wooden bridge over a brook", tags: "bridges",
            body: "The kitchen garden ends at a brook. Oak, larch, linseed oil, primer, brushes: does the paint peel when planks swell and shrink with every flood?");
        var starter = await forum.Make.Question(title: "Sourdough starter smells of vinegar", tags: "bread", body: "The starter rises but smells. Flour and water were fresh, the jar clean.");
        await Follow(forum);

        Assert.That(await Related(forum, bread), Is.EqualTo(new[] { starter }));
    }

    [Test]
    public async Task An_edit_finds_others_and_a_deleted_question_is_never_shown()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(2_000);
        await Follow(forum);
        var gears = await forum.Make.Question(author, title: "Cleaning gears with a toothbrush", body: Filler);
        var widgets = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler + "Nothing.");
        var mine = await forum.Make.Question(author, title: "Sorting widgets by their size", body: Filler + "At all.");
        await Follow(forum);
        Assert.That((await Related(forum, mine))[0], Is.EqualTo(widgets));

        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(mine, Filler + "Really.", "Cleaning gears with a brush"), author);
        await Follow(forum);
        Assert.That((await Related(forum, mine))[0], Is.EqualTo(gears));

        await forum.Send(new DeletePost(gears), author);
        Assert.That(await Related(forum, mine), Does.Not.Contain(gears));
        await forum.Verify();
    }

    [Test]
    public async Task The_first_time_all_there_are_are_gone_through_and_again_changes_nothing()
    {
        await using var forum = new TestForum(("Forum:Search:RelatedKept", "3"), ("Forum:Search:Related", "2"), ("Forum:Search:RelatedLeast", "0"));
        var ids = new List<long>();
        for (var i = 0; i < 6; i++)
            ids.Add(await forum.Make.Question(title: $"Sorting widgets of kind {i}", body: Filler));

        await Follow(forum);

        Assert.That(await Related(forum, ids[0]), Has.Count.EqualTo(2));
        Assert.That(await forum.Value<int>("select count(*) from related_questions where question_id = @id", new { id = ids[0] }), Is.EqualTo(3));
        Assert.That((await forum.Send(new RelateAll(0, 100))).Changed, Is.Zero);
        Assert.That((await forum.Send(new RelateAll(ids[^1], 100))).Last, Is.Null);
        await forum.Verify();
    }

    [Test]
    public async Task Everything_is_found_at_once_by_a_command()
    {
        using var folder = new TempFolder();
        var database = Path.Combine(folder.Path, "forum.db");
        await CommandLine.Run(["seed", "--questions", "30", "--database", database], TextWriter.Null, TextWriter.Null);

        var output = new StringWriter();
        Assert.That(await CommandLine.Run(["related", "build", "--all", "--database", database], output, TextWriter.Null), Is.EqualTo(CommandLine.Fine));
        Assert.That(output.ToString(), Does.Contain("30 questions, ").And.Not.Contain(" 0 of them"));

        output = new StringWriter();
        await CommandLine.Run(["related", "build", "--all", "--database", database], output, TextWriter.Null);
        Assert.That(output.ToString(), Does.Contain("30 questions, 0 of them"));
    }

    [Test]
    public async Task The_page_shows_them_without_another_statement()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler);
        await forum.Make.Question(title: "Sorting widgets by their size", body: Filler);
        await Follow(forum);

        Assert.That(await forum.StatementsOf(() => forum.Send(new ShowQuestion(question))), Is.EqualTo(4));
        Assert.That(await Related(forum, question), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Verify_finds_what_cannot_be()
    {
        await using var forum = new TestForum();
        var (one, other) = (await forum.Make.Question(), await forum.Make.Question());
        await forum.Write("insert into related_questions values (@one, 1, @one), (@other, 2, @one)", new { one, other });

        var differences = await forum.Sql(db => new RelatedQuestionsCheck().Differences(db, default));

        Assert.That(differences, Has.Count.EqualTo(2));
    }

    private static Task<int> Follow(TestForum forum) => forum.Service<KeepRelated>().CatchUp(default);

    private static async Task<IReadOnlyList<long>> Related(TestForum forum, long question) =>
        [.. (await forum.Send(new ShowQuestion(question))).Related.Select(q => q.Id)];
}
