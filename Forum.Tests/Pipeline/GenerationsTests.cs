using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Pipeline;

/// <summary>What tells a page that it has become old.</summary>
public sealed class GenerationsTests
{
    private static readonly PageTag[] Question = [.. new PageTags().Question(5)];

    [Test]
    public void What_was_raised_after_the_beginning_is_changed_and_nothing_else_is()
    {
        var generations = new Generations();
        var before = generations.Current;

        generations.Raise(Question);

        Assert.That(generations.AreUnchanged(before, Question), Is.False);
        Assert.That(generations.AreUnchanged(generations.Current, Question), Is.True);
        Assert.That(generations.AreUnchanged(before, [.. new PageTags().Question(6).Title(5).Tagged("c#")]), Is.True);
    }

    [Test]
    public void What_is_forgotten_counts_as_changed()
    {
        var generations = new Generations();
        var before = generations.Current;

        for (var id = 0; id <= 100_010; id++)
            generations.Raise([.. new PageTags().Title(id)]);

        Assert.That(generations.AreUnchanged(before, Question), Is.False);
        Assert.That(generations.AreUnchanged(generations.Current, Question), Is.True);
    }

    [Test]
    public async Task A_vote_changes_the_page_of_the_question_its_lists_and_its_author()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var question = await forum.Make.Question(author, tags: "files c#");
        var other = await forum.Make.Question(author, tags: "linq");
        var voter = await forum.Make.User(200);
        var before = forum.Service<Generations>().Current;

        await forum.Send(new CastVote(question, Direction.Up), voter);

        foreach (var changed in new[] { Tags().Question(question), Tags().Questions(), Tags().Tagged("c#"), Tags().Tagged("files"), Tags().Profile(author), Tags().People() })
            Assert.That(forum.Service<Generations>().AreUnchanged(before, [.. changed]), Is.False);
        foreach (var same in new[] { Tags().Question(other), Tags().Tagged("linq"), Tags().Title(question), Tags().Person(author), Tags().Profile(voter), Tags().Site() })
            Assert.That(forum.Service<Generations>().AreUnchanged(before, [.. same]), Is.True);
    }

    [Test]
    public async Task A_question_that_loses_a_tag_changes_the_lists_of_both()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(3_000);
        await forum.Make.Tags("linq");
        var question = await forum.Make.Question(author, tags: "files");
        var before = forum.Service<Generations>().Current;

        await forum.Send(new Forum.Core.Editing.EditPost(question, "I have a large text file and want to read it line by line, lazily.", Tags: "linq"), author);

        Assert.That(forum.Service<Generations>().AreUnchanged(before, [.. Tags().Tagged("files")]), Is.False);
        Assert.That(forum.Service<Generations>().AreUnchanged(before, [.. Tags().Tagged("linq")]), Is.False);
    }

    [Test]
    public async Task A_command_that_is_refused_changes_no_page()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var question = await forum.Make.Question(author);
        var before = forum.Service<Generations>().Current;

        Assert.That(() => forum.Send(new CastVote(question, Direction.Up), author), Throws.TypeOf<Forum.Core.RefusedException>());

        Assert.That(forum.Service<Generations>().Current, Is.EqualTo(before));
    }

    [Test]
    public void One_address_is_one_visitor_in_either_notation()
    {
        Assert.That(Visitor.At(System.Net.IPAddress.Parse("::ffff:10.1.2.3")), Is.EqualTo(Visitor.At(System.Net.IPAddress.Parse("10.1.2.3"))));
        Assert.That(Visitor.At(System.Net.IPAddress.Parse("10.1.2.4")), Is.Not.EqualTo(Visitor.At(System.Net.IPAddress.Parse("10.1.2.3"))));
        Assert.That(Visitor.At(System.Net.IPAddress.Parse("2001:db8::1")), Is.Not.EqualTo(Visitor.At(System.Net.IPAddress.Parse("2001:db8::2"))));
        Assert.That(Visitor.At(null), Is.Not.EqualTo(Visitor.Account(0)));
    }

    private static PageTags Tags() => new();
}
