using Forum.Core.Editing;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class TagTests
{
    [TestCase("C# Linq", "c#,linq")]
    [TestCase(" a,b;  a ", "a,b")]
    [TestCase("异步，数据库、c#", "异步,数据库,c#")]
    [TestCase("", "")]
    public void Names_are_parted_lower_case_and_each_once(string text, string names) =>
        Assert.That(string.Join(',', TagNames.Parse(text)), Is.EqualTo(names));

    [TestCase("c++", true)]
    [TestCase(".net", true)]
    [TestCase("node.js", true)]
    [TestCase("异步", true)]
    [TestCase("हिन्दी", true)]
    [TestCase("+", false)]
    [TestCase("a_b", false)]
    [TestCase("a/b", false)]
    [TestCase("<b>", false)]
    [TestCase("", false)]
    public void A_name_has_letters_digits_and_four_signs(string name, bool may) => Assert.That(TagNames.IsValid(name, 35), Is.EqualTo(may));

    [TestCase(35, true)]
    [TestCase(36, false)]
    public void A_name_has_at_most_35_characters(int length, bool may) => Assert.That(TagNames.IsValid(new string('a', length), 35), Is.EqualTo(may));

    [Test]
    public async Task A_tag_counts_the_questions_that_are_not_deleted()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        await forum.Make.Question(author, tags: "c# linq");
        var gone = await forum.Make.Question(author, tags: "c#");
        await forum.Send(new DeletePost(gone), author);

        var tags = await forum.Send(new ListTags());

        Assert.That(tags.Items.Select(t => (t.Name, t.QuestionCount)), Is.EqualTo(new[] { ("c#", 1), ("linq", 1) }));
        await forum.Verify();
    }

    [TestCase("sql", "sql,mysql,sqlite")]
    [TestCase("SQLi", "sqlite")]
    [TestCase("%", "")]
    [TestCase("_", "")]
    public async Task Tags_are_completed_by_beginning_then_by_use(string begun, string names)
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        await forum.Make.Question(author, tags: "sql mysql sqlite");

        var tags = await forum.Send(new CompleteTag(begun));

        Assert.That(tags.Select(t => t.Name), Is.EquivalentTo(names.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        if (names.Length > 0)
            Assert.That(tags[0].Name, Is.EqualTo(names.Split(',')[0]));
    }
}
