using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Tests.Support;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class SearchQuestionsTests
{
    const string Filler = "Some more text so that this body is long enough to be posted. ";

    static async Task<string> Found(TestForum forum, string query, SearchOrder order = SearchOrder.Relevance, long? user = null)
    {
        var view = await forum.Send(new SearchQuestions(query, order), user);
        return string.Join(',', view.Results.Items.Select(i => i.Id));
    }

    static string Marked(IEnumerable<Piece> pieces) => string.Concat(pieces.Select(p => p.IsHit ? $"<{p.Text}>" : p.Text));

    [Test]
    public async Task A_question_is_found_by_its_title_and_its_body()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(title: "How do I parse a configuration file?", body: Filler + "It is written in TOML.");
        await forum.Make.Question();

        Assert.That(await Found(forum, "parsing configurations"), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "toml"), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "toml yaml zzz"), Is.EqualTo($"{id}"), "some of the words");
        Assert.That(await Found(forum, "yaml"), Is.Empty);
        await forum.Verify();
    }

    [Test]
    public async Task The_languages_named_C_are_told_apart()
    {
        await using var forum = new TestForum();
        var c = await forum.Make.Question(title: "Allocating an array in plain C code");
        var cpp = await forum.Make.Question(title: "Allocating an array in modern C++ code");
        var sharp = await forum.Make.Question(title: "Allocating an array in C# code");
        var objective = await forum.Make.Question(title: "Allocating an array in Objective-C code");

        Assert.That(await Found(forum, "c"), Is.EqualTo($"{c}"));
        Assert.That(await Found(forum, "C++"), Is.EqualTo($"{cpp}"));
        Assert.That(await Found(forum, "c# array"), Is.EqualTo($"{sharp}"));
        Assert.That(await Found(forum, "objective-c"), Is.EqualTo($"{objective}"));
        Assert.That(await Found(forum, "array -c# -c++ -objective-c"), Is.EqualTo($"{c}"));
    }

    [Test]
    public async Task Chinese_text_is_found_without_spaces()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(title: "如何在数据库中高效地查询重复的记录?", body: "我有一张很大的表，想找出其中重复的记录，但是查询速度太慢，应该怎么优化索引呢？");
        await forum.Make.Question();

        Assert.That(await Found(forum, "数据库"), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "重复"), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "优化索引 数据库"), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "表"), Is.EqualTo($"{id}"), "one character");
        Assert.That(await Found(forum, "呢"), Is.EqualTo($"{id}"), "the last of its run");
        Assert.That(await Found(forum, "\"数据库中\""), Is.EqualTo($"{id}"));
        Assert.That(await Found(forum, "\"数据中\""), Is.Empty);
    }

    [Test]
    public async Task A_phrase_is_found_as_it_was_written()
    {
        await using var forum = new TestForum();
        var exact = await forum.Make.Question(title: "The quick brown foxes jump over lazy dogs");
        await forum.Make.Question(title: "The brown quick fox jumps over a lazy dog");

        Assert.That(await Found(forum, "\"quick brown foxes\""), Is.EqualTo($"{exact}"));
        Assert.That(await Found(forum, "\"quick brown fox\""), Is.Empty, "no inflections in a phrase");
        Assert.That((await Found(forum, "quick brown fox")).Split(','), Has.Length.EqualTo(2));
        Assert.That((await Found(forum, "fox -\"quick brown\"")).Split(','), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Operators_narrow_the_results()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 1000);
        var bob = await forum.Make.User(reputation: 1000);
        var first = await forum.Make.Question(by: ada, title: "Sorting a list of widgets quickly", tags: "sorting widgets", answer: "Widgets are compared by their size, so sort them by that.");
        var second = await forum.Make.Question(by: bob, title: "Painting a list of widgets slowly", tags: "widgets");
        var answer = await forum.Value<long>("select id from posts where kind = 2");
        await forum.Write("update posts set score = 5 where id = @first", new { first });
        await forum.Write("update posts set score = -2 where id = @second", new { second });

        Assert.Multiple(async () =>
        {
            Assert.That((await Found(forum, "widgets")).Split(','), Is.EquivalentTo(new[] { $"{first}", $"{second}", $"{answer}" }));
            Assert.That(await Found(forum, "widgets is:answer"), Is.EqualTo($"{answer}"));
            Assert.That(await Found(forum, "widgets is:question", SearchOrder.Newest), Is.EqualTo($"{second},{first}"));
            Assert.That(await Found(forum, "widgets [sorting] is:q"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "compared [sorting]"), Is.EqualTo($"{answer}"), "an answer has its question's tags");
            Assert.That(await Found(forum, "widgets -[sorting]"), Is.EqualTo($"{second}"));
            Assert.That(await Found(forum, "list [sorting] or [painting]"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "widgets [unheard-of]"), Is.Empty);
            Assert.That(await Found(forum, $"widgets user:{bob}"), Is.EqualTo($"{second}"));
            Assert.That(await Found(forum, "widgets user:me is:q", user: ada), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "widgets user:me"), Is.Empty);
            Assert.That((await forum.Send(new SearchQuestions("user:me"))).Query.Hints.Single().Code, Is.EqualTo("search.me"));
            Assert.That(await Found(forum, "sort* is:q"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, $"list -user:{bob}"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "widgets score:1"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "list score:..-1"), Is.EqualTo($"{second}"));
            Assert.That(await Found(forum, "score:-5..10 is:q", SearchOrder.Score), Is.EqualTo($"{first},{second}"), "no word at all");
            Assert.That(await Found(forum, "-slowly is:question"), Is.EqualTo($"{first}"));
            Assert.That(await Found(forum, "widgets", SearchOrder.Score), Is.EqualTo($"{first},{answer},{second}"));
        });
    }

    [Test]
    public async Task The_latest_activity_comes_first_when_asked_for()
    {
        await using var forum = new TestForum();
        var old = await forum.Make.Question(title: "Sorting a list of widgets quickly");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var young = await forum.Make.Question(title: "Painting a list of widgets slowly");
        await forum.Write("update posts set active_at = @at where id = @old", new { old, at = forum.Clock.GetUtcNow().AddDays(1) });

        Assert.That(await Found(forum, "widgets", SearchOrder.Active), Is.EqualTo($"{old},{young}"));
        Assert.That(await Found(forum, "widgets", SearchOrder.Newest), Is.EqualTo($"{young},{old}"));
    }

    [Test]
    public async Task A_title_that_says_just_this_comes_before_bodies_and_longer_titles()
    {
        await using var forum = new TestForum();
        var body = await forum.Make.Question(title: "Something else entirely, about lists", body: Filler + "Memory leak, memory leak, memory leak, memory leak!");
        var inflected = await forum.Make.Question(title: "My program leaks some of its memories");
        var longer = await forum.Make.Question(title: "What can I do when there is a memory leak in a very large program of mine?");
        var exact = await forum.Make.Question(title: "Finding a memory leak");

        Assert.That(await Found(forum, "memory leak"), Is.EqualTo($"{exact},{longer},{inflected},{body}"));
    }

    [Test]
    public async Task Votes_decide_between_equals()
    {
        await using var forum = new TestForum();
        var plain = await forum.Make.Question(title: "Finding a memory leak");
        var liked = await forum.Make.Question(title: "Finding a memory leak");
        var newest = await forum.Make.Question(title: "Finding a memory leak");
        await forum.Write("update posts set score = 20 where id = @liked", new { liked });

        Assert.That(await Found(forum, "memory leak"), Is.EqualTo($"{liked},{newest},{plain}"));
    }

    [Test]
    public async Task Hits_are_marked_in_title_and_excerpt()
    {
        await using var forum = new TestForum();
        await forum.Make.Question(title: "Parsing <xml> with care", body: string.Concat(Enumerable.Repeat(Filler, 10)) + "Then `parse & check <xml>` it.");

        var item = (await forum.Send(new SearchQuestions("parse xml"))).Results.Items.Single();

        Assert.That(Marked(item.MarkedTitle), Is.EqualTo("<Parsing> <<xml>> with care"));
        Assert.That(Marked(item.Excerpt), Does.Contain("<parse> & check <<xml>> it.").And.StartsWith("…"));
    }

    [Test]
    public async Task Deleted_posts_are_not_found()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question(title: "Sorting a list of widgets", answer: "Compare the gadgets with each other by their size.");
        var answer = await forum.Value<long>("select id from posts where kind = 2");

        await Change(forum, question, deleted: true);

        Assert.That(await Found(forum, "widgets"), Is.Empty);
        Assert.That(await Found(forum, "gadgets"), Is.Empty);
        Assert.That(await Found(forum, "is:answer"), Is.Empty);
        await forum.Verify();

        await Change(forum, question, deleted: false);

        Assert.That(await Found(forum, "widgets"), Is.EqualTo($"{question}"));
        Assert.That(await Found(forum, "gadgets"), Is.EqualTo($"{answer}"));
    }

    static Task<long> Change(TestForum forum, long id, bool deleted) => forum.Sql(db => db.InTransaction(async () =>
    {
        await db.Execute("update posts set deleted_at = @at where id = @id", new { id, at = deleted ? 1L : (long?)null });
        await db.FollowDeletion(id, default);
        await db.Relist(id, default);
        await (deleted ? db.Unindex(id, default) : db.Reindex(id, null, default));
        return id;
    }, default));

    [Test]
    public async Task Indexing_again_replaces_the_words()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(title: "Sorting a list of widgets");

        await forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Index(id, IndexedWords.Of("Painting a list of gadgets", Filler), default);
            return 0;
        }, default));

        Assert.That(await Found(forum, "widgets"), Is.Empty);
        Assert.That(await Found(forum, "gadgets"), Is.EqualTo($"{id}"));
    }

    [Test]
    public async Task Verification_notices_what_the_index_lacks_has_too_much_or_has_wrong()
    {
        await using var forum = new TestForum();
        var missing = await forum.Make.Question();
        var wrong = await forum.Make.Question();
        var fine = await forum.Make.Question();
        await forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Unindex(missing, default);
            await db.Index(wrong, IndexedWords.Of("Other words", Filler + "<pre>code</pre> <a href=\"https://example.com/\">there</a>"), default);
            await db.Index(fine + 1000, IndexedWords.Of("Nobody's words", Filler), default);
            await db.Execute("delete from search_words where word = 'file'");
            return 0;
        }, default));

        var lines = await forum.Sql(db => new VerifySearch().Differences(db, default));

        Assert.That(lines, Is.EqualTo(new[]
        {
            $"post {missing} is visible but not found", $"question {missing} is not indexed by its title",
            $"question {missing} has words in its title whose spelling is not known",
            $"post {wrong} is indexed with another text", $"question {wrong} is not indexed by its title",
            $"question {wrong} has words in its title whose spelling is not known",
            $"post {wrong} is indexed with other code", $"post {wrong} is indexed with other links",
            $"question {fine} has words in its title whose spelling is not known",
            $"post {fine + 1000} is found but not visible", $"post {fine + 1000} is found by a title but is no visible question",
        }));
    }

    [Test]
    public async Task Pages_are_counted_no_further_than_the_settings_say()
    {
        await using var forum = new TestForum(("Forum:Search:MostCounted", "5"), ("Forum:Pages:SearchResults", "2"), ("Forum:Search:Reordered", "2"));
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
            ids.Add(await forum.Make.Question(title: $"Sorting widgets number {i}"));

        var pages = new List<SearchQuestions.View>();
        foreach (var number in Enumerable.Range(1, 4))
            pages.Add(await forum.Send(new SearchQuestions("widgets", SearchOrder.Newest, number)));

        Assert.That(pages.Select(p => p.Results.Total), Has.All.EqualTo(5));
        Assert.That(pages.Select(p => p.IsMore), Has.All.True);
        Assert.That(pages.Take(3).SelectMany(p => p.Results.Items).Select(i => i.Id), Is.EqualTo(Enumerable.Reverse(ids).Take(5)));
        Assert.That(pages[3].Results.Number, Is.EqualTo(3), "the last page there is");
        var byRelevance = new List<long>();
        foreach (var number in Enumerable.Range(1, 3))
            byRelevance.AddRange((await forum.Send(new SearchQuestions("widgets", SearchOrder.Relevance, number))).Results.Items.Select(i => i.Id));
        Assert.That(byRelevance, Is.Unique.And.Count.EqualTo(5));
    }

    static TestForum Common(int mostRead, string reordered = "300") => new(
        ("Forum:Search:RankedByText", "0"), ("Forum:Search:MostRead", $"{mostRead}"), ("Forum:Search:Reordered", reordered), ("Forum:Pages:SearchResults", "2"));

    [Test]
    public async Task Common_words_are_found_in_old_titles_before_new_bodies()
    {
        await using var forum = Common(mostRead: 1_000_000);
        var title = await forum.Make.Question(title: "Sorting widgets by their size");
        var bodies = new List<long>();
        for (var i = 0; i < 4; i++)
            bodies.Add(await forum.Make.Question(body: Filler + "Sorting widgets is easy."));

        var pages = new List<SearchQuestions.View>();
        foreach (var number in Enumerable.Range(1, 3))
            pages.Add(await forum.Send(new SearchQuestions("sorting widgets", Page: number)));

        Assert.That(pages.SelectMany(p => p.Results.Items).Select(i => i.Id), Is.EqualTo(new[] { title }.Concat(Enumerable.Reverse(bodies))));
        Assert.That(pages.Select(p => (p.Results.Total, p.IsMore, p.IsPartial)), Has.All.EqualTo((5L, false, false)));
        Assert.That(await Found(forum, "sorting widgets -easy"), Is.EqualTo($"{title}"));
    }

    [Test]
    public async Task Of_common_words_old_bodies_are_left_out_until_somebody_sorts_by_age()
    {
        await using var forum = Common(mostRead: 1);
        var body = await forum.Make.Question(body: Filler + "Sorting widgets is easy.");
        var title = await forum.Make.Question(title: "Sorting widgets by their size");
        foreach (var _ in Enumerable.Range(0, 8))
            await forum.Make.Question(title: "About gadgets of any other kind");
        var late = await forum.Make.Question(body: Filler + "Sorting widgets is easy.");

        var view = await forum.Send(new SearchQuestions("sorting widgets"));

        Assert.That(view.Results.Items.Select(i => i.Id), Is.EqualTo(new[] { late }), "the newest");
        Assert.That((view.IsMore, view.IsPartial), Is.EqualTo((true, true)));
        Assert.That((await forum.Send(new SearchQuestions("sorting widgets", SearchOrder.Newest))).Results.Total, Is.EqualTo(3));
        Assert.That(await Found(forum, "sorting widgets", SearchOrder.Newest), Is.EqualTo($"{late},{title}"));
        await forum.Write("delete from post_search where rowid = @late", new { late });
        Assert.That(await Found(forum, "sorting widgets"), Is.EqualTo($"{title},{body}"), "nothing is only said after all was looked at");
    }

    [Test]
    public async Task What_common_words_must_not_stand_with_is_looked_for_in_bodies_too()
    {
        await using var forum = Common(mostRead: 1_000_000);
        await forum.Make.Question(title: "Sorting widgets by their size", body: Filler + "It is easy.");
        var hard = await forum.Make.Question(title: "Sorting widgets by their weight", body: Filler + "It is hard.");

        Assert.That(await Found(forum, "sorting widgets -easy"), Is.EqualTo($"{hard}"));
        Assert.That(await Found(forum, "sorting widgets is:answer"), Is.Empty);
    }

    [Test]
    public async Task A_query_of_tags_alone_names_the_list_to_go_to()
    {
        await using var forum = new TestForum();

        var view = await forum.Send(new SearchQuestions("[c#] [linq]"));

        Assert.That(view.OnlyTags, Is.EqualTo(new[] { "c#", "linq" }));
    }

    [Test]
    public async Task What_cannot_be_read_is_said_and_the_rest_is_done()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(title: "Sorting a list of widgets");

        var view = await forum.Send(new SearchQuestions("widgets migrated:yes score:lots"));

        Assert.That(view.Query.Hints, Is.EqualTo(new[] { new SearchHint("search.no-data", "migrated:yes"), new SearchHint("search.not-understood", "score:lots") }));
        Assert.That(view.IsLoose);
        Assert.That(view.Results.Items.Single().Id, Is.EqualTo(id));
    }

    [Test]
    public async Task Code_that_was_found_is_marked_as_it_was_typed()
    {
        await using var forum = new TestForum();
        await forum.Make.Question(body: Filler + "\n\n    if (left != right)\n        return compare(left, right);\n");

        var item = (await forum.Send(new SearchQuestions("code:\"!= right) return\""))).Results.Items.Single();

        Assert.That(Marked(item.Excerpt), Does.Contain("if (left <!= right) return> compare(left, right);"));
    }

    [Test]
    public async Task Edited_code_and_links_are_found_as_they_are_now()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(body: Filler + "See <https://old.example.com/>.\n\n    before();\n");
        await forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Execute("update posts set html = '<p>x</p><pre><code>after();</code></pre>' where id = @id", new { id });
            await db.Reindex(id, null, default);
            return 0;
        }, default));

        Assert.That(await Found(forum, "code:\"before();\""), Is.Empty);
        Assert.That(await Found(forum, "url:old.example.com"), Is.Empty);
        Assert.That(await Found(forum, "code:\"after();\""), Is.EqualTo($"{id}"));
        await forum.Verify();
    }

    [Test]
    public async Task Code_and_links_of_an_older_program_are_found_once_it_is_rendered_again()
    {
        await using var forum = new TestForum();
        var id = await forum.Make.Question(body: Filler + "See <https://old.example.com/>.\n\n    before();\n");
        await forum.Write("delete from code_search");
        await forum.Write("delete from link_search");
        await forum.Write("update posts set renderer = renderer - 1");

        Assert.That(await Found(forum, "code:\"before();\""), Is.Empty);
        await forum.Send(new Forum.Core.Markdown.RenderStale());

        Assert.That(await Found(forum, "code:\"before();\" url:\"*.example.com\""), Is.EqualTo($"{id}"));
        await forum.Verify();
    }

    [TestCase("wigdets", "widgets")]
    [TestCase("widgest list", "widgets list")]
    [TestCase("iwdgets", "widgets")]
    [TestCase("postgrsql", "postgresql")]
    [TestCase("widgets", null)]
    [TestCase("zzzzzz", null)]
    [TestCase("\"wigdets\"", null)]
    [TestCase("lits", "list")]
    [TestCase("gadegts", null)]
    public async Task What_was_meant_is_known_from_titles_and_tags(string typed, string? meant)
    {
        await using var forum = new TestForum();
        await forum.Make.Question(title: "Sorting a list of widgets", tags: "postgresql");
        await Change(forum, await forum.Make.Question(title: "Painting hidden gadgets"), deleted: true);

        Assert.That((await forum.Send(new SearchQuestions(typed))).DidYouMean, Is.EqualTo(meant));
    }

    [Test]
    public async Task Similar_questions_share_words_with_a_title()
    {
        await using var forum = new TestForum();
        var near = await forum.Make.Question(title: "How can I sort a list of widgets by size?");
        var far = await forum.Make.Question(title: "Painting widgets with a broad brush");
        var aside = await forum.Make.Question(title: "What is the meaning of this message?", body: Filler + "sorting widgets");

        var similar = await forum.Send(new FindSimilar("Sorting widgets in a list"));

        Assert.That(similar.Select(s => s.Id), Is.EqualTo(new[] { near, far, aside }).Or.EqualTo(new[] { near, aside, far }));
        Assert.That(await forum.Send(new FindSimilar("how is the")), Is.Empty);
        Assert.That(await forum.Send(new FindSimilar(null)), Is.Empty);
    }

    [TestCase("")]
    [TestCase("\"")]
    [TestCase("\" OR 1=1 --")]
    [TestCase("title:x) OR (body:y")]
    [TestCase("a AND OR NOT NEAR(")]
    [TestCase("NEAR(a b, 5)")]
    [TestCase("{title} : a ^b * + -")]
    [TestCase("'; drop table posts; --")]
    [TestCase("rank match '' post_search")]
    [TestCase("\0\0 a\0b \uD800 \uFFFF")]
    [TestCase("-a -b -c")]
    [TestCase("* ** a* *a")]
    [TestCase("中 -中 \"中\"")]
    [TestCase("user:99999999999999999999 score:999999999999 [x*] -[y] or [z]")]
    public async Task Nothing_typed_is_read_as_the_engines_own_language(string query)
    {
        await using var forum = new TestForum();
        await forum.Make.Question();

        foreach (var order in Enum.GetValues<SearchOrder>())
            Assert.That(async () => await forum.Send(new SearchQuestions(query, order)), Throws.Nothing);
        Assert.That(async () => await forum.Send(new FindSimilar(query)), Throws.Nothing);
    }

    [Test]
    public async Task No_string_at_all_makes_search_fail()
    {
        await using var forum = new TestForum();
        await forum.Make.Question();
        string[] bits = ["\"", "[", "]", "-", "*", " ", "AND", " OR ", " or ", "NOT ", "NEAR(", ")", "(", ":", "{title}", "^", "'", ";", "--", "score:", "user:me", "is:q", "c++", "数据", "据", "\uD800", "\0", "file", "~fil", "\\", "%"];

        Prop.ForAll<byte[], string>((choices, text) =>
        {
            var query = string.Concat(choices.Select(c => bits[c % bits.Length])) + text;
            forum.Send(new SearchQuestions(query)).GetAwaiter().GetResult();
            forum.Send(new FindSimilar(query)).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
