using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class RelatedTagsTests
{
    [Test]
    public async Task Tags_that_stand_together_more_than_once_are_related_most_often_first()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        await forum.Make.Question(asker, tags: "c# linq files");
        await forum.Make.Question(asker, tags: "c# linq");
        await forum.Make.Question(asker, tags: "c# linq files");
        await forum.Make.Question(asker, tags: "c# once");

        Assert.That(await forum.Service<CountRelatedTags>().Count(default), Is.EqualTo(3));

        var related = (await forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#"]))).Related;
        Assert.That(related, Is.EqualTo(new[] { new RelatedTag("linq", 3), new RelatedTag("files", 2) }));
        Assert.That((await forum.Send(new ShowTag("files"))).RelatedTags, Is.EqualTo(new[] { new RelatedTag("c#", 2), new RelatedTag("linq", 2) }));
        Assert.That(await forum.Service<CountRelatedTags>().Count(default), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task Verify_finds_what_is_wrong_and_passes_over_what_is_only_old()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        await forum.Make.Question(asker, tags: "c# linq");
        await forum.Make.Question(asker, tags: "c# linq");
        await forum.Service<CountRelatedTags>().Count(default);

        await forum.Write("update tags set related = 'linq 7' where name = 'c#'");
        Assert.That(await forum.Send(new Core.Verification.Verify()), Has.Count.EqualTo(1).And.Some.StartsWith("related tags:"));
        await forum.Make.Question(asker, tags: "c# linq");

        Assert.That((await forum.Send(new Core.Verification.Verify())).Where(line => line.StartsWith("related tags:", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_tags_list_issues_no_more_statements_with_them()
    {
        await using var forum = new TestForum();
        await forum.Make.Question(tags: "c#");

        Assert.That(await forum.StatementsOf(() => forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#"]))), Is.EqualTo(3));
    }
}
