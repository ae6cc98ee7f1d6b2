using Forum.Core.Editing;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

public sealed class SimilarityTests
{
    private const string Filler = "This text says nothing that anybody would look for anywhere. ";

    [Test]
    public async Task What_the_body_says_adds_to_what_the_title_found()
    {
        await using var forum = new TestForum();
        var titled = await forum.Make.Question(title: "Sorting widgets by their weight");
        var said = await forum.Make.Question(title: "Program ends with no message at all", body: "A finalizer runs while the garbage collector is busy, and then nothing more is heard.");

        var first = await forum.Send(new FindSimilar("How are widgets sorted?"));
        var then = await forum.Send(new FindSimilar("How are widgets sorted?", "The garbage collector is busy with a finalizer."));

        Assert.That(first.Select(q => q.Id), Is.EqualTo(new[] { titled }));
        Assert.That(then.Select(q => q.Id), Is.EquivalentTo(new[] { titled, said }));
    }

    [Test]
    public async Task What_the_body_says_counts_where_titles_have_nothing_in_common()
    {
        await using var forum = new TestForum();
        var original = await forum.Make.Question(title: "Program ends with no message at all", body: Filler + "The garbage collector frees a finalizer that is still running.");
        await forum.Make.Question(title: "Which colour has the sky over the sea?", body: Filler);

        var similar = await forum.Send(new FindSimilar("Strange crash after some minutes", "It seems that finalizers are run while the garbage collector collects."));

        Assert.That(similar.Select(q => q.Id), Is.EqualTo(new[] { original }));
    }

    [Test]
    public async Task An_answer_speaks_for_its_question()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question(title: "Why is my program slow on Mondays?", body: Filler);
        await forum.Make.Answer(question, body: "The cron daemon rotates logs then, and logrotate compresses all of them.");

        var similar = await forum.Send(new FindSimilar("How is logrotate kept from compressing?"));

        Assert.That(similar.Select(q => q.Id), Is.EqualTo(new[] { question }));
    }

    [Test]
    public async Task A_shared_tag_decides_between_equals_the_rarer_the_more()
    {
        await using var forum = new TestForum();
        for (var i = 0; i < 4; i++)
            await forum.Make.Question(title: $"Something else entirely, number {i}", body: Filler, tags: "common");
        var plain = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler, tags: "other");
        var common = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler, tags: "common");
        var rare = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler, tags: "rare");

        var similar = await forum.Send(new FindSimilar("Sorting widgets", Tags: "rare, common"));

        Assert.That(similar.Take(3).Select(q => q.Id), Is.EqualTo(new[] { rare, common, plain }));
    }

    [Test]
    public async Task Nothing_deleted_is_similar_and_nothing_to_itself()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var deleted = await forum.Make.Question(author, title: "Sorting widgets by their weight");
        var itself = await forum.Make.Question(title: "Sorting widgets by their size");
        await forum.Send(new DeletePost(deleted), author);

        Assert.That(await forum.Send(new FindSimilar("Sorting widgets", Except: itself)), Is.Empty);
    }

    [Test]
    public async Task A_long_text_costs_no_more_statements_than_a_short_one()
    {
        await using var forum = new TestForum();
        await forum.Make.Question(title: "Sorting widgets by their weight");
        var words = string.Join(' ', Enumerable.Range(0, 5_000).Select(i => $"word{i}"));

        Assert.That(await forum.StatementsOf(() => forum.Send(new FindSimilar("Sorting widgets", words))), Is.LessThanOrEqualTo(4));
        Assert.That(await forum.StatementsOf(() => forum.Send(new FindSimilar("Sorting widgets", words))), Is.LessThanOrEqualTo(2), "counts are remembered");
    }

    // Written for this test.
    private static readonly (string Title, string Body)[] Chinese =
    [
        ("如何逐行读取一个很大的文本文件？", "文件有十几个吉字节，一次读入内存会导致程序崩溃，希望能够一行一行地处理。"),
        ("数据库连接池应该设置多大？", "服务有两百个并发请求，数据库在高峰期报告连接数过多，不知道连接池的上限怎样估算。"),
        ("正则表达式怎样匹配中文字符？", "用户名里可能有汉字和字母，需要写一个表达式只接受这两类字符。"),
        ("为什么浮点数相加的结果不精确？", "零点一加零点二得到的不是零点三，比较两个小数时总是不相等。"),
        ("怎样在后台线程里更新界面？", "下载完成以后在工作线程里修改标签的文字，程序抛出跨线程访问的异常。"),
        ("合并两个分支时出现冲突怎么办？", "执行合并命令以后提示三个文件有冲突，不清楚应该保留哪一边的改动。"),
    ];

    [TestCase("读取大文件时内存不足", "想按行处理日志文件，但是文件太大，整个读进内存就崩溃了。", 0)]
    [TestCase("高峰期提示数据库连接过多", "请求一多就报连接数超过上限。", 1)]
    [TestCase("只允许汉字和字母的用户名", "校验用的正则应该怎么写？", 2)]
    [TestCase("小数比较总是不相等", "两个浮点数看起来一样，比较结果却是假。", 3)]
    [TestCase("跨线程访问控件抛出异常", "在线程里改界面上的文字就出错。", 4)]
    [TestCase("分支冲突如何解决", "合并之后不知道保留谁的改动。", 5)]
    public async Task A_question_in_Chinese_finds_the_one_that_says_the_same(string title, string body, int expected)
    {
        await using var forum = new TestForum();
        var ids = new List<long>();
        foreach (var (asked, text) in Chinese)
            ids.Add(await forum.Make.Question(title: asked, body: text));

        var similar = await forum.Send(new FindSimilar(title, body));

        Assert.That(similar[0].Id, Is.EqualTo(ids[expected]));
    }

    [Test]
    public void Rare_words_are_chosen_before_common_ones_while_there_is_room()
    {
        WeighedWord[] words = [new("common", 1), new("rare", 1), new("none", 1), new("body", 0.3)];
        var counts = new Dictionary<string, double> { ["common"] = 900, ["rare"] = 3, ["none"] = 0, ["body"] = 40 };

        Assert.That(DraftWords.Rarest(words, counts, 1_000, 1_000).Select(w => w.Match), Is.EqualTo(new[] { "rare", "body", "common" }));
        Assert.That(DraftWords.Rarest(words, counts, 1_000, 100).Select(w => w.Match), Is.EqualTo(new[] { "rare", "body" }));
        Assert.That(DraftWords.Rarest(words, counts, 1_000, 2), Is.Empty);
    }

    [Test]
    public void Common_neighbours_in_a_title_are_looked_for_together()
    {
        WeighedWord[] title = [new("sort", 1), new("list", 1), new("rare", 1), new("python", 1.3)];
        var counts = new Dictionary<string, double> { ["sort"] = 900, ["list"] = 800, ["rare"] = 2, ["python"] = 700 };

        Assert.That(
            DraftWords.Pairs(title, counts, 100),
            Is.EqualTo(new[] { new WeighedWord("(sort) AND (list)", 2), new WeighedWord("(list) AND (python)", 2.3) }));
    }

    [Test]
    public void An_address_is_no_words_and_a_word_said_often_counts_more()
    {
        var words = DraftWords.Of("Sorting", "See https://example.com/widgets. Widgets, widgets and gears.", new SearchSettings());

        Assert.That(words.Select(w => w.Match), Is.EqualTo(new[] { "\"~sort\"", "\"~widget\"", "\"~see\"", "\"~gear\"" }));
        Assert.That(words[1].Weight, Is.EqualTo(0.3 * (1 + Math.Log(2))).Within(1e-9));
    }
}
