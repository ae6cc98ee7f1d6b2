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

    [Test]
    public async Task Answers_stand_under_the_tags_that_their_question_has_now()
    {
        const string text = "I have a large text file and want to read it line by line without loading all of it.";
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker, body: text, tags: "files lines");
        var answer = await forum.Make.Answer(question);
        Assert.That(await Under(), Is.EqualTo($"files {question}, files {answer}, lines {question}, lines {answer}"));

        await forum.Send(new EditPost(question, text, Tags: "files text"), asker);

        Assert.That(await Under(), Is.EqualTo($"files {question}, files {answer}, text {question}, text {answer}"));
        await forum.Write("delete from tagged_posts where post_id = @answer", new { answer });
        Assert.That(await forum.Sql(db => new TaggedPostsCheck().Differences(db, default)), Has.Count.EqualTo(2).And.All.Contains($"post {answer} is not under"));

        Task<string> Under() => forum.Value<string>(
            "select group_concat(name || ' ' || post_id, ', ') from (select t.name, p.post_id from tagged_posts p join tags t on t.id = p.tag_id order by t.name, p.post_id)");
    }
}
