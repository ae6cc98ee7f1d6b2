namespace Forum.Tests.Search;

/// <summary>The search language of docs/rules/search.md, a row for each operator and for how they combine, beside what it finds and what not.</summary>
public sealed class SearchOperatorTests
{
    private const string All = "new paint sort sort-best sort-other text text-only";
    private const string Questions = "new paint sort text";
    private const string Answers = "sort-best sort-other text-only";

    /// <summary>What is typed, by whom, and what it finds.</summary>
    private static readonly (string Query, string Found)[] Rows =
    [
        // Text
        ("widgets", "paint sort sort-other"),
        ("WIDGET", "paint sort sort-other"),
        ("widgets colour", "paint"),
        ("\"list of widgets\"", "sort"),
        ("\"widgets of list\"", ""),
        ("widgets -colours", "sort sort-other"),
        ("widgets -\"tree of widgets\"", "paint sort"),
        ("encod*", "paint text text-only"),
        ("en*ing", "paint text-only"),
        ("*coding", ""),
        ("widgets -e*ing", "sort sort-other"),
        ("title:widgets", "paint sort"),
        ("title:\"list of widgets\"", "sort"),
        ("title:encod*", "text"),
        ("title:widgets manual", "sort"),
        ("-title:widgets", "new text"),
        ("body:widgets", "sort-other"),
        ("body:\"tree of widgets\"", "sort-other"),
        ("body:encoding -body:editor", "paint"),
        ("title:widgets body:colour", "paint"),
        ("code:\"if (left != right)\"", "sort"),
        ("code:\"IF (LEFT != RIGHT)\"", "sort"),
        ("code:\"if (left == right)\"", ""),
        ("code:\"heap.Push(item); heap.Pop();\"", "sort-best"),
        ("code:compare(left,", "sort"),
        ("code:manual", ""),
        ("widgets code:\"return compare\"", "sort"),
        ("-code:\"heap.Pop\" is:answer", "sort-other text-only"),
        ("code:heap -gadgets", ""),
        ("code:heap -widgets", "sort-best"),
        ("url:\"www.example.com\"", "sort"),
        ("url:example.com", "sort-other"),
        ("url:\"*.example.com\"", "sort sort-other"),
        ("url:\"*.EXAMPLE.com\"", "sort sort-other"),
        ("url:\"*.com\"", ""),
        ("url:https://example.com/trees*", "sort-other"),
        ("url:www.example.com/docs", "sort"),
        ("url:www.example.com/other", ""),
        ("url:xample.com", ""),
        ("widgets url:\"*.example.org\"", "paint"),
        ("widgets -url:\"*.example.com\"", "paint"),
        ("code:compare url:\"*.example.com\"", "sort"),
        ("hascode:yes", "sort sort-best"),
        ("hascode:no is:answer", "sort-other text-only"),
        ("-hascode:yes is:question", "new paint text"),

        // Tags
        ("[c#] widgets", "sort sort-other"),
        ("[C#] [linq] is:question", "sort"),
        ("[c#] [vb.net] is:question", ""),
        ("[c#] or [f#] is:question", "new paint sort"),
        ("[c#] OR [f#] is:question", ""),
        ("-[c#]", "paint text text-only"),
        ("[entity*] is:question", "paint text"),
        ("[*-core]", "new"),
        ("[e*-f*] or [vb.net] is:question", "paint text"),
        ("-[entity*] is:question", "new sort"),
        ("intags:mine", "paint sort sort-best sort-other text text-only"),
        ("-intags:mine", "new"),
        ("intags:mine is:question -[f#]", "sort text"),

        // Authors and place
        ("user:{bob}", "paint sort-best"),
        ("user:me", "sort sort-other text"),
        ("USER:ME is:answer", "sort-other"),
        ("-user:me", "new paint sort-best text-only"),
        ("user:99999", ""),
        ("inquestion:{sort}", "sort sort-best sort-other"),
        ("inquestion:{sort} widgets", "sort sort-other"),
        ("inquestion:{sort} is:answer", "sort-best sort-other"),
        ("-inquestion:{sort} widgets", "paint"),
        ("inquestion:{sort-best}", ""),
        ("insaves:mine", "paint text-only"),
        ("infavorites:mine encoding", "paint text-only"),
        ("inbookmarks:mine is:answer", "text-only"),
        ("insaves:{ada}", "paint text-only"),
        ("insaves:{bob}", ""),
        ("-insaves:mine is:question", "new sort text"),

        // Kind and state
        ("is:question", Questions),
        ("is:q", Questions),
        ("is:answer", Answers),
        ("IS:A", Answers),
        ("-is:answer", Questions),
        ("isaccepted:yes", "sort-best"),
        ("isaccepted:no", "sort-other text-only"),
        ("-isaccepted:yes", "sort-other text-only"),
        ("hasaccepted:yes", "sort"),
        ("hasaccepted:no", "new paint text"),
        ("isanswered:yes", "sort text"),
        ("isanswered:no", "new paint"),
        ("closed:yes", "paint text"),
        ("closed:no", "new sort"),
        ("-closed:yes", "new sort"),
        ("duplicate:yes", "paint"),
        ("closed:yes duplicate:no", "text"),
        ("locked:yes", "text"),
        ("locked:no is:question", "new paint sort"),
        ("wiki:yes", "text text-only"),
        ("wiki:no is:answer", "sort-best sort-other"),
        ("deleted:no is:question", Questions),
        ("deleted:yes", "gone"),
        ("deleted:all is:question", "gone " + Questions),
        ("deleted:yes gadgets", "gone"),
        ("deleted:yes widgets", ""),
        ("deleted:all gadgets", "gone sort-best"),
        ("deleted:yes code:\"shelf.Remove(\"", "gone"),
        ("deleted:all hascode:yes is:question", "gone sort"),
        ("deleted:yes -gadgets", ""),
        ("-deleted:yes gadgets", "sort-best"),
        ("isaccepted:yes closed:no", ""),

        // Numbers
        ("score:3", "new sort sort-best"),
        ("score:0", "new sort sort-best sort-other text text-only"),
        ("score:-1", "new sort sort-best sort-other text text-only"),
        ("score:..-1", "paint"),
        ("score:1..5", "sort sort-best text-only"),
        ("score:>3", "new sort"),
        ("score:>=3", "new sort sort-best"),
        ("score:<0", "paint"),
        ("score:<=0", "paint sort-other text"),
        ("score:=0", "sort-other text"),
        ("votes:12", "new"),
        ("-score:1 is:question", "paint text"),
        ("answers:0", "new paint"),
        ("answers:1", "sort text"),
        ("answers:2..5", "sort"),
        ("answers:<2", "new paint text"),
        ("views:1000..", "sort"),
        ("views:..20", "new paint"),
        ("views:300", "sort text"),
        ("views:>300", "sort"),

        // Dates
        ("created:2024", "sort sort-best"),
        ("created:2024-05", "sort sort-best"),
        ("created:2024-05-10", "sort"),
        ("created:2024-04", ""),
        ("created:2010..2024-05-10", "sort text text-only"),
        ("created:7d", "new sort-other"),
        ("created:7d..", "new sort-other"),
        ("created:..2010", "text text-only"),
        ("created:6m..1m", "paint"),
        ("created:1m..6m", "paint"),
        ("created:<1w", "new sort-other"),
        ("created:>1y", "sort sort-best text text-only"),
        ("created:>=2026", "new sort-other"),
        ("-created:2024 is:question", "new paint text"),
        ("created:2024 is:question", "sort"),
        ("widgets created:..2025", "paint sort"),
        ("[c#] created:..2024", "sort sort-best"),
        ("lastactive:30d", "new sort sort-best sort-other"),
        ("lastactive:2010 is:question", "text"),
        ("lastedit:2010", "text"),
        ("lastedit:7d", ""),
        ("-lastedit:2010 is:question", "new paint sort"),

        // Together
        ("widgets [c#] score:1 is:question user:me hascode:yes created:2024", "sort"),
        ("widgets [c#] score:1 is:answer", ""),
        ("encod* -[f#] wiki:yes user:{trusted}", "text-only"),
        ("score:-5..20 answers:0 views:..10 -closed:yes", "new"),
    ];

    [Test]
    public async Task Every_operator_finds_just_what_it_says()
    {
        await using var scene = await SearchScene.Make();

        var wrong = new List<string>();
        foreach (var (query, expected) in Rows)
        {
            var found = await scene.Found(scene.With(query), scene.Ada);
            if (found != expected)
                wrong.Add($"{query} → {found}; expected: {expected}");
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(await scene.Found("score:-100", scene.Ada), Is.EqualTo(All));
    }

    [Test]
    public async Task Deleted_posts_are_found_by_who_may_see_them()
    {
        await using var scene = await SearchScene.Make();

        Assert.That(await scene.Found("deleted:yes", scene.Trusted), Is.EqualTo("gone gone-bob"));
        Assert.That(await scene.Found("deleted:yes shelf user:me", scene.Bob), Is.EqualTo("gone-bob"));
        Assert.That(await scene.Found("deleted:yes [c#] gadgets", scene.Trusted), Is.EqualTo("gone"));
        Assert.That(await scene.Found("deleted:yes", null), Is.Empty);
        Assert.That(await scene.Found("deleted:all shelf", null), Is.Empty);
    }

    [TestCase("user:me", "search.me")]
    [TestCase("intags:mine", "search.me")]
    [TestCase("insaves:mine", "search.me")]
    [TestCase("deleted:all", "search.me")]
    [TestCase("insaves:5", "search.saves-private")]
    [TestCase("inquestion:this", "search.this")]
    [TestCase("collective:go", "search.no-data")]
    [TestCase("migrated:yes", "search.no-data")]
    [TestCase("hasnotice:yes", "search.no-data")]
    [TestCase("is:article", "search.no-data")]
    [TestCase("code:==", "search.not-understood")]
    [TestCase("url:docs.*.com", "search.not-understood")]
    [TestCase("score:many", "search.not-understood")]
    public async Task What_cannot_be_done_is_said(string query, string hint)
    {
        await using var forum = new Support.TestForum();
        await forum.Make.Question();

        var view = await forum.Send(new Forum.Core.Search.SearchQuestions($"file {query}"));

        Assert.That(view.Query.Hints.Select(h => (h.Code, h.About)), Is.EqualTo(new[] { (hint, query) }));
    }
}
